"""Drift at query time, in PromQL alone: the counters of bins, subtracted, against the gauges of the reference.

`increase` extrapolates, so counts are subtracted: the exporter's counters go on over restarts, and are there at 0
before the first row. Of several replicas of the exporter the one that has seen most counts.
"""

from typing import NamedTuple

from rides.columns import COLUMNS

NOW, REFERENCE = "ridewatch_column_rows_total", "ridewatch_reference_column_rows"
COLUMN = "model_version, segment, column"
GROUP = f"{COLUMN}, group"
BIN = f"{COLUMN}, bin, group"
PSEUDO_COUNT = 0.5
"""As in `monitoring.numeric.drift`."""
RECORDED_REFERENCE = ("ridewatch:reference_group_rows", "ridewatch:reference_rows", "ridewatch:groups")


WEEKLY = tuple(column.name for column in COLUMNS if column.cycle == "week")
"""A day is one weekday: against a week it has always moved."""
NOT_WEEKLY = f'column!~"{"|".join(WEEKLY)}"'


class Terms(NamedTuple):
    """Expressions of the counts of both sides: by group, and of all groups together."""

    now: str
    now_rows: str
    reference: str
    reference_rows: str
    groups: str


def moved(metric: str, labels: str, selector: str, window: str) -> str:
    """Count what a counter has counted in a window, by labels that name one series of each replica."""
    series = f"{metric}{{{selector}}}"
    return f"(max by ({labels}) ({series}) - max by ({labels}) ({series} offset {window}))"


def group_rows(window: str, selector: str = "") -> str:
    """Count the rows of each group of bins in a window."""
    return f"sum by ({GROUP}) {moved(NOW, BIN, _known(selector), window)}"


def reference_group_rows(selector: str = "") -> str:
    """Count the same rows of the reference."""
    return f"sum by ({GROUP}) (max by ({BIN}) ({REFERENCE}{{{_known(selector)}}}))"


def terms(window: str, selector: str = "") -> Terms:
    """Give the counts of a window straight from the exporter's metrics."""
    now, reference = group_rows(window, selector), reference_group_rows(selector)
    return Terms(
        now,
        f"sum by ({COLUMN}) ({now})",
        reference,
        f"sum by ({COLUMN}) ({reference})",
        f"count by ({COLUMN}) ({reference})",
    )


def recorded(window: str) -> Terms:
    """Give the counts of a window from what is recorded."""
    return Terms(f"ridewatch:group_rows:{window}", f"ridewatch:column_rows:{window}", *RECORDED_REFERENCE)


def over(window: str, selector: str) -> Terms:
    """Give the counts of any window, with the reference as it is recorded: what a dashboard asks of a time range."""
    now = group_rows(window, selector)
    return Terms(now, f"sum by ({COLUMN}) ({now})", *(f"{name}{{{selector}}}" for name in RECORDED_REFERENCE))


def psi(given: Terms) -> str:
    """Compute the population stability index Σ (p − q) ln(p / q), with the pseudo-count, as `numeric.drift.psi`."""
    p = _smoothed(given.now, given.now_rows, given.groups)
    q = _smoothed(given.reference, given.reference_rows, given.groups)
    return _judged(f"sum by ({COLUMN}) (({p} - {q}) * ln({p} / {q}))", given)


def bias(given: Terms) -> str:
    """Compute what sampling alone adds to it: (k − 1) (1 / n + 1 / m)."""
    return _judged(f"({given.groups} - 1) * (1 / {given.now_rows} + 1 / {given.reference_rows})", given)


def total_variation(given: Terms) -> str:
    """Compute the share of rows that would have to move to another group, as `numeric.drift.total_variation`."""
    p, q = _share(given.now, given.now_rows), _share(given.reference, given.reference_rows)
    return _judged(f"sum by ({COLUMN}) (abs({p} - {q})) / 2", given)


def apart_share(name: str, window: str, selector: str = "") -> str:
    """Compute the share of a column's rows that are missing, or that the reference never held (`unseen`)."""
    of = f'bin="{name}"' + (f",{selector}" if selector else "")
    counted = f"sum by ({COLUMN}) {moved(NOW, BIN, of, window)}"
    return f"{counted} / (sum by ({COLUMN}) {moved(NOW, BIN, selector, window)} > 0)"


def reference_apart_share(name: str) -> str:
    """Compute the same share of the reference."""
    held, rows = (f"sum by ({COLUMN}) (max by ({BIN}) ({REFERENCE}{of}))" for of in (f'{{bin="{name}"}}', ""))
    return f"{held} / ({rows} > 0)"


def bin_shares(selector: str, window: str) -> str:
    """Compute the share of each bin of one column in a window."""
    return _of_all(moved(NOW, BIN, selector, window))


def reference_bin_shares(selector: str) -> str:
    """Compute the share of each bin of one column in the reference."""
    return _of_all(f"max by ({BIN}) ({REFERENCE}{{{selector}}})")


def _of_all(rows: str) -> str:
    return f"sum by (bin) ({rows}) / on () group_left () (sum({rows}) > 0)"


def _known(selector: str) -> str:
    return 'group!=""' + (f",{selector}" if selector else "")


def _smoothed(counts: str, rows: str, groups: str) -> str:
    filled = f"({rows} + {PSEUDO_COUNT} * {groups})"
    return f"(({counts} + {PSEUDO_COUNT}) / on ({COLUMN}) group_left () {filled})"


def _share(counts: str, rows: str) -> str:
    return f"({counts} / on ({COLUMN}) group_left () {rows})"


def _judged(value: str, given: Terms) -> str:
    """Give a value only where there are rows on both sides and more than one group."""
    return f"{value} and ({given.now_rows} > 0) and ({given.reference_rows} > 0) and ({given.groups} > 1)"
