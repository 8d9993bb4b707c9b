"""How many threads training may use."""

from collections.abc import Callable
from typing import ParamSpec, TypeVar

from threadpoolctl import threadpool_limits

P = ParamSpec("P")
R = TypeVar("R")


def on_one_thread(work: Callable[P, R]) -> Callable[P, R]:
    """Two threads gain nothing on a month of rides, and where other programs want the cores they wait for another."""
    wrapped: Callable[P, R] = threadpool_limits.wrap(limits=1)(work)
    return wrapped
