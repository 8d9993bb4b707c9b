"""Two model versions on the same rides: how their answers differ, and what each goes by."""

import gzip
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray

from adapters.models import ModelStore
from contracts.background import Background
from contracts.model import ArtifactName, ModelCard
from contracts.versions import VersionComparison, VersionSide
from monitoring.window.attributions import ndcg
from rides.explanation import Explainer, load_explainer
from rides.model import Matrix, Model, load_model

EXPLAINED_ROWS = 200
NEEDED: tuple[ArtifactName, ...] = ("model", "background", "reference")

Minutes = NDArray[np.float64]


@dataclass(frozen=True)
class Version:
    """A model version that can be asked."""

    card: ModelCard
    model: Model
    explainer: Explainer
    sample: Mapping[str, list[float | None]]
    """Rows of its reference, column by column."""

    @classmethod
    def of(cls, card: ModelCard, bodies: Mapping[ArtifactName, bytes]) -> Self:
        """Make a version of its artifacts. Raises ModelUnusable."""
        model = load_model(bodies["model"], card)
        explainer = load_explainer(model, card, Background.model_validate_json(bodies["background"]))
        return cls(card, model, explainer, json.loads(gzip.decompress(bodies["reference"]))["columns"])

    @classmethod
    def stored(cls, models: ModelStore, name: str) -> Self:
        """Load a version. Raises ObjectMissing, ObjectCorrupt, StoreUnavailable, ModelUnusable."""
        card = models.card(name)
        return cls.of(card, {artifact: models.artifact(card, artifact) for artifact in NEEDED})

    def matrix(self, sample: Mapping[str, list[float | None]]) -> Matrix:
        """Lay out the rides of a sample as this version's inputs."""
        return np.column_stack([np.array(sample[name], dtype=np.float32) for name in self.card.features])


def compared(older: Version, newer: Version) -> VersionComparison:
    """Compare two versions on the rides of the newer one's reference."""
    rides = newer.sample
    answers = [np.array(version.model.minutes(version.matrix(rides))) for version in (older, newer)]
    out_of_sample = np.array(rides["prediction"], dtype=np.float64)
    sides = (
        _side(older, rides, answers[0], newer.card.judged_minutes),
        _side(newer, rides, out_of_sample, newer.card.judged_minutes),
    )
    differences = answers[1] - answers[0]
    order = sorted(sides[1].attributions, key=lambda group: -sides[1].attributions[group])
    return VersionComparison(
        rows=len(differences),
        older=sides[0],
        newer=sides[1],
        mean_difference=float(differences.mean()),
        mean_distance=float(np.abs(differences).mean()),
        agreement=ndcg([sides[0].attributions.get(group, 0.0) for group in order]),
    )


def _side(
    version: Version, rides: Mapping[str, list[float | None]], answers: Minutes, judged: tuple[float, float]
) -> VersionSide:
    actual = np.array(rides["actual"], dtype=np.float64)
    held = (actual >= judged[0]) & (actual <= judged[1])
    return VersionSide(
        version=version.card.version,
        mean=float(answers.mean()),
        mae=float(np.abs(answers - actual)[held].mean()) if held.any() else None,
        attributions=_attributions(version, version.matrix(rides)[:EXPLAINED_ROWS]),
    )


def _attributions(version: Version, matrix: Matrix) -> dict[str, float]:
    explained = version.explainer.explain(matrix, version.model.minutes(matrix))
    groups = explained[0].attributions
    return {group: float(np.mean([abs(each.attributions[group]) for each in explained])) for group in groups}
