"""What every store of alerts, silences and acceptances must do, and the channels that carry alerts."""

import json
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import boto3
import pytest
from moto import mock_aws

from adapters.alert_topic import AlertTopic
from adapters.errors import ChannelUnavailable
from adapters.event_bus import EventBus
from contracts.alerts import Acceptance, Delivery, Silence, Transition
from monitoring.alerts.finding import evaluate
from monitoring.alerts.transitions import daily_test, ended, transitions
from rides.alert_rules import RULES, TEST
from tests.alarming import NOW, told, window, wrong

LATER = NOW + timedelta(minutes=20)
BAD = 4.8


def opened(version="v1", days=2, there=(), now=NOW):
    """Give what changes by some bad days."""
    rules = [rule for rule in RULES if rule.name == "errors_grew"]
    reports = [wrong(place, BAD, version=version) for place in range(days)]
    (transition,) = transitions(there, evaluate(rules, reports), (), now)
    return transition


def both_ways(transition):
    """Give a delivery for each channel."""
    name = transition.transition_id
    return [Delivery(delivery_id=f"{name}-{way}", channel=way, transition=transition) for way in ("topic", "bus")]


def change(stores, transition):
    """Make a transition that is sent both ways."""
    return stores.alerts.change(transition, both_ways(transition))


class TestAlerts:
    """What every store of alerts must do."""

    def test_what_opens_is_open(self, stores):
        """As it was said."""
        transition = opened()
        assert change(stores, transition) is True
        assert stores.alerts.open() == [transition.alert]

    def test_pages_come_before_tickets(self, stores):
        """Then the latest first."""
        tickets = [opened(version, now=NOW + timedelta(days=day)) for day, version in ((1, "v1"), (2, "v2"))]
        page = opened("v3").alert.model_copy(update={"severity": "page"})
        for transition in (*tickets, opened("v3").model_copy(update={"alert": page})):
            change(stores, transition)
        assert [alert.model_version for alert in stores.alerts.open()] == ["v3", "v2", "v1"]

    def test_the_same_is_news_once(self, stores):
        """A report run twice, two runs at once, a run after the alert is over."""
        first = opened()
        with ThreadPoolExecutor(4) as pool:
            news = list(pool.map(lambda _: change(stores, first), range(8)))
        assert sorted(news) == [False] * 7 + [True]
        over = ended(first.alert, "clear", LATER)
        assert [change(stores, over), change(stores, over), change(stores, first)] == [True, False, False]
        assert stores.alerts.open() == []

    def test_a_later_window_goes_on_and_an_earlier_one_does_not(self, stores):
        """Whoever is slower says nothing new."""
        first = opened()
        second, third = (opened(days=days, there=[first.alert]) for days in (3, 4))
        assert [change(stores, each) for each in (first, third, second, third)] == [True, True, False, False]
        (alert,) = stores.alerts.open()
        assert (alert.alert_id, alert.evidence.window) == (first.alert.alert_id, window(3))

    def test_what_is_over_is_listed_the_latest_first(self, stores):
        """Bounded, from a moment on back, without tests."""
        alerts = [opened(version, now=NOW + timedelta(days=day)) for day, version in enumerate(("v1", "v2", "v3"))]
        for transition in alerts:
            change(stores, transition)
            change(stores, ended(transition.alert, "clear", LATER))
        change(stores, daily_test(TEST, "2026-01-01", NOW))
        far = NOW + timedelta(days=9)
        assert [alert.model_version for alert in stores.alerts.resolved(2, far)] == ["v3", "v2"]
        assert [alert.model_version for alert in stores.alerts.resolved(5, NOW + timedelta(days=1))] == ["v1"]

    def test_the_last_test_is_known(self, stores):
        """And whether it came back, once."""
        assert stores.alerts.last_test() is None
        for day in (1, 2):
            test = daily_test(TEST, f"2026-01-0{day}", NOW + timedelta(days=day))
            assert change(stores, test) is True
        assert stores.alerts.arrived(test.alert.alert_id, LATER) is True
        assert stores.alerts.arrived(test.alert.alert_id, LATER + timedelta(minutes=1)) is False
        assert stores.alerts.arrived("nobodys", LATER) is False
        found = stores.alerts.last_test()
        assert (found.alert_id, found.arrived_at) == (test.alert.alert_id, LATER)


class TestDeliveries:
    """What every store must do of what is to be sent."""

    def test_each_is_claimed_by_one(self, stores):
        """Two runs at once send nothing twice."""
        for version in ("v1", "v2", "v3"):
            change(stores, opened(version))
        with ThreadPoolExecutor(3) as pool:
            claimed = list(pool.map(lambda _: list(stores.alerts.claim(NOW, LATER)), range(3)))
        found = [delivery.delivery_id for some in claimed for deliveries in some for delivery in deliveries]
        assert len(found) == len(set(found)) == 6

    def test_what_was_claimed_and_not_sent_is_free_again_in_time(self, stores):
        """A crash forgets nothing."""
        change(stores, opened())
        (first,) = stores.alerts.claim(NOW, LATER)
        assert list(stores.alerts.claim(LATER - timedelta(seconds=1), LATER)) == []
        assert list(stores.alerts.claim(LATER, LATER)) == [first]

    def test_what_is_given_back_is_free_at_once(self, stores):
        """A channel that refused is asked again by the next run."""
        change(stores, opened())
        (deliveries,) = stores.alerts.claim(NOW, LATER)
        stores.alerts.release(deliveries[0].transition.alert.alert_id)
        assert list(stores.alerts.claim(NOW, LATER)) == [deliveries]

    def test_what_was_sent_is_not_sent_again(self, stores):
        """One way may be done and the other not."""
        transition = opened()
        change(stores, transition)
        (deliveries,) = stores.alerts.claim(NOW, LATER)
        assert deliveries == both_ways(transition)
        stores.alerts.sent(deliveries[0], LATER)
        assert list(stores.alerts.claim(LATER, LATER)) == [deliveries[1:]]
        stores.alerts.sent(deliveries[1], LATER)
        assert list(stores.alerts.claim(LATER, LATER)) == []
        assert stores.alerts.open()[0].sent_at == LATER

    def test_they_come_in_the_order_in_which_they_happened(self, stores):
        """It opens before it is over."""
        first = opened()
        change(stores, first)
        change(stores, ended(first.alert, "clear", LATER))
        (deliveries,) = stores.alerts.claim(NOW, LATER)
        actions = [delivery.transition.action for delivery in deliveries]
        assert actions == ["opened", "opened", "resolved", "resolved"]

    def test_a_change_keeps_when_it_was_sent(self, stores):
        """And a test alert's coming back."""
        first = opened()
        change(stores, first)
        (deliveries,) = stores.alerts.claim(NOW, LATER)
        stores.alerts.sent(deliveries[0], LATER)
        change(stores, opened(days=3, there=[first.alert]))
        assert stores.alerts.open()[0].sent_at == LATER


def silence(name, until, **changes):
    """Give a silence of errors."""
    fields = {"silence_id": name, "rule": "errors_grew", "until": until, "why": "a parade", "who": "ada", "at": NOW}
    return Silence(**fields | changes)


class TestSilences:
    """What every store of silences must do."""

    def test_those_that_hold_are_listed(self, stores):
        """Until they end; what ends first is first."""
        late, soon = silence("s1", LATER), silence("s2", NOW + timedelta(minutes=1), subject="distance")
        for each in (late, soon):
            stores.silences.add(each)
        assert stores.silences.holding(NOW) == [soon, late]
        assert stores.silences.holding(soon.until) == [late]

    def test_one_can_be_ended(self, stores):
        """Once, and if there is one."""
        stores.silences.add(silence("s1", LATER))
        assert [stores.silences.end(name, NOW) for name in ("s1", "s1", "s9")] == [True, False, False]
        assert stores.silences.holding(NOW) == []


def acceptance(name, **changes):
    """Give an acceptance of a day."""
    fields = {"acceptance_id": name, "report_id": "r", "model_version": "v1", "window": window(0), "at": NOW}
    return Acceptance(**fields | {"why": "a new airport", "who": "ada"} | changes)


class TestAcceptances:
    """What every store of acceptances must do."""

    def test_those_of_a_model_are_listed(self, stores):
        """The latest first."""
        for name, minutes, version in (("a1", 0, "v1"), ("a2", 1, "v1"), ("a3", 2, "v2")):
            stores.acceptances.add(acceptance(name, at=NOW + timedelta(minutes=minutes), model_version=version))
        assert [each.acceptance_id for each in stores.acceptances.holding("v1")] == ["a2", "a1"]
        assert [each.acceptance_id for each in stores.acceptances.holding()] == ["a3", "a2", "a1"]

    def test_one_can_be_taken_back(self, stores):
        """Once; who did and when is kept."""
        stores.acceptances.add(acceptance("a1", column="distance"))
        assert [stores.acceptances.undo(name, "eve", LATER) for name in ("a1", "a1", "a9")] == [True, False, False]
        assert stores.acceptances.holding("v1") == []
        (document,) = stores.documents("acceptances").values()
        assert (document["who"], document["undone_by"], document["undone_at"]) == ("ada", "eve", LATER)


class TestReportSeries:
    """What every store of reports must give to alert rules."""

    def test_gives_the_last_windows_of_a_kind_and_a_model(self, stores):
        """The oldest first, and none that ended long before the last."""
        reports = [told(4), told(0), told(3), told(1), told(3, "hour"), told(9, version="v2")]
        for report in reports:
            stores.reports.save(report)
        assert [report.window for report in stores.series.last("v1", "day", timedelta(days=3))] == [
            window(3),
            window(4),
        ]
        assert stores.series.last_end("v1", "day") == window(4).end
        assert stores.series.last_end("v3", "day") is None
        assert stores.series.last("v3", "day", timedelta(days=3)) == []


@pytest.fixture
def inbox():
    """Give a topic with a queue on it, and a bus with a rule to the same queue: what arrives there."""
    with mock_aws():
        sqs, sns, events = boto3.client("sqs"), boto3.client("sns"), boto3.client("events")
        url = sqs.create_queue(QueueName="inbox")["QueueUrl"]
        arn = sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["QueueArn"])["Attributes"]["QueueArn"]
        topic = sns.create_topic(Name="alerts")["TopicArn"]
        sns.subscribe(TopicArn=topic, Protocol="sqs", Endpoint=arn)
        events.put_rule(Name="alerts", EventPattern=json.dumps({"source": ["ridewatch"]}))
        events.put_targets(Rule="alerts", Targets=[{"Id": "inbox", "Arn": arn}])

        def arrived():
            (message,) = sqs.receive_message(QueueUrl=url)["Messages"]
            return json.loads(message["Body"])

        yield topic, arrived


def test_the_topic_carries_the_transition_as_json_with_what_to_filter_by(inbox):
    topic, arrived = inbox
    AlertTopic(boto3.client("sns"), topic).publish(opened(), "ticket: errors_grew\nopened – v1", "in words")
    message = arrived()
    assert Transition.model_validate_json(message["Message"]) == opened()
    told_ = {name: value["Value"] for name, value in message["MessageAttributes"].items()}
    assert told_ == {"action": "opened", "severity": "ticket", "rule": "errors_grew", "test": "false"}
    assert message["Subject"] == "ticket: errors_grew?opened ? v1"


def test_an_email_is_text():
    told_ = []

    class Listening:
        def publish(self, **order):
            told_.append(json.loads(order["Message"]))

    AlertTopic(Listening(), "topic").publish(opened(), "subject", "in words")
    assert told_[0]["email"] == "in words"


def test_the_bus_carries_the_transition_as_an_event(inbox):
    _, arrived = inbox
    EventBus(boto3.client("events"), "default").put(opened())
    event = arrived()
    assert (event["source"], event["detail-type"]) == ("ridewatch", "Ridewatch alert")
    assert Transition.model_validate(event["detail"]) == opened()


def test_a_topic_that_is_not_there_is_unavailable(inbox):
    topic, _ = inbox
    with pytest.raises(ChannelUnavailable, match="nobodys"):
        AlertTopic(boto3.client("sns"), f"{topic}-nobodys").publish(opened(), "subject", "text")


def test_an_event_that_was_refused_is_not_sent():
    class Refusing:
        def put_events(self, **_):
            return {"FailedEntryCount": 1, "Entries": [{"ErrorCode": "ThrottlingException"}]}

    with pytest.raises(ChannelUnavailable, match="ThrottlingException"):
        EventBus(Refusing(), "default").put(opened())
