"""The dead-letter queue, for messages that no further try can store."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from adapters.aws import translated
from adapters.errors import QueueUnavailable

if TYPE_CHECKING:
    from mypy_boto3_sqs import SQSClient
    from mypy_boto3_sqs.type_defs import MessageAttributeValueTypeDef


class DeadLetters:
    """Where a person finds what is wrong, and `ridewatch redrive` finds it again."""

    def __init__(self, client: "SQSClient", url: str) -> None:
        self._client = client
        self._url = url

    def add(self, body: str, problems: Sequence[str]) -> None:
        """Keep a message word for word, and why it was refused. Raises QueueUnavailable."""
        why: MessageAttributeValueTypeDef = {"DataType": "String", "StringValue": _printable("; ".join(problems))}
        with translated(f"queue {self._url}", missing=QueueUnavailable, unavailable=QueueUnavailable):
            self._client.send_message(QueueUrl=self._url, MessageBody=body, MessageAttributes={"problems": why})


def _printable(text: str) -> str:
    """Leave out what SQS refuses; a field's name may hold anything."""
    return "".join(letter if letter.isprintable() else "?" for letter in text)
