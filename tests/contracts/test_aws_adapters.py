import boto3
import pytest
from moto import mock_aws

from adapters.errors import ObjectCorrupt, ObjectMissing, ParameterMissing, SecretMissing, StoreUnavailable
from adapters.models import ModelStore, card_key, described
from adapters.objects import Objects
from adapters.parameters import Parameters
from adapters.secrets import Secrets
from tests.cards import card
from tests.fakes.aws import FakeObjects, FakeParameters


@pytest.fixture
def aws():
    """Put moto in the place of AWS."""
    with mock_aws():
        yield


@pytest.fixture(params=["fake", "moto"])
def objects(request):
    """Give an empty bucket, in memory and in moto's S3."""
    if request.param == "fake":
        return FakeObjects()
    request.getfixturevalue("aws")
    client = boto3.client("s3")
    client.create_bucket(Bucket="rides")
    return Objects(client, "rides")


@pytest.fixture(params=["fake", "moto"])
def parameters(request):
    """Give an empty store of parameters, in memory and in moto's SSM."""
    if request.param == "fake":
        return FakeParameters()
    request.getfixturevalue("aws")
    return Parameters(boto3.client("ssm"))


class TestObjects:
    """What every bucket must do."""

    def test_what_was_put_is_there(self, objects):
        """The content comes back as it was, in the latest version."""
        objects.put("a/b.json", b"old")
        objects.put("a/b.json", b"\x00new", "application/octet-stream", content_encoding="gzip")
        assert objects.get("a/b.json") == b"\x00new"

    def test_what_is_not_there_is_missing(self, objects):
        """Asking for it says so."""
        with pytest.raises(ObjectMissing, match="nothing/here"):
            objects.get("nothing/here")

    def test_keys_are_listed_by_prefix(self, objects):
        """In order, page after page, and nothing else."""
        for place in range(1100):
            objects.put(f"spill/{place:04}", b"")
        objects.put("other", b"")
        assert list(objects.list("spill/")) == [f"spill/{place:04}" for place in range(1100)]

    def test_deleting_twice_is_as_good_as_once(self, objects):
        """What is gone stays gone, without an error."""
        objects.put("a", b"")
        objects.delete("a")
        objects.delete("a")
        assert list(objects.list("")) == []


class TestParameters:
    """What every store of parameters must do."""

    def test_the_last_value_holds(self, parameters):
        """Writing replaces."""
        parameters.write("/ridewatch/champion", "v1")
        parameters.write("/ridewatch/champion", "v2")
        assert parameters.read("/ridewatch/champion") == "v2"

    def test_an_unknown_name_is_missing(self, parameters):
        """Asking for it says so, with the name."""
        with pytest.raises(ParameterMissing, match="champion"):
            parameters.read("/ridewatch/champion")


class TestModelStore:
    """What every store of models must do."""

    BODIES = {"model": b"onnx", "profile": b"{}"}  # noqa: RUF012 - never changed

    @pytest.fixture
    def store(self, objects):
        """Give a store that holds one version."""
        store = ModelStore(objects)
        store.publish(self.card(), self.BODIES)
        return store

    def card(self):
        """Give the card of that version."""
        return card("v1", {name: described("v1", name, body) for name, body in self.BODIES.items()})

    def test_a_published_version_can_be_read(self, store):
        """Card and artifacts come back as they were."""
        assert store.card("v1") == self.card()
        assert store.artifact(store.card("v1"), "model") == b"onnx"

    def test_an_unknown_version_is_missing(self, store):
        """Its card is not there."""
        with pytest.raises(ObjectMissing, match="v2"):
            store.card("v2")

    @pytest.mark.parametrize("body", [b"", b"{}", b"not json", b"\xff"])
    def test_a_card_that_is_none_is_corrupt(self, store, objects, body):
        """The error names the key."""
        objects.put(card_key("v1"), body)
        with pytest.raises(ObjectCorrupt, match=r"models/v1/card\.json"):
            store.card("v1")

    def test_another_versions_card_is_corrupt(self, store, objects):
        """A card must be of the version it is asked for."""
        objects.put(card_key("v2"), objects.get(card_key("v1")))
        with pytest.raises(ObjectCorrupt, match="card of v1"):
            store.card("v2")

    def test_a_changed_artifact_is_corrupt(self, store, objects):
        """One byte is enough."""
        objects.put("models/v1/model.onnx", b"onnX")
        with pytest.raises(ObjectCorrupt, match="sha256"):
            store.artifact(self.card(), "model")

    def test_an_artifact_that_the_card_lists_not_is_corrupt(self, store):
        """The error names it."""
        with pytest.raises(ObjectCorrupt, match="reference"):
            store.artifact(self.card(), "reference")

    def test_what_differs_from_its_card_is_not_published(self, store, objects):
        """Nothing of it is stored."""
        with pytest.raises(ObjectCorrupt):
            store.publish(self.card(), {"model": b"other"})
        assert objects.get("models/v1/model.onnx") == b"onnx"


@pytest.mark.usefixtures("aws")
def test_a_bucket_that_is_not_there_is_unavailable():
    """It is not mistaken for a missing object."""
    with pytest.raises(StoreUnavailable):
        Objects(boto3.client("s3"), "nobodys").get("key")


@pytest.mark.usefixtures("aws")
def test_a_presigned_address_names_the_object_and_expires():
    """Whoever holds it can read that object for so long."""
    address = Objects(boto3.client("s3"), "rides").presigned("reports/r1.html", 300)
    assert "rides" in address
    assert "reports/r1.html" in address
    assert "Expires" in address


@pytest.mark.usefixtures("aws")
def test_a_secrets_text_is_read():
    """By its id."""
    client = boto3.client("secretsmanager")
    client.create_secret(Name="mongodb", SecretString="mongodb://localhost")
    assert Secrets(client).read("mongodb") == "mongodb://localhost"


@pytest.mark.usefixtures("aws")
def test_a_secret_that_is_not_there_is_missing():
    """The error names the id and nothing of any content."""
    with pytest.raises(SecretMissing, match="mongodb"):
        Secrets(boto3.client("secretsmanager")).read("mongodb")
