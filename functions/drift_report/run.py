"""One run: what is asked becomes subjects, each subject a report."""

from collections.abc import Sequence
from datetime import timedelta

from adapters.errors import ObjectCorrupt, ObjectMissing
from contracts.model import NO_MODEL
from contracts.report import Report
from contracts.window import Window
from drift_report.due import Subject, due
from drift_report.failed import failed
from drift_report.orders import Schedule, Span
from drift_report.parts import Parts
from drift_report.report import Revision, report, revision_of, store
from drift_report.windows import HOUR, window_of
from monitoring.profiles.archive import Unreadable
from monitoring.profiles.profile import SpecMismatch

LOOK_BACK = timedelta(days=400)
"""Changes and reports older than that are not looked for: a run costs the same after many years."""


def subjects(parts: Parts, order: Schedule | Span) -> list[Subject]:
    """List what an order asks for, oldest first; answers without a model have no report. Raises StoreUnavailable."""
    found = _scheduled(parts, order) if isinstance(order, Schedule) else _asked(parts, order)
    return [subject for subject in found if subject.model_version != NO_MODEL]


def reported(parts: Parts, subject: Subject) -> Report:
    """Make one report; where what it stands on cannot be read, one that says so. Raises StoreUnavailable."""
    revision = revision_of(parts, subject)
    try:
        return report(parts, revision)
    except (ObjectMissing, ObjectCorrupt) as error:
        return _failed(parts, revision, f"the reference of {subject.model_version} cannot be read ({error})")
    except (SpecMismatch, Unreadable) as error:
        return _failed(parts, revision, f"the hours kept of {subject.model_version} cannot be read ({error})")


def _failed(parts: Parts, revision: Revision, why: str) -> Report:
    made = failed(revision, why, parts.clock())
    store(parts, revision, made)
    return made


def _scheduled(parts: Parts, order: Schedule) -> list[Subject]:
    now = parts.clock()
    since = now - LOOK_BACK
    changes, done = parts.hours.changes(since), parts.reports.reported(since)
    return due(changes, done, order.kinds, parts.settings.time_zone, now)


def _asked(parts: Parts, span: Span) -> list[Subject]:
    window = window_of(span.start, span.end, parts.settings.time_zone)
    versions = [span.model_version] if span.model_version else _answering(parts, window)
    return [Subject(version, window) for version in versions]


def _answering(parts: Parts, window: Window) -> Sequence[str]:
    """List the versions whose first and last hour span any of the window."""
    ranges = {version: parts.hours.range(version) for version in parts.hours.versions()}
    return [name for name, ends in ranges.items() if ends and ends[0] < window.end and window.start < ends[1] + HOUR]
