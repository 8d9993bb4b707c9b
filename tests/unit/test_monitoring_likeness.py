import numpy as np
import pytest

from monitoring.numeric.drift import psi
from monitoring.numeric.grouping import merged, scoring_groups
from monitoring.profiles.layout import bins_of
from monitoring.window.likeness import likeness_of
from tests.watched import LEAST, compared, fitted, rows, weeks

REFERENCE = fitted()
OUTCOMES = ("truth", "error", "off", "squared", "relative", "naive", "gain", "foreseen", "unforeseen", "covered")


def labelled(columns, held):
    """Hold a window against the reference whose labels have come for some rows."""
    known = {name: np.where(held, columns[name], np.nan) for name in OUTCOMES}
    return compared(REFERENCE, columns | known, weeks(len(held), number=2, seed=3))


def quiet(count=4_000):
    """Give rows of two quiet weeks."""
    return rows(count, 0, weeks(count, number=2, seed=3))


def test_labels_that_come_by_chance_look_like_the_rest():
    """In every feature and in the prediction; of what a label tells nothing can be compared."""
    found = likeness_of(labelled(quiet(), np.random.default_rng(1).random(4_000) < 0.6))
    assert {each.name: each.differs for each in found} == dict.fromkeys(("size", "kind", "hour", "answer"), False)


def test_labels_that_come_of_large_ones_only_do_not():
    """The answer is large where the size is; the kind has nothing to do with it."""
    day = quiet()
    found = {each.name: each for each in likeness_of(labelled(day, day["size"] > 2.5))}
    assert {name for name, each in found.items() if each.differs} == {"size", "answer"}
    assert found["size"].psi_lower > 0.1 > found["kind"].psi_lower


def test_the_labelled_rows_are_compared_with_the_unlabelled_ones():
    """Counted apart, they give the same index."""
    day = quiet()
    held = (day["size"] > 2) | (np.arange(4_000) % 3 == 0)
    found = {each.name: each for each in likeness_of(labelled(day, held))}
    column = REFERENCE.spec.column("size")
    sides = [
        bins_of(column, labelled({name: v[part] for name, v in day.items()}, held[part]).sides("size").now.counts).known
        for part in (np.flatnonzero(held), np.flatnonzero(~held))
    ]
    groups = scoring_groups(column, *sides)
    expected = psi(*(merged(side, groups) for side in sides))
    assert found["size"].psi_corrected == pytest.approx(expected.corrected)


@pytest.mark.parametrize("labels", [0, LEAST - 1, 4_000 - LEAST + 1, 4_000])
def test_too_few_on_either_side_are_not_compared(labels):
    """All labelled, none labelled, or next to it."""
    assert likeness_of(labelled(quiet(), np.arange(4_000) < labels)) == ()
