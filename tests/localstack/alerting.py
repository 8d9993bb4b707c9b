"""Checks: an alert arrives, and what is said of alerts and flagged predictions is there to be read."""

from adapters.mongodb.alerts import Alerts
from contracts.alerts import AlertList, Transition
from contracts.reviews import ReviewList
from tests.live import database, eventually, listening
from tests.localstack.deploying import comes_up
from tests.localstack.verdict import Checks
from tests.localstack.world import loads

CHECKS = Checks()


@CHECKS.add(comes_up)
def brings_an_alert_to_a_queue(world):
    """The daily run's test alert arrives in SNS, through a subscription of SQS, uncalled and marked."""
    alerts = database(world.stack)["alerts"]
    eventually(lambda: not alerts.count_documents({"rule": "test", "arrived_at": None}), 150)
    with listening(world.client, world.output("AlertsTopicArn"), f"{world.name}-inbox") as arrived:
        alerts.delete_many({"rule": "test"})  # a run before may have sent today's, which by now is back
        (message,) = eventually(arrived, 150)
    transition = Transition.model_validate_json(message["Message"])
    assert (transition.action, transition.test, transition.alert.rule) == ("tested", True, "test")
    assert message["MessageAttributes"]["test"]["Value"] == "true"


@CHECKS.add(brings_an_alert_to_a_queue)
def knows_that_it_came_back(world):
    """The topic brings the test alert back to the function that sent it, and the collection says when."""
    last = eventually(lambda: arrived_of(world), 90)
    assert last.sent_at <= last.arrived_at


def arrived_of(world):
    """Give the last test alert once it is back."""
    last = Alerts(database(world.stack)).last_test()
    return last if last and last.sent_at and last.arrived_at else None


@CHECKS.add(knows_that_it_came_back)
def answers_alerts_and_reviews(world):
    """GET /reports/alerts and /reports/review say what is there to whoever has the key, and 401 to others."""
    accept = ("-H", "accept: application/json")
    for path, contract in (("/reports/alerts", AlertList), ("/reports/review", ReviewList)):
        status, body = world.curl(path, *accept)
        assert status == 200
        contract.model_validate_json(body)
        assert world.curl(path, *accept, key=False)[0] == 401
    assert AlertList.model_validate_json(world.curl("/reports/alerts", *accept)[1]).last_test.arrived_at


@CHECKS.add(knows_that_it_came_back)
def tells_alerts_on_the_command_line(world):
    """`ridewatch alerts --json` says the same, and a silence stands in it until it is taken back."""
    said = world.ridewatch("silence", "errors_grew", "--until", "2100-01-01", "--why", "a check")
    (silence,) = loads(world.ridewatch("alerts", "--json"))["silences"]
    assert silence["silence_id"] in said
    world.ridewatch("silence", "--undo", silence["silence_id"])
    assert loads(world.ridewatch("alerts", "--json"))["silences"] == []
