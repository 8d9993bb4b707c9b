"""Which windows are due: complete, and new or changed since their last revision."""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from itertools import product
from typing import NamedTuple
from zoneinfo import ZoneInfo

from contracts.base import ModelVersion
from contracts.joining import HourMark
from contracts.report import report_id
from contracts.window import Window, WindowKind
from drift_report.windows import holding

NEVER = datetime.min.replace(tzinfo=UTC)


class Subject(NamedTuple):
    """What a report is about."""

    model_version: ModelVersion
    window: Window

    @property
    def report_id(self) -> str:
        """Name the report."""
        return report_id(self.model_version, self.window)


def due(
    changes: Mapping[HourMark, datetime],
    reported: Mapping[str, datetime],
    kinds: Iterable[WindowKind],
    zone: ZoneInfo,
    now: datetime,
) -> list[Subject]:
    """List what is due, oldest first, given when each hour last changed and as of when each report is."""
    changed = _changed(changes, kinds, zone)
    complete = (subject for subject in changed if subject.window.end <= now)
    found = [subject for subject in complete if changed[subject] > reported.get(subject.report_id, NEVER)]
    return sorted(found, key=lambda subject: (subject.window.end, subject.window.start, subject.model_version))


def _changed(
    changes: Mapping[HourMark, datetime], kinds: Iterable[WindowKind], zone: ZoneInfo
) -> dict[Subject, datetime]:
    """Give when something last changed in each window."""
    found: dict[Subject, datetime] = {}
    for (mark, moment), kind in product(changes.items(), kinds):
        for window in holding(kind, mark.hour, zone):
            subject = Subject(mark.model_version, window)
            found[subject] = max(moment, found.get(subject, NEVER))
    return found
