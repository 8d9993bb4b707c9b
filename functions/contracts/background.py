"""The background: rides that an explanation compares with."""

from collections.abc import Iterator
from typing import Self

from pydantic import model_validator

from contracts.base import Contract
from contracts.events import FeatureName, FeatureValue


class Background(Contract):
    """The artifact `background` of a model version: `models/<version>/background.json`."""

    columns: dict[FeatureName, tuple[FeatureValue, ...]]
    """A few rows of the reference, column by column."""

    @model_validator(mode="after")
    def _has_rows(self) -> Self:
        if len({len(values) for values in self.columns.values()} - {0}) != 1:
            message = "the columns are not equally long, or empty"
            raise ValueError(message)
        return self

    def rows(self) -> Iterator[dict[str, FeatureValue]]:
        """Give the rows one by one."""
        for row in zip(*self.columns.values(), strict=True):
            yield dict(zip(self.columns, row, strict=True))
