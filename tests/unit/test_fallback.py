"""The fallback: the median of rides alike, coarser where they are few, and the same in training and serving."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from contracts.fallback import FallbackCell, FallbackTable
from rides.fallback import DEFAULT_TABLE, Fallback, default_fallback
from ridewatch.training.columns import matrix_of
from ridewatch.training.contenders import FEATURES
from ridewatch.training.default_fallback import default_table
from ridewatch.training.fallback import LEAST_RIDES, alike, table_of
from ridewatch.training.lesson import lesson_of
from tests.simulated import simulated

ANY = FallbackCell(None, None, None, None, 10.0, 500)
CELLS = (
    FallbackCell(1, 2, "Manhattan", "Queens", 1.0, 20),
    FallbackCell(1, 2, None, None, 2.0, 20),
    FallbackCell(1, None, None, None, 3.0, 20),
    FallbackCell(None, 2, "Manhattan", "Queens", 4.0, 20),
    FallbackCell(None, None, "Manhattan", "Queens", 5.0, 20),
    ANY,
)


def table(*cells):
    """A table of bands of two miles and four hours."""
    return FallbackTable(distance_edges=(2.0, 4.0), hours_a_band=4, least_rides=10, cells=cells)


def features(distance=3.0, hour=8, pickup="Manhattan", dropoff="Queens"):
    """What the fallback reads of a ride."""
    return {"distance": distance, "hour": hour, "pickup_borough": pickup, "dropoff_borough": dropoff}


@pytest.fixture(scope="module")
def lesson():
    """Simulated rides to learn from."""
    return lesson_of(simulated(3000))


@pytest.mark.parametrize(
    ("ride", "minutes"),
    [
        (features(), 1.0),
        (features(dropoff="Bronx"), 2.0),
        (features(hour=23), 3.0),
        (features(distance=4.0), 4.0),
        (features(distance=4.0, hour=12), 5.0),
        (features(distance=4.0, dropoff="Bronx"), 10.0),
    ],
)
def test_the_closest_likeness_answers(ride, minutes):
    assert Fallback(table(*CELLS)).minutes(ride) == minutes


@pytest.mark.parametrize("distance", [0, 100.1, 1000])
def test_a_distance_that_cannot_be_true_says_nothing(distance):
    """It would else be the longest band's answer, or the shortest's."""
    far = FallbackCell(2, None, None, None, 60.0, 20)
    near = FallbackCell(0, None, None, None, 1.0, 20)
    assert Fallback(table(far, near, ANY)).minutes(features(distance=distance)) == 10.0


def test_a_table_that_does_not_answer_every_ride_is_none():
    with pytest.raises(ValidationError, match="like none"):
        table(*CELLS[:-1])


@given(
    distance=st.floats(0, 1000),
    hour=st.integers(0, 23),
    boroughs=st.tuples(*[st.sampled_from(["Manhattan", "EWR", "Unknown", "Staten Island", "Mars"])] * 2),
)
def test_the_default_answers_every_ride_within_the_hour_of_its_rides(distance, hour, boroughs):
    assert 1 <= default_fallback().minutes(features(distance, hour, *boroughs)) <= 60


def test_the_default_is_what_its_command_writes():
    assert DEFAULT_TABLE.read_text() == default_table()


def test_a_cell_holds_the_median_of_its_rides(lesson):
    """Counted anew by masks."""
    learnt = lesson.chosen.learnt
    bands = np.searchsorted(table_of(lesson.matrix, lesson.minutes).distance_edges, lesson.matrix[:, 2], side="right")
    for cell in lesson.taught(alike, 0).table.cells:
        alike_rides = learnt.copy()
        if cell.distance_band is not None:
            alike_rides &= bands == cell.distance_band
        if cell.hour_band is not None:
            alike_rides &= lesson.features["hour"] // 4 == cell.hour_band
        if cell.pickup_borough is not None:
            alike_rides &= lesson.features["pickup_borough"] == cell.pickup_borough
            alike_rides &= lesson.features["dropoff_borough"] == cell.dropoff_borough
        assert cell.rides == alike_rides.sum()
        assert cell.minutes == pytest.approx(np.median(lesson.minutes[alike_rides]), abs=5e-4)


def test_every_cell_that_is_alike_in_something_has_enough_rides(lesson):
    cells = table_of(lesson.matrix[:60], lesson.minutes[:60]).cells
    assert min(cell.rides for cell in cells) >= LEAST_RIDES


def test_even_one_ride_makes_a_table(lesson):
    (cell,) = table_of(lesson.matrix[:1], lesson.minutes[:1]).cells
    assert cell[:4] == (None,) * 4


def test_training_and_serving_answer_alike(lesson):
    learnt = lesson.taught(alike, 0)
    serving = Fallback(FallbackTable.model_validate_json(learnt.table.model_dump_json()))
    rows = [dict(zip(lesson.features, values, strict=True)) for values in zip(*lesson.features.values(), strict=True)]
    answers = learnt.predict(matrix_of(lesson.features, FEATURES))
    assert answers.tolist() == [serving.minutes(row) for row in rows]
