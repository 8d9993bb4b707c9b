"""Something watched that is no ride: a spec with a column of every role, segments and checks, and rows of it."""

import numpy as np

from contracts.profile import DeclaredCheck, DeclaredColumn, Rule, Segment, SegmentFamily
from monitoring.profiles.comparison import Comparison
from monitoring.profiles.counting import code
from monitoring.profiles.fitting import Rows, reference_of
from monitoring.profiles.observed import observed_rows
from monitoring.profiles.outcomes import Said, outcomes_of
from monitoring.profiles.spec import make_spec

LEAST = 50
HOURS_A_DAY, HOURS_A_WEEK = 24, 168
JUDGED = (1.0, 60.0)
COVERED = 2.5
"""Every interval reaches so far to either side."""
HOURS = tuple(map(str, range(HOURS_A_DAY)))
DECLARED = (
    DeclaredColumn(name="size", kind="numeric", unit="m"),
    DeclaredColumn(name="kind", kind="categorical"),
    DeclaredColumn(name="hour", kind="categorical", categories=HOURS, cycle="day", ordered=True),
    DeclaredColumn(name="answer", kind="numeric", role="prediction"),
    DeclaredColumn(name="truth", kind="numeric", role="actual"),
    DeclaredColumn(name="error", kind="numeric", role="error"),
    DeclaredColumn(name="off", kind="numeric", role="absolute_error"),
    DeclaredColumn(name="squared", kind="numeric", role="squared_error", edges=()),
    DeclaredColumn(name="relative", kind="numeric", role="relative_error", edges=()),
    DeclaredColumn(name="naive", kind="numeric", role="naive_error", edges=()),
    DeclaredColumn(name="gain", kind="numeric", role="gain", edges=()),
    DeclaredColumn(name="expected", kind="numeric", role="estimated_error", edges=()),
    DeclaredColumn(name="foreseen", kind="numeric", role="foreseen", edges=()),
    DeclaredColumn(name="unforeseen", kind="numeric", role="unforeseen", edges=()),
    DeclaredColumn(name="covered", kind="numeric", role="covered", edges=()),
    DeclaredColumn(name="delay", kind="numeric", role="delay", unit="hours", edges=()),
)
FAMILIES = (
    SegmentFamily(
        name="kind",
        segments=(
            Segment(label="common", any_of=(Rule(column="kind", values=("a",)),)),
            Segment(label="rare", any_of=(Rule(column="kind", values=("c",)), Rule(column="size", low=8.0))),
        ),
    ),
    SegmentFamily(
        name="size",
        segments=(
            Segment(label="small", any_of=(Rule(column="size", high=2.0),)),
            Segment(label="large", any_of=(Rule(column="size", low=2.0),)),
        ),
    ),
)
CHECKS = (
    DeclaredCheck(name="no_size", meaning="size not above zero"),
    DeclaredCheck(name="too_long", meaning="truth over an hour"),
    DeclaredCheck(name="odd", meaning="flagged as odd", kind="flag"),
    DeclaredCheck(name="fallback", meaning="answered by the fallback", kind="fallback"),
)


def rows(count, seed=0, hours=None, **changes):
    """Give the columns of rows, quiet but for what is changed; with `hours`, of those hours."""
    luck = np.random.default_rng(seed)
    truth = np.clip(luck.gamma(3, 4, count), *JUDGED)
    columns = {
        "size": truth / 4 + luck.normal(0, 0.2, count),
        "kind": luck.choice(["a", "b", "c"], count, p=[0.6, 0.3, 0.1]).astype(object),
        "hour": (luck.integers(0, HOURS_A_DAY, count) if hours is None else hours % HOURS_A_DAY).astype(object),
        "answer": truth + luck.normal(0.2, 2, count),
        "truth": truth,
        "guess": np.full(count, 11.0),
        "expected": 0.5 + truth / 12,
        "delay": luck.exponential(3, count),
    }
    return with_outcomes(columns | changes)


def with_outcomes(columns):
    """Derive the errors of columns that lack them, under this spec's names."""
    names = {column.role: column.name for column in DECLARED}
    told = outcomes_of(Said(*(columns[name] for name in ("answer", "truth", "guess", "expected"))), JUDGED)
    covered = np.where(np.isnan(told["error"]), np.nan, told["absolute_error"] <= COVERED)
    return {names[role]: values for role, values in told.items()} | {"covered": covered} | columns


def checks(count, seed=0):
    """Give verdicts of every check: some rows broken, some that cannot be told."""
    luck = np.random.default_rng(seed)
    return {check.name: luck.choice([0, 1, -1], count, p=[0.8, 0.1, 0.1]).astype(np.int8) for check in CHECKS}


def weeks(count, number=8, seed=0):
    """Give hours of so many whole weeks, as many rows in each."""
    return np.sort(np.random.default_rng(seed).integers(0, HOURS_A_WEEK * number, count))


def fitted(count=20_000, seed=1, declared=DECLARED, **changes):
    """Give a reference of eight weeks."""
    hours = weeks(count, seed=seed)
    columns = rows(count, seed, hours, **changes)
    spec = make_spec(declared, columns, FAMILIES, CHECKS)
    return reference_of(spec, Rows(columns, checks(count, seed), hours))


def compared(reference, columns, hours, verdicts=None):
    """Hold rows against the reference at the same hours of the week."""
    found = observed_rows(code(reference.spec, columns, verdicts), hours)
    return Comparison(found, reference.at(found.rows, found.judged), reference, LEAST)


def week_compared(reference, columns, hours, verdicts=None):
    """Hold the rows of whole weeks against whole weeks of the reference."""
    found = observed_rows(code(reference.spec, columns, verdicts), hours)
    return Comparison(found, reference.of_whole_weeks, reference, LEAST)
