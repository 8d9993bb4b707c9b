"""The four questions and their answers in a word, each a way to its section."""

from contracts.findings import Estimate
from contracts.report import Report
from reports.page import text, values
from reports.page.captions import is_accepted
from reports.page.checks import exceeds
from reports.page.markup import Markup, tag
from reports.page.segments import judged_segments, too_few, worse_segments
from reports.page.watching import since

Words = list[Markup | str]


def summary(report: Report) -> Markup:
    """Answer whether the model is right, for whom it is wrong, whether the world moved and the data are sound."""
    answers = [_right(report), _whom(report), _moved(report), _sound(report)]
    return tag("nav", *answers, class_="answers", aria_label="The four questions")


def _answer(question: str, place: str, mark: Markup, *facts: Words) -> Markup:
    told = (tag("p", *fact, class_="fact") for fact in facts if fact)
    return tag("div", tag("a", question, href=f"#{place}"), tag("p", mark, class_="verdict"), *told)


def _mark(odd: bool | None, words: str) -> Markup:
    if odd is None:
        return tag("span", words, class_="quiet")
    return tag("span", f"{'■' if odd else '●'} {words}", class_="odd" if odd else None)


def _right(report: Report) -> Markup:
    told = report.performance
    words = {True: "Worse than before", False: "As right as before", None: "Not judged"}[told.worse]
    note: Words = [] if told.mae else [told.note or "No true duration yet."]
    provisional: Words = ["Provisional: more true durations will come."] if told.provisional else []
    facts = (note, _error(told.mae), since(report.watch), provisional)
    return _answer("Is the model still right?", "errors", _mark(told.worse, words), *facts)


def _error(mae: Estimate | None) -> Words:
    if mae is None:
        return []
    reach: Words = [] if mae.low is None else [" (", values.interval(mae, text.minutes), ")"]
    before: Words = [] if mae.reference is None else ["; reference ", values.minutes(mae.reference)]
    return ["MAE ", values.minutes(mae.value), *reach, *before]


def _whom(report: Report) -> Markup:
    judged, worse = judged_segments(report.segments), worse_segments(report.segments)
    if not judged:
        return _answer("For whom is it wrong?", "segments", _mark(None, "Not judged"))
    words = f"Worse in {len(worse)} of {judged} segments" if worse else "Worse in no segment"
    most: Words = [f"Most in “{worse[0].label}” ({text.name(worse[0].family)})"] if worse else []
    few = len(report.segments) - judged
    rest: Words = too_few(few) if few else []
    return _answer("For whom is it wrong?", "segments", _mark(bool(worse), words), most, rest)


def _moved(report: Report) -> Markup:
    judged = sum(column.drifted is not None for column in report.columns)
    accepted = [text.name(column.name) for column in report.columns if is_accepted(column)]
    moved = [name for name in map(text.name, report.drifted) if name not in accepted]
    words = f"{len(moved)} of {judged} columns moved" if moved else "Nothing moved" if judged else "Not judged"
    as_accepted: Words = [f"as accepted: {text.listed(accepted)}"] if accepted else []
    mark = _mark(bool(moved) if judged else None, words)
    return _answer("Has the world moved?", "moved", mark, [text.listed(moved)], as_accepted, _apart(report))


def _apart(report: Report) -> Words:
    joint = report.joint
    if joint is None or joint.auc is None:
        return []
    return ["Now and reference told apart: AUC ", values.score(joint.auc.value)]


def _sound(report: Report) -> Markup:
    found = oddities(report)
    words = text.listed(found, most=2) if found else "Nothing out of the ordinary"
    odd = bool(found) if report.quality or found else None
    volume: Words = [values.count(report.volume.predictions), " predictions, ", *_refused(report)]
    mark = _mark(odd, words[0].upper() + words[1:] if odd is not None else "Not judged")
    return _answer("Are the data sound?", "quality", mark, volume, _checks(report))


def oddities(report: Report) -> list[str]:
    """Name what makes the data unlike those that the model learned from, beside single values."""
    failed = [text.name(column.name) for column in report.columns if column.status == "failed"]
    constant = [text.name(name) for name in report.quality.constant] if report.quality else []
    found = [f"{text.listed(failed)} cannot be read"] if failed else []
    found += [f"one value only in {text.listed(constant)}"] if constant else []
    return found + ["an unusual number of rides"] * _is_unusual(report)


def _is_unusual(report: Report) -> bool:
    return report.quality is not None and bool(report.quality.rhythm.unusual)


def _refused(report: Report) -> Words:
    return [values.count(report.volume.rejections), " requests refused"]


def _checks(report: Report) -> Words:
    if report.quality is None:
        return []
    exceeding = sum(exceeds(check.share) for check in report.quality.checks)
    kinds = "kind" if exceeding == 1 else "kinds"
    return [values.count(exceeding), f" {kinds} of odd rows more frequent than before"] if exceeding else []
