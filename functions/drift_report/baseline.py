"""The baseline of a model version: what its windows are held against, from S3."""

import gzip
import json
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from pydantic import ValidationError

from adapters.errors import ObjectCorrupt
from adapters.models import ModelStore
from contracts.guard import GuardStatistics
from contracts.model import ModelCard
from contracts.profile import ProfileSpec
from contracts.versions import VersionComparison
from drift_report.checked import checked
from drift_report.gaps import gaps_of
from drift_report.labelled import Labelled, labelled_reference
from drift_report.rows import Columns, Standing, columns_of
from monitoring.profiles import reference
from monitoring.profiles.archive import Unreadable
from monitoring.profiles.counting import profile_of
from monitoring.profiles.profile import Profile
from monitoring.profiles.reference import Reference
from monitoring.watch.losses import Tolerated, tolerated
from monitoring.window.gap_measures import Measure
from rides.guard import Guard


@dataclass(frozen=True)
class Baseline:
    """What a window is held against, and how its rows are counted."""

    version: str
    reference: Reference
    sample: Columns
    """Some rows of the reference, for Evidently and the domain classifier."""
    judged_minutes: tuple[float, float]
    """The durations that the model is judged on."""
    created_at: datetime
    training_start: datetime
    compared: VersionComparison | None
    guard: Guard | None = None
    """What is usual of rides alike; None where nothing is counted that is relative to it."""

    @property
    def spec(self) -> ProfileSpec:
        """What is counted of the version's rows."""
        return self.reference.spec

    def is_judged(self, actual: float) -> bool:
        """Tell whether a duration is one that the model is judged on."""
        return self.judged_minutes[0] <= actual <= self.judged_minutes[1]

    @cached_property
    def known(self) -> Labelled:
        """The rows of the reference's sample that have an error."""
        return labelled_reference(self.spec, self.sample)

    @property
    def likeness(self) -> float:
        """How alike |errors| of one day are."""
        return self.reference.dependence.get("absolute_error", 0.0)

    @cached_property
    def gaps(self) -> dict[tuple[str, str, Measure], float]:
        """How far each group was from all rows in the reference, by family, group and measure."""
        found = gaps_of(self.spec, self.known, self.likeness)
        return {(name, gap.group, gap.measure): gap.value for name, gap in found}

    @cached_property
    def tolerated(self) -> Tolerated:
        """Say how wrong answers may be before it matters: by what they were out of sample."""
        mae, bias = (self.reference.mean(role) for role in ("absolute_error", "error"))
        return tolerated(mae, bias)

    def count(self, rows: Sequence[Standing]) -> Profile:
        """Count rows."""
        columns = self.columns(rows)
        return profile_of(self.spec, columns, checked(rows, columns, self.training_start))

    def columns(self, rows: Sequence[Standing]) -> Columns:
        """Lay rows out, column by column."""
        return columns_of(self.spec, rows, self.judged_minutes, self.guard)


def baseline_of(models: ModelStore, version: str) -> Baseline:
    """Load the baseline of a version. Raises ObjectMissing, ObjectCorrupt, StoreUnavailable."""
    card = models.card(version)
    known = _reference(models, card)
    return Baseline(
        version,
        known,
        _sample(models, card),
        card.judged_minutes,
        card.created_at,
        card.training.start,
        card.compared,
        _guard(models, card, known.spec),
    )


def _reference(models: ModelStore, card: ModelCard) -> Reference:
    try:
        return reference.unpacked(models.artifact(card, "profile"))
    except Unreadable as error:
        message = f"the profile of {card.version} is none: {error}"
        raise ObjectCorrupt(message) from error


def _guard(models: ModelStore, card: ModelCard, spec: ProfileSpec) -> Guard | None:
    if not any(column.role == "relative" for column in spec.columns):
        return None
    try:
        return Guard(GuardStatistics.model_validate_json(models.artifact(card, "guard")))
    except ValidationError as error:
        message = f"the guard of {card.version} is none: {error.error_count()} problems"
        raise ObjectCorrupt(message) from error


def _sample(models: ModelStore, card: ModelCard) -> Columns:
    try:
        columns: Columns = json.loads(gzip.decompress(models.artifact(card, "reference")))["columns"]
    except (gzip.BadGzipFile, zlib.error, EOFError, ValueError, KeyError) as error:
        message = f"the reference sample of {card.version} is none: {error}"
        raise ObjectCorrupt(message) from error
    return columns
