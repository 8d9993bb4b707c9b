from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from contracts.joining import ToldActual
from record.joining import corrections
from tests.samples import NOON


def told(name: str, ride: str = "r1", minute: int = 0) -> ToldActual:
    """Tell an actual so many minutes after noon."""
    return ToldActual(name, ride, 10.0, None, NOON + timedelta(minutes=minute), NOON)


def test_the_first_actual_of_a_ride_is_no_correction():
    """Rides are looked at one by one."""
    assert corrections([told("a1"), told("b1", "r2")]) == []


def test_later_actuals_are_corrections_in_whatever_order_they_are_read():
    """The order of telling decides."""
    assert corrections([told("a3", minute=3), told("a1", minute=1), told("a2", minute=2)]) == ["a2", "a3"]


@given(st.permutations(range(6)))
def test_marks_made_as_actuals_arrive_add_up_to_all_but_the_first(arrivals):
    """Whoever is marked stays a correction when an earlier actual arrives later."""
    marked = set()
    for so_far in range(1, 7):
        marked |= set(corrections([told(f"a{n}", minute=n) for n in arrivals[:so_far]]))
    assert marked == {f"a{n}" for n in range(1, 6)}
