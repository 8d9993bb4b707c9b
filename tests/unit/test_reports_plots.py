import re

import pytest

from contracts.findings import ColumnReport, Histogram
from contracts.report_list import ReportSummary
from reports.page.markup import Markup, tag
from reports.page.palette import DARK, LIGHT
from reports.page.plots.bins import bins_of, largest
from reports.page.plots.histogram import histogram
from reports.page.plots.scale import round_below
from reports.page.plots.trend import points_of, trend
from tests.sample_reports import april, march


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
            min(_contrast(colour, ground) for colour in (palette.ink, palette.quiet, palette.now, palette.odd)) >= 4.5
        )
        assert _contrast(palette.reference, ground) >= 3
    assert _contrast(palette.now, palette.fill) >= 3


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


def test_a_line_does_not_cross_a_gap_in_time():
    """Days a year apart are not joined, and neighbours are."""
    pairs = [[ReportSummary.of(march(1)), ReportSummary.of(other)] for other in (march(2), april(1, "day"))]
    lines = [trend(points_of(pair), "") for pair in pairs]
    assert [len(re.findall('<line[^>]*class="now thin"', drawn)) for drawn in lines] == [1, 0]


@pytest.mark.parametrize(("value", "expected"), [(0.13, 0.1), (0.2, 0.2), (0.049, 0.02), (1, 1), (0.97, 0.5)])
def test_rules_stand_at_round_shares(value, expected):
    """1, 2 and 5 times a power of ten."""
    assert round_below(value) == pytest.approx(expected)


def test_markup_escapes_what_is_not_markup():
    """Text and attribute values are escaped, markup is not escaped twice."""
    assert tag("p", "a<b", Markup("<i>c</i>"), title='"') == '<p title="&quot;">a&lt;b<i>c</i></p>'
