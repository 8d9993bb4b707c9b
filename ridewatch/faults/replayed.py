"""A fault shown to a live stack: the tables to send, one after the other."""

from collections.abc import Callable, Iterator

from ridewatch.faults.fault import Fault
from ridewatch.faults.planting import as_rides, parted
from ridewatch.sources.table import RideTable


def stages_of(
    rides: RideTable, fault: Fault | None, set_back: Callable[[], object], *, seed: int
) -> Iterator[RideTable]:
    """Give the rides to send with a fault planted; one of the model befalls the stack between two tables."""
    if fault is None:
        yield rides
    elif fault.of != "model":
        yield as_rides(rides, fault, seed=seed)
    else:
        before, after = parted(rides, fault)
        yield before
        set_back()
        yield after
