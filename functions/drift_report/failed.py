"""The report that says why there is none: so that one broken model does not hold up the windows after it."""

from datetime import datetime

from contracts.findings import Performance
from contracts.report import EvidentlyPart, Report, Volume
from drift_report.report import Revision

NOTHING = Volume(predictions=0, rides=0, labelled=0, rejections=0, fallbacks=0)


def failed(revision: Revision, why: str, now: datetime) -> Report:
    """Give the report of a revision that could not be computed."""
    return Report(
        report_id=revision.subject.report_id,
        revision=revision.number,
        model_version=revision.subject.model_version,
        window=revision.subject.window,
        status="failed",
        as_of=revision.as_of,
        generated_at=now,
        volume=NOTHING,
        columns=(),
        performance=Performance(status="failed", note=why),
        evidently=EvidentlyPart(status="failed", note=why),
        sentences=(f"There is no report: {why}.",),
    )
