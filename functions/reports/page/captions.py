"""One sentence to each plot: what it means here, in numbers of the document."""

from collections.abc import Sequence

from contracts.findings import ColumnReport, Estimate, Performance
from reports.page import text, values
from reports.page.bins import Bin, most_moved
from reports.page.markup import Markup, join
from reports.page.trend import Point

SURE = " with 95\N{NO-BREAK SPACE}% confidence"


def column_caption(column: ColumnReport, bins: Sequence[Bin]) -> Markup:
    """Say whether a column moved, by how much, and where most."""
    if column.status != "ok" or column.drifted is None:
        return _not_judged(column)
    found = [*_moved(column), *_where(bins)] if column.drifted else _steady(column)
    return join([*found, f" {column.note}"] if column.note else found)


def _not_judged(column: ColumnReport) -> Markup:
    words = {"too_few": "Too few rows to judge.", "failed": "This column could not be read."}
    return join([column.note or words.get(column.status, "Not judged in this window.")])


def _moved(column: ColumnReport) -> list[Markup | str]:
    sure = [] if column.psi_lower is None else [", at least ", values.score(column.psi_lower), SURE]
    return ["PSI ", values.score(psi_of(column)), *sure, " is over the bound of ", values.score(column.threshold), "."]


def _steady(column: ColumnReport) -> list[Markup | str]:
    bound = [values.score(column.threshold), "."]
    if column.psi_lower is None or (psi_of(column) or 0.0) <= (column.threshold or 0.0):
        return ["As in the reference: PSI ", values.score(psi_of(column)), " is within the bound of ", *bound]
    sure = ["but no more than ", values.score(column.psi_lower), " of it is sure", SURE]
    return ["Not sure to have moved: PSI ", values.score(psi_of(column)), ", ", *sure, ", under the bound of ", *bound]


def psi_of(column: ColumnReport) -> float | None:
    """Give the PSI that is shown: less what chance alone would show, where that is known."""
    return column.psi if column.psi_corrected is None else column.psi_corrected


def _where(bins: Sequence[Bin]) -> list[Markup | str]:
    if not bins:
        return []
    most = most_moved(bins)
    held = [values.share(most.now), " of rides now, ", values.share(most.reference), " in the reference."]
    return [f" Most at “{most.label}”: ", *held]


def performance_caption(performance: Performance) -> Markup:
    """Say how wrong the model is, and which way."""
    if performance.mae is None:
        return join([performance.note or "No ride of this window has its true duration yet."])
    return join(
        [
            "Answers are off by ",
            values.minutes(performance.mae.value),
            " on average",
            *_change(performance.mae),
            *_way(performance.bias),
        ]
    )


def _change(mae: Estimate) -> list[Markup | str]:
    if mae.reference is None:
        return ["."]
    more = mae.value - mae.reference
    side = " more than in the reference." if more >= 0 else " less than in the reference."
    return [", ", values.minutes(abs(more)), side]


def _way(bias: Estimate | None) -> list[Markup | str]:
    if bias is None:
        return []
    side = "too long" if bias.value > 0 else "too short"
    before = [] if bias.reference is None else [" (bias); in the reference bias was ", values.change(bias.reference)]
    return [f" They are {side} by ", values.minutes(abs(bias.value)), *before, "."]


def trend_caption(points: Sequence[Point]) -> Markup:
    """Say between what the error moved, and how many windows moved with it."""
    errors = [point.mae for point in points]
    moved = sum(bool(point.report.drifted) for point in points)
    words = ["MAE was between ", values.minutes(min(errors)), " and ", values.minutes(max(errors)), " in "]
    marks = " windows; a square marks one in which a column moved." if moved else " windows; no column moved in any."
    return join([*words, values.count(len(points)), marks])


def strip_label(name: str, now: float | None, reference: float | None) -> str:
    """Say a strip in words."""
    told = [text.minutes(value) if value is not None else "not known" for value in (now, reference)]
    return f"{name}: {told[0]} now, {told[1]} in the reference"
