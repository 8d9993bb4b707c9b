"""Who comes without TLS gets nothing; what is stored is encrypted, private and forgotten in time."""

import pytest

from tests.security.account import BUCKET
from tests.security.iam import Call, matches
from tests.security.resolved import ACCOUNT, REGION, resolved

QUEUES = ["EventsQueue", "EventsDlq"]
ARNS = {name: f"arn:aws:sqs:{REGION}:{ACCOUNT}:{name}" for name in QUEUES}
TOPIC = f"arn:aws:sns:{REGION}:{ACCOUNT}:AlertsTopic"
NAMES = {"AlertsTopic": TOPIC, "Bucket": BUCKET, "Bucket.Arn": f"arn:aws:s3:::{BUCKET}"} | {
    f"{name}.Arn": arn for name, arn in ARNS.items()
}
PLAIN, SECURE = (("aws:SecureTransport", "false"),), (("aws:SecureTransport", "true"),)
CALLS = [
    *[("s3:GetObject", f"arn:aws:s3:::{BUCKET}/models/v1/card.json"), ("s3:ListBucket", f"arn:aws:s3:::{BUCKET}")],
    ("sns:Publish", TOPIC),
    *[("sqs:SendMessage", ARNS["EventsQueue"]), ("sqs:ReceiveMessage", ARNS["EventsDlq"])],
]


@pytest.fixture
def denials(resources):
    """Give the statements of the policies of the bucket, of the queues and of the topic."""
    kinds = ("AWS::S3::BucketPolicy", "AWS::SQS::QueuePolicy", "AWS::SNS::TopicPolicy")
    policies = [policy for kind in kinds for policy in resources.of(kind).values()]
    return [resolved(statement, NAMES) for policy in policies for statement in policy["PolicyDocument"]["Statement"]]


@pytest.mark.parametrize(("action", "resource"), CALLS)
def test_without_tls_nobody_is_served(denials, action, resource):
    """A deny wins over every allow; with TLS these policies say nothing, so they give nobody anything."""
    assert {statement["Effect"] for statement in denials} == {"Deny"}
    assert [statement["Principal"] for statement in denials if matches(statement, Call(action, resource, PLAIN))] == [
        "*"
    ]
    assert not [statement for statement in denials if matches(statement, Call(action, resource, SECURE))]


def test_the_policy_of_the_queues_holds_for_each(resources):
    """A queue that is added later must be named."""
    (policy,) = resources.of("AWS::SQS::QueuePolicy").values()
    assert {queue["Ref"] for queue in policy["Queues"]} == set(resources.of("AWS::SQS::Queue"))


def test_the_policy_of_the_topic_holds_for_each(resources):
    """A topic that is added later must be named."""
    (policy,) = resources.of("AWS::SNS::TopicPolicy").values()
    assert {topic["Ref"] for topic in policy["Topics"]} == set(resources.of("AWS::SNS::Topic"))


def test_what_was_replaced_and_what_was_never_completed_is_forgotten(resources):
    """Old versions after thirty days, halves of uploads after seven."""
    (bucket,) = resources.of("AWS::S3::Bucket").values()
    (rule,) = [rule for rule in bucket["LifecycleConfiguration"]["Rules"] if rule["Status"] == "Enabled"]
    assert rule["NoncurrentVersionExpiration"] == {"NoncurrentDays": 30}
    assert rule["AbortIncompleteMultipartUpload"] == {"DaysAfterInitiation": 7}


def test_every_log_forgets(resources):
    """No group keeps for ever."""
    groups = resources.of("AWS::Logs::LogGroup").values()
    assert len(groups) == 6
    assert all(group["RetentionInDays"] == {"Ref": "LogRetentionDays"} for group in groups)


def test_nobody_outside_the_account_may_invoke(resources):
    """No function has an address of its own, and the API is the only door."""
    assert not resources.of("AWS::Lambda::Url")
    assert not [name for name, kind in resources.items() if kind["Type"].startswith("AWS::EC2::")]
