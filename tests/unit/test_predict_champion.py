import re
from datetime import timedelta

import pytest

from contracts.model import NO_MODEL
from predict.champion import REFRESH, RETRY, Champion
from tests.predicting import NOW, POINTER, Outside, at

LATER = NOW + REFRESH


@pytest.fixture
def outside():
    """Give a bucket with two versions, the first of them in charge."""
    outside = Outside()
    outside.publish("v1")
    outside.publish("v2")
    outside.parameters.write(POINTER, "v1")
    return outside


@pytest.fixture
def told():
    """Give the list of changes that the champion tells."""
    return []


@pytest.fixture
def champion(outside, told):
    """Give the champion over that bucket."""
    return Champion(lambda: outside.parameters.read(POINTER), outside.load, lambda *change: told.append(change))


def test_a_changed_pointer_is_followed_within_a_minute(champion, outside):
    """Not before it is looked at again, and surely then."""
    assert timedelta(0) < REFRESH <= timedelta(seconds=60)
    assert champion.serving(at(NOW)).version == "v1"
    outside.parameters.write(POINTER, "v2")

    assert champion.serving(at(LATER - timedelta(seconds=1))).version == "v1"
    assert champion.serving(at(LATER)).version == "v2"
    assert champion.health(at(LATER)).loaded_at == LATER


def test_a_model_is_read_once(champion, outside):
    """However many rides are answered by it, and however often the pointer is looked at."""
    for minutes in range(60):
        champion.serving(at(NOW + timedelta(minutes=minutes)))
    assert outside.objects.reads == 2


@pytest.mark.parametrize(
    ("spoil", "reason"),
    [
        (lambda o: o.parameters.write(POINTER, "v9"), r"models/v9/card\.json"),
        (lambda o: o.parameters.write(POINTER, " "), "No champion is named"),
        (lambda o: o.parameters.values.clear(), "No champion is named"),
        (lambda o: o.objects.put("models/v2/model.onnx", b"?"), "sha256"),
        (lambda o: o.objects.put("models/v2/card.json", b"{"), "no model card"),
        (lambda o: o.objects.delete("models/v2/model.onnx"), r"models/v2/model\.onnx"),
        (lambda o: setattr(o.objects, "away", True), "S3 is away"),
    ],
)
def test_the_last_good_model_keeps_serving(champion, outside, told, spoil, reason):
    """Health says why it is degraded; the change is told once, however often it is looked at."""
    champion.serving(at(NOW))
    outside.parameters.write(POINTER, "v2")
    spoil(outside)
    healths = [champion.health(at(NOW + REFRESH * times)) for times in (1, 2, 3)]

    assert {(health.status, health.model_version) for health in healths} == {("degraded", "v1")}
    assert len(told) == 2
    assert re.search(reason, healths[0].problems[0])


def test_what_is_mended_is_loaded_and_told(champion, outside, told):
    """The same version, once its artifact is what the card says."""
    champion.serving(at(NOW))
    outside.parameters.write(POINTER, "v2")
    outside.objects.put("models/v2/model.onnx", b"?")
    assert champion.health(at(LATER)).status == "degraded"
    outside.publish("v2")

    assert champion.health(at(LATER + REFRESH)).status == "ok"
    assert [problem == "" for problem, _ in told] == [True, False, True]
    assert told[-1] == ("", "v2")


def test_a_model_that_cannot_be_loaded_is_a_problem_of_the_card_and_the_graph_alike(champion, outside):
    """An artifact that is what its card says, but no model."""
    outside.publish("v2", pace="none")
    champion.serving(at(NOW))
    outside.parameters.write(POINTER, "v2")
    assert "this is no model" in champion.health(at(LATER)).problems[0]


def test_with_no_model_ever_the_fallback_answers(champion, outside):
    """Health names what is wrong; a second later it is looked at again."""
    outside.parameters.values.clear()
    assert champion.serving(at(NOW)).version == NO_MODEL
    assert champion.serving(at(NOW)).answerer.expert is None
    health = champion.health(at(NOW))
    assert (health.status, health.model_version, health.loaded_at) == ("degraded", None, None)
    assert "No champion is named" in health.problems[0]
    outside.parameters.write(POINTER, "v1")
    assert champion.serving(at(NOW + RETRY)).version == "v1"


def test_a_clock_that_was_set_back_does_not_stop_the_following(champion, outside):
    """The next look is never a lost hour away."""
    champion.serving(at(NOW + timedelta(hours=1)))
    outside.parameters.write(POINTER, "v2")
    assert champion.serving(at(NOW)).version == "v2"
