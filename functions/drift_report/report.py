"""One report: gathered, judged, drawn, stored."""

from datetime import datetime
from typing import NamedTuple

from contracts.report import EvidentlyPart, Report
from drift_report.drawing import Drawing, NotDrawn, draw
from drift_report.due import Subject
from drift_report.gathered import Gathered, gather
from drift_report.parts import Parts
from drift_report.reference import Reference, reference_of
from drift_report.rows import fields_of
from drift_report.windows import whole_weeks
from monitoring.columns import column_reports
from monitoring.performance import performance_of
from monitoring.sentences import sentences_of


class Revision(NamedTuple):
    """One computation of a report."""

    subject: Subject
    number: int
    as_of: datetime
    """Read before the rows are: what arrives later belongs to the next revision."""

    def key(self, name: str) -> str:
        """Give the key of one of its objects."""
        return f"reports/{self.subject.report_id}/r{self.number}/{name}"


def revision_of(parts: Parts, subject: Subject) -> Revision:
    """Begin a new revision. Raises StoreUnavailable."""
    return Revision(subject, parts.reports.next_revision(subject.report_id), parts.clock())


def report(parts: Parts, revision: Revision) -> Report:
    """Compute and store a revision. Raises StoreUnavailable, ObjectMissing, ObjectCorrupt."""
    reference = reference_of(parts.models, revision.subject.model_version)
    gathered = _gathered(parts, revision.subject, reference)
    evidently = _drawn(parts, revision, gathered, reference)
    made = _judged(revision, gathered, reference, parts.settings.min_rows, evidently, parts.clock())
    store(parts, revision, made)
    return made


def store(parts: Parts, revision: Revision, made: Report) -> None:
    """Keep a revision in S3 and make it the report's latest. Raises StoreUnavailable."""
    parts.objects.put(revision.key("report.json"), made.model_dump_json(indent=1).encode())
    parts.reports.save(made)


def _gathered(parts: Parts, subject: Subject, reference: Reference) -> Gathered:
    rows = parts.predictions.window(subject.model_version, subject.window, fields_of(reference.profile.spec))
    weeks = whole_weeks(subject.window, parts.settings.time_zone)
    rejections = parts.rejections.count(subject.window)
    return gather(rows, reference, weeks, rejections, parts.settings.sample_rows)


def _drawn(parts: Parts, revision: Revision, gathered: Gathered, reference: Reference) -> EvidentlyPart:
    least = parts.settings.min_rows
    if gathered.profile.rows < least:
        return EvidentlyPart(status="too_few", note=f"{gathered.profile.rows} rows; {least} are needed.")
    try:
        drawing = draw(reference.profile.spec, gathered.sample, reference.sample)
    except NotDrawn as error:
        return EvidentlyPart(status="failed", note=str(error))
    return _stored(parts, revision, drawing)


def _stored(parts: Parts, revision: Revision, drawing: Drawing) -> EvidentlyPart:
    html, json = revision.key("evidently.html"), revision.key("evidently.json")
    parts.objects.put(html, drawing.html, "text/html; charset=utf-8")
    parts.objects.put(json, drawing.json)
    return EvidentlyPart(
        status="ok",
        note=drawing.note,
        html_key=html,
        json_key=json,
        rows=drawing.rows,
        reference_rows=drawing.reference_rows,
    )


def _judged(  # noqa: PLR0913, PLR0917 - a report has that many sources
    revision: Revision,
    gathered: Gathered,
    reference: Reference,
    least: int,
    evidently: EvidentlyPart,
    now: datetime,
) -> Report:
    columns = column_reports(gathered.profile, gathered.weeks, reference.profile, least)
    performance = performance_of(gathered.profile, reference.profile, least)
    return Report(
        report_id=revision.subject.report_id,
        revision=revision.number,
        model_version=revision.subject.model_version,
        window=revision.subject.window,
        status="complete" if gathered.profile.rows >= least else "too_few",
        as_of=revision.as_of,
        generated_at=now,
        volume=gathered.volume,
        columns=columns,
        performance=performance,
        evidently=evidently,
        sentences=sentences_of(gathered.profile.rows, least, columns, performance),
    )
