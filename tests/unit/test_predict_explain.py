"""`POST /predict?explain=true`: asked for, told; chosen by its id, logged."""

from functools import partial

import pytest

import predict.app
from adapters.models import ModelStore, described
from adapters.queue import EventQueue
from contracts.background import Background
from predict.champion import Champion
from predict.parts import Parts, load
from rides.chosen import is_explained
from tests.calls import Context, call, event_named, reply
from tests.cards import card
from tests.fakes.aws import FakeObjects
from tests.onnx_graphs import linear

RIDE = {"pickup_zone": 10, "dropoff_zone": 50, "distance": 6.0}


@pytest.fixture
def explaining(api, monkeypatch):
    """Put a model of four minutes a mile in charge that knows rides of one and of three miles."""
    background = Background(columns={"distance": (1.0, 3.0)})
    bodies = {"model": linear(4.0), "background": background.model_dump_json().encode()}
    store = ModelStore(objects := FakeObjects())
    store.publish(card("v1", {name: described("v1", name, body) for name, body in bodies.items()}), bodies)
    champion = Champion(lambda: "v1", partial(load, store), lambda *_: None)
    parts = Parts(champion, EventQueue(api.outside.sqs, "https://queue", objects))
    monkeypatch.setattr(predict.app, "here", lambda: parts)
    return api


def asked(explain, body=RIDE):
    """Lay out a call with that word in its query."""
    return call("POST", "/predict", body, queryStringParameters={"explain": explain})


def test_an_answer_is_explained_when_asked_for(explaining):
    answer = explaining.ask(asked("true"))
    (event,) = explaining.outside.events
    assert answer.json["duration_minutes"] == 24.0
    assert answer.json["explanation"] == {"base_minutes": 8.0, "attributions": {"distance": 16.0}}
    assert event.explanation.model_dump() == answer.json["explanation"]


def test_each_of_many_answers_is_explained(explaining):
    told = explaining.ask(asked("true", {"rides": [RIDE, RIDE | {"distance": 1.0}]})).json["predictions"]
    assert [answer["explanation"]["attributions"]["distance"] for answer in told] == [16.0, -4.0]


@pytest.mark.parametrize("query", [None, {}, {"explain": "false"}])
def test_those_chosen_by_their_id_are_logged_and_not_told_unasked(explaining, query):
    event = call("POST", "/predict", {"rides": [RIDE] * 500}, queryStringParameters=query)
    answer = explaining.ask(event)
    events = explaining.outside.events
    explained = [event.explanation is not None for event in events]
    assert {told["explanation"] for told in answer.json["predictions"]} == {None}
    assert explained == [is_explained(event.prediction_id) for event in events]
    assert 0 < sum(explained) < 40


@pytest.mark.parametrize("word", ["", "1", "yes", "True", "null", "true,false"])
def test_another_word_is_refused_by_its_name(explaining, word):
    answer = explaining.ask(asked(word))
    (event,) = explaining.outside.events
    assert (answer.status, answer.error["code"]) == (400, "invalid_query")
    assert answer.fields == {"explain": "bool_parsing"}
    assert event.kind == "rejection"


def test_what_needs_no_explanation_does_not_look_at_the_query(explaining):
    told = explaining.ask(
        call("POST", "/actuals", {"ride_id": "r", "duration_minutes": 5}, queryStringParameters={"explain": "?"})
    )
    assert told.status == 200
    assert explaining.ask(event_named("health")).status == 200


def test_when_time_runs_out_nothing_is_explained(explaining):
    answer = reply(explaining.handler(asked("true"), Context(remaining_ms=999)))
    assert (answer.json["served_by"], answer.json["explanation"]) == ("fallback", None)
