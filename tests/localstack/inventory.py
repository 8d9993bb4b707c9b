"""What there is in a LocalStack, by name, and in the Docker engine that runs its functions."""

import shutil
import subprocess

LISTS = (
    ("s3", "list_buckets", "Buckets", "Name"),
    ("lambda", "list_functions", "Functions", "FunctionName"),
    ("lambda", "list_event_source_mappings", "EventSourceMappings", "FunctionArn"),
    ("logs", "describe_log_groups", "logGroups", "logGroupName"),
    ("secretsmanager", "list_secrets", "SecretList", "Name"),
    ("ssm", "describe_parameters", "Parameters", "Name"),
    ("events", "list_rules", "Rules", "Name"),
    ("sns", "list_topics", "Topics", "TopicArn"),
    ("sns", "list_subscriptions", "Subscriptions", "SubscriptionArn"),
    ("cloudwatch", "describe_alarms", "MetricAlarms", "AlarmName"),
    ("iam", "list_roles", "Roles", "RoleName"),
    ("apigateway", "get_rest_apis", "items", "name"),
    ("apigateway", "get_usage_plans", "items", "name"),
    ("apigateway", "get_api_keys", "items", "id"),
)


def inventory(client):
    """Name everything that a stack of ours makes."""
    found = {
        f"{service} {one[name]}" for service, ask, many, name in LISTS for one in listed(client(service), ask, many)
    }
    queues = {f"sqs {url}" for url in listed(client("sqs"), "list_queues", "QueueUrls")}
    return found | queues | {f"stack {name}" for name in stacks(client("cloudformation"))} | containers()


def listed(client, ask, many):
    """Give all pages of a list."""
    return [one for page in client.get_paginator(ask).paginate() for one in page.get(many, ())]


def stacks(cloudformation):
    """Name the stacks that are not deleted."""
    summaries = listed(cloudformation, "list_stacks", "StackSummaries")
    return {stack["StackName"] for stack in summaries if stack["StackStatus"] != "DELETE_COMPLETE"}


def containers():
    """Name the containers of functions, where there is a Docker engine to be asked."""
    docker = shutil.which("docker")
    if not docker:
        return set()
    done = subprocess.run([docker, "ps", "-a", "--format", "{{.Names}}"], capture_output=True, text=True, check=False)  # noqa: S603 - fixed words
    return {f"container {name}" for name in done.stdout.split()}
