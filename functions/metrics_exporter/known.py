"""The marginals of every model version, read from S3 once each."""

import logging
from collections.abc import Iterable, Mapping

from pydantic import ValidationError

from adapters.errors import ObjectCorrupt, ObjectMissing
from adapters.models import ModelStore
from contracts.marginals import Marginals

SHOWN = 5
"""Of so many versions, the newest, the bins are shown: each is some thousands of series."""


class Known:
    """What is watched of each model version."""

    def __init__(self, models: ModelStore) -> None:
        self._models = models
        self._read: dict[str, Marginals | None] = {}

    def of(self, version: str) -> Marginals | None:
        """Give what is watched of a version, None if nothing can be. Raises StoreUnavailable."""
        if version not in self._read:
            self._read[version] = self._marginals(version)
        return self._read[version]

    def shown(self, versions: Iterable[str]) -> Mapping[str, Marginals]:
        """Give the marginals of the newest of these versions, by version. Raises StoreUnavailable."""
        newest = sorted(versions, reverse=True)
        found = ((version, marginals) for version in newest if (marginals := self.of(version)))
        return dict(sorted(pair for pair, _ in zip(found, range(SHOWN), strict=False)))

    def _marginals(self, version: str) -> Marginals | None:
        try:
            card = self._models.card(version)
            body = self._models.artifact(card, "marginals") if "marginals" in card.artifacts else None
            return None if body is None else Marginals.model_validate_json(body)
        except (ObjectMissing, ObjectCorrupt, ValidationError) as error:
            logging.getLogger(__name__).warning("the bins of %s cannot be counted: %s", version, error)
            return None
