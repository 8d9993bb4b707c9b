"""Where a running stack is reached: what `up` writes and everything else reads."""

import json
from dataclasses import asdict, dataclass, field
from typing import Any

from ridewatch.embedded import aws, processes
from ridewatch.embedded.home import Home, home


@dataclass(frozen=True)
class Part:
    """A process of the stack: the pid alone could be another's by now, with its start it is this one's."""

    pid: int
    started: float

    @property
    def is_alive(self) -> bool:
        """Whether this very process lives."""
        return processes.is_alive(self.pid, self.started)


@dataclass(frozen=True)
class Stack:
    """Where everything of a deployed stack is."""

    endpoint_url: str
    api_url: str
    api_key: str = field(repr=False)
    mongodb_uri: str = field(repr=False)
    bucket: str
    queue_url: str
    dlq_url: str
    metrics_url: str
    champion_parameter: str
    functions: dict[str, str]
    """Logical id → name of the deployed function."""
    secrets: dict[str, str]
    """Output name → id of the secret."""
    processes: dict[str, Part]
    region: str = aws.REGION
    cloud: str = "embedded"
    """Who serves its AWS: embedded, localstack; `aws` is AWS itself, asked with the user's own credentials."""
    name: str = "ridewatch"
    prometheus_url: str = ""
    """Empty where there is none."""

    @property
    def reports_url(self) -> str:
        """The report page."""
        return f"{self.api_url}/reports"

    @property
    def drift_report_function(self) -> str:
        """The name of the function that reports."""
        return self.functions["DriftReportFunction"]

    def client(self, service: str) -> Any:
        """Make a boto3 client of this stack's AWS."""
        return aws.own_client(service) if self.cloud == "aws" else aws.client(self.endpoint_url, service)


def write(stack: Stack, where: Home) -> None:
    """Keep a stack's addresses, readable by their owner alone, whole or not at all."""
    draft = where.state.with_suffix(".draft")
    draft.touch(mode=0o600)
    draft.write_text(json.dumps(asdict(stack), indent=2))
    draft.replace(where.state)


def read(where: Home) -> Stack | None:
    """Give the stack that was last started here; it may have died since."""
    try:
        document = json.loads(where.state.read_text())
        parts = {name: Part(**part) for name, part in document.pop("processes").items()}
        return Stack(**document, processes=parts)
    except (FileNotFoundError, json.JSONDecodeError, TypeError, KeyError):
        return None


def running(where: Home | None = None) -> Stack | None:
    """Give the running stack, or None. It runs as long as its AWS does; one whose AWS is not ours, until `down`."""
    stack = read(where or home())
    if stack is None or stack.cloud != "embedded":
        return stack
    return stack if stack.processes["aws"].is_alive else None
