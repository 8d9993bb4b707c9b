"""The API of a running stack, over HTTP: fuzzed from its own document, and under bodies that nobody honest sends."""

import json
import pathlib
import re
import subprocess
import sys

import pytest

from adapters.mongodb.reports import Reports
from contracts.api import ErrorAnswer
from ridewatch.sources.load import load
from tests.e2e.conftest import home, stack
from tests.live import database, taught
from tests.sample_reports import march
from tests.security.hostile import CORPUS
from tests.security.wire import send

__all__ = ["home", "stack"]

OPENAPI = pathlib.Path(__file__).parents[2] / "openapi.json"
SECONDS, EXAMPLES, LEAST_CASES = 60, 10, 100
CHECKS = (
    "not_a_server_error",
    "status_code_conformance",
    "content_type_conformance",
    "response_headers_conformance",
    "response_schema_conformance",
    "positive_data_acceptance",
    "ignored_auth",
)
"""Left out: negative_data_rejection, for of many rides each is judged by itself, in an answer of 200;
unsupported_method, for API Gateway answers 404 to a method that no route has."""
SAMPLE = CORPUS[::5]


@pytest.fixture(scope="module")
def api(stack):
    """Give a stack with a model and a report."""
    taught(stack, load("simulated?start=2019-01-01&days=59&rows=4000", seed=1))
    Reports(database(stack)).save(march())
    return stack


def fuzzed(api, folder):
    """Let schemathesis ask what the document allows and forbids; everything it draws is the same each time."""
    bounds = ("--max-time", str(SECONDS), "--max-examples", str(EXAMPLES), "--generation-deterministic", "--no-shrink")
    phases = ("--phases", "examples,coverage,fuzzing", "--continue-on-failure", "--max-redirects", "0")
    command = [pathlib.Path(sys.executable).with_name("st"), "--no-color", "run", OPENAPI, "--url", api.api_url]
    command += ["--header", f"x-api-key: {api.api_key}", "--checks", ",".join(CHECKS), *bounds, *phases]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=170, check=False)  # noqa: S603


def test_the_api_holds_to_its_document_whatever_it_is_asked(api, tmp_path):
    """No 5xx, no status and no answer that the document does not have, and what it allows is taken."""
    done = fuzzed(api, tmp_path)
    assert done.returncode == 0, done.stdout[-6_000:] + done.stderr[-2_000:]
    (cases,) = re.findall(r"(\d+) generated", done.stdout)
    assert int(cases) >= LEAST_CASES
    operations = sum(len(methods) for methods in json.loads(OPENAPI.read_text())["paths"].values())
    assert re.search(rf"Tested:\s+{operations}\b", done.stdout)


@pytest.mark.parametrize("hostile", SAMPLE, ids=[hostile.name for hostile in SAMPLE])
@pytest.mark.parametrize("path", ["/predict", "/actuals"])
def test_a_hostile_body_is_answered_as_the_handler_says(api, hostile, path):
    """Through the gateway too."""
    answer = send(api.api_url + path, "POST", hostile.body, x_api_key=api.api_key, content_type="application/json")
    assert answer.status in ({*hostile.statuses, 422} if path == "/predict" else {400, 413, 422})
    if answer.status != 200:
        ErrorAnswer.model_validate_json(answer.body)


@pytest.mark.parametrize("content_type", ["text/plain", "application/octet-stream", "multipart/form-data", "é", ""])
@pytest.mark.parametrize("encoding", ["gzip", "br", "identity, gzip", "é"])
def test_odd_types_and_encodings(api, content_type, encoding):
    """What is no JSON is refused, whatever it is called."""
    headers = {"x_api_key": api.api_key, "content_type": content_type, "content_encoding": encoding}
    assert send(f"{api.api_url}/predict", "POST", b"\x1f\x8b\x08junk", **headers).status in {400, 415}


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE", "TRACE", "PROPFIND"])
@pytest.mark.parametrize("path", ["/predict", "/actuals", "/health", "/reports"])
def test_a_method_that_no_route_has(api, method, path):
    """The gateway answers, in our shape."""
    answer = send(api.api_url + path, method, b"{}", x_api_key=api.api_key)
    assert answer.status in {403, 404, 405}
    ErrorAnswer.model_validate_json(answer.body)


@pytest.mark.parametrize(
    "path",
    [
        *("/../../etc/passwd", "/%2e%2e%2fpredict", "/..%2f..%2fsecret", "/%00", "/%ed%a0%80", "/%ff%fe", "/a/b/c"),
        *("/$where", "/%7B%22$gt%22:%22%22%7D", "//evil.example", "/a%0d%0aSet-Cookie:%20x=1", "/" + "a" * 6_000),
    ],
)
def test_a_path_below_the_reports_that_is_none(api, path):
    """404, in our shape, and no header of the caller's making."""
    answer = send(f"{api.api_url}/reports{path}", "GET", x_api_key=api.api_key)
    assert answer.status == 404
    ErrorAnswer.model_validate_json(answer.body)
    assert "set-cookie" not in answer.headers.lower()


@pytest.mark.parametrize("query", ["before=0001-01-01T00:00:00%2B14:00", "limit=0", "before=never", "limit=%00"])
def test_a_query_that_is_wrong(api, query):
    """400, and the parameter is named."""
    answer = send(f"{api.api_url}/reports?{query}", "GET", x_api_key=api.api_key, accept="application/json")
    assert answer.status == 400
    assert answer.error["code"] == "invalid_query"
