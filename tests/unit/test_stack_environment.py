"""localstack/environment.py: a deployed stack tells its parts what they must know."""

import functools
import importlib.util
import json
import pathlib

import boto3
import pytest
from moto import mock_aws

ROOT = pathlib.Path(__file__).parents[2]
TEMPLATE = {
    "Resources": {
        "Events": {"Type": "AWS::SQS::Queue"},
        "Dead": {"Type": "AWS::SQS::Queue"},
        "Kept": {"Type": "AWS::S3::Bucket"},
    },
    "Outputs": {
        "QueueUrl": {"Value": {"Ref": "Events"}},
        "DlqUrl": {"Value": {"Ref": "Dead"}},
        "BucketName": {"Value": {"Ref": "Kept"}},
        "ApiId": {"Value": "abc"},
        "ApiKeySecretArn": {"Value": "arn:key"},
    },
}


@pytest.fixture(scope="module")
def environment():
    """The script as a module."""
    spec = importlib.util.spec_from_file_location("environment", ROOT / "localstack" / "environment.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


class Deployed:
    """A stack of one function, as CloudFormation and Lambda tell of it."""

    def __call__(self, _):
        return self

    def get_paginator(self, _):
        return self

    def paginate(self, StackName):  # noqa: N803 - boto3's name
        assert StackName == "ridewatch"
        queue = {"LogicalResourceId": "Queue", "PhysicalResourceId": "q", "ResourceType": "AWS::SQS::Queue"}
        function = {"LogicalResourceId": "F", "PhysicalResourceId": "f-1", "ResourceType": "AWS::Lambda::Function"}
        return [{"StackResourceSummaries": [queue]}, {"StackResourceSummaries": [function]}]

    def get_function_configuration(self, FunctionName):  # noqa: N803 - boto3's name
        return {"Environment": {"Variables": {"BUCKET": f"of {FunctionName}"}}}


@mock_aws
def test_the_exporter_is_told_where_to_look(environment):
    """The stack's outputs, as lines of an env file."""
    client = functools.partial(boto3.client, region_name="us-east-1")
    client("cloudformation").create_stack(StackName="ridewatch", TemplateBody=json.dumps(TEMPLATE))
    told = dict(line.split("=", 1) for line in environment.exporter(client, "ridewatch").splitlines())
    assert set(told) == {"QUEUE_URL", "DLQ_URL", "BUCKET", "API_URL", "API_KEY_SECRET"}
    assert told["API_URL"] == "http://localstack:4566/_aws/execute-api/abc/v1"
    assert told["QUEUE_URL"].startswith("https://")


def test_sam_local_is_told_what_each_function_knows(environment):
    """By logical id, as --env-vars wants it."""
    assert json.loads(environment.sam_local(Deployed(), "ridewatch")) == {"F": {"BUCKET": "of f-1"}}
