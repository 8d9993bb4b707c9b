"""MiniStack: the AWS APIs and the Lambda workers, in memory."""

import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from ridewatch.embedded import processes, web
from ridewatch.embedded.home import Home
from ridewatch.embedded.ports import LOOPBACK

REGION = "us-east-1"
PORT = 4566
_LONGEST_FUNCTION = 910
"""Seconds to wait for a function; botocore's own 60 would ask a slow one again while it still runs."""
CREDENTIALS = {
    "AWS_ACCESS_KEY_ID": "test",
    "AWS_SECRET_ACCESS_KEY": "test",
    "AWS_DEFAULT_REGION": REGION,
    "AWS_CONFIG_FILE": "/dev/null",
    "AWS_SHARED_CREDENTIALS_FILE": "/dev/null",
    "AWS_EC2_METADATA_DISABLED": "true",
}


@dataclass(frozen=True)
class Aws:
    """A MiniStack that was started."""

    process: subprocess.Popen[bytes]
    port: int

    @property
    def endpoint_url(self) -> str:
        """Where every AWS API answers."""
        return f"http://{LOOPBACK}:{self.port}"

    def client(self, service: str) -> Any:
        """Make a boto3 client of it."""
        return client(self.endpoint_url, service)


def start(home: Home, port: int, locks: Sequence[int]) -> Aws:
    """Start MiniStack; it is ready once `await_aws` returns."""
    command = [sys.executable, "-c", "from ministack.app import main; main()"]
    return Aws(processes.start(home, "aws", command, CREDENTIALS | _settings(home, port), locks), port)


def _settings(home: Home, port: int) -> dict[str, str]:
    return {
        "GATEWAY_PORT": str(port),
        "BIND_HOST": LOOPBACK,
        "MINISTACK_HOST": LOOPBACK,
        "SFTP_ENABLED": "0",
        "IOT_MTLS_ENABLED": "0",
        "LAMBDA_EXECUTOR": "local",
        "TMPDIR": str(home.temporary),
        "S3_DATA_DIR": str(home.temporary / "s3"),
        "STATE_DIR": str(home.temporary / "state"),
        "PYTHONUNBUFFERED": "1",
    }


def await_aws(home: Home, aws: Aws) -> None:
    """Wait until MiniStack answers. Raises PartFailed."""
    processes.await_answer(home, "aws", aws.process, lambda: answers(aws.endpoint_url))


def answers(endpoint_url: str) -> bool:
    """Tell whether MiniStack is healthy there."""
    return web.is_well(f"{endpoint_url}/_ministack/health", 2)


def localstack_answers(endpoint_url: str) -> bool:
    """Tell whether LocalStack is healthy there."""
    return web.is_well(f"{endpoint_url}/_localstack/health", 5)


def client(endpoint_url: str, service: str) -> Any:
    """Make a boto3 client of the MiniStack there."""
    import boto3

    session = boto3.Session(aws_access_key_id="test", aws_secret_access_key="test", region_name=REGION)  # noqa: S106
    make: Callable[..., Any] = session.client
    return make(service, endpoint_url=endpoint_url, config=_patience(service))


def own_client(service: str) -> Any:
    """Make a boto3 client with the credentials and the region that the user has set."""
    import boto3

    make: Callable[..., Any] = boto3.client
    return make(service, config=_patience(service))


def _patience(service: str) -> Any:
    from botocore.config import Config

    return Config(read_timeout=_LONGEST_FUNCTION, retries={"total_max_attempts": 1}) if service == "lambda" else None
