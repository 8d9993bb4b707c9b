"""A source: something that is read again and again, and may be away."""

import logging
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Generic, TypeVar

from adapters.errors import AdapterError

Value = TypeVar("Value")


@dataclass(frozen=True)
class State(Generic[Value]):
    """What is known of a source: immutable, so that a scrape sees all of one reading or of the next."""

    value: Value | None = None
    up: bool = False
    errors: int = 0
    read_at: float | None = None
    """Unix seconds of the last reading that succeeded."""
    seconds: float | None = None
    """How long it took."""


class Source(Generic[Value]):
    """One source. When it is away, its value stays (`keeps`) or is unknown; either way it says so."""

    def __init__(self, name: str, read: Callable[[], Value], clock: Callable[[], float], *, keeps: bool) -> None:
        self.name = name
        self.state: State[Value] = State()
        self._read = read
        self._clock = clock
        self._keeps = keeps

    def refresh(self) -> None:
        """Read; an error is counted, and told once."""
        before, started = self.state, self._clock()
        try:
            value = self._read()
        except AdapterError as error:
            self._lost(before, error)
        else:
            self._got(before, value, started)

    def _got(self, before: State[Value], value: Value, started: float) -> None:
        ended = self._clock()
        self.state = State(value, up=True, errors=before.errors, read_at=ended, seconds=max(0.0, ended - started))
        if not before.up:
            logging.getLogger(__name__).info("%s: read", self.name)

    def _lost(self, before: State[Value], error: AdapterError) -> None:
        value = before.value if self._keeps else None
        self.state = replace(before, value=value, up=False, errors=before.errors + 1)
        if before.up or not before.errors:
            logging.getLogger(__name__).warning("%s: cannot be read: %s", self.name, error)
