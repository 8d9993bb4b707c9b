"""For whom the model is wrong: the MAE of every segment beside that segment's own reference."""

from collections.abc import Sequence

from contracts.findings import Estimate, SegmentReport
from contracts.report import Report
from reports.page import text, values
from reports.page.contrasts import contrasts
from reports.page.fairness import fairness
from reports.page.markup import Markup, join, tag
from reports.page.metrics import summary_of
from reports.page.plots.dots import Row, axis, dots
from reports.page.plots.key import key
from reports.page.plots.scale import Scale
from reports.page.plots.strip import scale_of
from reports.page.segment_numbers import segment_numbers
from reports.page.weak import weak_segments

MEANINGS = (
    ("tick", "the segment in the reference"),
    ("estimate", "MAE in this window, with its 95\N{NO-BREAK SPACE}% interval"),
    ("odd", "worse, by more than chance and enough to matter"),
)
FOLD = "A segment opens to all of its numbers."


def segments_section(report: Report) -> Markup:
    """Show every family of segments on one scale, what was found among all slices, fairness, and who moved alone."""
    title = tag("h2", "For whom is it wrong?", id="segments")
    found = [*weak_segments(report.weak_segments), *fairness(report.fairness), *contrasts(report.contrasts)]
    caption = tag("p", segments_caption(report.segments))
    return tag("section", title, caption, *_plots(report.segments), *found, aria_labelledby="segments")


def worse_segments(segments: Sequence[SegmentReport]) -> list[SegmentReport]:
    """Give the segments whose errors grew, the one that grew most first."""
    worse = [segment for segment in segments if segment.performance.worse]
    return sorted(worse, key=lambda segment: -_growth(segment))


def judged_segments(segments: Sequence[SegmentReport]) -> int:
    """Count the segments that have an error to show."""
    return sum(segment.performance.mae is not None for segment in segments)


def segments_caption(segments: Sequence[SegmentReport]) -> Markup:
    """Say in how many segments the errors grew, and where most."""
    if not segments:
        return join(["Nothing is said by segment in this window."])
    judged, worse = judged_segments(segments), worse_segments(segments)
    if not judged:
        return join(["No segment has enough true durations to be judged."])
    few = [" ", *too_few(len(segments) - judged), "."] if len(segments) > judged else []
    if not worse:
        return join(["Of ", values.count(judged), " segments judged, the model is worse in none.", *few])
    share = ["The model is worse in ", values.count(len(worse)), " of ", values.count(judged), " segments judged"]
    return join([*share, *_most(worse[0]), *few])


def too_few(segments: int) -> list[Markup | str]:
    """Say how many segments cannot be judged."""
    return [values.count(segments), " has" if segments == 1 else " have", " too few rides to say"]


def _most(segment: SegmentReport) -> list[Markup | str]:
    mae = segment.performance.mae
    if mae is None:
        return ["."]
    before: list[Markup | str] = [] if mae.reference is None else [", in the reference ", values.minutes(mae.reference)]
    return [f", most in {_place(segment)}: MAE ", values.minutes(mae.value), *before, "."]


def _place(segment: SegmentReport) -> str:
    return f"“{segment.label}” ({text.name(segment.family)})"


def _growth(segment: SegmentReport) -> float:
    mae = segment.performance.mae
    return mae.value - (mae.reference or 0.0) if mae else 0.0


def _plots(segments: Sequence[SegmentReport]) -> list[Markup]:
    if not segments:
        return []
    scale = scale_of(segment.performance.mae for segment in segments)
    families = [_family(name, group, scale) for name, group in _families(segments).items()]
    if not judged_segments(segments):
        return [tag("details", tag("summary", "Every segment"), *families)]
    return [key(*MEANINGS), axis(scale, "minutes"), *families, tag("p", FOLD, class_="quiet small")]


def _families(segments: Sequence[SegmentReport]) -> dict[str, list[SegmentReport]]:
    families: dict[str, list[SegmentReport]] = {}
    for segment in segments:
        families.setdefault(segment.family, []).append(segment)
    return families


def _family(name: str, segments: Sequence[SegmentReport], scale: Scale) -> Markup:
    rows = [_row(segment) for segment in segments]
    caption = tag("figcaption", _meaning(segments))
    return tag("figure", tag("h3", text.name(name)), dots(rows, scale), caption, class_="family")


def _row(segment: SegmentReport) -> Row:
    told = segment.performance
    words = join([told.note or segment.note or "not judged"]) if told.mae is None else values.minutes(told.mae.value)
    said = summary_of(f"MAE of {segment.label}", told.mae, text.minutes) if told.mae else ""
    size = values.share(segment.share)
    return Row(segment.label, size, told.mae, words, said, segment_numbers(segment), bool(told.worse))


def _meaning(segments: Sequence[SegmentReport]) -> Markup:
    """Say between which of a family's segments the errors differ most."""
    known = [(segment.label, mae) for segment in segments if (mae := segment.performance.mae)]
    if not known:
        return join(["Too few rides in each to be judged."])
    if len(known) == 1:
        return join(_alone(*known[0]))
    (worst, high), (best, low) = (choose(known, key=lambda pair: pair[1].value) for choose in (max, min))
    if high.value == low.value:
        return join(["Answers are off alike in these segments."])
    ends = [f"Answers are off most in “{worst}”, ", values.minutes(high.value), f", and least in “{best}”, "]
    return join([*ends, values.minutes(low.value), _chance(high, low)])


def _alone(name: str, mae: Estimate) -> list[Markup | str]:
    before = [] if mae.reference is None else [", in the reference by ", values.minutes(mae.reference)]
    return [f"In “{name}” answers are off by ", values.minutes(mae.value), *before, "."]


def _chance(high: Estimate, low: Estimate) -> str:
    if high.low is None or low.high is None:
        return "."
    return "; that is more than chance." if high.low > low.high else "; chance may explain it."
