"""What CloudWatch counts of functions, as the exporter asks for it."""

from datetime import UTC, datetime, timedelta

import boto3
import pytest
from botocore.stub import Stubber

from adapters.cloudwatch import Calls, calls, oldest_seconds
from adapters.errors import StoreUnavailable
from tests.views import watching

NOW = datetime(2026, 1, 1, 12, tzinfo=UTC)


@pytest.fixture
def cloudwatch():
    """Give a client that answers as a test says."""
    return boto3.client("cloudwatch", "us-east-1", aws_access_key_id="x", aws_secret_access_key="x")


def test_calls_are_summed_by_function(cloudwatch):
    """Minutes without a call have no value, and count as none."""
    results = [
        {"Id": "m0", "Values": [7.0, 3.0]},
        {"Id": "m1", "Values": [1.0]},
        {"Id": "m2", "Values": []},
        {"Id": "m5", "Values": [2.0]},
    ]
    with Stubber(cloudwatch) as stub:
        stub.add_response("get_metric_data", {"MetricDataResults": results})
        assert calls(cloudwatch, ["predict", "record"], NOW) == {"predict": Calls(10, 1, 0), "record": Calls(0, 0, 2)}


def test_the_minutes_that_cloudwatch_knows_are_asked_for(cloudwatch):
    """The last ones are not told yet, and would look like a pause."""
    asked = {}
    cloudwatch.meta.events.register("before-parameter-build.*.*", lambda params, **_: asked.update(params))
    with Stubber(cloudwatch) as stub:
        stub.add_response("get_metric_data", {"MetricDataResults": []})
        calls(cloudwatch, ["predict"], NOW)
    assert (asked["StartTime"], asked["EndTime"]) == (NOW - timedelta(minutes=7), NOW - timedelta(minutes=2))
    names = [query["MetricStat"]["Metric"]["MetricName"] for query in asked["MetricDataQueries"]]
    assert names == ["Invocations", "Errors", "Throttles"]


def test_the_oldest_message_is_known_where_cloudwatch_knows_it(cloudwatch):
    """The newest value; a queue without one is left out, for nothing is not no time."""
    results = [{"Id": "q0", "Values": [30.0, 90.0]}, {"Id": "q1", "Values": []}]
    with Stubber(cloudwatch) as stub:
        stub.add_response("get_metric_data", {"MetricDataResults": results})
        assert oldest_seconds(cloudwatch, {"events": "a-events", "dlq": "a-dlq"}, NOW) == {"events": 30.0}


def test_ages_are_asked_by_the_names_of_the_queues(cloudwatch):
    """As CloudWatch calls them."""
    asked = {}
    cloudwatch.meta.events.register("before-parameter-build.*.*", lambda params, **_: asked.update(params))
    with Stubber(cloudwatch) as stub:
        stub.add_response("get_metric_data", {"MetricDataResults": []})
        oldest_seconds(cloudwatch, {"events": "a-events"}, NOW)
    (query,) = asked["MetricDataQueries"]
    assert query["MetricStat"]["Metric"]["Dimensions"] == [{"Name": "QueueName", "Value": "a-events"}]


def test_an_age_is_shown_where_it_is_known():
    """And is absent, not 0, elsewhere."""
    name = "ridewatch_queue_oldest_message_age_seconds"
    watched = watching(ages={"events": 30.0})
    assert (watched.value(name, queue="events"), watched.value(name, queue="dlq")) == (30.0, None)


def test_a_refusal_is_unavailable(cloudwatch):
    """Without the permission the source is down, and says so."""
    with Stubber(cloudwatch) as stub:
        stub.add_client_error("get_metric_data", "AccessDenied")
        with pytest.raises(StoreUnavailable, match="AccessDenied"):
            calls(cloudwatch, ["predict"], NOW)


def test_they_are_shown_by_function():
    """And are absent where the exporter was told of none."""
    watched = watching(functions={"predict": Calls(10, 1, 2)})
    assert watched.value("ridewatch_function_invocations", function="predict") == 10
    assert watched.value("ridewatch_function_errors", function="predict") == 1
    assert watched.value("ridewatch_function_throttles", function="predict") == 2
    assert not {name for name in watching().names() if name.startswith("ridewatch_function_")}
