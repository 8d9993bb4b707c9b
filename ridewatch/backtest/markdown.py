"""A backtest as Markdown: who noticed what, how soon, and at what price in false alarms."""

from collections.abc import Iterable, Sequence
from typing import Final

from ridewatch.backtest.result import Backtest, FalseAlarms, Found, Planted, Raised, Setup

TITLES: Final[dict[Setup, str]] = {
    "ridewatch": "Ridewatch",
    "fixed_psi": "PSI > 0.2",
    "column_tests": "KS, χ²: p < 0.05",
    "evidently": "Evidently's preset",
}
HOURS_OF_DAYS = 48


def markdown(result: Backtest) -> str:
    """Write all tables."""
    parts = [_heading(result), _false_alarms(result)]
    parts += [_faults(result), _monitors(result)] if result.faults else []
    return "\n\n".join([*parts, _alerts(result)]) + "\n"


def _heading(result: Backtest) -> str:
    return (
        f"{result.rides:,} rides on {result.days} days from {result.start:%Y-%m-%d} to {result.end:%Y-%m-%d}, "
        f"{result.labelled_rides:,} of them labelled; {result.schedule} schedule; "
        f"trained on {', '.join(result.train)}; one pass in {result.seconds:.0f} s."
    )


def _faults(result: Backtest) -> str:
    """Say of each fault what each setup made of it."""
    setups = [found.by for found in result.faults[0].setups]
    heads = ["Fault", "Should be noticed by", *(TITLES[by] for by in setups)]  # type: ignore[index]
    rows = [
        [fault.does, f"{fault.monitor}: {fault.named}", *(_cell(found) for found in fault.setups)]
        for fault in result.faults
    ]
    found = [_found_of(result.faults, place) for place in range(len(setups))]
    sums = [["**Found and named**", "", *found], ["**False tickets a month**", "", *_tickets(result)]]
    return _table(heads, [*rows, *sums])


def _monitors(result: Backtest) -> str:
    """Say of each fault what each monitor made of it."""
    names = [found.by for found in result.faults[0].monitors]
    rows = [[fault.fault, *(_cell(found) for found in fault.monitors)] for fault in result.faults]
    return _table(["Fault", *names], rows)


def _false_alarms(result: Backtest) -> str:
    heads = ["On the data as they are", "pages", "tickets", "tickets a month", "pages a quarter"]
    return _table(heads, [_counted(each) for each in result.false_alarms])


def _counted(each: FalseAlarms) -> list[str]:
    counts = [str(each.pages), str(each.tickets), f"{each.tickets_a_month:.1f}", f"{each.pages_a_quarter:.1f}"]
    return [TITLES[each.setup], *counts]


def _alerts(result: Backtest) -> str:
    if not result.alerts:
        return "No alert on the data as they are."
    heads = ["At (UTC)", "", "Rule", "Cause", "Rides", "Labelled", "What it says", "Over"]
    return _table(heads, [_alert(alert) for alert in result.alerts])


def _alert(alert: Raised) -> list[str]:
    over = f"{alert.resolved_at:%Y-%m-%d}" if alert.resolved_at else "open"
    counts = [f"{alert.rides:,}", f"{alert.labelled_rides:,}"]
    return [f"{alert.at:%Y-%m-%d %H:%M}", alert.severity, alert.rule, alert.cause, *counts, alert.sentence, over]


def _cell(found: Found) -> str:
    if not found.found:
        return "–"
    soon = found.hours is not None and found.hours < HOURS_OF_DAYS
    after = f"{found.hours:.0f} h" if soon else f"{(found.hours or 0) / 24:.1f} days"
    what = found.subject or found.rule
    return f"{after}, {found.rides:,} rides" if found.named else f"({what}: {after})"


def _found_of(faults: Sequence[Planted], place: int) -> str:
    named = sum(fault.setups[place].named for fault in faults)
    return f"**{named} of {len(faults)}**"


def _tickets(result: Backtest) -> list[str]:
    return [f"**{each.tickets_a_month:.1f}**" for each in result.false_alarms]


def _table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [heads, ["---"] * len(heads), *rows]
    return "\n".join(f"| {' | '.join(cell.replace('|', '&#124;') for cell in line)} |" for line in lines)
