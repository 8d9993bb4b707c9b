"""What a person called normal: each column beside the window that was accepted for it last."""

from collections.abc import Callable, Iterable, Sequence
from functools import cache, partial
from typing import NamedTuple

from contracts.alerts import Acceptance
from contracts.findings import Accepted, ColumnReport
from contracts.profile import Column
from contracts.window import Window
from drift_report.gathered import Gatherer
from drift_report.windows import whole_weeks
from monitoring.profiles.comparison import Comparison
from monitoring.profiles.verdicts import is_cyclic
from monitoring.window.acceptance import Beside, Normal, beside, normal_of

FindNormal = Callable[[Window, bool], Normal | None]


class Compared(NamedTuple):
    """The window that is judged, and the whole weeks by which columns that repeat are judged."""

    window: Comparison
    weeks: Comparison | None


def with_accepted(gatherer: Gatherer, compared: Compared, columns: Sequence[ColumnReport]) -> tuple[ColumnReport, ...]:
    """Tell of each column how it is beside the window that was accepted for it. Raises StoreUnavailable."""
    acceptances = gatherer.parts.alerting.acceptances.holding(gatherer.baseline.version)
    last = {column.name: found for column in columns if (found := _last(acceptances, column.name))}
    normal = cache(partial(_normal, gatherer))
    spec = gatherer.baseline.spec
    told = {name: _told(compared, spec.column(name), acceptance, normal) for name, acceptance in last.items()}
    return tuple(column.model_copy(update={"accepted": told.get(column.name)}) for column in columns)


def _last(acceptances: Iterable[Acceptance], column: str) -> Acceptance | None:
    return next((each for each in acceptances if each.covers(column)), None)


def _told(compared: Compared, column: Column, acceptance: Acceptance, normal: FindNormal) -> Accepted | None:
    by_weeks = is_cyclic(column)
    window, then = compared.weeks if by_weeks else compared.window, normal(acceptance.window, by_weeks)
    return _laid_out(acceptance, beside(window, column, then)) if window and then else None


def _normal(gatherer: Gatherer, window: Window, by_weeks: bool) -> Normal | None:
    """Gather the accepted window; for a column that repeats, the whole weeks with which it begins."""
    span = whole_weeks(window, gatherer.parts.settings.time_zone) if by_weeks else window
    return normal_of(gatherer.baseline.spec, gatherer.dated(gatherer.hours(span))) if span else None


def _laid_out(acceptance: Acceptance, found: Beside) -> Accepted:
    return Accepted(
        acceptance_id=acceptance.acceptance_id,
        window=acceptance.window,
        close=found.close,
        psi_corrected=found.psi.corrected if found.psi else None,
        psi_lower=found.psi.lower if found.psi else None,
        missing_share=found.missing_share,
        unseen_share=found.unseen_share,
    )
