"""The SNS topic that carries alerts to people, and to whatever else subscribes."""

import json
from typing import TYPE_CHECKING

from adapters.aws import translated
from adapters.errors import ChannelUnavailable
from contracts.alerts import Transition

if TYPE_CHECKING:
    from mypy_boto3_sns import SNSClient
    from mypy_boto3_sns.type_defs import MessageAttributeValueTypeDef

MOST_LETTERS = 100
"""Of a subject; SNS takes ASCII only, on one line."""


class AlertTopic:
    """The topic of a stack."""

    def __init__(self, client: "SNSClient", arn: str) -> None:
        self._client = client
        self._arn = arn

    def publish(self, transition: Transition, subject: str, text: str) -> None:
        """Send a transition: by e-mail as text, elsewhere as JSON. Raises ChannelUnavailable."""
        told = {"default": transition.model_dump_json(), "email": text}
        alert, test = transition.alert, str(transition.test).lower()
        attributes = {"action": transition.action, "severity": alert.severity, "rule": alert.rule, "test": test}
        with translated(f"topic {self._arn}", missing=ChannelUnavailable, unavailable=ChannelUnavailable):
            self._client.publish(
                TopicArn=self._arn,
                Subject=_one_line(subject),
                Message=json.dumps(told),
                MessageStructure="json",
                MessageAttributes={name: _text(value) for name, value in attributes.items()},
            )


def _one_line(text: str) -> str:
    plain = "".join(letter if letter.isascii() and letter.isprintable() else "?" for letter in text)
    return plain[:MOST_LETTERS]


def _text(value: str) -> "MessageAttributeValueTypeDef":
    return {"DataType": "String", "StringValue": value}
