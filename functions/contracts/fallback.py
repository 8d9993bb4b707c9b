"""The fallback's table: the median minutes of rides alike, from the finest likeness to none."""

from typing import Annotated, Literal, NamedTuple, Self

from pydantic import Field, model_validator

from contracts.base import SCHEMA_VERSION, Contract


class FallbackCell(NamedTuple):
    """Rides alike in what is not None, and the median of their minutes."""

    distance_band: int | None
    """How many of the table's edges are at most the ride's miles."""
    hour_band: int | None
    """New York's hour over the table's `hours_a_band`, whole."""
    pickup_borough: str | None
    dropoff_borough: str | None
    minutes: Annotated[float, Field(ge=0)]
    rides: Annotated[int, Field(gt=0)]


class FallbackTable(Contract):
    """The artifact `fallback` of a model version: `models/<version>/fallback.json`."""

    schema_version: Literal[1] = SCHEMA_VERSION
    distance_edges: tuple[float, ...]
    """Miles, ascending."""
    hours_a_band: Annotated[int, Field(ge=1, le=24)]
    least_rides: int
    """Cells of fewer rides are left out."""
    cells: tuple[FallbackCell, ...]

    @model_validator(mode="after")
    def _answers_every_ride(self) -> Self:
        if not any(cell[:4] == (None,) * 4 for cell in self.cells):
            message = "there is no cell for a ride that is like none"
            raise ValueError(message)
        return self
