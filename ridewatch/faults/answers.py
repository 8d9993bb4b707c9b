"""What faults do to answers: each a function from rides to the minutes that their answers are off by."""

from collections.abc import Callable
from typing import Final

import numpy as np
from numpy.typing import NDArray

from rides.zones import borough
from ridewatch.sources.table import RideTable

Minutes = NDArray[np.float64]
Shift = Callable[[RideTable], Minutes]

BOROUGH, TOO_SHORT = "Queens", 3.0


def short_borough(rides: RideTable) -> Minutes:
    """Answer one borough's pickups short."""
    return np.array([-TOO_SHORT if borough(zone) == BOROUGH else 0.0 for zone in rides.pickup_zone.tolist()])


SHIFTS: Final[dict[str, Shift]] = {short_borough.__name__: short_borough}
