# ruff: noqa: INP001 - a script, no package
"""What a deployed stack's parts must know, read from the stack: for the exporter's container, and for `sam local`.

    .venv/bin/python localstack/environment.py exporter  >localstack/exporter.env
    .venv/bin/python localstack/environment.py sam-local >localstack/sam-local.json

LocalStack on this machine is asked, unless AWS_ENDPOINT_URL and credentials in the environment name another AWS.
"""

import argparse
import json
import os
import sys
from collections.abc import Callable, Mapping
from typing import Any

import boto3

LOCALSTACK = {
    "AWS_ENDPOINT_URL": "http://127.0.0.1:4566",
    "AWS_ACCESS_KEY_ID": "test",
    "AWS_SECRET_ACCESS_KEY": "test",
    "AWS_DEFAULT_REGION": "us-east-1",
}
OUTPUTS = {
    "QUEUE_URL": "QueueUrl",
    "DLQ_URL": "DlqUrl",
    "BUCKET": "BucketName",
    "API_KEY_SECRET": "ApiKeySecretArn",
}
BESIDE = "http://localstack:4566"
"""LocalStack as the exporter's container reaches it."""

Client = Callable[[str], Any]


def exporter(client: Client, stack: str) -> str:
    """Give the lines of an env file: the queues, the bucket and the API that the exporter watches."""
    (found,) = client("cloudformation").describe_stacks(StackName=stack)["Stacks"]
    outputs = {output["OutputKey"]: output["OutputValue"] for output in found["Outputs"]}
    settings = {setting: outputs[output] for setting, output in OUTPUTS.items()}
    settings["API_URL"] = f"{BESIDE}/_aws/execute-api/{outputs['ApiId']}/v1"
    return "".join(f"{setting}={value}\n" for setting, value in settings.items())


def sam_local(client: Client, stack: str) -> str:
    """Give the JSON of `sam local --env-vars`: what each function's environment holds where it is deployed."""
    pages = client("cloudformation").get_paginator("list_stack_resources").paginate(StackName=stack)
    resources = [resource for page in pages for resource in page["StackResourceSummaries"]]
    functions = [resource for resource in resources if resource["ResourceType"] == "AWS::Lambda::Function"]
    environments = {
        function["LogicalResourceId"]: _environment(client, function["PhysicalResourceId"]) for function in functions
    }
    return json.dumps(environments, indent=2) + "\n"


def _environment(client: Client, function: str) -> Mapping[str, str]:
    deployed = client("lambda").get_function_configuration(FunctionName=function)
    variables: Mapping[str, str] = deployed.get("Environment", {}).get("Variables", {})
    return variables


def main() -> None:
    """Write what was asked for to standard output."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("shape", choices=("exporter", "sam-local"))
    parser.add_argument("--stack", default="ridewatch", help="the stack's name (ridewatch)")
    asked = parser.parse_args()
    if "AWS_ENDPOINT_URL" not in os.environ:
        os.environ.update(LOCALSTACK)
    write = {"exporter": exporter, "sam-local": sam_local}[asked.shape]
    client: Any = boto3.client
    sys.stdout.write(write(client, asked.stack))


if __name__ == "__main__":
    main()
