"""The channels of alerts in memory: the contract tests hold them to what the real ones do."""

from adapters.errors import ChannelUnavailable
from contracts.alerts import Transition


class FakeTopic:
    """`AlertTopic` in memory; `refuses` makes every call fail."""

    def __init__(self) -> None:
        self.published: list[tuple[Transition, str, str]] = []
        self.refuses = False

    def publish(self, transition: Transition, subject: str, text: str) -> None:
        """As the real one."""
        _answer(refuses=self.refuses)
        self.published.append((transition, subject, text))


class FakeBus:
    """`EventBus` in memory; `refuses` makes every call fail."""

    def __init__(self) -> None:
        self.put_events: list[Transition] = []
        self.refuses = False

    def put(self, transition: Transition) -> None:
        """As the real one."""
        _answer(refuses=self.refuses)
        self.put_events.append(transition)


def _answer(*, refuses: bool) -> None:
    if refuses:
        message = "it refuses"
        raise ChannelUnavailable(message)
