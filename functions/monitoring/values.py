"""What a column holds, as numbers or as labels; what is neither is counted, and never raises."""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Values = Sequence[Any] | NDArray[Any]

PLAIN = frozenset({int, float, type(None)})


class Numbers(NamedTuple):
    """The finite numbers of a column, and how many of its values were none."""

    values: Floats
    missing: int
    """None and NaN, and the invalid."""
    invalid: int


class Labels(NamedTuple):
    """How often each label occurs in a column."""

    counts: Counter[str]
    missing: int
    """None and NaN, and the invalid."""
    invalid: int


def numbers_of(values: Values, largest: float = np.inf) -> Numbers:
    """Read numbers. Text, truth values, infinities and what is beyond ±largest are invalid."""
    found, strange = _floats(values)
    absent = np.isnan(found)
    finite = found[~absent]
    fitting = finite[np.abs(finite) < largest]
    invalid = strange + len(finite) - len(fitting)
    return Numbers(fitting, len(found) - len(fitting), invalid)


def aligned(values: Values) -> Floats:
    """Give one float for each value, NaN for what is no finite number."""
    found, _ = _floats(values)
    return np.where(np.isfinite(found), found, np.nan)


def labels_of(values: Values) -> Labels:
    """Read labels: text as it is, whole numbers without a decimal point, so that 1, 1.0 and True are one label."""
    counts: Counter[str] = Counter()
    missing = invalid = 0
    for value, count in _distinct(values):
        label = label_of(value)
        if label is not None:
            counts[label] += count
            continue
        missing += count
        invalid += 0 if _is_absent(value) else count
    return Labels(counts, missing, invalid)


def label_of(value: object) -> str | None:
    """Name a value, truth values 0 and 1; None for what is absent or cannot be a label."""
    if isinstance(value, str):
        return value
    if isinstance(value, int | np.bool_ | np.integer):
        return str(int(value))
    if isinstance(value, float | np.floating) and np.isfinite(value):
        return str(int(value)) if value == int(value) else repr(float(value))
    return None


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


def _distinct(values: Values) -> Iterable[tuple[Any, int]]:
    """Count equal values: an array of numbers by sorting, all else by hashing (a text array sorts ten times slower)."""
    if isinstance(values, np.ndarray) and values.dtype.kind in "iuf":
        found, counts = np.unique(values, return_counts=True)
        return zip(found.tolist(), counts.tolist(), strict=True)
    plain = values.tolist() if isinstance(values, np.ndarray) else values
    try:
        return Counter(plain).items()
    except TypeError:
        return [(value, 1) for value in plain]
