"""Brings the stack up on a LocalStack, updates it, and takes it down."""

from collections.abc import Mapping
from dataclasses import replace

from ridewatch.embedded import processes, state
from ridewatch.embedded.control import alone, end
from ridewatch.embedded.home import Home, home
from ridewatch.embedded.outputs import stack_of, with_api_key
from ridewatch.embedded.state import Stack
from ridewatch.localstack import leaving, parts
from ridewatch.localstack.deployed import Wish, deploy_to
from ridewatch.localstack.parts import Served
from ridewatch.localstack.site import Site


def up(wish: Wish, where: Home | None = None) -> tuple[Stack, bool]:
    """Deploy a stack and start what is not there, and give True; or update the one that is up. Raises EmbeddedError."""
    place = where or home()
    with alone(place.lock):
        before = state.running(place)
        if before:
            return _stand(wish, place, before), False
        end(place)
        place.prepare()
        return _stand_or_clean_up(wish, place), True


def down(where: Home | None = None) -> bool:
    """End what `up` started, and delete what it put into LocalStack; tell whether there was anything."""
    place = where or home()
    with alone(place.lock):
        stack = state.read(place)
        was_there = bool(processes.ours(place)) or stack is not None
        if stack:
            leaving.leave(Site(stack.endpoint_url, stack.name))
        end(place)
        return was_there


def _stand_or_clean_up(wish: Wish, place: Home) -> Stack:
    """Deploy; whatever stops it, an interrupt included, leaves nothing behind."""
    stands = False
    try:
        stack = _stand(wish, place, None)
        stands = True
        return stack
    finally:
        if not stands:
            end(place)
            leaving.leave(wish.site)


def _stand(wish: Wish, place: Home, before: Stack | None) -> Stack:
    database = parts.database(place, before)
    outputs = deploy_to(wish, database.address, place)
    metrics = parts.metrics(place, wish.site.endpoint_url, database.address, outputs, before)
    stack = _stack(wish, outputs, database, metrics)
    state.write(stack, place)
    return stack


def _stack(wish: Wish, outputs: Mapping[str, str], database: Served, metrics: Served) -> Stack:
    served = {"mongodb": database, "exporter": metrics}
    stack = stack_of(
        outputs,
        cloud="localstack",
        endpoint_url=wish.site.endpoint_url,
        api_url=f"{wish.site.endpoint_url}/_aws/execute-api/{outputs['ApiId']}/v1",
        mongodb_uri=database.address,
        metrics_url=metrics.address,
        processes={name: one.part for name, one in served.items() if one.part},
    )
    return with_api_key(replace(stack, name=wish.site.name))
