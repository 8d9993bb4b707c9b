"""A guard that knows one pair of zones and its neighbourhood, and leaves absurd distances to the fallback."""

from contracts.guard import Decision, DistancesBetween, GuardStatistics

USUAL = DistancesBetween(161, 236, 0.5, 0.2, 40)
STATISTICS = GuardStatistics(
    distance_range=(0.1, 40.0),
    distances=(
        USUAL,
        DistancesBetween(161, "Manhattan", 1.0, 0.5, 90),
        DistancesBetween(236, "Queens", 2.0, 0.3, 2),
    ),
    least_rides=5,
    odd_beyond=4.0,
    decisions={
        "absurd_distance": Decision(served_by="fallback", rides=2000, model_mae=30.8, fallback_mae=5.6, made=True),
        "odd_distance": Decision(served_by="champion", rides=99, model_mae=4.2, fallback_mae=4.9),
    },
)


def features(**changes):
    """What the guard reads of a ride between the two zones, as far as is usual, but for these changes."""
    plain = {
        "pickup_zone": 161,
        "dropoff_zone": 236,
        "pickup_borough": "Manhattan",
        "dropoff_borough": "Manhattan",
        "distance": 1.65,
        "hour": 8,
    }
    return plain | changes
