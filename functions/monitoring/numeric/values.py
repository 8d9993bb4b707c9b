"""What a column holds, as numbers or as labels; what is neither is counted, and never raises."""

from collections.abc import Hashable, Iterable, Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Indices = NDArray[np.intp]
Values = Sequence[Any] | NDArray[Any]

PLAIN = frozenset({int, float, type(None)})
MOST_CODES = 1 << 16
"""Whole numbers of a smaller range are told apart without sorting or hashing."""


class Numbers(NamedTuple):
    """A column of numbers: one for each row, NaN where there is none."""

    values: Floats
    invalid: int
    """Rows that hold something else than a number that fits, or nothing."""


class Labels(NamedTuple):
    """A column of labels: one number for each row, and the label that it stands for."""

    codes: Indices
    names: tuple[str | None, ...]
    """By code; None for what is absent or no label. Several codes may stand for one label."""
    invalid: NDArray[np.bool_]
    """By code: whether it stands for something that is neither a label nor absent."""


def numbers_of(values: Values, largest: float = np.inf) -> Numbers:
    """Read numbers. Text, truth values, infinities and what is not below ±largest are invalid."""
    found, strange = _floats(values)
    fitting = np.abs(found) < largest
    invalid = strange + len(found) - int(np.isnan(found).sum()) - int(fitting.sum())
    return Numbers(np.where(fitting, found, np.nan), invalid)


def labels_of(values: Values) -> Labels:
    """Read labels: text as it is, whole numbers without a decimal point, so that 1, 1.0 and True are one label."""
    if isinstance(values, np.ndarray) and values.dtype.kind in "iuf":
        return _whole(values) or _labels(*np.unique(values, return_inverse=True))
    plain = values.tolist() if isinstance(values, np.ndarray) else values
    try:
        return _by_hash(plain)
    except TypeError:
        return _by_hash([_hashable(value) for value in plain])


def counted(labels: Labels) -> dict[str, int]:
    """Count the rows of each label that occurs."""
    counts: dict[str, int] = {}
    for name, count in zip(labels.names, np.bincount(labels.codes, minlength=len(labels.names)).tolist(), strict=True):
        if name is not None and count:
            counts[name] = counts.get(name, 0) + count
    return counts


def _whole(values: NDArray[Any]) -> Labels | None:
    """Tell whole numbers of a small range apart by their distance from the least; the last code stands for NaN."""
    absent = np.isnan(values) if values.dtype.kind == "f" else np.zeros(len(values), dtype=bool)
    present = values[~absent]
    low, high = (present.min().item(), present.max().item()) if len(present) else (0, 0)
    if not -MOST_CODES < low <= high < MOST_CODES or high - low >= MOST_CODES or (present % 1).any():
        return None
    names = (*map(str, range(int(low), int(high) + 1)), None)
    codes = np.where(absent, len(names) - 1, np.where(absent, 0, values).astype(np.intp) - int(low))
    return Labels(codes, names, np.zeros(len(names), dtype=bool))


def _labels(distinct: Iterable[Any], codes: Indices) -> Labels:
    plain = [value.item() if isinstance(value, np.generic) else value for value in distinct]
    names = tuple(map(label_of, plain))
    invalid = [name is None and not _is_absent(value) for name, value in zip(names, plain, strict=True)]
    return Labels(codes.reshape(-1), names, np.array(invalid, dtype=bool))


def _by_hash(values: Sequence[Hashable]) -> Labels:
    """Tell values apart by hashing; raises TypeError for what has no hash."""
    places = {value: place for place, value in enumerate(dict.fromkeys(values))}
    coded = np.fromiter(map(places.__getitem__, values), dtype=np.intp, count=len(values))
    return _labels(list(places), coded)


def _hashable(value: Any) -> Hashable:
    return value if isinstance(value, Hashable) else NoLabel


class NoLabel:
    """Stands for what cannot be told apart, as lists and dictionaries."""


def label_of(value: object) -> str | None:
    """Name a value, truth values 0 and 1; None for what is absent or cannot be a label."""
    if isinstance(value, str):
        return value
    if isinstance(value, int | np.bool_ | np.integer):
        return str(int(value))
    if isinstance(value, float | np.floating) and np.isfinite(value):
        return str(int(value)) if value == int(value) else repr(float(value))
    return None


def aligned(values: Values) -> Floats:
    """Give one float for each value, NaN for what is no finite number."""
    found, _ = _floats(values)
    return np.where(np.isfinite(found), found, np.nan)


def _floats(values: Values) -> tuple[Floats, int]:
    """Give one float for each value, NaN for what is not a number, and the count of what was of another type."""
    if isinstance(values, np.ndarray) and values.dtype.kind in "iuf":
        return values.astype(np.float64, copy=False), 0
    plain = values.tolist() if isinstance(values, np.ndarray) else values
    if not set(map(type, plain)) - PLAIN:
        try:
            return np.array(plain, dtype=np.float64), 0
        except OverflowError:
            pass
    read = [_float(value) for value in plain]
    strange = sum(number is None and not _is_absent(value) for number, value in zip(read, plain, strict=True))
    return np.array(read, dtype=np.float64), strange


def _float(value: object) -> float | None:
    if isinstance(value, bool | np.bool_) or not isinstance(value, int | float | np.integer | np.floating):
        return None
    try:
        return float(value)
    except OverflowError:
        return np.inf


def _is_absent(value: object) -> bool:
    return value is None or (isinstance(value, float | np.floating) and bool(np.isnan(value)))
