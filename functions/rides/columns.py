"""What monitoring is told of a ride's columns: their names, kinds, units and cycles."""

from collections.abc import Iterable
from typing import Final

from contracts.profile import DeclaredColumn

ATTRIBUTION: Final = "attribution_"
HOURS: Final = tuple(str(hour) for hour in range(24))
WEEKDAYS: Final = tuple(str(day) for day in range(7))

COLUMNS: Final = (
    DeclaredColumn(name="pickup_zone", kind="categorical"),
    DeclaredColumn(name="dropoff_zone", kind="categorical"),
    DeclaredColumn(name="pickup_borough", kind="categorical"),
    DeclaredColumn(name="dropoff_borough", kind="categorical"),
    DeclaredColumn(name="distance", kind="numeric", unit="miles"),
    DeclaredColumn(name="hour", kind="categorical", categories=HOURS, cycle="day", ordered=True),
    DeclaredColumn(name="weekday", kind="categorical", categories=WEEKDAYS, cycle="week", ordered=True),
    DeclaredColumn(name="passengers", kind="categorical", ordered=True),
    DeclaredColumn(name="vendor", kind="categorical"),
    DeclaredColumn(name="payment_type", kind="categorical"),
    DeclaredColumn(name="prediction", kind="numeric", role="prediction", unit="minutes"),
    DeclaredColumn(name="actual", kind="numeric", role="actual", unit="minutes"),
    DeclaredColumn(name="error", kind="numeric", role="error", unit="minutes"),
    DeclaredColumn(name="absolute_error", kind="numeric", role="absolute_error", unit="minutes"),
    DeclaredColumn(name="squared_error", kind="numeric", role="squared_error", unit="minutes²", edges=()),
    DeclaredColumn(name="relative_error", kind="numeric", role="relative_error", edges=()),
    DeclaredColumn(name="naive_error", kind="numeric", role="naive_error", unit="minutes", edges=()),
    DeclaredColumn(name="gain", kind="numeric", role="gain", unit="minutes", edges=()),
    DeclaredColumn(name="estimated_error", kind="numeric", role="estimated_error", unit="minutes", edges=()),
    DeclaredColumn(name="foreseen", kind="numeric", role="foreseen", unit="minutes", edges=()),
    DeclaredColumn(name="unforeseen", kind="numeric", role="unforeseen", unit="minutes", edges=()),
    DeclaredColumn(name="covered", kind="numeric", role="covered", edges=()),
    DeclaredColumn(name="relative_distance", kind="numeric", role="relative", unit="spreads", of="distance", edges=()),
    DeclaredColumn(name="label_delay", kind="numeric", role="delay", unit="hours", edges=()),
)
"""In the order in which people read them; what the roles mean stands with `contracts.profile.Role`."""


def attribution_columns(groups: Iterable[str]) -> tuple[DeclaredColumn, ...]:
    """Declare the attributions of each group of features."""
    return tuple(
        DeclaredColumn(name=attribution_column(group), kind="numeric", role="attribution", unit="minutes", edges=())
        for group in groups
    )


def attribution_column(group: str) -> str:
    """Name the column of a group's attributions."""
    return f"{ATTRIBUTION}{group}"
