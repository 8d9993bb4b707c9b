"""Model cards, as small as they can be."""

from collections.abc import Mapping

from contracts.model import Artifact, ArtifactName, Errors, ModelCard, TrainingData
from tests.samples import NOON


def card(version: str, artifacts: Mapping[ArtifactName, Artifact]) -> ModelCard:
    """Give the card of a model that learned from ten rides."""
    return ModelCard(
        version=version,
        created_at=NOON,
        estimator="none",
        features=("distance",),
        training=TrainingData(sources=("simulated",), start=NOON, end=NOON, rows=10, dropped={}),
        judged_on="validation",
        errors={"model": Errors(rows=10, mae=1.0, rmse=1.0, bias=0.0)},
        artifacts=dict(artifacts),
    )
