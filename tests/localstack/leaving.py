"""Checks: the stack goes, and nothing of it stays."""

from contextlib import suppress

from ridewatch.embedded import processes
from tests.live import eventually
from tests.localstack.deploying import comes_up
from tests.localstack.inventory import inventory
from tests.localstack.verdict import Checks

CHECKS = Checks()


@CHECKS.add(comes_up)
def goes_down(world):
    """`ridewatch down` deletes the stack and ends its processes."""
    assert world.ridewatch("down").strip() == "down"
    assert processes.ours(world.home) == []
    assert world.stack is None


@CHECKS.add(goes_down)
def leaves_nothing(world):
    """No stack, bucket, queue, function, log, secret, parameter, rule, alarm, role, key or container is left of it."""
    with suppress(AssertionError):
        eventually(lambda: not left(world), 60)
    assert not (found := left(world)), found


def left(world):
    """Name what is new and carries our name, for others may work here too; and the key, which has no name."""
    new = inventory(world.client) - world.before
    return {one for one in new if world.name in one or one.endswith(world.notes["key"])}
