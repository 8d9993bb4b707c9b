"""Views for tests of the exporter: sources that a test fills, over a clock that it sets."""

from types import SimpleNamespace

from adapters.depths import Spill
from adapters.errors import StoreUnavailable
from contracts.totals import Tally
from metrics_exporter.app import page_of
from metrics_exporter.bins import Bins
from metrics_exporter.collector import registry_of
from metrics_exporter.probing import Probed
from metrics_exporter.source import Source
from metrics_exporter.view import View

KEPT = {
    "totals": True,
    "reports": True,
    "queues": False,
    "spill": False,
    "models": True,
    "bins": True,
    "probes": False,
    "alerts": True,
    "functions": False,
    "ages": False,
    "runs": True,
}


class Watched:
    """A view, its registry, and the worlds that its sources read: a value, or None for away."""

    def __init__(self, **worlds) -> None:
        self.clock = SimpleNamespace(now=1000.0)
        self.worlds = dict.fromkeys(KEPT) | worlds
        self.view = View(
            **{name: Source(name, self._reader(name), self.now, keeps=kept) for name, kept in KEPT.items()}
        )
        self.registry = registry_of(self.view, self.now)
        self.page = page_of(self.view, self.now)

    def now(self) -> float:
        """Tell the time."""
        return self.clock.now

    def refresh(self, **worlds) -> "Watched":
        """Change worlds, then read them all."""
        self.worlds |= worlds
        for source in self.view:
            source.refresh()
        return self

    def value(self, name, **labels):
        """Give a sample's value, None where it is absent."""
        return self.registry.get_sample_value(name, labels)

    def names(self) -> set[str]:
        """Name everything that has samples."""
        return {sample.name for family in self.registry.collect() for sample in family.samples}

    def _reader(self, name):
        def read():
            if self.worlds[name] is None:
                message = f"{name} is away"
                raise StoreUnavailable(message)
            return self.worlds[name]

        return read


def watching(counts=None, **worlds) -> Watched:
    """Give a view of these counts and of an empty world, read once."""
    empty = {
        "totals": Tally(counts or {}),
        "reports": (),
        "queues": {},
        "spill": Spill(0, None),
        "models": frozenset({"v1"}),
        "bins": Bins(),
        "probes": Probed(),
        "alerts": (),
        "functions": {},
        "ages": {},
        "runs": {},
    }
    return Watched(**empty | worlds).refresh()
