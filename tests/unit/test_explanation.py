"""Explanations are exact Shapley values, and add up to the answer."""

import base64
import json
import pathlib
from itertools import permutations

import numpy as np
import pytest
from pydantic import ValidationError

from contracts.background import Background
from contracts.base import new_id
from rides import explanation
from rides.answerer import answerer_of
from rides.answering import answer_rides
from rides.chosen import EXPLAINED_SHARE, is_explained
from rides.explanation import load_explainer
from rides.model import ModelUnusable, load_model
from ridewatch.training.lesson import lesson_of
from ridewatch.training.train import train
from tests.cards import card
from tests.guards import STATISTICS
from tests.known import known, ride
from tests.months import NOW
from tests.onnx_graphs import linear
from tests.simulated import simulated

GOLDEN = pathlib.Path(__file__).parent / "golden" / "shapley.json"
GROUPS = {"pickup_zone": [0], "dropoff_zone": [1], "distance": [2], "time": [3, 4]}


@pytest.fixture(scope="module")
def trained():
    """A model of simulated rides."""
    return train(simulated(), ("simulated",), NOW)


@pytest.fixture(scope="module")
def model(trained):
    """The model, as it is served."""
    return load_model(trained.artifacts["model"], trained.card)


@pytest.fixture(scope="module")
def background(trained):
    """The rides that are compared with."""
    return Background.model_validate_json(trained.artifacts["background"])


@pytest.fixture(scope="module")
def rides():
    """Twenty rides that the model did not learn from."""
    return lesson_of(simulated(3000, seed=9)).matrix[::150]


@pytest.fixture(scope="module")
def explanations(trained, model, background, rides):
    """What is said of them."""
    return load_explainer(model, trained.card, background).explain(rides, model.minutes(rides))


def by_permutations(model, background, row):
    """Let the groups come in every order, one ride of the background after another, and see what each changes."""
    brought = dict.fromkeys(GROUPS, 0.0)
    orders = list(permutations(GROUPS))
    for order in orders:
        mixed = background.copy()
        before = np.mean(model.minutes(mixed))
        for group in order:
            mixed[:, GROUPS[group]] = row[GROUPS[group]]
            after = np.mean(model.minutes(mixed))
            brought[group] += (after - before) / len(orders)
            before = after
    return brought


def test_they_are_what_each_group_changes_on_average_over_all_orders(explanations, model, background, rides):
    others = model.matrix(list(background.rows()))
    for each, row in zip(explanations, rides, strict=True):
        assert each.attributions == pytest.approx(by_permutations(model, others, row), abs=1e-4)


def test_they_are_those_of_the_shap_package(monkeypatch):
    """Its exact explainer's (tools/shapley_oracle.py), hour and weekday as one; ours before they are rounded."""
    monkeypatch.setattr(explanation, "DECIMALS", 12)
    golden = json.loads(GOLDEN.read_text())
    of_golden = card("v1", {}).model_copy(update={"features": tuple(golden["features"])})
    model = load_model(base64.b64decode(golden["onnx"]), of_golden)
    columns = dict(zip(golden["features"], zip(*golden["background"], strict=True), strict=True))
    rides = np.array(golden["rides"], dtype=np.float32)
    found = load_explainer(model, of_golden, Background(columns=columns)).explain(rides, model.minutes(rides))
    ours = [[each.attributions[group] for group in GROUPS] for each in found]
    np.testing.assert_allclose(ours, golden["attributions"], rtol=0, atol=1e-6)
    np.testing.assert_allclose([each.base_minutes for each in found], golden["base_minutes"], rtol=0, atol=1e-6)


def test_base_and_attributions_add_up_to_the_answer(explanations, model, rides):
    for each, minutes in zip(explanations, model.minutes(rides), strict=True):
        total = each.base_minutes + sum(each.attributions.values())
        assert total == pytest.approx(minutes, abs=1e-4)


def test_the_base_is_the_mean_answer_to_the_background(explanations, model, background):
    mean = np.mean(model.minutes(model.matrix(list(background.rows()))))
    assert [each.base_minutes for each in explanations] == pytest.approx([mean] * len(explanations))


@pytest.mark.parametrize(
    ("features", "weights", "attributions"),
    [
        (("distance",), (4.0,), {"distance": 4.0 * (17.5 - 6.0)}),
        (("distance", "hour", "weekday"), (4.0, 1.0, 1.0), {"distance": 4.0 * (17.5 - 6.0), "time": 17.0 + 1.0}),
    ],
)
def test_of_a_sum_each_part_is_its_own(features, weights, attributions):
    """Whatever features a card lists; hour and weekday go together."""
    of_sum = card("v1", {}).model_copy(update={"features": features})
    model = load_model(linear(*weights), of_sum)
    known_rides = Background(columns={"distance": (2.0, 10.0), "hour": (6, 6), "weekday": (1, 3)})
    row = model.matrix([{"distance": 17.5, "hour": 23, "weekday": 3}])
    (found,) = load_explainer(model, of_sum, known_rides).explain(row, model.minutes(row))
    assert found.attributions == pytest.approx(attributions, abs=1e-5)


def test_a_background_of_other_features_is_unusable():
    with pytest.raises(ModelUnusable, match="background of v1"):
        load_explainer(load_model(linear(4.0), card("v1", {})), card("v1", {}), Background(columns={"hour": (1,)}))


@pytest.mark.parametrize("columns", [{}, {"hour": ()}, {"hour": (1,), "weekday": (1, 2)}])
def test_a_background_has_rows(columns):
    with pytest.raises(ValidationError, match="not equally long, or empty"):
        Background(columns=columns)


def test_one_prediction_in_fifty_is_chosen_by_its_id():
    ids = [new_id() for _ in range(20_000)]
    chosen = [name for name in ids if is_explained(name)]
    assert len(chosen) / len(ids) == pytest.approx(EXPLAINED_SHARE, abs=0.005)
    assert chosen == [name for name in ids if is_explained(name)]


def test_only_what_shall_be_is_explained_and_each_by_itself(trained):
    table = simulated(40, seed=4)
    answerer = answerer_of(trained.card, trained.artifacts)
    all_of_them = answer_rides(known(table), answerer, [True] * len(table))
    some = answer_rides(known(table), answerer, [place % 3 == 0 for place in range(len(table))])
    assert [answer.explanation is not None for answer in some] == [place % 3 == 0 for place in range(len(table))]
    assert [answer.explanation for answer in some[::3]] == [answer.explanation for answer in all_of_them[::3]]


def test_an_answer_of_the_fallback_is_not_the_models_to_explain():
    bodies = {
        "model": linear(4.0),
        "guard": STATISTICS.model_dump_json().encode(),
        "background": Background(columns={"distance": (1.0, 2.0)}).model_dump_json().encode(),
    }
    told, left = answer_rides([ride(), ride(distance=200.0)], answerer_of(card("v1", {}), bodies), [True, True])
    assert told.explanation.attributions == {"distance": pytest.approx(64.0)}
    assert (left.served_by, left.explanation) == ("fallback", None)
