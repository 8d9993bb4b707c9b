"""What the pages show."""

import html
import re
from datetime import UTC, datetime, timedelta
from html.parser import HTMLParser

import pytest

from contracts.findings import ColumnReport, Histogram, Performance
from contracts.report import EvidentlyPart
from contracts.ride import NEW_YORK
from contracts.window import Window
from reports.page import text
from reports.page.bins import bins_of, largest, merged
from reports.page.captions import column_caption
from reports.page.histogram import histogram
from reports.page.index import index_page
from reports.page.markup import Markup, tag
from reports.page.palette import DARK, LIGHT
from reports.page.report import report_page
from reports.page.scale import round_below
from reports.page.style import style, style_source
from reports.page.trend import points_of, trend
from tests.sample_reports import april, march, spring, too_few, unlabelled

NOW = datetime(2026, 11, 24, 5, tzinfo=UTC)
HOSTILE = "<script>alert(1)</script>\"'&amp;</style><img src=x onerror=alert(2)>"


def _page(report):
    return report_page(report, now=NOW)


def _list(reports):
    return index_page(reports, before=None, newest=True, now=NOW)


class _Page(HTMLParser):
    """Reads a page: tags, the values of its numbers, and all text outside the style."""

    def __init__(self, markup):
        super().__init__()
        self.tags, self.attributes, self.values, self.words, self._open = [], [], [], [], []
        self.feed(markup)

    def handle_starttag(self, name, attributes):
        self.tags.append(name)
        self.attributes += attributes
        self._open.append(name)
        if name == "data":
            self.values.append(float(dict(attributes)["value"]))

    def handle_startendtag(self, name, attributes):
        self.tags.append(name)
        self.attributes += attributes

    def handle_endtag(self, name):
        while self._open and self._open.pop() != name:
            pass

    def handle_data(self, data):
        if "style" not in self._open:
            self.words.append((tuple(self._open), data))


def _numbers(value):
    """Give every number of a document."""
    if isinstance(value, dict):
        return {number for part in value.values() for number in _numbers(part)}
    if isinstance(value, list | tuple):
        return {number for part in value for number in _numbers(part)}
    return {float(value)} if isinstance(value, int | float) and not isinstance(value, bool) else set()


def _derived(report):
    """Give the numbers that follow from the document's: shares of counts, and differences from the reference."""
    told = report.performance
    yield len(report.drifted)
    yield sum(column.drifted is not None for column in report.columns)
    if told.mae is not None:
        yield abs(told.mae.value - told.mae.reference)
        yield abs(told.bias.value)
    for column in report.columns:
        if column.rows:
            yield column.missing / column.rows
        for part in bins_of(column):
            yield from (part.now, part.reference)
        shown = largest(bins_of(column), 7) if column.histogram else []
        rest = [part for part in bins_of(column) if part not in shown]
        if rest:
            yield merged(rest).now


@pytest.mark.parametrize("report", [april(), march(), march(kind="custom"), unlabelled(), too_few()])
def test_every_number_on_the_page_is_the_documents(report):
    """Each stands in the document, or follows from it by a division or a difference; none is made up."""
    known = _numbers(report.model_dump(mode="json")) | {float(number) for number in _derived(report)}
    page = _Page(_page(report))
    assert set(page.values) <= known
    assert len(page.values) > 20


@pytest.mark.parametrize("report", [april(), march(), unlabelled(), too_few()])
def test_no_number_stands_on_the_page_without_its_value(report):
    """Digits are in elements that hold the exact value, in times, in plots, or in the document's own words."""
    own = {*report.sentences, report.report_id, report.model_version, text.span(report.window)}
    own |= {column.note for column in report.columns} | {report.performance.note, report.evidently.note}
    own |= {label for column in report.columns if column.histogram for label in column.histogram.labels}
    kept = {"data", "time", "svg", "title", "code"}
    words = [said for where, said in _Page(_page(report)).words if re.search(r"\d", said) and not kept & set(where)]
    alone = [said for said in words if not any(phrase and phrase in said for phrase in own)]
    assert [said for said in alone if not re.fullmatch(r"\d+ more", said)] == []


def test_a_number_reads_as_its_value():
    """What is seen is the value, rounded."""
    shown = re.findall(r'<data value="([^"]+)">([^<]+)</data>', _page(april()))
    for value, seen in shown:
        number = float(re.sub(r"[^0-9.+-]", "", html.unescape(seen).replace("−", "-").replace("<", "")) or "nan")
        scale = 100 if "%" in seen else 1
        assert number == pytest.approx(float(value) * scale, abs=0.1 if "%" in seen else 0.006)


def test_the_list_shows_each_report_once_with_its_numbers():
    """Window, predictions, moved columns, MAE and the reference's MAE stand in one row."""
    reports = spring()
    rows = re.findall(r"<tr><th scope=\"row\".*?</tr>", _list(reports))
    assert len(rows) == len(reports)
    row = next(row for row in rows if april().report_id in row)
    assert {9876.0, april().performance.mae.value, april().performance.mae.reference} <= set(_Page(row).values)
    assert "pickup zone, dropoff zone" in row
    assert "moved" in row


def test_the_empty_list_says_what_will_come():
    """No report is not an error."""
    assert "No report yet: " in _list([])


def test_hostile_text_stays_text():
    """Whatever a document holds, no tag and no attribute comes of it."""
    column = april().columns[0].model_copy(update={"name": HOSTILE, "note": HOSTILE, "unit": HOSTILE})
    labels = (HOSTILE, *column.histogram.labels[1:])
    column = column.model_copy(update={"histogram": column.histogram.model_copy(update={"labels": labels})})
    failed = ColumnReport(name="x", role="feature", kind="numeric", status="failed", note=HOSTILE)
    report = april().model_copy(
        update={
            "report_id": HOSTILE,
            "model_version": HOSTILE,
            "sentences": (HOSTILE,),
            "columns": (column, failed),
            "evidently": EvidentlyPart(status="failed", note=HOSTILE),
            "performance": Performance(status="failed", note=HOSTILE),
            "volume": april().volume.model_copy(update={"flagged": {HOSTILE: 1}}),
        }
    )
    honest = april().model_copy(update={"columns": (april().columns[0], failed)})
    for markup in (_page(report), _list([report]), _page(honest)):
        page = _Page(markup)
        assert not {"script", "img", "iframe", "object"} & set(page.tags)
        assert not [name for name, _ in page.attributes if name.startswith("on")]
        assert not [
            value for name, value in page.attributes if name == "href" and ":" in value and "data:" not in value
        ]
    assert html.escape(HOSTILE) in _page(report)


def test_a_page_has_no_script_and_no_style_attribute():
    """The content security policy lets neither in."""
    page = _Page(_page(april()) + _list(spring()))
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
    assert len(figures) >= len(report.columns) - 1
    assert all(re.search(r"<figcaption>.+</figcaption>", figure) for figure in figures)


def _luminance(colour):
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _contrast(one, other):
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("palette", [LIGHT, DARK])
def test_colours_can_be_read(palette):
    """Contrast as WCAG 2.2 defines it: 4.5 for text on paper and panel, 3 for lines, and for now on the reference."""
    for ground in (palette.paper, palette.panel):
        assert (
            min(_contrast(colour, ground) for colour in (palette.ink, palette.quiet, palette.now, palette.moved)) >= 4.5
        )
        assert _contrast(palette.reference, ground) >= 3
    assert _contrast(palette.now, palette.fill) >= 3


@pytest.mark.parametrize(
    ("seen", "expected"),
    [
        (text.minutes(2.9531), "2.95 min"),
        (text.change(0.1), "+0.10 min"),
        (text.change(-3.7), "−3.70 min"),
        (text.change(-0.001), "0.00 min"),
        (text.share(0.1239), "12.4 %"),
        (text.share(0), "0 %"),
        (text.share(1), "100 %"),
        (text.share(1e-6), "<0.1 %"),
        (text.share(0.99999), ">99.9 %"),
        (text.count(12_345), "12,345"),
        (text.score(-0.0001), "0.000"),
        (text.score(-0.0012), "−0.001"),
        (text.quantity(2.876, "mi"), "2.88 mi"),
        (text.quantity(12_345.6, ""), "12,346"),
        (text.moment(datetime(2019, 3, 1, 13, 30, tzinfo=UTC)), "1 Mar 2019, 08:30 EST"),
    ],
)
def test_numbers_and_times_read_well(seen, expected):
    """Units, signs and zones are where a person looks for them."""
    assert seen == expected.replace(" min", "\xa0min").replace(" %", "\xa0%").replace(" mi", "\xa0mi").replace(
        "\xa0\xa0", "\xa0"
    )


def _window(start, length):
    begin = datetime(*start, tzinfo=NEW_YORK)
    return Window(kind="custom", start=begin, end=begin + length)


@pytest.mark.parametrize(
    ("window", "expected"),
    [
        (_window((2019, 3, 1), timedelta(days=1)), "Fri 1 Mar 2019"),
        (_window((2019, 3, 10), timedelta(days=1)), "Sun 10 Mar 2019"),
        (_window((2019, 3, 1), timedelta(days=31)), "March 2019"),
        (_window((2019, 3, 1), timedelta(days=7)), "1 Mar 2019 – 7 Mar 2019"),
        (_window((2019, 3, 1, 8), timedelta(hours=1)), "Fri 1 Mar 2019, 08:00–09:00 EST"),
        (_window((2019, 3, 1, 23), timedelta(hours=1)), "Fri 1 Mar 2019, 23:00–00:00 EST"),
        (_window((2019, 3, 1, 8), timedelta(days=2)), "1 Mar 2019, 08:00 EST – 3 Mar 2019, 08:00 EST"),
    ],
)
def test_a_window_reads_as_short_as_it_can(window, expected):
    """In New York's time, through the changes of its clocks."""
    assert text.span(window) == expected


@pytest.mark.parametrize(
    ("lower", "drifted", "expected"),
    [
        (0.11, True, "PSI 0.140, at least 0.110 with 95\xa0% confidence is over the bound of 0.100."),
        (
            0.04,
            False,
            "Not sure to have moved: PSI 0.140, but no more than 0.040 of it is sure",
        ),
        (None, True, "PSI 0.140 is over the bound of 0.100."),
    ],
)
def test_a_caption_says_what_the_verdict_rests_on(lower, drifted, expected):
    """The lower bound decides, so a large PSI that may be chance is said to be unsure."""
    scores = {"psi": 0.15, "psi_corrected": 0.14, "psi_lower": lower, "threshold": 0.1, "drifted": drifted}
    column = ColumnReport(name="x", role="feature", kind="numeric", status="ok", note="2 are odd.", **scores)
    seen = re.sub("<[^>]+>", "", column_caption(column, []))
    assert seen.startswith(expected)
    assert seen.endswith(" 2 are odd.")


def test_a_histogram_of_numbers_names_its_edges():
    """Edges stand between the bins they divide, with a true minus sign."""
    labels = ("< -2", "-2 – 0", "0 – 3", "≥ 3", "missing")
    shape = Histogram(labels=labels, now=(1, 2, 3, 4, 0), reference=(1, 1, 1, 1, 0))
    column = ColumnReport(name="error", role="error", kind="numeric", status="ok", histogram=shape)
    ticks = re.findall(r'x="([\d.]+)%" y="102" text-anchor="middle">([^<]+)<', histogram(bins_of(column), "label"))
    assert ticks == [("25.00", "−2"), ("50.00", "0"), ("75.00", "3")]


def test_bars_are_as_high_as_shares():
    """Heights in a histogram stand to one another as the counts do."""
    column = ColumnReport(
        name="distance",
        role="feature",
        kind="numeric",
        status="ok",
        histogram=Histogram(labels=("a", "b", "c"), now=(1, 2, 1), reference=(10, 30, 60)),
    )
    drawn = histogram(bins_of(column), "label")
    heights = [float(height) for height in re.findall(r'height="([\d.]+)" class="fill"', drawn)]
    assert heights == pytest.approx([heights[2] / 6, heights[2] / 2, heights[2]])


def test_the_bin_that_moved_most_is_always_drawn():
    """Though it be small."""
    labels = tuple("abcdefghij")
    shape = Histogram(labels=labels, now=(*[100] * 9, 60), reference=(*[100] * 9, 1))
    column = ColumnReport(name="zone", role="feature", kind="categorical", status="ok", histogram=shape)
    assert "j" in {part.label for part in largest(bins_of(column), 3)}


def test_an_all_null_column_is_said_not_drawn():
    """A histogram without rows draws nothing and breaks nothing."""
    nothing = Histogram(labels=("a", "b"), now=(0, 0), reference=(0, 0))
    column = ColumnReport(
        name="odd", role="feature", kind="numeric", status="failed", note="all null", histogram=nothing
    )
    assert "all null" in _page(april(columns=(column,)))


def test_a_line_does_not_cross_a_gap_in_time():
    """Days a year apart are not joined, and neighbours are."""
    lines = [trend(points_of([march(1), other]), "") for other in (march(2), april(1, "day"))]
    assert [len(re.findall('<line[^>]*class="now"', drawn)) for drawn in lines] == [1, 0]


@pytest.mark.parametrize(("value", "expected"), [(0.13, 0.1), (0.2, 0.2), (0.049, 0.02), (1, 1), (0.97, 0.5)])
def test_rules_stand_at_round_shares(value, expected):
    """1, 2 and 5 times a power of ten."""
    assert round_below(value) == pytest.approx(expected)


def test_markup_escapes_what_is_not_markup():
    """Text and attribute values are escaped, markup is not escaped twice."""
    assert tag("p", "a<b", Markup("<i>c</i>"), title='"') == '<p title="&quot;">a&lt;b<i>c</i></p>'
