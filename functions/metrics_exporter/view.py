"""The view: everything that a scrape shows."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from adapters.cloudwatch import Calls
from adapters.depths import QueueDepth, Spill
from contracts.alerts import Alert
from contracts.report import Report
from contracts.totals import Tally
from metrics_exporter.bins import Bins
from metrics_exporter.probing import Probed
from metrics_exporter.runs import Runs
from metrics_exporter.source import Source

STALE_AFTER = 60.0
"""Seconds without a complete reading of MongoDB after which the exporter no longer calls itself up."""


@dataclass(frozen=True)
class View:
    """The sources. Depths, ages and probes are unknown while what is asked is away; all else is kept."""

    totals: Source[Tally]
    reports: Source[tuple[Report, ...]]
    queues: Source[Mapping[str, QueueDepth]]
    spill: Source[Spill]
    models: Source[frozenset[str]]
    bins: Source[Bins]
    probes: Source[Probed]
    alerts: Source[tuple[Alert, ...]]
    functions: Source[Mapping[str, Calls]]
    ages: Source[Mapping[str, float]]
    """Seconds of the oldest message, by queue."""
    runs: Source[Mapping[str, Runs]]

    def __iter__(self) -> Iterator[Source[Any]]:
        """Give every source."""
        yield from (self.totals, self.reports, self.alerts, self.runs, self.bins)
        yield from (self.queues, self.ages, self.spill, self.models, self.functions, self.probes)

    def up(self, now: float) -> bool:
        """Tell whether the totals are being read."""
        state = self.totals.state
        return state.up and state.read_at is not None and now - state.read_at < STALE_AFTER

    def versions(self, tally: Tally) -> list[str]:
        """List the model versions known: those that lie in S3 and those that have answered."""
        answered = {key[1] for key in tally.counts if key[0] == "predictions"}
        return sorted(answered | (self.models.state.value or frozenset()))
