"""What a person should know first: at most three sentences."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from contracts.findings import Check, ColumnReport, Performance, Quality, SegmentContrast
from contracts.versions import BetterVersion

ODD_SHARE = 0.05
"""Missing values beyond the reference's share, or never seen ones, are worth a sentence above this share."""
MOST_NAMED = 4
MOST = 3
"""Sentences that a person reads."""
SLIGHT = 1.1
"""Errors up to a tenth greater than the reference's are called alike."""


class Said(NamedTuple):
    """What was found of a window."""

    columns: Sequence[ColumnReport]
    contrasts: Sequence[SegmentContrast]
    performance: Performance
    quality: Quality


def sentences_of(rows: int, least: int, said: Said) -> tuple[str, ...]:
    """Say what moved, how wrong the model is, and what is odd in the data."""
    if rows < least:
        return (f"Too few predictions to judge: {rows} of the {least} that are needed.",)
    moved = _moved(said.columns) + _otherwise(said.contrasts)
    found = (moved, _wrong(said.performance), _odd(said.columns, said.quality))
    return tuple(sentence for sentence in found if sentence)


def first_of(version: str, better: BetterVersion | None, sentences: tuple[str, ...]) -> tuple[str, ...]:
    """Put before all else that an older version answers where a better one did."""
    if better is None:
        return sentences
    older = f"{version} answers again, {better.version} should: it is newer and better"
    found = f"{older} (out of sample wrong by {better.mae:.2f} minutes on average, not {better.own_mae:.2f})."
    return (found, *sentences)[:MOST]


def ranked(columns: Iterable[ColumnReport]) -> list[ColumnReport]:
    """Put columns in the order of what their drift does to predictions; then those that do nothing, by their score."""
    return sorted(columns, key=lambda column: (-(column.movement or 0.0), -(column.psi_corrected or 0.0)))


def _moved(columns: Sequence[ColumnReport]) -> str:
    drifted = ranked(column for column in columns if column.drifted)
    accepted = [column.name for column in drifted if column.is_accepted]
    moved = [column.name for column in drifted if not column.is_accepted]
    if moved:
        return f"Moved against the reference, what moves predictions most first: {listed(moved)}{_besides(accepted)}."
    if accepted:
        return f"Nothing moved but what was accepted as normal: {listed(accepted)}."
    if any(column.drifted is False for column in columns):
        return "Nothing moved against the reference."
    return "No column could be judged for drift."


def _otherwise(contrasts: Sequence[SegmentContrast]) -> str:
    """Name the segments that have moved against all other rows."""
    moved = [f"{one.of} of {one.segment_id}" for one in contrasts if one.moved]
    return f" Changed otherwise than that of all others: {listed(moved)}." if moved else ""


def _besides(accepted: Sequence[str]) -> str:
    return f"; besides, accepted as normal, {listed(accepted)}" if accepted else ""


def _wrong(performance: Performance) -> str:
    mae = performance.mae
    if mae is None:
        return performance.note
    if not mae.reference:
        return f"Answers are wrong by {mae.value:.1f} minutes on average."
    return f"Answers are wrong by {mae.value:.1f} minutes on average ({_against(performance)}){_lean(performance)}."


def _against(performance: Performance) -> str:
    mae = performance.mae
    value, reference = (mae.value, mae.reference or 0.0) if mae else (0.0, 0.0)
    if reference / SLIGHT <= value <= reference * SLIGHT:
        return f"about as in the reference, {reference:.1f}"
    return f"{'more' if value > reference else 'less'} than in the reference, {reference:.1f}"


def _lean(performance: Performance) -> str:
    """Say to which side answers lean, if they lean there more than the reference's did."""
    bias, mae = performance.bias, performance.mae
    if bias is None or mae is None:
        return ""
    more = (bias.value - (bias.reference or 0.0)) * (1 if bias.value > 0 else -1)
    side = "long" if bias.value > 0 else "short"
    return f" and too {side} by {abs(bias.value):.1f}" if more >= mae.value / 4 else ""


def _odd(columns: Sequence[ColumnReport], quality: Quality) -> str:
    oddities = [text for column in columns if (text := _oddity(column))]
    oddities += [text for check in (*quality.checks, quality.duplicates) if (text := _broken(check))]
    oddities += ["the volume is unusual for these hours"] if quality.rhythm.unusual else []
    return f"Odd in the data: {listed(oddities)}." if oddities else ""


def _oddity(column: ColumnReport) -> str:
    if column.role in {"actual", "error"} or not column.rows:
        return ""
    if column.status == "failed":
        return f"{column.name} has no usable value"
    if column.constant:
        return f"{column.name} holds one value only"
    if column.missing / column.rows - (column.missing_reference_share or 0.0) > ODD_SHARE:
        return f"{column.name} is missing in {column.missing / column.rows:.0%}"
    if column.unseen / column.rows > ODD_SHARE:
        return f"{column.name} holds {column.unseen / column.rows:.0%} never seen before"
    return ""


def _broken(check: Check) -> str:
    share = check.share
    if share is None or share.low is None or share.low - (share.reference or 0.0) <= ODD_SHARE:
        return ""
    return f"{check.meaning} in {share.value:.0%}"


def listed(words: Sequence[str]) -> str:
    """List words, the first few by name."""
    named = ", ".join(words[:MOST_NAMED])
    return f"{named} and {len(words) - MOST_NAMED} more" if len(words) > MOST_NAMED else named
