"""Reports of a row of days or hours, as bare as an alert rule can read them."""

from datetime import UTC, datetime, timedelta

from contracts.findings import Check, ColumnReport, Estimate, Performance, Quality, Rhythm, SegmentContrast
from contracts.report import EvidentlyPart, Report, Volume, report_id
from contracts.window import Window

FIRST = datetime(2020, 3, 16, 4, tzinfo=UTC)
NOW = datetime(2026, 1, 1, tzinfo=UTC)
LENGTHS = {"day": timedelta(days=1), "hour": timedelta(hours=1)}


def estimate(value, half=0.2, reference=None):
    """Give an estimate with an interval of that half width."""
    return Estimate(value=value, low=value - half, high=value + half, reference=reference)


def window(place, kind="day"):
    """Give the window of that number."""
    start = FIRST + place * LENGTHS[kind]
    return Window(kind=kind, start=start, end=start + LENGTHS[kind])


def told(place, kind="day", version="v1", *, performance=None, columns=(), volume=None, **more):  # noqa: PLR0913 - a report has many parts
    """Give the report of a window."""
    span = window(place, kind)
    counts = {"predictions": 300, "rides": 300, "labelled": 290, "rejections": 0, "fallbacks": 0} | (volume or {})
    parts = {
        "report_id": report_id(version, span),
        "revision": 1,
        "model_version": version,
        "window": span,
        "status": "complete",
        "as_of": span.end + timedelta(hours=1),
        "generated_at": span.end + timedelta(hours=1),
        "volume": Volume(**counts),
        "columns": tuple(columns),
        "performance": performance or Performance(status="no_actuals"),
        "evidently": EvidentlyPart(status="ok"),
    }
    return Report(**parts | more)


def wrong(place, mae=2.8, bias=-0.5, labelled=290, **more):
    """Give the report of a window in which answers were so wrong; 2.8 and −0.5 are the reference's."""
    performance = Performance(
        status="ok",
        labelled=labelled,
        judged=labelled,
        mae=estimate(mae, reference=2.8),
        bias=estimate(bias, reference=-0.5),
    )
    return told(place, performance=performance, **more)


def moved(place, psi=0.4, name="distance", *, drifted=True, **more):
    """Give the report of a window in which a column has moved."""
    return told(place, columns=[column(name, psi_corrected=psi, psi_lower=psi - 0.1, drifted=drifted, **more)])


def column(name="distance", **more):
    """Give a column of 300 rows."""
    return ColumnReport(**{"name": name, "role": "feature", "kind": "numeric", "status": "ok", "rows": 300} | more)


def contrast(change=0.4, *, moved=True):
    """Give vendor 2 beside all others, in distance."""
    return SegmentContrast(
        segment_id="vendor=2",
        family="vendor",
        label="VeriFone",
        column="relative_distance",
        of="distance",
        unit="spreads",
        rows=1400,
        change=estimate(change, 0.1),
        own=change + 0.01,
        others=0.01,
        p_value=0.001 if moved else 1.0,
        moved=moved,
    )


def sound(place, kind="day", *, checks=(), rejected=0.0, rhythm=None, **more):
    """Give the report of a window whose data are so sound."""
    nothing = Check(name="duplicates", meaning="copies", status="ok", rows=300, share=estimate(0.0, 0.0))
    quality = Quality(
        rejection_share=estimate(rejected, 0.01),
        duplicates=nothing,
        checks=tuple(checks),
        rhythm=rhythm or Rhythm(status="too_few"),
    )
    return told(place, kind, quality=quality, **more)
