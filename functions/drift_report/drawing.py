"""Evidently's report: the page that people read. No number of ours is taken from it."""

import warnings
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, NamedTuple

from contracts.profile import CategoricalColumn, Column, ProfileSpec, Role
from drift_report.frame import Frames, frames_of
from drift_report.rows import Columns
from drift_report.zipped import import_zipped

if TYPE_CHECKING:
    import pandas as pd

EVIDENTLY_ERRORS = (ArithmeticError, AttributeError, ImportError, LookupError, RuntimeError, TypeError, ValueError)
"""What Evidently and the libraries below it raise over data they cannot bear: they have no base error of their own.

The numbers are complete by then, and a page that cannot be drawn must not take them along.
"""


class NotDrawn(Exception):
    """Evidently could not draw."""


class Drawing(NamedTuple):
    """What Evidently made."""

    html: bytes
    json: bytes
    rows: int
    reference_rows: int
    note: str


Draw = Callable[[ProfileSpec, Columns, Columns], Drawing]


def draw(spec: ProfileSpec, now: Columns, reference: Columns) -> Drawing:
    """Draw drift, summary and, where two rows are labelled, regression. Raises NotDrawn."""
    try:
        with warnings.catch_warnings(action="ignore"):  # constant columns and single rows make it complain at length
            return _drawn(frames_of(spec, now, reference))
    except EVIDENTLY_ERRORS as error:
        message = f"Evidently could not draw: {type(error).__name__}: {error}"
        raise NotDrawn(message) from error


def _drawn(frames: Frames) -> Drawing:
    """Run Evidently, current rows first; its import takes 5 CPU seconds, so it is here."""
    import_zipped()
    from evidently import Dataset, Report  # noqa: PLC0415 - see above

    definition = _definition(frames)
    now, reference = (
        Dataset.from_pandas(frame, data_definition=definition) for frame in (frames.now, frames.reference)
    )
    snapshot = Report(_presets(frames)).run(now, reference)
    return Drawing(
        html=snapshot.get_html_str(as_iframe=False).encode(),
        json=snapshot.json().encode(),
        rows=len(frames.now),
        reference_rows=len(frames.reference),
        note=_note(frames),
    )


def _definition(frames: Frames) -> Any:
    """Declare every column: what is not declared and holds objects is taken for text."""
    from evidently import DataDefinition, Regression  # noqa: PLC0415 - see above

    labels = [column.name for column in frames.columns if isinstance(column, CategoricalColumn)]
    numbers = [column.name for column in frames.columns if column.name not in labels]
    target, prediction = _named(frames.columns, "actual"), _named(frames.columns, "prediction")
    regression = [Regression(target=target, prediction=prediction)] if _can_regress(frames) else None
    return DataDefinition(numerical_columns=numbers, categorical_columns=labels, regression=regression)


def _presets(frames: Frames) -> list[Any]:
    from evidently.presets import DataDriftPreset, DataSummaryPreset, RegressionPreset  # noqa: PLC0415 - see above

    regression = [RegressionPreset()] if _can_regress(frames) else []
    return [DataDriftPreset(), DataSummaryPreset(), *regression]


def _can_regress(frames: Frames) -> bool:
    return all(_labelled(side, frames.columns) > 1 for side in (frames.now, frames.reference))


def _labelled(side: "pd.DataFrame", columns: tuple[Column, ...]) -> int:
    names = [_named(columns, role) for role in ("actual", "prediction")]
    return 0 if None in names else len(side[names].dropna())


def _named(columns: tuple[Column, ...], role: Role) -> str | None:
    return next((column.name for column in columns if column.role == role), None)


def _note(frames: Frames) -> str:
    remarks = (
        (frames.left_out, f"Left out, for they hold no value: {', '.join(frames.left_out)}."),
        (not _can_regress(frames), "No regression part: fewer than two labelled rows."),
    )
    return " ".join(text for holds, text in remarks if holds)
