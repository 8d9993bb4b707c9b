"""The bins of every column as they were counted last."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from contracts.marginals import Marginals
from contracts.totals import Tally


@dataclass(frozen=True)
class Bins:
    """What was counted, and by what: immutable, so that a scrape sees all of one reading or of the next."""

    tally: Tally = field(default_factory=Tally)
    marginals: Mapping[str, Marginals] = field(default_factory=dict)
    """By model version, of those shown."""
    page: bytes = b""
    """Both in Prometheus's text format."""
