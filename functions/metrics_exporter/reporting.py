"""The latest report of every model version and kind of window."""

from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta

from adapters.mongodb.report_news import ReportNews
from contracts.report import Report

RECENT = timedelta(minutes=1)
LATE = timedelta(minutes=16)
"""The drift report stamps, draws and then saves; it lives 15 minutes at most."""
LATE_EVERY = timedelta(minutes=1)
BEFORE_ALL = datetime(1970, 1, 1, tzinfo=UTC)


class Reporting:
    """Follows the reports as they are generated, each revision once or twice."""

    def __init__(self, news: ReportNews, clock: Callable[[], datetime]) -> None:
        self._news = news
        self._clock = clock
        self._latest: dict[tuple[str, str], Report] = {}
        self._read_at: datetime | None = None
        self._read_late_at = BEFORE_ALL

    def refresh(self) -> tuple[Report, ...]:
        """Read what is new or anew. Raises StoreUnavailable, ObjectCorrupt."""
        now = self._clock()
        late = now - self._read_late_at >= LATE_EVERY
        self._note(self._news.since(self._since(LATE if late else RECENT)))
        self._read_at = now
        if late:
            self._read_late_at = now
        return tuple(self._latest.values())

    def _since(self, overlap: timedelta) -> datetime:
        return self._read_at - overlap if self._read_at else BEFORE_ALL

    def _note(self, reports: Iterable[Report]) -> None:
        for report in reports:
            place = (report.model_version, report.window.kind)
            self._latest[place] = max(self._latest.get(place, report), report, key=_rank)


def _rank(report: Report) -> tuple[datetime, datetime]:
    return report.window.end, report.generated_at
