"""Checks: the API, with curl."""

from tests.live import eventually
from tests.localstack.deploying import comes_up, trains
from tests.localstack.verdict import Checks
from tests.localstack.world import loads

CHECKS = Checks()
RIDE = '{"PULocationID": 10, "DOLocationID": 50, "trip_distance": 4}'
IMPOSSIBLE = '{"PULocationID": 999, "DOLocationID": 50, "trip_distance": 4}'


@CHECKS.add(comes_up)
def answers_nobody_without_a_key(world):
    """Without a key, and with a wrong one, /predict and /actuals say 403."""
    for route in ("/predict", "/actuals"):
        assert world.curl(route, "-d", RIDE, key=False)[0] == 403
        assert world.curl(route, "-H", "x-api-key: wrong", "-d", RIDE, key=False)[0] == 403


@CHECKS.add(trains)
def answers_a_ride(world):
    """A ride in, a prediction by the champion out."""
    eventually(lambda: world.curl("/health", key=False)[0] == 200)
    status, body = world.curl("/predict", "-d", RIDE)
    answer = loads(body)
    assert (status, answer["served_by"], answer["model_version"]) == (200, "champion", world.notes["version"])
    assert 1 < answer["duration_minutes"] < 120


@CHECKS.add(trains)
def refuses_an_impossible_ride(world):
    """A zone that does not exist is answered with 422 and the name of the field."""
    status, body = world.curl("/predict", "-d", IMPOSSIBLE)
    assert (status, loads(body)["error"]["fields"][0]["field"]) == (422, "PULocationID")


@CHECKS.add(comes_up)
def answers_a_browsers_question(world):
    """OPTIONS /predict tells a browser that it may ask, without a key."""
    status, head = world.curl("/predict", "-i", "-X", "OPTIONS", "-H", "origin: https://a.example", key=False)
    assert status in {200, 204}
    assert "access-control-allow-origin" in head.lower()
