"""One report: gathered, judged, drawn, stored."""

from datetime import datetime
from typing import NamedTuple

from contracts.profile import ProfileSpec
from contracts.report import EvidentlyPart, Report, report_id
from drift_report.baseline import Baseline
from drift_report.drawing import Drawing, NotDrawn
from drift_report.due import Subject
from drift_report.gathered import Gatherer
from drift_report.judged import Findings, Judged, judge
from drift_report.ledger import ledger_of
from drift_report.parts import Parts
from drift_report.rivals import better_of, rivals_of, tolerated_beside
from drift_report.settling import settle
from drift_report.watching import explained, watch
from drift_report.windows import before_of, whole_hours
from monitoring.window.changes import Told, changes_of
from monitoring.window.sentences import first_of


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
    baseline = parts.baselines(revision.subject.model_version)
    settle(parts, baseline)
    gatherer, window = Gatherer(parts, baseline, revision.as_of), whole_hours(revision.subject.window)
    rivals = rivals_of(gatherer, window)
    watched = watch(parts, baseline, tolerated_beside(baseline, [rival.errors for rival in rivals]))
    judged = judge(gatherer, window)
    better = better_of(parts.cards(baseline.version), rivals, window, judged.findings.quality.newest_stored)
    evidently = _drawn(parts, revision, judged, baseline)
    made = _laid_out(parts, revision, judged, evidently)
    versions = {"watch": explained(gatherer, watched), "compared": baseline.compared, "better": better}
    sentences = first_of(made.model_version, better, made.sentences)
    made = made.model_copy(update=versions | {"sentences": sentences})
    store(parts, revision, made)
    return made


def store(parts: Parts, revision: Revision, made: Report) -> None:
    """Keep a revision in S3 and make it the report's latest. Raises StoreUnavailable."""
    parts.objects.put(revision.key("report.json"), made.model_dump_json(indent=1).encode())
    parts.reports.save(made)


def _laid_out(parts: Parts, revision: Revision, judged: Judged, evidently: EvidentlyPart) -> Report:
    subject, findings = revision.subject, judged.findings
    before = parts.reports.get(subject.report_id)
    return Report(
        report_id=subject.report_id,
        revision=revision.number,
        model_version=subject.model_version,
        window=subject.window,
        status="complete" if judged.rows >= parts.settings.min_rows else "too_few",
        as_of=revision.as_of,
        generated_at=parts.clock(),
        evidently=evidently,
        ledger=ledger_of(before, revision.number, revision.as_of, findings.volume, findings.performance),
        changes=_changes(parts, subject, findings),
        **vars(findings),
    )


def _changes(parts: Parts, subject: Subject, findings: Findings) -> tuple[str, ...]:
    window = before_of(subject.window, parts.settings.time_zone)
    before = parts.reports.get(report_id(subject.model_version, window))
    if before is None or before.status == "failed":
        return ()
    now = Told(findings.columns, findings.performance, findings.volume.predictions)
    return changes_of(now, Told(before.columns, before.performance, before.volume.predictions))


def _drawn(parts: Parts, revision: Revision, judged: Judged, baseline: Baseline) -> EvidentlyPart:
    least = parts.settings.min_rows
    if judged.rows < least:
        return EvidentlyPart(status="too_few", note=f"{judged.rows} rows; {least} are needed.")
    try:
        drawing = parts.draw(_read_by_people(baseline.spec), judged.sample, baseline.sample)
    except NotDrawn as error:
        return EvidentlyPart(status="failed", note=str(error))
    return _stored(parts, revision, drawing)


def _read_by_people(spec: ProfileSpec) -> ProfileSpec:
    """Leave out what is derived of errors."""
    return ProfileSpec(columns=tuple(c for c in spec.columns if c.role in {"feature", "prediction", "actual", "error"}))


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
