"""The whole loop in one command: start, train, replay, report, look; it stays up until Ctrl-C."""

import time
from dataclasses import dataclass

from rich.console import Console
from rich.table import Table

from adapters.mongodb.connection import connect
from adapters.mongodb.reports import Reports
from contracts.report import Report
from ridewatch.api import Api
from ridewatch.commands.stack import link, print_addresses, standing
from ridewatch.drain import await_recorded
from ridewatch.embedded.state import Stack
from ridewatch.progress import progress
from ridewatch.replay import Plan, Replayed, replay
from ridewatch.report import run_report
from ridewatch.sources.load import load
from ridewatch.sources.table import concatenate
from ridewatch.training.command import train_command

TRAINING = ("simulated?start=2019-01-01&days=59&rows=20000",)
REPLAYED = ("simulated?start=2019-03-06&days=1", "simulated:lockdown?start=2020-04-08&days=1")
RIDES_EACH = 1000
DRAIN_SECONDS = 120
DAILY = {"windows": "day"}
"""What the daily rule sends to the drift report."""


@dataclass(frozen=True)
class Shown:
    """What the demo saw."""

    replayed: Replayed
    reports: list[Report]
    seconds: float


def demo(training: tuple[str, ...] = TRAINING, replayed: tuple[str, ...] = REPLAYED, seed: int = 1) -> None:
    """Show the loop on an ordinary day and on one of empty streets."""
    console, began = Console(), time.monotonic()
    with standing() as (stack, _):
        console.print("[bold]Training[/] on two simulated months")
        train_command(stack, list(training), None, seed=seed)
        console.print("[bold]Replaying[/] an ordinary Wednesday, and one of empty streets, through the API")
        done = _replay(stack, replayed, seed, console)
        console.print("[bold]Reporting[/] as the daily rule does")
        await_recorded(stack, DRAIN_SECONDS)
        run_report(stack, DAILY)
        reports = Reports(connect(stack.mongodb_uri)).newest(len(replayed))
        _print(Shown(done, reports, time.monotonic() - began), console)
        print_addresses(stack)
        console.print(f"\nThe report page: {link(stack, time.time())}", soft_wrap=True)


def _replay(stack: Stack, sources: tuple[str, ...], seed: int, console: Console) -> Replayed:
    rides = concatenate([load(source, seed=seed, limit=RIDES_EACH) for source in sources])
    with progress(len(rides), console) as bar:
        return replay(rides, Api(stack.api_url, stack.api_key), Plan(), bar)


def _print(shown: Shown, console: Console) -> None:
    done = shown.replayed
    console.print(
        f"\n{done.predicted} rides answered, {done.refused} refused, {done.told} actuals told in {done.seconds:.1f} s; "
        f"a request of up to 100 rides took {done.latency(0.5) * 1000:.0f} ms (median), "
        f"{done.latency(0.95) * 1000:.0f} ms (p95). First result after {shown.seconds:.0f} s."
    )
    console.print(_table(shown.reports))


def _table(reports: list[Report]) -> Table:
    table = Table(title="What the daily report says")
    for heading in ("window", "rides", "labelled", "MAE", "reference", "drifted"):
        table.add_column(heading)
    for report in sorted(reports, key=lambda report: report.window.start):
        table.add_row(*_row(report))
    return table


def _row(report: Report) -> tuple[str, ...]:
    mae = report.performance.mae
    return (
        f"{report.window.start:%Y-%m-%d}",
        str(report.volume.predictions),
        str(report.volume.labelled),
        _minutes(mae.value if mae else None),
        _minutes(mae.reference if mae else None),
        ", ".join(report.drifted) or "nothing",
    )


def _minutes(value: float | None) -> str:
    return "–" if value is None else f"{value:.2f} min"
