"""Training: which rides, how good, the same in ONNX, the same twice."""

import gzip
import json
from datetime import datetime
from itertools import pairwise

import numpy as np
import pytest
from skl2onnx import update_registered_converter
from skl2onnx.common.shape_calculator import calculate_linear_regressor_output_shapes
from skl2onnx.operator_converters.linear_regressor import convert_sklearn_linear_regressor
from sklearn.linear_model import LinearRegression

from contracts.events import KnownRide
from contracts.ride import NEW_YORK
from monitoring.profiles.moments import mean, present
from monitoring.profiles.reference import unpacked
from rides.columns import COLUMNS, attribution_columns
from rides.features import features_of
from rides.model import load_model
from ridewatch.training.choice import choose
from ridewatch.training.columns import feature_columns
from ridewatch.training.errors import ExportDisagrees, TooFewRides
from ridewatch.training.export import onnx_of
from ridewatch.training.train import train
from tests.months import NOW, judged_on_march, month, needs_real_rides
from tests.simulated import simulated


def quick(_seed):
    """A regressor that learns in no time."""
    return LinearRegression()


@pytest.fixture(scope="module")
def trained():
    """A model of simulated rides."""
    return train(simulated(), ("simulated",), NOW)


def test_columns_of_a_table_are_the_features_that_serving_sees():
    table = choose(simulated(1000)).rides.take(slice(0, 200))
    columns = feature_columns(table)
    for row in range(len(table)):
        payload = table.ride(row)
        payload["pickup_time"] = datetime.fromisoformat(payload["pickup_time"]).replace(tzinfo=NEW_YORK)
        features = features_of(KnownRide(ride_id="r", **payload))
        assert {name: values[row] for name, values in columns.items()} == features


def test_onnx_answers_as_scikit_learn_does(trained):
    rides = choose(simulated(3000, seed=2)).rides
    columns = feature_columns(rides)
    matrix = np.column_stack([columns[name].astype(np.float32) for name in trained.card.features])
    ours = load_model(trained.artifacts["model"], trained.card).minutes(matrix)
    np.testing.assert_allclose(ours, np.maximum(trained.learnt.regressor.predict(matrix), 0), atol=1e-3)


def test_the_same_rides_give_the_same_version(trained):
    assert train(simulated(), ("simulated",), NOW).card == trained.card


def test_any_regressor_that_converts_can_take_its_place():
    other = train(simulated(), ("simulated",), NOW, factory=quick)
    assert other.card.estimator == "LinearRegression"
    assert load_model(other.artifacts["model"], other.card).minutes(np.ones((2, 5), np.float32))


def test_the_card_compares_with_the_baselines(trained):
    errors = trained.card.errors
    assert errors["model"].mae < errors["linear"].mae < errors["median"].mae
    assert errors["model"].mae < errors["fallback"].mae < errors["median"].mae
    assert trained.card.judged_on == "out-of-fold"


def test_the_reference_profile_holds_every_column_and_the_cards_errors(trained):
    reference, errors = unpacked(trained.artifacts["profile"]), trained.card.errors
    groups = ("pickup_zone", "dropoff_zone", "distance", "time")
    declared = [column.name for column in (*COLUMNS, *attribution_columns(groups))]
    assert [column.name for column in reference.spec.columns] == declared
    profile = reference.outcomes.at(np.ones_like(reference.outcomes.rows, dtype=float))
    assert present(profile.column("error")) == errors["model"].rows
    found = {name: mean(profile.column(name)) for name in ("absolute_error", "squared_error", "error", "naive_error")}
    assert found["absolute_error"] == pytest.approx(errors["model"].mae, abs=1e-5)
    assert found["squared_error"] ** 0.5 == pytest.approx(errors["model"].rmse, abs=1e-5)
    assert found["error"] == pytest.approx(errors["model"].bias, abs=1e-5)
    assert found["naive_error"] == pytest.approx(errors["fallback"].mae, abs=1e-5)


def test_sample_and_background_are_rows_of_the_reference(trained):
    sample = json.loads(gzip.decompress(trained.artifacts["reference"]))["columns"]
    background = json.loads(trained.artifacts["background"])["columns"]
    assert {len(values) for values in background.values()} == {16}
    declared = {column.name for column in COLUMNS if column.role != "delay"}
    assert set(sample) == declared | {"naive", "estimated_error", "covered", "stratum", "day"}
    gaps = [
        abs(predicted - actual - error)
        for predicted, actual, error in zip(sample["prediction"], sample["actual"], sample["error"], strict=True)
        if error is not None
    ]
    assert max(gaps) < 1e-9


class Lying(LinearRegression):
    """Answers half an hour more than what is exported of it."""

    def predict(self, X):  # noqa: N803 - scikit-learn's name
        """Give minutes."""
        return super().predict(X) + 30


def test_an_export_that_answers_otherwise_is_refused():
    matrix = np.random.default_rng(0).random((50, 5)).astype(np.float32)
    update_registered_converter(
        Lying, "Lying", calculate_linear_regressor_output_shapes, convert_sklearn_linear_regressor
    )
    with pytest.raises(ExportDisagrees, match="30 minutes apart"):
        onnx_of(Lying().fit(matrix, matrix[:, 2]), matrix)


def test_too_few_rides_are_refused():
    with pytest.raises(TooFewRides, match="too few"):
        train(simulated().take(slice(0, 100)), ("simulated",), NOW)


@needs_real_rides
def test_on_real_rides_it_is_as_good_as_promised():
    errors = judged_on_march().card.errors
    assert errors["model"].mae <= 2.95
    assert errors["linear"].mae == pytest.approx(3.81, abs=0.05)
    assert errors["median"].mae == pytest.approx(7.17, abs=0.05)


@needs_real_rides
def test_onnx_agrees_on_ten_thousand_real_rides():
    trained = judged_on_march()
    columns = feature_columns(choose(month("2019-03"), dates=False).rides)
    matrix = np.column_stack([columns[name].astype(np.float32) for name in trained.card.features])
    ours = np.array(load_model(trained.artifacts["model"], trained.card).minutes(matrix))
    assert len(ours) >= 9_900
    assert np.abs(ours - np.maximum(trained.learnt.regressor.predict(matrix), 0)).max() < 1e-3


@needs_real_rides
def test_training_ends_at_a_midnight_after_it_began():
    training = judged_on_march().card.training
    assert all(first < last for first, last in pairwise((training.start, training.end)))
    assert f"{training.end.astimezone(NEW_YORK):%Y-%m-%d %H:%M}" == "2019-03-01 00:00"
