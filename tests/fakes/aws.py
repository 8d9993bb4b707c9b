"""Outside things in memory: objects, parameters, and a queue's client that can refuse."""

from collections.abc import Iterator
from typing import Any

from botocore.exceptions import ClientError, EndpointConnectionError, ReadTimeoutError

from adapters.errors import ParameterMissing, StoreUnavailable
from ridewatch.memory.objects import MemoryObjects


class FakeObjects(MemoryObjects):
    """Objects in memory that can be away, and count how often they are read."""

    def __init__(self) -> None:
        super().__init__()
        self.away = False
        self.reads = 0

    def get(self, key: str) -> bytes:
        self._answer()
        self.reads += 1
        return super().get(key)

    def put(self, key: str, body: bytes, content_type: str = "", *, content_encoding: str | None = None) -> None:
        self._answer()
        super().put(key, body, content_type, content_encoding=content_encoding)

    def list(self, prefix: str) -> Iterator[str]:
        self._answer()
        return super().list(prefix)

    def delete(self, key: str) -> None:
        self._answer()
        super().delete(key)

    def _answer(self) -> None:
        if self.away:
            message = "S3 is away"
            raise StoreUnavailable(message)


class FakeParameters:
    """Parameters in memory."""

    def __init__(self) -> None:
        self.values: dict[str, str] = {}

    def read(self, name: str) -> str:
        """Give the parameter's value."""
        if name not in self.values:
            raise ParameterMissing(name)
        return self.values[name]

    def write(self, name: str, value: str) -> None:
        """Set the parameter's value."""
        self.values[name] = value


class FakeSqs:
    """A client of SQS that keeps what it is sent, refuses the bodies it is told to, or does not answer."""

    def __init__(self) -> None:
        self.requests: list[list[str]] = []
        self.refusing: set[int] = set()
        self.away = False
        self.silent = False
        self.answers_503 = False
        self.denies = False
        self.asked = 0

    @property
    def bodies(self) -> list[str]:
        """Every body that was taken."""
        return [body for request in self.requests for body in request]

    def send_message_batch(self, *, QueueUrl: str, Entries: list[dict[str, str]]) -> dict[str, Any]:  # noqa: N803 - SQS's
        """Take the entries that are not refused."""
        self.asked += 1
        if self.silent:
            raise ReadTimeoutError(endpoint_url=QueueUrl)
        if self.away:
            raise EndpointConnectionError(endpoint_url=QueueUrl)
        if self.answers_503:
            raise ClientError(_refusal("ServiceUnavailable", 503, retries=1), "SendMessageBatch")
        if self.denies:
            raise ClientError(_refusal("AccessDenied", 403, retries=0), "SendMessageBatch")
        taken = [entry for place, entry in enumerate(Entries) if place not in self.refusing]
        self.requests.append([entry["MessageBody"] for entry in taken])
        return {"Failed": [{"Id": entry["Id"]} for entry in Entries if entry not in taken]}


def _refusal(code: str, status: int, *, retries: int) -> Any:
    """Lay out a refusal as botocore does, with how often it tried again."""
    return {"Error": {"Code": code}, "ResponseMetadata": {"HTTPStatusCode": status, "RetryAttempts": retries}}
