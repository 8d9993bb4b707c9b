"""Each function may do what it does, and nothing else."""

import re

import pytest

EXPECTED = {
    "PredictFunction": {
        "ssm:GetParameter": {"/champion"},
        "s3:GetObject": {"/models/*"},
        "s3:ListBucket": {"Bucket.Arn if models/*"},
        "s3:PutObject": {"/spill/*"},
        "sqs:SendMessage": {"EventsQueue.Arn"},
    },
    "RecordFunction": {
        "s3:PutObject": {"/events/*"},
        "secretsmanager:GetSecretValue": {"${MongoSecretName}-??????"},
        "sqs:ReceiveMessage": {"EventsQueue.Arn"},
        "sqs:DeleteMessage": {"EventsQueue.Arn"},
        "sqs:GetQueueAttributes": {"EventsQueue.Arn"},
        "sqs:SendMessage": {"EventsDlq.Arn"},
    },
    "RedriveFunction": {
        "s3:ListBucket": {"Bucket.Arn if spill/*"},
        "s3:GetObject": {"/spill/*"},
        "s3:DeleteObject": {"/spill/*"},
        "sqs:SendMessage": {"EventsQueue.Arn"},
    },
    "DriftReportFunction": {
        "s3:GetObject": {"/models/*"},
        "s3:ListBucket": {"Bucket.Arn if models/*"},
        "s3:PutObject": {"/reports/*"},
        "sns:Publish": {"AlertsTopic"},
        "events:PutEvents": {":event-bus/default if ridewatch"},
        "secretsmanager:GetSecretValue": {"${MongoSecretName}-??????"},
    },
    "ReportsFunction": {
        "s3:GetObject": {"/reports/*"},
        "secretsmanager:GetSecretValue": {"ApiKeySecret", "SigningSecret", "${MongoSecretName}-??????"},
    },
}
LOGS = {"logs:CreateLogStream", "logs:PutLogEvents"}


def _as_list(value):
    return value if isinstance(value, list) else [value]


def _allowed(statements):
    allowed = {}
    for statement in statements:
        condition = next(iter(next(iter(statement.get("Condition", {}).values()), {}).values()), None)
        for action in _as_list(statement["Action"]):
            for resource in _as_list(statement["Resource"]):
                name = _name(resource) + (f" if {condition}" if condition else "")
                allowed.setdefault(action, set()).add(name)
    return allowed


def _name(resource):
    """Shorten a resource to what tells it apart."""
    if "Fn::GetAtt" in resource:
        return ".".join(resource["Fn::GetAtt"])
    if "Ref" in resource:
        return resource["Ref"]
    return re.split(r"\$\{Bucket.Arn\}|secret:|\$\{AWS::(?:StackName|AccountId)\}", resource["Fn::Sub"])[-1]


@pytest.mark.parametrize("name", EXPECTED)
def test_a_role_allows_exactly_this(name, policies):
    """Least privilege, word for word: logs to its own group, and the calls it makes."""
    allowed = _allowed(policies[name])
    own_logs = {allowed.pop(action).pop() for action in LOGS}
    assert own_logs == {name.replace("Function", "Logs.Arn")}
    assert allowed == EXPECTED[name]


def test_no_two_functions_share_a_role(functions):
    """What one may do says nothing of another."""
    roles = [function["Role"]["Fn::GetAtt"][0] for function in functions.values()]
    assert len(set(roles)) == len(roles)


def test_no_function_has_a_managed_policy(resources, functions):
    """AWS's managed policies allow their actions on everything."""
    for function in functions.values():
        assert "ManagedPolicyArns" not in resources[function["Role"]["Fn::GetAtt"][0]]["Properties"]


def test_only_the_schedules_the_api_and_the_topic_may_invoke(resources):
    """Every permission names the one source it is for."""
    for permission in resources.of("AWS::Lambda::Permission").values():
        assert permission["Principal"] in {
            "events.amazonaws.com",
            "apigateway.amazonaws.com",
            "sns.amazonaws.com",
        }
        assert "SourceArn" in permission
