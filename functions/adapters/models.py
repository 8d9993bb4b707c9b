"""Model versions in S3: `models/<version>/` holds a card and the artifacts it lists."""

import hashlib
from collections.abc import Mapping

from pydantic import ValidationError

from adapters.errors import ObjectCorrupt
from adapters.objects import Objects
from contracts.model import Artifact, ArtifactName, ModelCard

FILES: dict[ArtifactName, str] = {
    "model": "model.onnx",
    "fallback": "fallback.json",
    "guard": "guard.json",
    "uncertainty": "uncertainty.onnx",
    "reference": "reference.json.gz",
    "profile": "profile.npy.gz",
    "marginals": "marginals.json",
    "background": "background.json",
}
BINARY, GZIP = "application/octet-stream", "application/gzip"
TYPES: dict[ArtifactName, str] = {"model": BINARY, "uncertainty": BINARY, "profile": BINARY, "reference": GZIP}


def card_key(version: str) -> str:
    """Give the key of a version's card."""
    return f"models/{version}/card.json"


def described(version: str, name: ArtifactName, body: bytes) -> Artifact:
    """Describe an artifact as a card lists it."""
    return Artifact(key=f"models/{version}/{FILES[name]}", sha256=hashlib.sha256(body).hexdigest(), size=len(body))


class ModelStore:
    """Cards and artifacts of model versions. Every method raises StoreUnavailable when S3 does not answer."""

    def __init__(self, objects: Objects) -> None:
        self._objects = objects

    def card(self, version: str) -> ModelCard:
        """Give the card of a version. Raises ObjectMissing, ObjectCorrupt."""
        key = card_key(version)
        try:
            card = ModelCard.model_validate_json(self._objects.get(key))
        except ValidationError as error:
            message = f"{key} is no model card: {error.error_count()} problems, first {error.errors()[0]['msg']}"
            raise ObjectCorrupt(message) from error
        if card.version != version:
            message = f"{key} is the card of {card.version}"
            raise ObjectCorrupt(message)
        return card

    def artifact(self, card: ModelCard, name: ArtifactName) -> bytes:
        """Give an artifact that is what its card says. Raises ObjectMissing, ObjectCorrupt."""
        if name not in card.artifacts:
            message = f"the card of {card.version} lists no {name}"
            raise ObjectCorrupt(message)
        expected = card.artifacts[name]
        body = self._objects.get(expected.key)
        _check(body, expected)
        return body

    def publish(self, card: ModelCard, bodies: Mapping[ArtifactName, bytes]) -> None:
        """Store the artifacts, then the card: a card never lists what is not there. Raises ObjectCorrupt."""
        for name, body in bodies.items():
            _check(body, card.artifacts[name])
            self._objects.put(card.artifacts[name].key, body, TYPES.get(name, "application/json"))
        self._objects.put(card_key(card.version), card.model_dump_json(indent=2).encode())


def _check(body: bytes, expected: Artifact) -> None:
    found = hashlib.sha256(body).hexdigest()
    if found != expected.sha256:
        message = f"{expected.key} has sha256 {found[:12]}…, its card says {expected.sha256[:12]}…"
        raise ObjectCorrupt(message)
