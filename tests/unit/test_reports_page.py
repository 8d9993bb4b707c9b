"""What the pages show."""

import html
import re
from datetime import UTC, datetime

import pytest

from contracts.findings import ColumnReport, Estimate, Histogram, Performance, RejectionCount, Watch
from contracts.report import EvidentlyPart
from contracts.report_list import ReportSummary
from reports.page import text
from reports.page.index import index_page
from reports.page.plots.bins import bins_of, split
from reports.page.report import report_page
from reports.page.style import style, style_source
from tests.reading import Page
from tests.sample_reports import april, bare, broken, march, provisional, spring, too_few, unlabelled, used_to

NOW = datetime(2026, 11, 24, 5, tzinfo=UTC)
SHOWN = [april(), march(), march(kind="custom"), bare(), provisional(), broken(), unlabelled(), too_few(), used_to()]
SPRING = list(map(ReportSummary.of, spring()))
HOSTILE = "<script>alert(1)</script>\"'&amp;</style><img src=x onerror=alert(2)>"


def _page(report):
    return report_page(report, _before(report), now=NOW)


def _before(report):
    alike = [one for one in SPRING if one.window.kind == report.window.kind]
    return [one for one in alike if one.window.end < report.window.end]


def _list(reports):
    return index_page(list(map(ReportSummary.of, reports)), before=None, alerts=(), now=NOW)


def _numbers(value):
    """Give every number of a document."""
    if isinstance(value, dict):
        return {number for part in value.values() for number in _numbers(part)}
    if isinstance(value, list | tuple):
        return {number for part in value for number in _numbers(part)}
    return {float(value)} if isinstance(value, int | float) and not isinstance(value, bool) else set()


def _derived(report):
    """Give the numbers that follow from the document's: shares and sums of counts, differences from the reference."""
    told = report.performance
    yield from (len(report.drifted), sum(column.drifted is not None for column in report.columns))
    yield from (len(report.columns) - odd for odd in range(len(report.columns) + 1))
    yield from (entry.labelled / entry.predictions for entry in report.ledger)
    yield from _counted(report)
    if report.before_labels and report.before_labels.miss is not None:
        yield from (abs(report.before_labels.miss), abs(report.before_labels.constant_miss))
    if told.mae is not None:
        yield abs(told.mae.value - told.mae.reference)
        yield abs(told.bias.value)
    for column in report.columns:
        if column.rows:
            yield column.missing / column.rows
        for part in bins_of(column):
            yield from (part.now, part.reference)
        if bins_of(column):
            yield from (part.now for part in split(bins_of(column), 7)[1])


def _counted(report):
    judged = [segment.performance for segment in report.segments if segment.performance.mae]
    yield from (len(judged), len(report.segments) - len(judged), sum(bool(told.worse) for told in judged))
    checks = report.quality.checks if report.quality else ()
    yield sum(check.share.low > check.share.reference for check in checks if check.share)


def _of_earlier(report):
    known = [one for one in _before(report) if one.mae is not None]
    return {float(len(known))} | {one.mae for one in known}


@pytest.mark.parametrize("report", SHOWN)
def test_every_number_on_the_page_is_the_documents(report):
    """Each stands in a document, or follows from it by counting, a division or a difference; none is made up."""
    known = _numbers(report.model_dump(mode="json")) | {float(number) for number in _derived(report)}
    page = Page(_page(report))
    assert set(page.values) <= known | _of_earlier(report)
    assert page.values


def test_every_estimate_of_a_report_is_on_its_page():
    """Value, interval and reference, of the whole and of every segment that can be judged."""
    report = april()
    told = [report.performance, *(segment.performance for segment in report.segments)]
    estimates = [value for one in told for _, value in one if isinstance(value, Estimate)]
    estimates += [check.share for check in report.quality.checks] + [report.joint.auc, report.quality.rhythm.expected]
    estimates += [value for _, value in report.before_labels if isinstance(value, Estimate)]
    estimates += [group.size for group in report.attributions.groups]
    estimates += [found.change for found in report.contrasts]
    estimates += [gap.gap for gap in report.fairness] + [weak.excess for weak in report.weak_segments]
    wanted = {number for one in estimates for number in (one.value, one.low, one.high, one.reference)} - {None}
    assert wanted - set(Page(_page(report)).values) == set()
    assert len(wanted) > 300


@pytest.mark.parametrize("report", SHOWN)
def test_no_number_stands_on_the_page_without_its_value(report):
    """Digits are in elements that hold the exact value, in times, in plots, or in the document's own words."""
    own = {*report.sentences, *report.changes, report.report_id, report.model_version, text.span(report.window)}
    own |= {column.note for column in report.columns} | {report.performance.note, report.evidently.note}
    own |= {label for column in report.columns if column.histogram for label in column.histogram.labels}
    own |= {label for segment in report.segments for label in (segment.label, segment.note, segment.performance.note)}
    own |= {check.meaning for check in report.quality.checks} if report.quality else set()
    own |= {"95\N{NO-BREAK SPACE}%", "P90"}
    kept = {"data", "time", "svg", "title", "code"}
    words = [said for where, said in Page(_page(report)).words if re.search(r"\d", said) and not kept & set(where)]
    alone = [said for said in words if not any(phrase and phrase in said for phrase in own)]
    counted = r"\d+ more|.* and \d+ more|■ (Worse in )?\d+ of \d+ (columns moved|segments)"
    assert [said for said in alone if not re.fullmatch(counted, said)] == []


@pytest.mark.parametrize("report", [april(), march()])
def test_a_number_reads_as_its_value(report):
    """What is seen is the value, rounded; the first number of an interval has the unit of the second."""
    shown = re.findall(r'<data value="([^"]+)">([^<]+)</data>(?: to <data [^>]+>[^<]*(%|pp))?', _page(report))
    for value, written, unit in shown:
        number = float(re.sub(r"[^0-9.+-]", "", html.unescape(written).replace("−", "-")))
        percent = "%" in written + unit or "pp" in written + unit
        tolerance = 0.1 if percent else 0.051 if "h" in written else 0.006 if "." in written else 0.5
        assert number == pytest.approx(float(value) * (100 if percent else 1), abs=tolerance)
    assert len(shown) > 300


def test_the_list_shows_each_report_once_with_its_numbers():
    """Window, predictions, moved columns, MAE and the reference's MAE stand in one row."""
    reports = spring()
    rows = re.findall(r"<tr><th scope=\"row\".*?</tr>", _list(reports))
    assert len(rows) == len(reports)
    row = next(row for row in rows if april().report_id in row)
    assert {9876.0, april().performance.mae.value, april().performance.mae.reference} <= set(Page(row).values)
    assert "pickup zone, dropoff zone" in row
    assert "■ worse, moved" in row
    assert "● steady" in next(row for row in rows if march(5).report_id in row)


@pytest.mark.parametrize(
    ("reports", "said"),
    [
        ([march(), march(5)], "worse by more than chance and enough to matter: in none."),
        (spring(), "worse by more than chance and enough to matter: in 3."),
    ],
)
def test_the_list_says_in_how_many_windows_the_model_was_worse(reports, said):
    """A window within what does not matter is not among them, chance or not."""
    assert said in Page(_list(reports)).text


def test_the_empty_list_says_what_will_come():
    """No report is not an error."""
    assert "No report yet: " in _list([])


def _hostile(report):
    """Give a report in which every text that is free holds markup."""
    column = report.columns[0].model_copy(update={"name": HOSTILE, "note": HOSTILE, "unit": HOSTILE})
    labels = (HOSTILE, *column.histogram.labels[1:])
    column = column.model_copy(update={"histogram": column.histogram.model_copy(update={"labels": labels})})
    failed = ColumnReport(name="x", role="feature", kind="numeric", status="failed", note=HOSTILE)
    check = report.quality.checks[0].model_copy(update={"name": HOSTILE, "meaning": HOSTILE})
    rejection = RejectionCount(field=HOSTILE, reason=HOSTILE, count=3)
    segment = report.segments[0]
    part = segment.columns[0].model_copy(update={"name": HOSTILE, "note": HOSTILE})
    named = {"family": HOSTILE, "label": HOSTILE, "note": HOSTILE, "columns": (part,), "checks": (check,)}
    few = report.segments[4].model_copy(update={"label": HOSTILE, "note": HOSTILE})
    weak = report.weak_segments[0].model_copy(update={"segment_id": HOSTILE})
    gap = report.fairness[0].model_copy(update={"family": HOSTILE, "group": HOSTILE, "flagged": True})
    contrast = report.contrasts[1].model_copy(update={"family": HOSTILE, "label": HOSTILE, "of": HOSTILE})
    like = report.performance.likeness[0].model_copy(update={"name": HOSTILE})
    weight = report.joint.features[0].model_copy(update={"name": HOSTILE})
    return report.model_copy(
        update={
            "report_id": HOSTILE,
            "sentences": (HOSTILE,),
            "changes": (HOSTILE,),
            "columns": (column, failed),
            "quality": report.quality.model_copy(
                update={"checks": (check,), "rejections": (rejection,), "constant": (HOSTILE,), "stray_rows": 1}
            ),
            "joint": report.joint.model_copy(update={"note": HOSTILE, "features": (weight,), "drifted": None}),
            "weak_segments": (weak,),
            "fairness": (gap,),
            "contrasts": (contrast,),
            "watch": Watch(status="too_few", note=HOSTILE),
            "segments": (segment.model_copy(update=named), few),
            "evidently": EvidentlyPart(status="failed", note=HOSTILE),
            "performance": report.performance.model_copy(update={"note": HOSTILE, "likeness": (like,)}),
            "volume": report.volume.model_copy(update={"flagged": {HOSTILE: 1}}),
        }
    )


def test_hostile_text_stays_text():
    """Whatever a document holds, no tag and no attribute comes of it."""
    report = _hostile(april())
    unjudged = report.model_copy(update={"performance": Performance(status="failed", note=HOSTILE)})
    for markup in (_page(report), _page(unjudged), _list([report])):
        page = Page(markup)
        assert not {"script", "img", "iframe", "object"} & set(page.tags)
        assert not [name for name, _ in page.attributes if name.startswith("on")]
        links = [value for name, value in page.attributes if name == "href" and not value.startswith(("#", "data:"))]
        assert not [link for link in links if ":" in link]
    assert _page(report).count(html.escape(HOSTILE)) > 20


def test_a_page_has_no_script_and_no_style_attribute():
    """The content security policy lets neither in."""
    page = Page(_page(april()) + _list(spring()))
    assert "script" not in page.tags
    assert "style" not in {name for name, _ in page.attributes}


def test_the_style_of_a_page_is_the_one_that_the_policy_names():
    """One byte more, and a browser would show the page bare."""
    (found,) = re.findall(r"<style>(.*?)</style>", _page(april()), re.DOTALL)
    assert found == style()
    assert style_source().startswith("sha256-")


@pytest.mark.parametrize("report", [april(), march(), unlabelled(), too_few()])
def test_every_plot_says_what_it_shows(report):
    """A picture has a label, a figure a caption."""
    markup = _page(report)
    pictures = re.findall(r"<svg([^>]*)>", markup)
    assert all('aria-label="' in told or 'aria-hidden="true"' in told for told in pictures)
    figures = re.findall(r"<figure.*?</figure>", markup)
    assert len(figures) >= len([column for column in report.columns if column.histogram])
    assert all(re.search(r"<figcaption>.+</figcaption>", figure) for figure in figures)


def test_an_all_null_column_is_said_not_drawn():
    """A histogram without rows draws nothing and breaks nothing."""
    nothing = Histogram(labels=("a", "b"), now=(0, 0), reference=(0, 0))
    column = ColumnReport(
        name="odd", role="feature", kind="numeric", status="failed", note="all null", histogram=nothing
    )
    assert "all null" in _page(april(columns=(column,)))
