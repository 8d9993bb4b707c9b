"""Publishing: a model version to S3, then the pointer to it."""

from adapters.models import ModelStore
from adapters.objects import Objects
from adapters.parameters import Parameters
from ridewatch.embedded.state import Stack
from ridewatch.training.train import Trained


def publish(trained: Trained, stack: Stack) -> None:
    """Store a version and make it the champion; the pointer moves last. Raises StoreUnavailable."""
    ModelStore(Objects(stack.client("s3"), stack.bucket)).publish(trained.card, trained.artifacts)
    Parameters(stack.client("ssm")).write(stack.champion_parameter, trained.card.version)
