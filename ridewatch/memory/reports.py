"""`Reports` and `ReportSeries` in memory."""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta

from adapters.mongodb.reports import LOOK_BACK
from contracts.report import Report
from contracts.report_list import ReportSummary
from contracts.window import WindowKind
from ridewatch.memory.database import MemoryDatabase
from ridewatch.memory.documents import stored

ENDS = "reports.model_version.kind.end"
ALWAYS, NEVER = datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC)


class MemoryReports:
    """The latest revision of every report."""

    def __init__(self, database: MemoryDatabase) -> None:
        self._database = database

    def next_revision(self, report_id: str) -> int:
        """Take the next number of a report, from 1."""
        with self._database.lock:
            document = self._database["revisions"].setdefault(report_id, {"revision": 0})
            document["revision"] += 1
            return int(document["revision"])

    def save(self, report: Report) -> None:
        """Store a revision in place of an older one, never of a newer."""
        there = self.get(report.report_id)
        if there is None or there.revision <= report.revision:
            read = Report.model_validate(stored(report.model_dump()))
            self._database["reports"][report.report_id] = {"report": read}
            self._database.enter(ENDS, (read.model_version, read.window.kind, read.window.end, read.report_id))

    def reported(self, after: datetime) -> dict[str, datetime]:
        """Give the `as_of` of every report that was made after a moment, by id."""
        return {report.report_id: report.as_of for report in self._all() if report.as_of > after}

    def get(self, report_id: str) -> Report | None:
        """Find a report by its id."""
        found = self._database["reports"].get(report_id)
        return found["report"] if found else None

    def newest(self, limit: int, before: datetime | None = None) -> list[Report]:
        """List reports, latest window first; those whose window ended before a moment."""
        return latest(self._all(), limit, before)

    def numbers(self, limit: int, before: datetime | None = None) -> Iterator[Report]:
        """Give what `newest` gives, without histograms."""
        yield from map(without_histograms, self.newest(limit, before))

    def numbers_since(self, moment: datetime) -> Iterator[Report]:
        """Give all reports of windows that ended after a moment, oldest first."""
        found = self.newest(len(self._database["reports"]))
        yield from (without_histograms(report) for report in reversed(found) if report.window.end > moment)

    def summaries(self, limit: int, before: datetime | None = None) -> list[ReportSummary]:
        """List what `newest` lists, each in one line."""
        return list(map(ReportSummary.of, self.newest(limit, before)))

    def earlier(self, report: Report, limit: int) -> list[ReportSummary]:
        """List the windows before a report's, of its kind and model version, latest first."""
        found = not_long_before(alike(self._all(), report), report, limit)
        return list(map(ReportSummary.of, latest(found, limit, report.window.end)))

    def _all(self) -> Iterator[Report]:
        return (document["report"] for document in self._database["reports"].values())


class MemoryReportSeries:
    """The last reports of one kind of window and one model version."""

    def __init__(self, database: MemoryDatabase) -> None:
        self._database = database

    def last_end(self, model_version: str, kind: WindowKind) -> datetime | None:
        """Tell when the latest reported window ended."""
        found = self._database.last_entered(ENDS, (model_version, kind, ALWAYS), (model_version, kind, NEVER))
        return found[2] if found else None

    def last(self, model_version: str, kind: WindowKind, span: timedelta) -> list[Report]:
        """Give the reports of the latest window and of those that ended so long before it; histograms stay."""
        end = self.last_end(model_version, kind)
        if end is None:
            return []
        entries = self._database.entered(ENDS, (model_version, kind, end - span), (model_version, kind, NEVER))
        reports = [self._database["reports"][name]["report"] for _, _, _, name in entries]
        return [report for report in reports if report.window.end > end - span]


def latest(reports: Iterable[Report], limit: int, before: datetime | None) -> list[Report]:
    """Give the latest windows, of those that ended before a moment."""
    ended = [report for report in reports if before is None or report.window.end < before]
    return sorted(ended, key=lambda one: (one.window.end, one.window.start, one.model_version), reverse=True)[:limit]


def alike(reports: Iterable[Report], report: Report) -> list[Report]:
    """Give the reports of the same kind of window and model version."""
    of = report.window.kind, report.model_version
    return [one for one in reports if (one.window.kind, one.model_version) == of]


def not_long_before(reports: Iterable[Report], report: Report, limit: int) -> list[Report]:
    """Leave out the reports of long before."""
    since = report.window.end - LOOK_BACK * limit * (report.window.end - report.window.start)
    return [one for one in reports if one.window.end >= since]


def without_histograms(report: Report) -> Report:
    """Give a report without its histograms."""
    columns = tuple(column.model_copy(update={"histogram": None}) for column in report.columns)
    return report.model_copy(update={"columns": columns})
