"""Deletes from LocalStack everything that `up` put there, the bucket that the template retains included."""

import time
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

from botocore.exceptions import ClientError

from ridewatch.embedded.aws import localstack_answers
from ridewatch.embedded.errors import DeployFailed
from ridewatch.localstack.site import Site

PATIENCE = 180.0
STEP = 0.5
QUIET = 3.0


def leave(site: Site) -> None:
    """Delete the stack and all around it; a LocalStack that has ended has forgotten it. Raises DeployFailed."""
    if not localstack_answers(site.endpoint_url):
        return
    buckets = [*_retained(site), site.code_bucket]
    _delete_stack(site)
    for bucket in buckets:
        _delete_bucket(site.client("s3"), bucket)
    _forget(site)
    _delete_logs(site)


def _retained(site: Site) -> Iterator[str]:
    """Name the stack's buckets, while it can still be asked."""
    pages = site.client("cloudformation").get_paginator("list_stack_resources").paginate(StackName=site.name)
    with suppress(ClientError):  # there is no such stack
        for page in pages:
            for resource in page["StackResourceSummaries"]:
                if resource["ResourceType"] == "AWS::S3::Bucket" and resource.get("PhysicalResourceId"):
                    yield resource["PhysicalResourceId"]


def _delete_stack(site: Site) -> None:
    site.client("cloudformation").delete_stack(StackName=site.name)
    deadline = time.monotonic() + PATIENCE
    while (status := site.status()) not in {None, "DELETE_COMPLETE"}:
        if status == "DELETE_FAILED" or time.monotonic() > deadline:
            message = f"the stack {site.name} is {status} and could not be deleted; try `ridewatch down` again"
            raise DeployFailed(message)
        time.sleep(STEP)


def _delete_bucket(s3: Any, bucket: str) -> None:
    """Delete a bucket with every version of every object, if it is there."""
    with suppress(s3.exceptions.NoSuchBucket):
        for page in s3.get_paginator("list_object_versions").paginate(Bucket=bucket):
            found = [*page.get("Versions", ()), *page.get("DeleteMarkers", ())]
            versions = [{"Key": one["Key"], "VersionId": one["VersionId"]} for one in found]
            if versions:
                s3.delete_objects(Bucket=bucket, Delete={"Objects": versions, "Quiet": True})
        s3.delete_bucket(Bucket=bucket)


def _forget(site: Site) -> None:
    """Delete what was there before the stack, and what came after it."""
    secrets, parameters = site.client("secretsmanager"), site.client("ssm")
    with suppress(secrets.exceptions.ResourceNotFoundException):
        secrets.delete_secret(SecretId=site.secret, ForceDeleteWithoutRecovery=True)
    with suppress(parameters.exceptions.ParameterNotFound):
        parameters.delete_parameter(Name=site.champion)


def _delete_logs(site: Site) -> None:
    """Delete log groups until none comes back: a call that ended with its function still writes its last lines."""
    quiet_since = time.monotonic()
    while time.monotonic() - quiet_since < QUIET:
        if _deleted_logs(site):
            quiet_since = time.monotonic()
        time.sleep(STEP)


def _deleted_logs(site: Site) -> int:
    logs = site.client("logs")
    pages = [logs.get_paginator("describe_log_groups").paginate(logGroupNamePrefix=name) for name in site.log_groups]
    found = [group["logGroupName"] for each in pages for page in each for group in page["logGroups"]]
    for name in found:
        logs.delete_log_group(logGroupName=name)
    return len(found)
