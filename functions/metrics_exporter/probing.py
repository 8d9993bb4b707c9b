"""Asking the service as a caller would: what never reaches MongoDB shows here."""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from adapters.service import Probe


@dataclass(frozen=True)
class Probed:
    """The last probe of each kind, and the failures of all since the exporter started."""

    last: Mapping[str, Probe] = field(default_factory=dict)
    failures: Mapping[tuple[str, str], int] = field(default_factory=dict)
    """By kind and reason."""


class Probing:
    """Asks again and again."""

    def __init__(self, probes: Mapping[str, Callable[[], Probe]]) -> None:
        self._probes = probes
        self._failures: Counter[tuple[str, str]] = Counter()

    def refresh(self) -> Probed:
        """Ask each once."""
        last = {name: ask() for name, ask in self._probes.items()}
        self._failures.update((name, probe.reason) for name, probe in last.items() if probe.reason)
        return Probed(last, dict(self._failures))
