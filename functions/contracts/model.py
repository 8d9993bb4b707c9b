"""The model card: what is known of a trained model, and where its parts lie."""

from typing import Annotated, Final, Literal

from pydantic import Field, StringConstraints

from contracts.base import SCHEMA_VERSION, Contract, ModelVersion, UtcTime
from contracts.versions import VersionComparison

ArtifactName = Literal["model", "fallback", "guard", "uncertainty", "reference", "profile", "marginals", "background"]

NO_MODEL: Final = "fallback-default"
"""What stands for a version where the fallback answered that ships with the code: it has no card, and no report."""


class Artifact(Contract):
    """One object of the model's folder."""

    key: str
    sha256: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
    size: Annotated[int, Field(ge=0)]


class Errors(Contract):
    """How wrong a model is on some rides, in minutes: error = prediction − actual."""

    rows: int
    mae: float
    rmse: float
    bias: float


class TrainingData(Contract):
    """What the model learned from."""

    sources: tuple[str, ...]
    start: UtcTime
    end: UtcTime
    rows: int
    dropped: dict[str, int]
    """Reason → rides left out of training."""


class IntervalCard(Contract):
    """What is promised of a version's intervals."""

    coverage: float
    """The share of rides that takes between an interval's ends."""
    margin: float
    """Minutes by which the quantile models' ends are moved apart, so that it does (Romano, Patterson, Candès 2019)."""


class ModelCard(Contract):
    """The card of one model version: `models/<version>/card.json`."""

    schema_version: Literal[1] = SCHEMA_VERSION
    version: ModelVersion
    created_at: UtcTime
    estimator: str
    features: tuple[str, ...]
    """The model's inputs, in the order of its columns."""
    training: TrainingData
    judged_on: Literal["validation", "out-of-fold"]
    judged_minutes: tuple[float, float] = (1.0, 60.0)
    """Errors are of rides whose actual lies in here, ends included; an actual outside gives no error: the row's is
    missing, in the reference as in every window."""
    errors: dict[str, Errors]
    """By contender: `model`, `fallback` (the artifact), `linear` (DictVectorizer of zone pair + distance), `median`."""
    interval: IntervalCard | None = None
    artifacts: dict[ArtifactName, Artifact]
    compared: VersionComparison | None = None
    """With the version that was in charge before; None of the first."""
    libraries: dict[str, str] = Field(default_factory=dict)
