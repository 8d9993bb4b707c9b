"""`ridewatch train`: published whole, in charge last, and told."""

import json
from types import SimpleNamespace

import boto3
import pytest
from moto import mock_aws

from adapters.errors import ParameterMissing, StoreUnavailable
from adapters.models import FILES, ModelStore
from adapters.objects import Objects
from adapters.parameters import Parameters
from rides.model import load_model
from ridewatch.training.command import train_command, versions_told
from ridewatch.training.errors import TooFewRides

SOURCE = "simulated?start=2019-01-07&days=14&rows=600"
BUCKET, CHAMPION = "ridewatch", "/ridewatch/champion"


@pytest.fixture
def stack():
    """A stack that has S3 and SSM, and nothing in them."""
    with mock_aws():
        boto3.client("s3").create_bucket(Bucket=BUCKET)
        yield SimpleNamespace(bucket=BUCKET, champion_parameter=CHAMPION, client=boto3.client)


def champion(stack):
    """The version in charge."""
    return Parameters(stack.client("ssm")).read(CHAMPION)


def test_the_new_champion_can_be_loaded_and_every_part_of_it_is_as_its_card_says(stack, capsys):
    card = train_command(stack, [SOURCE], None)
    store = ModelStore(Objects(stack.client("s3"), BUCKET))
    assert store.card(champion(stack)) == card
    bodies = {name: store.artifact(card, name) for name in FILES}
    assert load_model(bodies["model"], card)
    said = " ".join(capsys.readouterr().out.split())
    assert card.version in said
    assert "shorter than 1 minute" in said
    assert all(contender in said for contender in ("this model", "linear", "median"))


def test_a_script_reads_the_card(stack, capsys):
    card = train_command(stack, [SOURCE], SOURCE, as_json=True)
    told = json.loads(capsys.readouterr().out)
    assert (told["version"], told["judged_on"]) == (card.version, "validation")
    assert told["training"]["sources"] == [SOURCE]


def test_too_few_rides_leave_everything_as_it_was(stack):
    with pytest.raises(TooFewRides):
        train_command(stack, ["simulated?start=2019-01-07&days=1&rows=50"], None)
    with pytest.raises(ParameterMissing):
        champion(stack)


def test_what_cannot_be_stored_does_not_take_charge(stack):
    stack.bucket = "elsewhere"
    with pytest.raises(StoreUnavailable):
        train_command(stack, [SOURCE], None)
    with pytest.raises(ParameterMissing):
        champion(stack)


def test_a_new_version_is_compared_with_the_one_in_charge_on_the_same_rides(stack, capsys):
    """The first has none to be compared with; the same lesson gives the same answers, other rides give others."""
    first = train_command(stack, [SOURCE], None)
    second = train_command(stack, [SOURCE], None, seed=0)
    third = train_command(stack, ["simulated?start=2019-03-04&days=14&rows=700"], None)
    assert first.compared is None
    assert (second.compared.older.version, second.compared.mean_distance) == (first.version, 0.0)
    assert (second.compared.agreement, second.compared.older.attributions) == (
        1.0,
        second.compared.newer.attributions,
    )
    assert third.compared.older.version == second.version
    assert third.compared.mean_distance > 0
    capsys.readouterr()
    versions_told(third.compared, as_json=False)
    said = capsys.readouterr().out
    assert all(word in said for word in ("brought by distance", "MAE", third.version))


def test_a_champion_that_cannot_be_asked_is_not_compared_with(stack):
    """Training goes on: the new version may be the remedy."""
    Parameters(stack.client("ssm")).write(CHAMPION, "gone")
    assert train_command(stack, [SOURCE], None).compared is None
