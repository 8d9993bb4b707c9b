"""Each function may do what it does and nothing else: its handler walks every path, IAM is asked about every call."""

import pytest

from tests.security.account import BUCKET
from tests.security.iam import Call, allows, as_list, matches
from tests.security.paths import PATHS
from tests.security.recorder import recorded
from tests.security.resolved import ACCOUNT, REGION, STACK, resolved

FUNCTIONS = sorted(PATHS)
EVENTS_QUEUE = f"arn:aws:sqs:{REGION}:{ACCOUNT}:EventsQueue"
LOG_FOLDERS = {
    "PredictFunction": "predict",
    "RecordFunction": "record",
    "RedriveFunction": "redrive",
    "DriftReportFunction": "drift_report",
    "ReportsFunction": "reports",
}


def of_the_platform(function):
    """Give the calls that Lambda makes as the function's role: its log; the consumer's queue is polled for it."""
    stream = f"arn:aws:logs:{REGION}:{ACCOUNT}:log-group:/aws/lambda/{STACK}/{LOG_FOLDERS[function]}:log-stream:2026/1"
    calls = [Call(f"logs:{action}", stream) for action in ("CreateLogStream", "PutLogEvents")]
    if function == "RecordFunction":
        polling = ("ReceiveMessage", "DeleteMessage", "GetQueueAttributes")
        calls += [Call(f"sqs:{action}", EVENTS_QUEUE) for action in polling]
    return calls


@pytest.fixture(params=FUNCTIONS)
def function(request):
    """Name each function in turn."""
    return request.param


@pytest.fixture
def statements(function, policies, account):
    """Give the function's policy as CloudFormation makes it."""
    return resolved(policies[function], account.names)


@pytest.fixture
def calls(function, account, environment, secret_arns):
    """Walk every path of the function and give its calls, and the platform's."""
    environment(function)
    with recorded(secret_arns) as made:
        PATHS[function](account)
    return sorted({*made, *of_the_platform(function)})


def test_a_function_may_make_every_call_that_it_makes_and_no_permission_is_idle(calls, statements):
    """Both ways at once, for walking is dear: too narrow fails on AWS alone, too wide never."""
    assert [call for call in calls if not allows(statements, call)] == []
    assert idle(statements, calls) == []


def idle(statements, calls):
    """Give each part of a policy, one action on one resource, that allows none of the calls."""
    parts = [
        statement | {"Action": action, "Resource": resource}
        for statement in statements
        for action in as_list(statement["Action"])
        for resource in as_list(statement["Resource"])
    ]
    return [part for part in parts if not any(matches(part, call) for call in calls)]


MONGO_SECRET = f"arn:aws:secretsmanager:{REGION}:{ACCOUNT}:secret:ridewatch/mongodb-abcdef"
THE_TOPIC = f"arn:aws:sns:{REGION}:{ACCOUNT}:AlertsTopic"
THE_BUS = f"arn:aws:events:{REGION}:{ACCOUNT}:event-bus/default"
THE_BUCKET = f"arn:aws:s3:::{BUCKET}"
NOT_FOR_ALL = {
    Call("s3:GetObject", f"{THE_BUCKET}/models/v1/card.json"): {"PredictFunction", "DriftReportFunction"},
    Call("s3:PutObject", f"{THE_BUCKET}/models/v1/card.json"): set(),
    Call("s3:GetObject", f"{THE_BUCKET}/events/kind=actual/1"): set(),
    Call("s3:DeleteObject", f"{THE_BUCKET}/events/kind=actual/1"): set(),
    Call("s3:DeleteObject", f"{THE_BUCKET}/spill/1"): {"RedriveFunction"},
    Call("s3:GetObject", f"{THE_BUCKET}/spill/1"): {"RedriveFunction"},
    Call("s3:GetObject", f"{THE_BUCKET}/reports/1"): {"ReportsFunction"},
    Call("s3:ListBucket", THE_BUCKET, (("s3:prefix", "events/"),)): set(),
    Call("s3:GetObject", "arn:aws:s3:::another/models/v1/card.json"): set(),
    Call("s3:DeleteBucket", THE_BUCKET): set(),
    Call("ssm:PutParameter", f"arn:aws:ssm:{REGION}:{ACCOUNT}:parameter/{STACK}/champion"): set(),
    Call("ssm:GetParameter", f"arn:aws:ssm:{REGION}:{ACCOUNT}:parameter/another/champion"): set(),
    Call("sqs:ReceiveMessage", EVENTS_QUEUE): {"RecordFunction"},
    Call("sqs:PurgeQueue", EVENTS_QUEUE): set(),
    Call("secretsmanager:GetSecretValue", f"arn:aws:secretsmanager:{REGION}:{ACCOUNT}:secret:another-abcdef"): set(),
    Call("sns:Publish", THE_TOPIC): {"DriftReportFunction"},
    Call("sns:Subscribe", THE_TOPIC): set(),
    Call("sns:Publish", f"arn:aws:sns:{REGION}:{ACCOUNT}:another"): set(),
    Call("events:PutEvents", THE_BUS, (("events:source", "ridewatch"),)): {"DriftReportFunction"},
    Call("events:PutEvents", THE_BUS, (("events:source", "another"),)): set(),
    Call("events:PutRule", f"arn:aws:events:{REGION}:{ACCOUNT}:rule/any"): set(),
    Call("secretsmanager:PutSecretValue", MONGO_SECRET): set(),
    Call("secretsmanager:GetSecretValue", MONGO_SECRET): {
        "RecordFunction",
        "DriftReportFunction",
        "ReportsFunction",
    },
}


@pytest.mark.parametrize(("call", "functions_that_may"), NOT_FOR_ALL.items(), ids=lambda it: getattr(it, "action", ""))
def test_what_is_not_a_functions_business_is_refused(call, functions_that_may, policies, account):
    """Whoever takes one function over has that function's calls and no more."""
    may = {name for name in FUNCTIONS if allows(resolved(policies[name], account.names), call)}
    assert may == functions_that_may
