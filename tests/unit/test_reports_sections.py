"""What the sections of a report's page say of what a report holds."""

import re
from datetime import UTC, datetime

import pytest

from contracts.findings import Attributions, BeforeLabels, Check, Estimate, Joint, Watch
from contracts.report_list import ReportSummary
from reports.page.checks import checks_table, exceeds
from reports.page.foreseen import foreseen_figures
from reports.page.history import history
from reports.page.joint import joint_caption
from reports.page.markup import join
from reports.page.performance import performance_caption
from reports.page.report import report_page
from reports.page.segments import segments_caption
from reports.page.watching import watch_line
from tests.reading import Page
from tests.sample_findings import estimate
from tests.sample_reports import april, bare, broken, march, provisional, too_few, unlabelled, used_to

NOW = datetime(2026, 11, 24, 5, tzinfo=UTC)


def _text(markup):
    return Page(markup).text.replace("\N{NO-BREAK SPACE}", " ")


def _page(report, *earlier):
    return report_page(report, list(map(ReportSummary.of, earlier)), now=NOW)


@pytest.mark.parametrize(
    ("report", "expected"),
    [
        (
            april(),
            ("■ Worse than before", "■ Worse in 14 of 16 segments", "■ 6 of 12 columns moved", "■ An unusual number"),
        ),
        (
            march(),
            ("● As right as before", "● Worse in no segment", "● Nothing moved", "● Nothing out of the ordinary"),
        ),
        (
            broken(),
            ("As right", "no segment", "Nothing moved", "■ Vendor cannot be read, one value only in payment type"),
        ),
        (unlabelled(), ("Not judged", "Not judged", "● Nothing moved", "● Nothing out of the ordinary")),
        (too_few(), ("Not judged",) * 4),
    ],
)
def test_the_four_questions_are_answered_in_a_word(report, expected):
    """What a person who never met the project reads first."""
    answers = re.findall(r'<p class="verdict">(.*?)</p>', _page(report))
    assert len(answers) == 4
    for answer, words in zip(answers, expected, strict=True):
        assert words in _text(answer)


def test_what_a_report_does_not_hold_is_left_out_or_said():
    """A report from before segments, labels and quality were told is still drawn."""
    page = _page(bare())
    seen = _text(page)
    assert "Nothing is said by segment in this window." in seen
    assert "This report says nothing of rejections, checks and volume." in seen
    for heading in (
        "Is it fair?",
        "Weak slices",
        "All columns together",
        "Why did the error change?",
        "Since the window",
    ):
        assert heading not in seen
    assert "MAE mean absolute error" in seen
    assert page.count("<figure") > 10


def test_a_segment_of_few_rides_says_so_in_words():
    """Never a wild number: no dot, no value."""
    line = re.search(r"<summary>(?:(?!</summary>).)*Bronx.*?</summary>", _page(april()))[0]
    assert "29 labelled rides; 100 are needed." in _text(line)
    assert "<svg" not in line
    assert " min" not in _text(line)


def test_a_segment_opens_to_the_columns_that_moved_and_the_rules_that_are_broken():
    """With its own errors; of the rest there is a word."""
    manhattan = re.search(r"<details.*?</details>", _page(april()))[0]
    seen = _text(manhattan)
    assert "Manhattan" in seen
    assert "dropoff zone■ moved" in seen
    assert "payment type● steady" in seen
    assert "distance" not in seen.replace("No distance between", "")
    assert "A zone that is on no map" in seen
    assert "1 other columns have not moved" in seen


@pytest.mark.parametrize(
    ("report", "expected"),
    [
        (
            april(),
            "The model is worse in 14 of 16 segments judged, most in “over 10 miles” (distance band): MAE 10.56 min,",
        ),
        (march(), "Of 5 segments judged, the model is worse in none. 14 have too few rides to say."),
        (unlabelled(), "No segment has enough true durations to be judged."),
    ],
)
def test_the_segments_are_summed_up(report, expected):
    """How many are worse, and where most."""
    assert _text(segments_caption(report.segments)).startswith(expected)


def test_the_errors_are_said_with_what_they_are_worth():
    """How far off, which way, whether it matters, and how much the fallback would be."""
    seen = _text(performance_caption(april().performance))
    assert "That is more than chance explains, and enough to matter." in seen
    assert "They are too long by 3.59 min (bias); in the reference bias was −0.49 min." in seen
    assert "the model spares 11.0 % of it" in seen
    useless = april().performance.model_copy(update={"skill": Estimate(value=-0.2)})
    assert "the model is no better than that" in _text(performance_caption(useless))


def _window(day, mae):
    told = {"mae": mae, "mae_low": mae - 0.2, "mae_high": mae + 0.2}
    return ReportSummary.of(march(day)).model_copy(update=told)


@pytest.mark.parametrize(
    ("before", "expected"),
    [
        ([3.0, 3.2], "here it is 3.10 min, within what they were."),
        ([2.9, 3.0], "here it is 3.10 min, more than in any of them."),
        ([3.3, 3.2], "here it is 3.10 min, less than in any of them."),
        ([3.4], "the two intervals overlap."),
        ([2.6], "here it is more, beyond both intervals."),
        ([3.6], "here it is less, beyond both intervals."),
    ],
)
def test_a_window_is_placed_among_those_before_it(before, expected):
    """More than in any, less than in any, or within."""
    mae = estimate(3.1, 2.6, 0.2)
    report = march(26, performance=march().performance.model_copy(update={"mae": mae}))
    drawn = history(report, [_window(day, level) for day, level in enumerate(before, start=1)])
    assert _text(drawn).endswith(expected)


def test_one_window_is_no_history():
    """Nothing is drawn of a single dot."""
    assert history(march(), []) == ""
    assert history(unlabelled(), [ReportSummary.of(march(2))]) == ""


def test_labels_that_are_still_to_come_make_a_report_provisional():
    """It says until when; a final one says since when."""
    assert "More are to be expected until 29 Mar 2019, 20:00 EDT; these numbers may still change." in _text(
        _page(provisional())
    )
    assert "◌ provisional" in _page(provisional())
    assert "No more are to be expected since 1 May 2020, 20:00 EDT." in _text(_page(april()))


def test_labels_that_are_no_fair_sample_are_said_to_be_none():
    """By the columns in which labelled rides differ."""
    assert "Labelled rides differ from unlabelled ones in payment type: the errors above are not a fair" in _text(
        _page(april())
    )
    alike = april().performance.likeness[1:]
    same = april(performance=april().performance.model_copy(update={"likeness": alike}))
    assert "Labelled rides look like unlabelled ones" in _text(_page(same))


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        (
            {"cause": "concept", "side": "long"},
            "Rides alike are answered worse: the world is not what the model learnt.",
        ),
        ({"cause": "covariate", "side": "either"}, "Rides got harder; rides alike are answered as before."),
        ({"cause": "neither"}, "Neither part is more than chance and large enough to matter."),
    ],
)
def test_a_change_of_the_error_is_given_its_cause(told, expected):
    """In a sentence beside the parts."""
    report = april()
    before = report.before_labels.model_copy(update=told)
    assert expected in _text(join(foreseen_figures(before, report.performance)))


def test_without_labels_only_the_expectation_is_shown():
    """What was expected needs no label, the rest does."""
    expected = BeforeLabels(status="ok", estimated=estimate(2.9, 2.6))
    seen = _text(join(foreseen_figures(expected, unlabelled().performance)))
    assert "Before any true duration an MAE of 2.90 min was expected." in seen
    assert "Why did the error change?" not in seen


@pytest.mark.parametrize(
    ("watch", "expected"),
    [
        (
            april().watch,
            "■ In the order in which true durations arrive, answers are too long by more than is tolerated",
        ),
        (march().watch, "● The watch over errors as they arrive is calm; it has seen 14,208."),
        (Watch(status="too_few", note="No label."), "The watch over errors has not begun. No label."),
    ],
)
def test_the_watch_over_errors_says_how_it_stands(watch, expected):
    """Open, calm, or not begun."""
    assert _text(join(watch_line(watch))).startswith(expected)


@pytest.mark.parametrize(
    ("joint", "expected"),
    [
        (
            april().joint,
            "names the right one in 74.2 % of pairs (72.4 to 76.0 %); guessing would in half of them. So the",
        ),
        (march().joint, "much like those of the reference"),
        (Joint(status="too_few", note="99 rows; 100 are needed."), "99 rows; 100 are needed."),
    ],
)
def test_joint_drift_is_told_as_a_bet(joint, expected):
    """What an AUC means to who never met one."""
    assert expected in _text(joint_caption(joint))


def test_what_the_model_goes_by_is_told_with_its_order():
    """Beside training's; without an explained answer it says so."""
    seen = _text(_page(april()))
    assert "of the 198 that were explained. Likeness of their order to training’s: 0.991 (nDCG; 1 is the same)." in seen
    nothing = april(attributions=Attributions(status="too_few", note="3 answers; 20 are needed."))
    assert "3 answers; 20 are needed." in _text(_page(nothing))


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        (Estimate(value=0.05, low=0.04, high=0.06, reference=0.03), True),
        (Estimate(value=0.05, low=0.02, high=0.06, reference=0.03), False),
        (Estimate(value=0.05, low=0.04, high=0.06), False),
        (Estimate(value=0.05, reference=0.03), False),
        (None, False),
    ],
)
def test_more_than_before_means_the_whole_interval(told, expected):
    """A share that may be as before is not called more."""
    assert exceeds(told) is expected


@pytest.mark.parametrize(
    ("status", "expected"),
    [("too_few", "too few rows"), ("no_actuals", "needs the true durations"), ("failed", "could not be checked")],
)
def test_a_check_that_was_not_made_says_why(status, expected):
    """In place of a verdict."""
    assert _text(checks_table([Check(name="x", meaning="odd", status=status)])).endswith(expected)


def test_odd_data_are_said_where_they_are():
    """Silence, strays, constant columns, columns that could not be read."""
    seen = _text(_page(broken()))
    assert "1 hour in which rides were to be expected held none." in seen
    assert "12 rows stored since the window began have a date before the training window or in the future." in seen
    assert "■ One value only: payment type" in seen
    assert "■ None of 347 values can be used: 347 of another type." in seen
    assert "347 rides; the same hours of the 6 weeks before let expect 412 (371 to 454)." in seen


def test_a_group_that_stands_apart_is_named():
    """Where it is flagged, and by how much it differs."""
    seen = _text(_page(april()))
    assert "■ Not alike to all rides: Queens." in seen
    assert "■ 1.51 ×1.46 to 1.56 ×" in seen or "■ 1.51 ×1.45 to 1.57 ×" in seen
    assert "No group stands apart from all rides." in _text(_page(march()))


def test_a_wider_window_is_named_where_it_was_judged():
    """A window of few rides is judged with those before it."""
    assert "judged together with those before: 25 Mar 2019 – 28 Mar 2019" in _text(_page(provisional()))
    assert "judged together" not in _text(_page(march()))


def test_a_move_that_a_person_accepted_is_no_alarm():
    """It is said to be as in the window that was accepted; the others stay alarms."""
    page = _page(used_to())
    seen = _text(page)
    assert "It is as in Thu 2 Apr 2020, which a person accepted as normal (PSI 0.012)." in seen
    assert "pickup zone◫ moved, accepted" in seen
    assert "■ 3 of 10 columns moveddropoff zone, pickup borough and actualas accepted: pickup zone" in seen
    assert "dropoff zone■ moved" in seen
