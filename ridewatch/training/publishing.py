"""Publishing: a model version to S3, then the pointer to it."""

from dataclasses import replace

from adapters.errors import ObjectCorrupt, ObjectMissing, ParameterMissing
from adapters.models import ModelStore
from adapters.objects import Objects
from adapters.parameters import Parameters
from rides.model import ModelUnusable
from ridewatch.embedded.state import Stack
from ridewatch.training.comparing import Version, compared
from ridewatch.training.train import Trained


def beside_the_champion(trained: Trained, stack: Stack) -> Trained:
    """Note on the card how a version differs from the one in charge; nothing where that one cannot be asked.

    Raises StoreUnavailable.
    """
    try:
        champion = Version.stored(models_of(stack), _pointer(stack).read(stack.champion_parameter).strip())
    except (ParameterMissing, ObjectMissing, ObjectCorrupt, ModelUnusable):
        return trained
    comparison = compared(champion, Version.of(trained.card, trained.artifacts))
    return replace(trained, card=trained.card.model_copy(update={"compared": comparison}))


def publish(trained: Trained, stack: Stack) -> None:
    """Store a version and make it the champion; the pointer moves last. Raises StoreUnavailable."""
    models_of(stack).publish(trained.card, trained.artifacts)
    _pointer(stack).write(stack.champion_parameter, trained.card.version)


def models_of(stack: Stack) -> ModelStore:
    """Give the model versions of a stack."""
    return ModelStore(Objects(stack.client("s3"), stack.bucket))


def _pointer(stack: Stack) -> Parameters:
    return Parameters(stack.client("ssm"))
