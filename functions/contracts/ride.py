"""The ride: what a caller asks about."""

from datetime import datetime
from typing import Annotated, Any, LiteralString, NoReturn
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, AliasChoices, BeforeValidator, Field
from pydantic_core import PydanticCustomError

from contracts.base import Contract, Identifier

NEW_YORK = ZoneInfo("America/New_York")
FIRST_YEAR, LAST_YEAR = 1970, 2100


def refuse(code: str, remedy: LiteralString) -> NoReturn:
    """Refuse a value: a stable code, and what to do about it."""
    raise PydanticCustomError(code, remedy)


def _in_new_york_if_naive(moment: datetime) -> datetime:
    if not FIRST_YEAR <= moment.year < LAST_YEAR:
        refuse("time_out_of_range", "give a time of the years 1970 to 2099")
    return moment if moment.tzinfo else moment.replace(tzinfo=NEW_YORK)


def _not_a_number(value: Any) -> Any:
    """Refuse seconds since an epoch, which pydantic would take, as a number or in a text."""
    if isinstance(value, int | float) or (isinstance(value, str) and value.replace(".", "", 1).lstrip("+-").isdigit()):
        refuse("time_type", "give an ISO 8601 time such as 2019-03-01T08:30:00-05:00, not a number")
    return value


def _a_number(value: Any) -> Any:
    """Refuse texts and truth values, which pydantic would take for numbers."""
    if isinstance(value, str | bool):
        refuse("number_type", "give a number, not a text or a truth value")
    return value


_YEARS = Field(json_schema_extra={"pattern": "^(19[7-9]|20[0-9])[0-9]-"})
RideTime = Annotated[datetime, _YEARS, BeforeValidator(_not_a_number), AfterValidator(_in_new_york_if_naive)]
"""An ISO 8601 time; without a zone it is New York's."""

# bounds stand before the validator: pydantic then checks them in its core and writes them into the JSON schema
Miles = Annotated[float, Field(ge=0, le=1000), BeforeValidator(_a_number)]
Minutes = Annotated[float, Field(ge=0, le=1500), BeforeValidator(_a_number)]
Zone = Annotated[int, Field(ge=1, le=265), BeforeValidator(_a_number)]
"""A TLC taxi zone."""
Count = Annotated[int, Field(ge=0, le=99), BeforeValidator(_a_number)]


def named(ours: str, *theirs: str, meaning: str, **rest: Any) -> Any:
    """Describe a field, and accept the TLC's own names of it beside ours."""
    return Field(validation_alias=AliasChoices(ours, *theirs), description=meaning, **rest)


class Ride(Contract):
    """A ride as it is known when it begins."""

    ride_id: Identifier | None = Field(
        default=None, description="your id of the ride: 1 to 128 letters, digits or _ . : - (absent: one is made)"
    )
    pickup_zone: Zone = named("pickup_zone", "PULocationID", meaning="the TLC taxi zone of the pickup, 1 to 265")
    dropoff_zone: Zone = named("dropoff_zone", "DOLocationID", meaning="the TLC taxi zone of the drop-off, 1 to 265")
    distance: Miles = named("distance", "trip_distance", meaning="miles, 0 to 1000; zero is odd, not invalid")
    pickup_time: RideTime | None = named(
        "pickup_time",
        "tpep_pickup_datetime",
        "lpep_pickup_datetime",
        meaning="an ISO 8601 time; without a zone it is New York's; absent means now",
        default=None,
    )
    passengers: Count | None = named(
        "passengers", "passenger_count", meaning="a whole number, 0 to 99; may be missing", default=None
    )
    vendor: Count | None = named("vendor", "VendorID", meaning="the TLC's code, 0 to 99; may be missing", default=None)
    payment_type: Count | None = Field(default=None, description="the TLC's code, 0 to 99; may be missing")
