import boto3
import pytest
from moto import mock_aws

from adapters.depths import QueueDepth, model_versions, queue_depth, spill
from adapters.errors import StoreUnavailable

BUCKET = "numbers"


@pytest.fixture(autouse=True)
def _aws():
    with mock_aws():
        yield


@pytest.fixture
def s3():
    """Make a bucket."""
    client = boto3.client("s3")
    client.create_bucket(Bucket=BUCKET)
    return client


def test_a_queue_tells_what_waits_is_worked_on_and_delayed():
    """The three numbers that SQS estimates."""
    sqs = boto3.client("sqs")
    url = sqs.create_queue(QueueName="events")["QueueUrl"]
    for delay in (0, 0, 0, 60):
        sqs.send_message(QueueUrl=url, MessageBody="x", DelaySeconds=delay)
    sqs.receive_message(QueueUrl=url)
    assert queue_depth(sqs, url) == QueueDepth(visible=2, in_flight=1, delayed=1)


def test_a_queue_that_is_not_there_is_unavailable():
    """What SQS refuses is our error."""
    with pytest.raises(StoreUnavailable):
        queue_depth(boto3.client("sqs"), "https://sqs.us-east-1.amazonaws.com/1/none")


def test_the_spill_is_counted_and_dated(s3):
    """Objects beside it do not count."""
    for key in ("spill/2026-01-01/a.json", "spill/2026-01-02/b.json", "models/v1/card.json"):
        s3.put_object(Bucket=BUCKET, Key=key, Body=b"{}")
    found = spill(s3, BUCKET)
    assert found.objects == 2
    assert found.oldest == s3.head_object(Bucket=BUCKET, Key="spill/2026-01-01/a.json")["LastModified"]


def test_an_empty_spill_has_no_age(s3):
    """Nothing waits since never."""
    assert spill(s3, BUCKET) == (0, None)


def test_counting_the_spill_stops_at_a_bound(s3, monkeypatch):
    """A depth beyond the bound is an alarm, not a number."""
    monkeypatch.setattr("adapters.depths.MAX_SPILL_PAGES", 0)
    s3.put_object(Bucket=BUCKET, Key="spill/2026-01-01/a.json", Body=b"{}")
    assert spill(s3, BUCKET).objects == 0


def test_model_versions_are_the_folders_of_models(s3):
    """One version, however many objects it has."""
    for key in ("models/v1/card.json", "models/v1/model.onnx", "models/v2/card.json", "reports/r/1.json"):
        s3.put_object(Bucket=BUCKET, Key=key, Body=b"{}")
    assert model_versions(s3, BUCKET) == {"v1", "v2"}


def test_a_bucket_that_is_not_there_is_unavailable():
    """What S3 refuses is our error."""
    client = boto3.client("s3")
    for read in (spill, model_versions):
        with pytest.raises(StoreUnavailable):
            read(client, "nowhere")
