"""The API of `sam local start-api`, asked with curl. It does not ask for a key: that is API Gateway's work."""

import json
import subprocess
from dataclasses import dataclass
from typing import Any

from tests.lab.checks import Checks, until
from tests.lab.invocations import DAY
from tests.lab.local_world import API_KEY, CHAMPION

RIDE = {"PULocationID": 10, "DOLocationID": 50, "trip_distance": 40, "pickup_time": "2019-03-01T08:30:00"}


@dataclass(frozen=True)
class Answer:
    """What curl was answered."""

    status: int
    headers: str
    body: str

    @property
    def data(self) -> Any:
        """The body, from JSON."""
        return json.loads(self.body)


def curl(url: str, *options: str) -> Answer:
    """Ask; raises OSError when nobody answers."""
    command = ["curl", "--silent", "--show-error", "--include", "--max-time", "60", *options, url]
    done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603
    if done.returncode:
        raise OSError(done.stderr.strip())
    head, _, body = done.stdout.replace("\r\n", "\n").partition("\n\n")
    return Answer(int(head.split()[1]), head.lower(), body)


def check_api(checks: Checks, url: str) -> None:
    """Ask every route."""
    with checks.step("curl GET /health: the champion is in charge"):
        until(lambda: CHAMPION in curl(f"{url}/health").body, "the model is loaded", 60)
    with checks.step("curl POST /predict: a ride is answered (without a key: sam local asks for none)"):
        answer = curl(f"{url}/predict", "--json", json.dumps(RIDE))
        assert answer.status == 200, answer
        assert answer.data["served_by"] == "champion"
    with checks.step("curl POST /predict: what is no ride is refused in our words"):
        answer = curl(f"{url}/predict", "--json", '{"PULocationID": 10')
        assert answer.status == 400, answer
        assert answer.data["error"]["code"]
    with checks.step("curl POST /actuals: a duration is taken"):
        answer = curl(f"{url}/actuals", "--json", '{"ride_id": "ride-1", "duration_minutes": 41}')
        assert answer.status in {200, 202}, answer
    with checks.step("curl -X OPTIONS /predict: a browser is told that it may ask"):
        answer = curl(f"{url}/predict", "--request", "OPTIONS", "--header", "Origin: https://x.example")
        assert "access-control-allow-origin" in answer.headers, answer
    with checks.step("curl GET /reports: 401 without the key, the page with it"):
        _check_reports(url)


def _check_reports(url: str) -> None:
    key = ("--header", f"x-api-key: {API_KEY}")
    assert curl(f"{url}/reports").status == 401
    assert DAY in curl(f"{url}/reports", *key).body
    answer = curl(f"{url}/reports/{DAY}", *key, "--header", "accept: application/json")
    assert (answer.status, answer.data["report_id"]) == (200, DAY), answer
