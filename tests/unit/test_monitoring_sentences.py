import pytest

from contracts.findings import Check, ColumnReport, Estimate, Performance, Quality, Rhythm, SegmentContrast
from monitoring.window.changes import Told, changes_of
from monitoring.window.sentences import Said, ranked, sentences_of

LEAST = 50
QUIET = Rhythm(status="ok", unusual=False)


def column(name, **fields):
    """Give a column that did not move, but for these fields."""
    quiet = {"role": "feature", "kind": "numeric", "status": "ok", "rows": 200, "drifted": False}
    return ColumnReport(name=name, **quiet | fields)


def check(name, low, reference=0.0):
    """Give a check that about so many rows break."""
    share = Estimate(value=low + 0.02, low=low, high=low + 0.04, reference=reference)
    return Check(name=name, meaning=name, status="ok", rows=200, share=share)


def quality(*checks, duplicates=0.0, rhythm=QUIET):
    """Give the quality of a window."""
    return Quality(checks=checks, duplicates=check("copies", duplicates), rhythm=rhythm)


def errors(mae, bias=0.0, known=3.0, known_bias=0.0, half=0.1):
    """Give the performance of a window."""
    return Performance(
        status="ok",
        mae=Estimate(value=mae, low=mae - half, high=mae + half, reference=known),
        bias=Estimate(value=bias, reference=known_bias),
    )


ALIKE, SOUND = errors(3.0), quality()


def told(*columns, performance=ALIKE, of=SOUND, rows=200, contrasts=()):
    """Give the sentences of a window."""
    return sentences_of(rows, LEAST, Said(columns, contrasts, performance, of))


def test_a_quiet_window_is_two_sentences():
    """Nothing is odd, so nothing is said of it."""
    assert told(column("size")) == (
        "Nothing moved against the reference.",
        "Answers are wrong by 3.0 minutes on average (about as in the reference, 3.0).",
    )


def test_what_moves_predictions_most_comes_first_and_the_rest_is_counted():
    """By the minutes that it moves them, then by its score; what did not move is left out."""
    moved = [column(f"c{place}", drifted=True, movement=float(place), psi_corrected=0.2) for place in range(5)]
    still = column("still", movement=99.0)
    assert told(still, *moved)[0] == (
        "Moved against the reference, what moves predictions most first: c4, c3, c2, c1 and 1 more."
    )
    unmoving = [column("low", psi_corrected=0.1), column("high", psi_corrected=0.9), column("none")]
    assert [each.name for each in ranked(unmoving)] == ["high", "low", "none"]


def test_a_segment_that_moved_alone_is_named_behind_the_columns():
    """Others are not."""
    vendor = SegmentContrast(
        segment_id="vendor=2",
        family="vendor",
        label="VeriFone",
        column="relative_size",
        of="size",
        rows=900,
        change=Estimate(value=0.4, low=0.3, high=0.5),
        own=0.4,
        others=0.0,
        p_value=0.001,
        moved=True,
    )
    other = vendor.model_copy(update={"segment_id": "vendor=1", "moved": False})
    assert told(column("size"), contrasts=[other, vendor])[0] == (
        "Nothing moved against the reference. Changed otherwise than that of all others: size of vendor=2."
    )


def test_where_no_column_could_be_judged_nothing_is_said_to_be_still():
    """There are other reasons for silence."""
    assert told(column("size", drifted=None))[0] == "No column could be judged for drift."


@pytest.mark.parametrize(
    ("performance", "end"),
    [
        (errors(3.25), "(about as in the reference, 3.0)."),
        (errors(4.0), "(more than in the reference, 3.0)."),
        (errors(2.0), "(less than in the reference, 3.0)."),
        (errors(6.0, bias=4.0), "(more than in the reference, 3.0) and too long by 4.0."),
        (errors(6.0, bias=-4.0), "(more than in the reference, 3.0) and too short by 4.0."),
        (errors(3.0, bias=1.5, known_bias=1.0), "(about as in the reference, 3.0)."),
        (errors(3.0, bias=-0.2, known_bias=-2.0), "(about as in the reference, 3.0)."),
        (errors(3.0, bias=0.2, known_bias=2.0), "(about as in the reference, 3.0)."),
    ],
)
def test_errors_are_told_beside_the_references_and_by_their_side(performance, end):
    """A lean counts against the reference's own; answers that lean less than those are not called long or short."""
    assert told(column("size"), performance=performance)[1].endswith(end)


def test_without_errors_it_says_why():
    """The note of the performance."""
    late = Performance(status="no_actuals", note="No actual has arrived yet.")
    assert told(column("size"), performance=late)[1] == "No actual has arrived yet."
    alone = Performance(status="ok", mae=Estimate(value=2.0))
    assert told(column("size"), performance=alone)[1] == "Answers are wrong by 2.0 minutes on average."


@pytest.mark.parametrize(
    ("fields", "text"),
    [
        ({"missing": 60, "missing_reference_share": 0.1}, "x is missing in 30%"),
        ({"unseen": 40}, "x holds 20% never seen before"),
        ({"constant": True}, "x holds one value only"),
        ({"status": "failed"}, "x has no usable value"),
    ],
)
def test_an_odd_column_is_a_sentence(fields, text):
    """By far more than the reference's share."""
    assert told(column("x", **fields))[-1] == f"Odd in the data: {text}."


@pytest.mark.parametrize(
    "fields",
    [
        {"missing": 28, "missing_reference_share": 0.1},
        {"unseen": 9},
        {"missing": 150, "role": "actual"},
        {"rows": 0, "status": "failed"},
    ],
)
def test_what_is_usual_or_late_is_not_odd(fields):
    """Actuals come later; a share that the reference has too is none to tell."""
    assert len(told(column("x", **fields))) == 2


def test_broken_rules_copies_and_an_unusual_volume_are_odd_too():
    """Surely more than the reference's share; one sentence for all of them."""
    sound = told(column("x"), of=quality(check("usual", 0.2, reference=0.16), check("rare", 0.04)))
    assert len(sound) == 2
    rhythm = Rhythm(status="ok", unusual=True)
    odd = told(column("x"), of=quality(check("no size", 0.2), duplicates=0.1, rhythm=rhythm))
    assert odd[-1] == "Odd in the data: no size in 22%, copies in 12%, the volume is unusual for these hours."


def test_too_few_rows_are_one_sentence():
    """Nothing else is worth saying."""
    assert told(column("x"), rows=3) == ("Too few predictions to judge: 3 of the 50 that are needed.",)


def before(*columns, performance=ALIKE, predictions=200):
    """Give what a report said."""
    return Told(columns, performance, predictions)


def test_nothing_of_note_is_said_to_be_so():
    """What was moved and still is, is no change; neither is what was not judged."""
    then = before(column("a", drifted=True), column("b", drifted=None), performance=errors(3.1))
    now = before(column("a", drifted=True), column("b", drifted=True), predictions=290)
    assert changes_of(now, then) == ("Nothing of note changed since the window before.",)


def test_what_moved_and_what_came_back_are_named():
    """In one sentence."""
    then = before(column("a"), column("b", drifted=True), column("c", drifted=True))
    now = before(column("a", drifted=True), column("b"), column("c"))
    assert changes_of(now, then) == ("a moved and b, c came back.",)
    assert changes_of(now, before(column("a"), column("b"))) == ("a moved.",)


def test_errors_changed_where_their_intervals_are_apart():
    """Grown or fallen; without intervals nobody can tell."""
    assert changes_of(before(performance=errors(3.5)), before()) == (
        "The mean error grew from 3.0 to 3.5 minutes, by more than chance.",
    )
    assert "fell from 3.0 to 2.5" in changes_of(before(performance=errors(2.5)), before())[0]
    unsure = Performance(status="ok", mae=Estimate(value=9.0))
    for other in (errors(3.15), unsure, Performance(status="no_actuals")):
        assert changes_of(before(performance=other), before())[0].startswith("Nothing of note")


@pytest.mark.parametrize(
    ("now", "then", "is_told"), [(300, 200, True), (299, 200, False), (100, 200, True), (0, 9, False)]
)
def test_half_as_many_more_or_a_third_fewer_are_told(now, then, is_told):
    """Of nothing there is nothing to say."""
    found = changes_of(before(predictions=now), before(predictions=then))
    assert (found == (f"Predictions went from {then} to {now}.",)) is is_told
