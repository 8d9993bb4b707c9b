"""The work on a running stack: train, replay, report, export, redrive, demo."""

import json
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from contracts.ride import NEW_YORK
from ridewatch.commands.outcome import USAGE, chosen_stack, fail, failing_on
from ridewatch.commands.outside import champion_of, database_of, telling
from ridewatch.embedded.state import Stack

if TYPE_CHECKING:
    from ridewatch.replay import Replayed

BEFORE_ALL = datetime(1, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Replay:
    """What to replay and how."""

    data: str
    limit: int | None
    rate: float | None
    actuals_after: float | None
    seed: int
    fault: str | None = None


def train(  # noqa: PLR0913 - one option, one argument
    name: str | None, data: list[str], validate: str | None, *, limit: int | None, seed: int, as_json: bool
) -> None:
    """Train a model and put it in charge of a stack."""
    from ridewatch.training.command import train_command
    from ridewatch.training.errors import TrainingError

    with telling(), failing_on(TrainingError):
        train_command(chosen_stack(name), data, validate, limit=limit, seed=seed, as_json=as_json)


def replay(name: str | None, plan: Replay, *, as_json: bool) -> None:
    """Replay rides with a progress bar, and say what came of them."""
    from rich.console import Console

    from ridewatch.api import Api
    from ridewatch.embedded.outputs import with_api_key
    from ridewatch.faults.fault import fault_of
    from ridewatch.faults.pointer import set_back
    from ridewatch.faults.replayed import stages_of
    from ridewatch.progress import progress
    from ridewatch.replay import Plan, Replayed
    from ridewatch.replay import replay as send
    from ridewatch.sources.load import load

    done = Replayed()
    with telling():
        stack = with_api_key(chosen_stack(name))
        api = Api(stack.api_url, stack.api_key)
        fault = fault_of(plan.fault) if plan.fault else None
        rides = load(plan.data, seed=plan.seed, limit=plan.limit)
        for table in stages_of(rides, fault, lambda: set_back(stack, api.model_version), seed=plan.seed):
            with progress(len(table), Console(stderr=True), hidden=as_json) as tell:
                done = done.and_then(send(table, api, Plan(plan.rate, plan.actuals_after), tell))
    _print_replayed(done, as_json=as_json)


def _print_replayed(done: "Replayed", *, as_json: bool) -> None:
    summary = asdict(done) | {"latencies": {"p50": done.latency(0.5), "p99": done.latency(0.99)}}
    if as_json:
        print(json.dumps(summary))
        return
    print(
        f"{done.predicted} predictions, {done.refused} refused, {done.told} actuals in {done.seconds:.1f} s;", end=" "
    )
    print(f"a request took {done.latency(0.5) * 1000:.0f} ms (median), {done.latency(0.99) * 1000:.0f} ms (p99)")


def report(name: str | None, start: datetime | None, end: datetime | None, model: str | None, *, as_json: bool) -> None:
    """Report a window of a stack."""
    from ridewatch.report import NothingToReport, ReportFailed, run_report

    if (start is None) != (end is None):
        fail("give --start and --end together, or neither", USAGE)
    with telling(), failing_on(NothingToReport, ReportFailed):
        stack = chosen_stack(name)
        version = model or champion_of(stack)
        window = _given(start, end) or _newest(stack, version)
        event = {"start": window[0].isoformat(), "end": window[1].isoformat(), "model_version": version}
        answer = run_report(stack, event)
    if as_json:
        print(json.dumps(answer))
    else:
        print(f"reported {version} from {event['start']} to {event['end']}; look at it with `ridewatch open`")


def _given(start: datetime | None, end: datetime | None) -> tuple[datetime, datetime] | None:
    return (_utc(start), _utc(end)) if start and end else None


def _newest(stack: Stack, version: str) -> tuple[datetime, datetime]:
    from adapters.mongodb.hours import Hours
    from ridewatch.report import newest_complete_window

    window = newest_complete_window(Hours(database_of(stack)), version, NEW_YORK, datetime.now(UTC))
    return window.start, window.end


def _utc(moment: datetime) -> datetime:
    return (moment if moment.tzinfo else moment.replace(tzinfo=NEW_YORK)).astimezone(UTC)


def export(name: str | None, output: Path | None, since: datetime | None) -> None:
    """Write all numbers of a stack's reports."""
    from adapters.mongodb.reports import Reports
    from ridewatch.export import export as write

    with telling(), failing_on(OSError):
        reports = Reports(database_of(chosen_stack(name)))
        write(reports.numbers_since(_utc(since) if since else BEFORE_ALL), output)


def compare(name: str | None, older: str, newer: str, *, as_json: bool) -> None:
    """Compare two versions of a stack's models."""
    from rides.model import ModelUnusable
    from ridewatch.training.command import versions_told
    from ridewatch.training.comparing import Version, compared
    from ridewatch.training.publishing import models_of

    with telling(), failing_on(ModelUnusable):
        models = models_of(chosen_stack(name))
        comparison = compared(Version.stored(models, older), Version.stored(models, newer))
    versions_told(comparison, as_json=as_json)


def redrive(name: str | None, *, logs: bool, as_json: bool) -> None:
    """Put spilled events and dead letters back into the queue, and what only the log holds."""
    from adapters.objects import Objects
    from adapters.redrive import redrive as put_back
    from ridewatch.unsent import send_again

    with telling():
        stack = chosen_stack(name)
        objects = Objects(stack.client("s3"), stack.bucket)
        done = put_back(stack.client("sqs"), stack.dlq_url, stack.queue_url, objects)
        logged = send_again(stack) if logs else 0
    told = f"{done.spilled} spilled messages and {done.dead_letters} dead letters are back in the queue"
    told += f", and {logged} events of the log" if logs else ""
    print(json.dumps(done._asdict() | {"logged": logged}) if as_json else told)


def demo() -> None:
    """Show the whole loop."""
    from ridewatch.demo import demo as show

    with telling():
        show()
