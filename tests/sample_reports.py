"""Plausible reports of a quiet March 2019 and of the empty streets of April 2020, made of shapes, no data file."""

import math
from datetime import datetime, timedelta
from itertools import pairwise

from contracts.findings import ColumnReport, Estimate, Histogram, Performance
from contracts.report import EvidentlyPart, Report, Volume, report_id
from contracts.ride import NEW_YORK
from contracts.window import Window

MODEL = "20190301-hgb"
REFERENCE_ROWS = 18_742
BOROUGHS = ("Manhattan", "Queens", "Brooklyn", "Bronx", "EWR", "Staten Island", "Unknown", "other", "unseen", "missing")


def march(day: int = 1, kind: str = "day", **changes) -> Report:
    """Give a day, or the month, of 2019-03: nothing moved but, a little, the passengers."""
    return _report(_window(2019, 3, day, kind), rows=9_964 if kind == "custom" else 318 + day, empty=0.0, **changes)


def april(day: int = 1, kind: str = "custom", **changes) -> Report:
    """Give the month, or a day, of 2020-04: the streets are empty."""
    return _report(_window(2020, 4, day, kind), rows=9_876 if kind == "custom" else 302 + day, empty=1.0, **changes)


def unlabelled(day: int = 30) -> Report:
    """Give a day whose true durations have not arrived."""
    nothing = Performance(status="no_actuals", note="No ride of this window has its true duration yet.")
    return march(day, performance=nothing)


def too_few(day: int = 31) -> Report:
    """Give a day with hardly a ride."""
    note = "12 rows: too few to judge, at least 100 are needed."
    bare = tuple(
        ColumnReport(name=column.name, role=column.role, kind=column.kind, status="too_few", note=note, rows=12)
        for column in march().columns
    )
    return march(
        day,
        status="too_few",
        columns=bare,
        volume=Volume(predictions=12, rides=12, labelled=0, rejections=0, fallbacks=0),
        performance=Performance(status="too_few", note=note),
        evidently=EvidentlyPart(status="too_few", note=note),
        sentences=("Only 12 rides: nothing of this day is judged.",),
    )


def spring() -> list[Report]:
    """Give a spring's worth of reports, newest first."""
    months = [april(), march(kind="custom")]
    days = [april(day, "day") for day in range(1, 4)] + [march(day) for day in range(1, 29)] + [unlabelled(), too_few()]
    hours = [march(1, kind="hour", hour=hour) for hour in range(6, 22)]
    return sorted([*months, *days, *hours], key=lambda report: report.window.end, reverse=True)


def _window(year, month, day, kind):
    start = datetime(year, month, day, tzinfo=NEW_YORK)
    if kind == "custom":
        return Window(kind="custom", start=start, end=start.replace(month=month + 1))
    return Window(kind=kind, start=start, end=start + timedelta(days=1))


def _report(window, *, rows, empty, hour=None, **changes):
    if hour is not None:
        start = window.start + timedelta(hours=hour)
        window = Window(kind="hour", start=start, end=start + timedelta(hours=1))
        rows = 10 + abs(18 - hour) * 3
    labelled = round(rows * 0.987)
    values = {
        "report_id": report_id(MODEL, window),
        "revision": 3,
        "model_version": MODEL,
        "window": window,
        "status": "complete",
        "as_of": window.end + timedelta(minutes=7),
        "generated_at": window.end + timedelta(minutes=7, seconds=21),
        "volume": Volume(
            predictions=rows,
            rides=rows - 2,
            labelled=labelled,
            rejections=4,
            fallbacks=0,
            flagged={"zero_distance": 31},
        ),
        "columns": _columns(rows, empty, window.kind),
        "performance": _performance(rows, labelled, empty, window),
        "evidently": EvidentlyPart(
            status="ok",
            html_key=f"reports/{report_id(MODEL, window)}/r3/evidently.html",
            rows=rows,
            reference_rows=10_000,
        ),
        "sentences": _sentences(_performance(rows, labelled, empty, window), empty),
    }
    return Report(**(values | changes))


def _sentences(told, empty):
    if not empty:
        return (f"The model is as right as it was: MAE {told.mae.value:.2f} min against {told.mae.reference:.2f}.",)
    return (
        f"The model is wrong by {told.mae.value:.2f} min on average, not {told.mae.reference:.2f}: answers are too long.",
        "Drop-off zones, durations and pickup zones moved most.",
        "The data are sound: nothing is missing that was there before.",
    )


def _performance(rows, labelled, empty, window):
    wave = 0.22 * math.sin(window.start.timestamp() / 86_400 * 1.7) + 0.09 * math.sin(window.start.timestamp() / 9_000)
    return Performance(
        status="ok",
        labelled=labelled,
        coverage=labelled / rows,
        judged=round(labelled * 0.991),
        mae=_estimate(2.93 + 1.88 * empty + wave, 2.6127, 0.1),
        rmse=_estimate(4.41 + 1.9 * empty + 1.4 * wave, 3.9644, 0.3),
        bias=_estimate(-0.31 + 4.02 * empty + wave / 2, -0.4921, 0.2),
    )


def _estimate(value, reference, half):
    return Estimate(value=value, low=value - half, high=value + half, reference=reference)


def _columns(rows, empty, kind):
    zones = tuple(str(zone) for zone in (237, 236, 161, 162, 186, 230, 48, 142, 170, 234, 239, 141, 132, 138, 107, 79))
    cycles = kind == "custom"
    return (
        _labels("pickup_zone", (*zones, "other", "unseen", "missing"), rows, 0.28 * empty, _falling(19), late=0.2),
        _labels("dropoff_zone", (*zones, "other", "unseen", "missing"), rows, 0.34 * empty, _falling(19), late=0.2),
        _labels(
            "pickup_borough",
            BOROUGHS,
            rows,
            0.02 + 0.1 * empty,
            (90, 6.1, 1.3, 0.2, 0.01, 0.01, 1.8, 0, 0, 0),
            late=0.2,
        ),
        _labels("dropoff_borough", BOROUGHS, rows, 0.05 * empty, (88, 5, 4.4, 0.7, 0.3, 0.02, 1.2, 0, 0, 0), late=0.1),
        _numbers("distance", "mi", rows, 0.04 * empty, 1.4, (2.93, 2.88 - 0.2 * empty)),
        _cycle("hour", "day", 24, rows, 0.21 * empty, judged=cycles),
        _cycle("weekday", "week", 7, rows, 0.03 * empty, judged=cycles),
        _labels(
            "passengers",
            ("1", "2", "5", "3", "6", "4", "0", "missing"),
            rows,
            0.018 + 0.1 * (kind == "custom"),
            (71, 14, 4, 4, 2, 2, 8, 0.3),
            late=-0.5,
        ),
        _labels("vendor", ("2", "1", "4", "missing"), rows, 0.02, (63, 36, 1, 0)),
        _labels("payment_type", ("1", "2", "3", "4", "missing"), rows, 0.01, (71, 28, 0.6, 0.2, 0)),
        _numbers("prediction", "min", rows, 0.08 * empty, 1.1, (13.21, 13.4 - 2.2 * empty), role="prediction"),
        _numbers("actual", "min", rows, 0.31 * empty, 1.0, (13.70, 13.9 - 6.1 * empty), role="actual", shift=empty),
        _not_judged(
            _numbers(
                "error", "min", rows, 0.29 * empty, 1.6, (-0.49, -0.31 + 4.02 * empty), role="error", shift=-empty
            ),
            "Errors are judged as performance.",
        ),
    )


LONG_EDGES = (0.1, 0.8, 1.1, 1.4, 1.8, 2.2, 2.8, 3.4, 4.2, 5.1, 6.3, 8.0, 11.2, 15.4, 19.8, 28.6, 60.0)
ERROR_EDGES = (-60.0, -20.0, -12.0, -8.0, -5.0, -3.0, -2.0, -1.0, 0.0, 1.0, 2.0, 3.0, 5.0, 8.0, 12.0, 20.0, 60.0)


def _falling(length):
    return (*(8.0 / (1 + place / 5) for place in range(length - 3)), 38.0, 0.0, 0.0)


def _labels(name, labels, rows, psi, shares, late=0.0):  # noqa: PLR0913, PLR0917 - a shape has many sides
    reference = _counts(shares, REFERENCE_ROWS)
    tilted = [share * math.exp(late * psi * 6 * (place % 5 - 2)) for place, share in enumerate(shares)]
    return _column(
        name, "categorical", rows, psi, Histogram(labels=labels, now=_counts(tilted, rows), reference=reference)
    )


def _cycle(name, cycle, length, rows, psi, *, judged):  # noqa: PLR0913 - the same
    labels = tuple(str(place) for place in range(length))
    shares = [3 + 2.4 * math.sin((place - length * 0.37) / length * 2 * math.pi) for place in range(length)]
    now = [share * math.exp(-psi * 9 * abs(place - length * 0.6) / length) for place, share in enumerate(shares)]
    histogram = Histogram(labels=labels, now=_counts(now, rows), reference=_counts(shares, REFERENCE_ROWS))
    column = _column(name, "categorical", rows, psi, histogram, cycle=cycle)
    return column if judged else _not_judged(column, "Judged on whole weeks only.")


def _not_judged(column, note):
    scores = dict.fromkeys(("psi", "psi_corrected", "psi_lower", "total_variation", "threshold", "drifted"))
    return column.model_copy(update=scores | {"status": "not_judged", "note": note})


def _numbers(name, unit, rows, psi, width, means, role="feature", shift=0.0):  # noqa: PLR0913, PLR0917 - the same
    edges = ERROR_EDGES if role == "error" else LONG_EDGES
    spans = [f"{low:.4g} – {high:.4g}" for low, high in pairwise(edges)]
    labels = (f"< {edges[0]:.4g}", *spans, f"≥ {edges[-1]:.4g}", "missing")
    shape = [math.exp(-(((place - 7.5) / 3.2 / width) ** 2)) for place in range(len(labels) - 1)] + [0]
    moved = [math.exp(-(((place - 7.5 + 2.2 * shift) / 3.2 / width) ** 2)) for place in range(len(labels) - 1)] + [0]
    histogram = Histogram(labels=labels, now=_counts(moved, rows), reference=_counts(shape, REFERENCE_ROWS))
    return _column(
        name,
        "numeric",
        rows,
        psi,
        histogram,
        unit=unit,
        role=role,
        mean=means[1],
        mean_reference=means[0],
        above=2 if role == "feature" else 0,
    )


def _column(name, kind, rows, psi, histogram, role="feature", **more):  # noqa: PLR0913, PLR0917 - the same
    missing = histogram.now[-1] if histogram.labels[-1] == "missing" else 0
    return ColumnReport(
        name=name,
        role=role,
        kind=kind,
        status="ok",
        rows=rows,
        missing=missing,
        missing_reference_share=histogram.reference[-1] / REFERENCE_ROWS if missing else 0.0,
        psi=psi + 0.004,
        psi_corrected=psi + 0.0013,
        psi_lower=psi * 0.96 - 0.002,
        jensen_shannon=psi / 3,
        total_variation=psi / 2,
        threshold=0.1,
        drifted=psi * 0.96 - 0.002 > 0.1,
        histogram=histogram,
        **more,
    )


def _counts(shares, rows):
    return tuple(round(share / sum(shares) * rows) for share in shares)
