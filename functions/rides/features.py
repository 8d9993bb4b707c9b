"""Features: what is known of a ride when it begins."""

from contracts.events import FeatureValue, KnownRide
from contracts.ride import NEW_YORK
from rides.zones import borough


def features_of(ride: KnownRide) -> dict[str, FeatureValue]:
    """Give a ride's features; hour (0–23) and weekday (0 is Monday) are New York's."""
    local = ride.pickup_time.astimezone(NEW_YORK)
    return {
        "pickup_zone": ride.pickup_zone,
        "dropoff_zone": ride.dropoff_zone,
        "pickup_borough": borough(ride.pickup_zone),
        "dropoff_borough": borough(ride.dropoff_zone),
        "distance": ride.distance,
        "hour": local.hour,
        "weekday": local.weekday(),
        "passengers": ride.passengers,
        "vendor": ride.vendor,
        "payment_type": ride.payment_type,
    }
