"""Whatever is sent, the caller reads a clear error in our shape, nothing breaks, and no log holds what was sent."""

import base64
import json

import pytest
from pydantic import TypeAdapter

from contracts.api import ActualAnswer, ActualsAnswer, ErrorAnswer, PredictManyAnswer, RideAnswer
from tests.calls import call
from tests.security.hostile import CORPUS, MARK, SENT
from tests.unit.conftest import api

__all__ = ["api"]

ANSWER = TypeAdapter(RideAnswer | PredictManyAnswer | ActualAnswer | ActualsAnswer)
NAMES = [hostile.name for hostile in CORPUS]


def as_gateway_sends(path, body):
    """Lay out a body as API Gateway does: as text where it is UTF-8, else with letters in place of what is not."""
    return call("POST", path, body.decode(errors="replace"))


def as_binary(path, body):
    """Lay out a body as API Gateway does for a binary media type."""
    return call("POST", path, base64.b64encode(body).decode(), isBase64Encoded=True)


def check(answer, statuses):
    """See that an answer is one of ours."""
    assert answer.status in statuses
    if answer.status == 200:
        ANSWER.validate_json(answer.text)
    else:
        error = ErrorAnswer.model_validate_json(answer.text).error
        assert error.message.endswith(".")


@pytest.mark.parametrize("hostile", CORPUS, ids=NAMES)
def test_a_hostile_ride_has_its_answer(api, hostile):
    """The status that fits, in our shape; base64 or not."""
    check(api.ask(as_binary("/predict", hostile.body)), hostile.statuses)
    check(api.ask(as_gateway_sends("/predict", hostile.body)), {*hostile.statuses, 422})


@pytest.mark.parametrize("hostile", CORPUS, ids=NAMES)
def test_a_hostile_actual_is_refused(api, hostile):
    """No ride is an actual."""
    check(api.ask(as_binary("/actuals", hostile.body)), {400, 413, 422})


@pytest.mark.parametrize("hostile", CORPUS, ids=NAMES)
def test_what_was_sent_is_in_no_log_and_in_no_rejection(api, hostile):
    """An invalid value is never written down: a field's name and the reason are."""
    api.ask(as_binary("/predict", hostile.body))
    logged = json.dumps(api.log())
    rejected = [event.model_dump_json() for event in api.outside.events if event.kind == "rejection"]
    assert MARK not in logged + "".join(rejected)


@pytest.mark.parametrize("text", ["%%%", "=", "AAAA=AAA", "\ud800", "A" * 7_000_001])
def test_base64_that_is_none_is_refused(api, text):
    """Whoever says base64 and sends other things."""
    check(api.ask(call("POST", "/predict", text, isBase64Encoded=True)), {400, 413})


@pytest.mark.parametrize(
    "headers",
    [
        {"Content-Type": "text/html"},
        {"Content-Type": "application/json; charset=utf-16"},
        {"Content-Encoding": "gzip"},
        {"Origin": "null"},
        {"Origin": "\r\nSet-Cookie: a=b"},
        {"x-api-key": MARK},
        {"Authorization": f"Bearer {MARK}"},
        {"Cookie": MARK * 1000},
        {},
    ],
)
def test_headers_change_nothing_and_stay_out_of_the_log(api, headers):
    """The body is JSON or it is not; what a header holds is nobody's to read."""
    event = call("POST", "/predict", json.dumps({"pickup_zone": 10, "dropoff_zone": 50, "distance": 4}))
    many = {name: [value] for name, value in headers.items()}
    check(api.ask(event | {"headers": headers, "multiValueHeaders": many}), {200})
    assert MARK not in json.dumps(api.log())


@pytest.mark.parametrize("method", ["GET", "PUT", "PATCH", "DELETE", "HEAD", "TRACE", "CONNECT", "MARK", ""])
def test_other_methods_are_named_the_right_one(api, method):
    """405 and Allow."""
    answer = api.ask(call(method, "/predict", SENT.decode()))
    check(answer, {405})
    assert answer.headers["Allow"] == ["POST, OPTIONS"]


@pytest.mark.parametrize(
    "path", ["/", "//", "/predict/../health/x", "/%2e%2e", "/predict\0", "/é", "/predict?x", "/" * 5000]
)
def test_other_paths_are_not_there(api, path):
    """404, in our shape."""
    check(api.ask(call("POST", path, SENT.decode())), {404})
