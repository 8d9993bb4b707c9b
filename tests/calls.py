"""Calls of the API as API Gateway makes them, and a context as Lambda hands it."""

import json
import pathlib
from dataclasses import dataclass
from typing import Any

EVENTS = pathlib.Path(__file__).parents[1] / "events"


@dataclass
class Context:
    """What Lambda tells a function of itself."""

    function_name: str = "predict"
    memory_limit_in_mb: int = 1024
    invoked_function_arn: str = "arn:aws:lambda:us-east-1:123456789012:function:predict"
    aws_request_id: str = "7f6a0d7e-0000-4000-8000-000000000001"
    remaining_ms: int = 30_000

    def get_remaining_time_in_millis(self) -> int:
        """Tell how long the call may still take."""
        return self.remaining_ms


@dataclass(frozen=True)
class Reply:
    """What came back."""

    status: int
    headers: dict[str, list[str]]
    text: str

    @property
    def json(self) -> Any:
        """The body, read."""
        return json.loads(self.text)

    @property
    def error(self) -> dict[str, Any]:
        """The error that every refusal holds."""
        return self.json["error"]

    @property
    def fields(self) -> dict[str, str]:
        """The reason by field."""
        return {problem["field"]: problem["reason"] for problem in self.error["fields"]}


def event_named(name: str) -> dict[str, Any]:
    """Load an event of `events/`."""
    return json.loads((EVENTS / f"{name}.json").read_text())


def call(method: str, path: str, body: Any = None, **changes: Any) -> dict[str, Any]:
    """Lay out a call; a body that is not a text is sent as JSON."""
    event = event_named("predict" if method == "POST" else "health")
    text = body if isinstance(body, str | None) else json.dumps(body)
    return event | {"httpMethod": method, "path": path, "resource": path, "body": text} | changes


def from_origin(event: dict[str, Any], origin: str) -> dict[str, Any]:
    """Let a page of that origin make the call."""
    headers = event["headers"] | {"Origin": origin}
    return event | {"headers": headers, "multiValueHeaders": {name: [value] for name, value in headers.items()}}


def reply(answer: dict[str, Any]) -> Reply:
    """Read what the handler gives to API Gateway."""
    return Reply(answer["statusCode"], answer["multiValueHeaders"], answer["body"])
