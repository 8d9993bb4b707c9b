import json
import pathlib
import re

import pytest
from jsonschema import Draft202012Validator
from openapi_spec_validator import validate

from ridewatch.openapi.document import as_text, document
from tests.calls import call, event_named

ROOT = pathlib.Path(__file__).parents[2]
ASKED = ["predict", "predict_many", "actuals", "health"]


def schema(*path):
    """Give the JSON schema at a place of the document, with all that it may refer to."""
    whole = document()
    found = whole["paths"]
    for step in path:
        found = found[step]
    return Draft202012Validator({"components": whole["components"], **found["content"]["application/json"]["schema"]})


def test_the_committed_document_is_current():
    """`python -m ridewatch.openapi > openapi.json` would change nothing."""
    assert (ROOT / "openapi.json").read_text() == as_text()


def test_the_document_is_valid():
    """By the OpenAPI specification."""
    validate(document())


def test_the_document_holds_the_templates_routes():
    """Whatever API Gateway sends to a function is described, and nothing else; below `/reports/` all is one route."""
    text = (ROOT / "template.yaml").read_text()
    routed = set(re.findall(r'Method: (get|post), Path: "?(/[\w/.]+)(?:{proxy\+}")?', text))
    told = {(method, _routed(path)) for path, methods in document()["paths"].items() for method in methods}
    assert told == routed
    assert len(routed) == 6


def _routed(path):
    """Give the route of API Gateway that a path falls under."""
    return "/reports/" if path.startswith("/reports/") else path


@pytest.mark.parametrize("name", ASKED)
def test_what_the_api_answers_is_what_the_document_says(api, name):
    """The answer to each sample call fits the schema of its path."""
    event = event_named(name)
    answer = api.ask(event)
    schema(event["path"], event["httpMethod"].lower(), "responses", str(answer.status)).validate(answer.json)


@pytest.mark.parametrize(
    ("path", "body", "status"),
    [
        ("/predict", "{", 400),
        ("/predict", " " * 300_000, 413),
        ("/predict", {"distance": 1}, 422),
        ("/predict", {"rides": []}, 422),
        ("/actuals", "NaN", 400),
        ("/actuals", {"ride_id": "r"}, 422),
    ],
)
def test_errors_are_what_the_document_says(api, path, body, status):
    """Of every kind that the function answers."""
    answer = api.ask(call("POST", path, body))
    assert answer.status == status
    schema(path, "post", "responses", str(status)).validate(answer.json)


@pytest.mark.parametrize(
    ("body", "fits"),
    [
        ({"PULocationID": 10, "DOLocationID": 50, "trip_distance": 40}, True),
        ({"pickup_zone": 10, "dropoff_zone": 50, "distance": 0, "passengers": None}, True),
        ({"rides": [{"pickup_zone": 10, "dropoff_zone": 50, "distance": 0}]}, True),
        ({"pickup_zone": 266, "dropoff_zone": 50, "distance": 0}, False),
        ({"pickup_zone": 1, "dropoff_zone": 50, "distance": "4"}, False),
        ({"pickup_zone": 1, "dropoff_zone": 50, "distance": 4, "tip": 1}, False),
        ({"rides": []}, False),
    ],
)
def test_what_fits_the_document_is_answered_and_what_does_not_is_refused(api, body, fits):
    """The schema and the function judge alike."""
    assert schema("/predict", "post", "requestBody").is_valid(json.loads(json.dumps(body))) is fits
    assert (api.ask(call("POST", "/predict", body)).status == 200) is fits


@pytest.mark.parametrize(
    ("told", "fits"),
    [
        ({"duration_minutes": 5}, True),
        ({"duration_minutes": 5, "dropoff_datetime": None}, True),
        ({"dropoff_datetime": "2019-03-01T08:40:00Z"}, True),
        ({}, False),
        ({"duration_minutes": None, "dropoff_datetime": None}, False),
        ({"duration_minutes": 5, "dropoff_datetime": "2019-03-01T08:40:00Z"}, False),
        ({"dropoff_datetime": "1906-03-01T08:40:00Z"}, False),
    ],
)
def test_an_actual_that_fits_the_document_is_taken_and_what_does_not_is_refused(api, told, fits):
    """One duration, of this age."""
    body = {"ride_id": "r"} | told
    assert schema("/actuals", "post", "requestBody").is_valid(body) is fits
    assert (api.ask(call("POST", "/actuals", body)).status == 200) is fits
