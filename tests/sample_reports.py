"""Plausible reports of a quiet March 2019 and of the empty streets of April 2020, made of shapes, no data file."""

from datetime import datetime, timedelta

from contracts.findings import BeforeLabels, ColumnReport, Estimate, Performance, Rhythm
from contracts.report import EvidentlyPart, LedgerEntry, Report, Volume, report_id
from contracts.ride import NEW_YORK
from contracts.window import Window
from tests.sample_columns import accepted, columns, constant, failed
from tests.sample_findings import (
    attributions,
    before_labels,
    contrasts,
    fairness,
    joint,
    performance,
    quality,
    segments,
    watch,
    weak_segments,
)

MODEL = "20190301-hgb"
OPTIONAL = {
    *("judged_window", "quality", "joint", "before_labels", "watch", "attributions"),
    *("segments", "weak_segments", "fairness", "ledger", "changes"),
}
"""What the first reports did not hold."""


def march(day: int = 1, kind: str = "day", **changes) -> Report:
    """Give a day, or the month, of 2019-03: nothing moved but, a little, the passengers."""
    return _report(_window(2019, 3, day, kind), rows=9_964 if kind == "custom" else 318 + day, empty=0.0, **changes)


def april(day: int = 1, kind: str = "custom", **changes) -> Report:
    """Give the month, or a day, of 2020-04: the streets are empty."""
    return _report(_window(2020, 4, day, kind), rows=9_876 if kind == "custom" else 302 + day, empty=1.0, **changes)


def used_to(day: int = 3) -> Report:
    """Give a day of 2020-04 whose pickup zones a person has accepted as normal."""
    first, *others = april(day, "day").columns
    return april(day, "day", columns=(accepted(first, _window(2020, 4, day - 1, "day")), *others))


def bare(day: int = 2) -> Report:
    """Give a day as it was reported before quality, segments and the ledger were."""
    return Report.model_validate({name: value for name, value in march(day) if name not in OPTIONAL})


def provisional(day: int = 28) -> Report:
    """Give a day of which most true durations are still to come, judged with the days before it."""
    whole = march(day)
    told = whole.performance.model_copy(
        update={"provisional": True, "labelled": 121, "coverage": 121 / whole.volume.predictions, "judged": 119}
    )
    wider = whole.window.model_copy(update={"kind": "custom", "start": whole.window.start - timedelta(days=3)})
    return march(day, revision=1, ledger=whole.ledger[:1], performance=told, judged_window=wider)


def broken(day: int = 29) -> Report:
    """Give a day on which the vendor came as text, every ride was paid alike, and an hour was silent."""
    whole = march(day)
    told = {column.name: column for column in whole.columns}
    told["vendor"] = failed(told["vendor"], "None of 347 values can be used: 347 of another type.")
    told["payment_type"] = constant(told["payment_type"])
    late = whole.quality.duplicates.model_copy(update={"status": "failed", "meaning": "Rides asked about twice"})
    odd = {"constant": ("payment_type",), "stray_rows": 12, "duplicates": late, "rhythm": _silent(whole.volume)}
    return march(day, columns=tuple(told.values()), quality=whole.quality.model_copy(update=odd))


def unlabelled(day: int = 30) -> Report:
    """Give a day whose true durations have not arrived."""
    nothing = Performance(status="no_actuals", note="No ride of this window has its true duration yet.")
    whole = march(day)
    blank = tuple(one.model_copy(update={"performance": nothing}) for one in whole.segments)
    unknown = {"before_labels": BeforeLabels(status="ok", estimated=whole.before_labels.estimated), "ledger": ()}
    return march(day, performance=nothing, segments=blank, weak_segments=(), fairness=(), **unknown)


def too_few(day: int = 31) -> Report:
    """Give a day with hardly a ride."""
    note = "12 rows: too few to judge, at least 100 are needed."
    blank = tuple(
        ColumnReport(name=column.name, role=column.role, kind=column.kind, status="too_few", note=note, rows=12)
        for column in march().columns
    )
    return march(
        day,
        status="too_few",
        columns=blank,
        volume=Volume(predictions=12, rides=12, labelled=0, rejections=0, fallbacks=0),
        **dict.fromkeys(("quality", "joint", "before_labels", "watch", "attributions")),
        **dict.fromkeys(("segments", "weak_segments", "fairness", "ledger", "changes"), ()),
        performance=Performance(status="too_few", note=note),
        evidently=EvidentlyPart(status="too_few", note=note),
        sentences=("Only 12 rides: nothing of this day is judged.",),
    )


def spring() -> list[Report]:
    """Give a spring's worth of reports, newest first."""
    months = [april(), march(kind="custom")]
    days = [april(1, "day"), april(2, "day"), used_to()] + [march(day) for day in range(3, 28)]
    odd = [march(1), bare(), provisional(), broken(), unlabelled(), too_few()]
    hours = [march(1, kind="hour", hour=hour) for hour in range(6, 22)]
    return sorted([*months, *days, *odd, *hours], key=lambda report: report.window.end, reverse=True)


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
    told = performance(rows, labelled, empty, window)
    values = {
        "report_id": report_id(MODEL, window),
        "revision": 3,
        "model_version": MODEL,
        "window": window,
        "judged_window": window,
        "status": "complete",
        "as_of": window.end + timedelta(days=1, minutes=7),
        "generated_at": window.end + timedelta(days=1, minutes=7, seconds=21),
        "volume": _volume(rows, labelled),
        "quality": quality(rows, empty, window),
        "columns": columns(rows, empty, window.kind),
        "joint": joint(empty),
        "performance": told,
        "before_labels": before_labels(told, empty),
        "watch": watch(window, empty),
        "attributions": attributions(),
        "segments": segments(rows, empty, window),
        "weak_segments": weak_segments(empty),
        "fairness": fairness(empty),
        "contrasts": contrasts(empty),
        "ledger": _ledger(window, rows, told),
        "evidently": _evidently(window, rows),
        "sentences": _sentences(told, empty),
        "changes": _changes(empty),
    }
    return Report(**(values | changes))


def _volume(rows, labelled):
    flagged = {"zero_distance": 31}
    return Volume(predictions=rows, rides=rows - 2, labelled=labelled, rejections=4, fallbacks=0, flagged=flagged)


def _evidently(window, rows):
    key = f"reports/{report_id(MODEL, window)}/r3/evidently.html"
    return EvidentlyPart(status="ok", html_key=key, rows=rows, reference_rows=10_000)


def _ledger(window, rows, told):
    """Give three revisions: labels come late, and the first of them are those of short rides."""
    known = ((timedelta(minutes=7), 0.36, -0.9), (timedelta(hours=6), 0.71, -0.35), (timedelta(days=1), 0.987, 0.0))
    return tuple(
        LedgerEntry(
            revision=place,
            as_of=window.end + after,
            predictions=rows,
            labelled=round(rows * share),
            mae=told.mae.value + off,
        )
        for place, (after, share, off) in enumerate(known, start=1)
    )


def _silent(volume):
    expected = Estimate(value=412.3, low=371.0, high=453.6)
    return Rhythm(status="ok", weeks=6, rows=volume.predictions, expected=expected, silent_hours=1, unusual=True)


def _sentences(told, empty):
    if not empty:
        return (f"The model is as right as it was: MAE {told.mae.value:.2f} min against {told.mae.reference:.2f}.",)
    wrong = f"The model is wrong by {told.mae.value:.2f} min on average, not {told.mae.reference:.2f}"
    return (
        f"{wrong}: answers are too long.",
        "Drop-off zones, durations and pickup zones moved most.",
        "The data are sound: nothing is missing that was there before.",
    )


def _changes(empty):
    if not empty:
        return ("Nothing moved that had not moved the window before.",)
    return (
        "Pickup zone, drop-off zone and hour moved; they had not.",
        "Answers became 1.9 minutes worse on average.",
        "Rides fell to less than a third.",
    )
