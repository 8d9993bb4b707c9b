"""Segments: the slices of rides for which every number is told apart."""

from typing import Final

from contracts.profile import Rule, Segment, SegmentFamily

AIRPORTS: Final = ("1", "132", "138")
"""The zones of Newark, JFK and LaGuardia."""
BOROUGHS: Final = ("Manhattan", "Queens", "Brooklyn", "Bronx", "Staten Island")
VENDORS: Final = {"1": "Creative Mobile", "2": "VeriFone"}


def _hours(first: int, last: int) -> tuple[Rule, ...]:
    return (Rule(column="hour", values=tuple(str(hour) for hour in range(first, last + 1))),)


def _miles(low: float | None, high: float | None) -> tuple[Rule, ...]:
    return (Rule(column="distance", low=low, high=high),)


SEGMENTS: Final = (
    SegmentFamily(
        name="pickup borough",
        segments=tuple(
            Segment(label=name, any_of=(Rule(column="pickup_borough", values=(name,)),)) for name in BOROUGHS
        ),
        served_alike=True,
    ),
    SegmentFamily(
        name="hour",
        segments=(
            Segment(label="night 0–5", any_of=_hours(0, 5)),
            Segment(label="morning 6–9", any_of=_hours(6, 9)),
            Segment(label="midday 10–15", any_of=_hours(10, 15)),
            Segment(label="evening 16–19", any_of=_hours(16, 19)),
            Segment(label="late 20–23", any_of=_hours(20, 23)),
        ),
    ),
    SegmentFamily(
        name="distance",
        segments=(
            Segment(label="under 1 mile", any_of=_miles(None, 1)),
            Segment(label="1–2 miles", any_of=_miles(1, 2)),
            Segment(label="2–5 miles", any_of=_miles(2, 5)),
            Segment(label="5 miles and more", any_of=_miles(5, None)),
        ),
    ),
    SegmentFamily(
        name="airport",
        segments=(
            Segment(
                label="to or from an airport",
                any_of=(Rule(column="pickup_zone", values=AIRPORTS), Rule(column="dropoff_zone", values=AIRPORTS)),
            ),
        ),
    ),
    SegmentFamily(
        name="vendor",
        segments=tuple(
            Segment(label=name, any_of=(Rule(column="vendor", values=(code,)),)) for code, name in VENDORS.items()
        ),
        served_alike=True,
    ),
)
"""In the order in which people read them."""
