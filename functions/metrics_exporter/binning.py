"""Counting bins: those of every version, and the page of those that are shown."""

from collections.abc import Callable, Collection
from dataclasses import replace

from metrics_exporter.bin_page import page_of
from metrics_exporter.bins import Bins
from metrics_exporter.counting import Counting
from metrics_exporter.known import Known


class Binning:
    """Reads the bins. A version is there, at 0, as soon as its model is published."""

    def __init__(self, counting: Counting, known: Known, versions: Callable[[], Collection[str]]) -> None:
        self._counting = counting
        self._known = known
        self._versions = versions
        self._last = Bins()

    def refresh(self) -> Bins:
        """Bring the counts and the page up to now. Raises StoreUnavailable."""
        tally = self._counting.refresh()
        answered = {key[1] for key in tally.counts}
        now = Bins(tally, self._known.shown(answered | set(self._versions())), self._last.page)
        if (now.tally.counts, now.marginals.keys()) != (self._last.tally.counts, self._last.marginals.keys()):
            now = replace(now, page=page_of(now).encode())
        self._last = now
        return now
