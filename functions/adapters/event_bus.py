"""The EventBridge bus that carries alerts to machines."""

from typing import TYPE_CHECKING

from adapters.aws import translated
from adapters.errors import ChannelUnavailable
from contracts.alerts import Transition

if TYPE_CHECKING:
    from mypy_boto3_events import EventBridgeClient

SOURCE, DETAIL_TYPE = "ridewatch", "Ridewatch alert"


class EventBus:
    """One bus, by name."""

    def __init__(self, client: "EventBridgeClient", name: str) -> None:
        self._client = client
        self._name = name

    def put(self, transition: Transition) -> None:
        """Put a transition as one event; its `detail` is the contract. Raises ChannelUnavailable."""
        where = f"event bus {self._name}"
        with translated(where, missing=ChannelUnavailable, unavailable=ChannelUnavailable):
            answer = self._client.put_events(
                Entries=[
                    {
                        "EventBusName": self._name,
                        "Source": SOURCE,
                        "DetailType": DETAIL_TYPE,
                        "Detail": transition.model_dump_json(),
                        "Time": transition.at,
                    }
                ]
            )
        if answer["FailedEntryCount"]:
            message = f"{where}: {answer['Entries'][0].get('ErrorCode', 'refused')}"
            raise ChannelUnavailable(message)
