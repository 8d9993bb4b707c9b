import re
from datetime import UTC, datetime, timedelta

import pytest

from contracts.findings import ColumnReport
from contracts.ride import NEW_YORK
from contracts.window import Window
from reports.page import text
from reports.page.captions import column_caption


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
        (text.count(412.3), "412"),
        (text.share(-0.00001), "0.0 %"),
        (text.points(0.0312), "+3.1 pp"),
        (text.points(0.0001), "0.0 pp"),
        (text.points(-0.02), "−2.0 pp"),
        (text.ratio(1.3142), "1.31 ×"),
        (text.probability(0.0312), "0.031"),
        (text.probability(1e-9), "<0.001"),
        (text.hours(1.37), "1.4 h"),
        (text.deviations(0.318), "0.32 SD"),
        (text.tick(0.5), "0.5"),
        (text.tick(-10.0), "−10"),
        (text.edge("1.7731"), "1.77"),
        (text.edge("−6.2"), "−6.2"),
        (text.edge("20"), "20"),
        (text.edge("many"), "many"),
        (text.bare(text.minutes(4.444)), "4.44"),
        (text.score(-0.0001), "0.000"),
        (text.score(-0.0012), "−0.001"),
        (text.quantity(2.876, "mi"), "2.88 mi"),
        (text.quantity(12_345.6, ""), "12,346"),
    ],
)
def test_numbers_and_times_read_well(seen, expected):
    """Units, signs and zones are where a person looks for them."""
    assert seen == re.sub(r"(?<=\d) (?=\D+$)", text.GAP, expected)


def test_a_moment_is_said_in_new_yorks_time():
    """With its zone."""
    assert text.moment(datetime(2019, 3, 1, 13, 30, tzinfo=UTC)) == "1 Mar 2019, 08:30 EST"


@pytest.mark.parametrize(
    ("words", "most", "expected"),
    [
        ([], 4, ""),
        (["a"], 4, "a"),
        (["a", "b", "c"], 4, "a, b and c"),
        (["a", "b", "c", "d"], 2, "a, b and 2 more"),
    ],
)
def test_many_words_are_counted_not_listed(words, most, expected):
    """The first few by name."""
    assert text.listed(words, most) == expected


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
    ("scores", "expected"),
    [
        (
            {"psi_lower": 0.11, "drifted": True, "p_value": 0.012},
            "PSI 0.140, at least 0.110 with 95\xa0% confidence is over the bound of 0.100 (adjusted p 0.012).",
        ),
        (
            {"psi_lower": 0.04, "drifted": False},
            "Not sure to have moved: PSI 0.140 is over the bound of 0.100, but no more than 0.040 of it is sure",
        ),
        (
            {"psi_lower": 0.11, "drifted": False, "p_value": 0.2},
            "Not sure to have moved: PSI 0.140 is over the bound of 0.100, but among so many columns that",
        ),
        ({"psi_corrected": 0.02, "drifted": False}, "As in the reference: PSI 0.020 is within the bound of 0.100."),
        ({"psi_lower": None, "drifted": True}, "PSI 0.140 is over the bound of 0.100."),
        (
            {"drifted": True, "movement": 1.25, "effect": -0.5},
            "By itself this moves predictions by 1.25\xa0min (their mean by −0.50\xa0min). PSI 0.140 is over",
        ),
        ({"status": "failed"}, ""),
    ],
)
def test_a_caption_says_what_the_verdict_rests_on(scores, expected):
    """What it means first, then the numbers; a large PSI that may be chance is said to be unsure."""
    known = {"status": "ok", "psi": 0.15, "psi_corrected": 0.14, "threshold": 0.1}
    column = ColumnReport(name="x", role="feature", kind="numeric", note="2 are odd.", **(known | scores))
    seen = re.sub("<[^>]+>", "", column_caption(column, []))
    assert seen.startswith(expected)
    assert seen.endswith("2 are odd.")
