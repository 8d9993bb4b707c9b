"""What a person should know first: at most three sentences."""

from collections.abc import Sequence

from contracts.report import ColumnReport, Performance

ODD_SHARE = 0.05
"""Missing values beyond the reference's share, or never seen ones, are worth a sentence above this share."""
MOST_NAMED = 4
SLIGHT = 1.1
"""Errors up to a tenth greater than the reference's are called alike."""


def sentences_of(rows: int, least: int, columns: Sequence[ColumnReport], performance: Performance) -> tuple[str, ...]:
    """Say what moved, how wrong the model is, and what is odd in the data."""
    if rows < least:
        return (f"Too few predictions to judge: {rows} of the {least} that are needed.",)
    found = (_moved(columns), _wrong(performance), _odd(columns))
    return tuple(sentence for sentence in found if sentence)


def _moved(columns: Sequence[ColumnReport]) -> str:
    drifted = sorted((column for column in columns if column.drifted), key=lambda column: -(column.psi_corrected or 0))
    if drifted:
        return f"Moved against the reference, the strongest first: {_listed([column.name for column in drifted])}."
    if any(column.drifted is False for column in columns):
        return "Nothing moved against the reference."
    return "No column could be judged for drift."


def _wrong(performance: Performance) -> str:
    mae, reference = performance.mae, performance.mae_reference
    if mae is None:
        return performance.note
    if not reference:
        return f"Answers are wrong by {mae:.1f} minutes on average."
    return f"Answers are wrong by {mae:.1f} minutes on average ({_against(mae, reference)}){_lean(performance)}."


def _against(mae: float, reference: float) -> str:
    change = (
        "about as"
        if reference / SLIGHT <= mae <= reference * SLIGHT
        else "more than"
        if mae > reference
        else "less than"
    )
    return f"{change} in the reference, {reference:.1f}"


def _lean(performance: Performance) -> str:
    """Say to which side answers lean more than the reference's did."""
    lean = (performance.bias or 0.0) - (performance.bias_reference or 0.0)
    if performance.mae is None or abs(lean) < performance.mae / 4:
        return ""
    return f" and too {'long' if lean > 0 else 'short'} by {abs(performance.bias or 0.0):.1f}"


def _odd(columns: Sequence[ColumnReport]) -> str:
    oddities = [text for column in columns if (text := _oddity(column))]
    return f"Odd in the data: {_listed(oddities)}." if oddities else ""


def _oddity(column: ColumnReport) -> str:
    if column.role in ("actual", "error") or not column.rows:
        return ""
    if column.status == "failed":
        return f"{column.name} has no usable value"
    if column.missing / column.rows - (column.missing_reference_share or 0.0) > ODD_SHARE:
        return f"{column.name} is missing in {column.missing / column.rows:.0%}"
    if column.unseen / column.rows > ODD_SHARE:
        return f"{column.name} holds {column.unseen / column.rows:.0%} never seen before"
    return ""


def _listed(words: list[str]) -> str:
    named = ", ".join(words[:MOST_NAMED])
    return f"{named} and {len(words) - MOST_NAMED} more" if len(words) > MOST_NAMED else named
