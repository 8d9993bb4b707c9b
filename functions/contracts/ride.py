"""The ride: what a caller asks about."""

from datetime import datetime
from typing import Annotated, Any
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, AliasChoices, BeforeValidator, Field

from contracts.base import Contract, Identifier

NEW_YORK = ZoneInfo("America/New_York")


def _in_new_york_if_naive(moment: datetime) -> datetime:
    return moment if moment.tzinfo else moment.replace(tzinfo=NEW_YORK)


def _not_a_number(value: Any) -> Any:
    if isinstance(value, int | float):
        message = "give an ISO 8601 time such as 2019-03-01T08:30:00-05:00, not a number"
        raise ValueError(message)  # noqa: TRY004 - pydantic reports a ValueError by field, a TypeError not at all
    return value


RideTime = Annotated[datetime, BeforeValidator(_not_a_number), AfterValidator(_in_new_york_if_naive)]
"""An ISO 8601 time; without a zone it is New York's."""

Zone = Annotated[int, Field(ge=1, le=265, strict=True)]
"""A TLC taxi zone."""


def tlc(*names: str) -> AliasChoices:
    """Accept the TLC's own names of a field beside ours."""
    return AliasChoices(*names)


class Ride(Contract):
    """A ride as it is known when it begins."""

    ride_id: Identifier | None = None
    pickup_zone: Zone = Field(validation_alias=tlc("pickup_zone", "PULocationID"))
    dropoff_zone: Zone = Field(validation_alias=tlc("dropoff_zone", "DOLocationID"))
    distance: Annotated[float, Field(ge=0, le=1000)] = Field(validation_alias=tlc("distance", "trip_distance"))
    """Miles; zero is odd, not invalid."""
    pickup_time: RideTime | None = Field(
        default=None, validation_alias=tlc("pickup_time", "tpep_pickup_datetime", "lpep_pickup_datetime")
    )
    """Absent means now."""
    passengers: Annotated[int, Field(ge=0, le=99)] | None = Field(
        default=None, validation_alias=tlc("passengers", "passenger_count")
    )
    vendor: Annotated[int, Field(ge=0, le=99)] | None = Field(default=None, validation_alias=tlc("vendor", "VendorID"))
    payment_type: Annotated[int, Field(ge=0, le=99)] | None = None
