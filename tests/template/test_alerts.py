"""The way that alerts take: a topic, who listens to it, and the test that comes back."""

import json

FUNCTION = {"Fn::GetAtt": ["DriftReportFunction", "Arn"]}
TOPIC = {"Ref": "AlertsTopic"}
METRIC = "TestAlertsArrived"
DAY, WEEK = 86_400, 7 * 86_400
"""A week is the longest that an alarm may look back."""


def subscriptions(resources, protocol):
    """Give the subscriptions of a protocol, by logical id."""
    found = resources.of("AWS::SNS::Subscription")
    return {name: one for name, one in found.items() if one["Protocol"] == protocol}


def test_the_test_alert_comes_back_to_the_function_that_sent_it_and_no_other_alert_does(resources):
    """An alert that called its own sender would never end."""
    (back,) = subscriptions(resources, "lambda").values()
    assert (back["TopicArn"], back["Endpoint"], back["FilterPolicy"]) == (TOPIC, FUNCTION, {"test": ["true"]})


def test_only_the_topic_may_bring_it_back(resources):
    """The permission names it."""
    permissions = resources.of("AWS::Lambda::Permission").values()
    (allowed,) = [one for one in permissions if one["Principal"] == "sns.amazonaws.com"]
    assert (allowed["SourceArn"], allowed["FunctionName"]) == (TOPIC, {"Ref": "DriftReportFunction"})


def test_people_are_told_by_e_mail_where_an_address_was_given_and_not_of_tests(resources):
    """Without an address there is no subscription."""
    ((name, one),) = subscriptions(resources, "email").items()
    assert (one["TopicArn"], one["Endpoint"], one["FilterPolicy"]) == (
        TOPIC,
        {"Ref": "AlertEmail"},
        {"test": ["false"]},
    )
    assert resources[name]["Condition"] == "HasAlertEmail"


def test_the_function_knows_the_topic_and_the_bus(functions):
    """The default bus: whoever listens makes a rule."""
    variables = functions["DriftReportFunction"]["Environment"]["Variables"]
    assert (variables["ALERT_TOPIC"], variables["EVENT_BUS"]) == (TOPIC, "default")


def test_an_alarm_tells_that_no_test_alert_came_back_for_more_than_a_day(resources, functions):
    """Nothing is what it looks for: a way that is broken counts nothing. It is under the names that the metric has."""
    (alarm,) = [one for one in resources.of("AWS::CloudWatch::Alarm").values() if one["MetricName"] == METRIC]
    variables = functions["DriftReportFunction"]["Environment"]["Variables"]
    assert alarm["Namespace"] == variables["POWERTOOLS_METRICS_NAMESPACE"]
    assert alarm["Dimensions"] == [{"Name": "service", "Value": variables["POWERTOOLS_SERVICE_NAME"]}]
    assert (alarm["TreatMissingData"], alarm["ComparisonOperator"]) == ("breaching", "LessThanThreshold")
    assert DAY < alarm["Period"] * alarm["DatapointsToAlarm"] < WEEK


def test_the_topic_is_an_output(written):
    """Whoever subscribes finds it."""
    assert json.loads(json.dumps(written["Outputs"]["AlertsTopicArn"]["Value"])) == TOPIC
