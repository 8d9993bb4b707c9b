"""Deletes from LocalStack everything that `up` put there, the bucket that the template retains included."""

import shutil
import subprocess
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
    _delete_traces(site)


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


def _delete_traces(site: Site) -> None:
    """Delete what calls leave that were under way when their function went, until nothing comes any more.

    They still write their last lines to a log; and LocalStack forgets the container of a function that was starting.
    """
    quiet_since = began = time.monotonic()
    while (now := time.monotonic()) - quiet_since < QUIET and now - began < PATIENCE:
        if _deleted_logs(site) + _removed_containers(site):
            quiet_since = time.monotonic()
        time.sleep(STEP)


def _deleted_logs(site: Site) -> int:
    logs = site.client("logs")
    pages = [logs.get_paginator("describe_log_groups").paginate(logGroupNamePrefix=name) for name in site.log_groups]
    found = [group["logGroupName"] for each in pages for page in each for group in page["logGroups"]]
    for name in found:
        with suppress(logs.exceptions.ResourceNotFoundException):
            logs.delete_log_group(logGroupName=name)
    return len(found)


def _removed_containers(site: Site) -> int:
    """Remove the containers of the stack's functions, where there is a Docker engine to be asked."""
    if not (docker := shutil.which("docker")):
        return 0
    found = _told([docker, "ps", "-aq", "--filter", f"name=-lambda-{site.name.lower()}-[a-z]+function-"])
    if found:
        _told([docker, "rm", "--force", *found])
    return len(found)


def _told(command: list[str]) -> list[str]:
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return done.stdout.split()
