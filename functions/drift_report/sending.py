"""Sending: claimed, sent, marked. Only a crash between the last two repeats a delivery, with the same id."""

from datetime import datetime, timedelta
from typing import NamedTuple

from adapters.errors import ChannelUnavailable
from contracts.alerts import Channel, Delivery
from drift_report.notices import notice_of
from drift_report.parts import Parts

LEASE = timedelta(minutes=20)
"""Longer than the function may live (900 s): whoever has not sent by then has ended."""


class Sent(NamedTuple):
    """What was sent, and why what was not was not."""

    deliveries: tuple[Delivery, ...]
    problems: tuple[str, ...]


def send(parts: Parts) -> Sent:
    """Send what is to be sent; what is refused is for the next run. Raises StoreUnavailable.

    It is marked with the moment before: a test alert may be back before the mark, and is never back before it went.
    """
    down: dict[Channel, str] = {}
    sent: list[Delivery] = []
    now = parts.clock()
    for deliveries in parts.alerting.alerts.claim(now, now + LEASE):
        sent += [delivery for delivery in deliveries if _is_sent(parts, delivery, down, now)]
        parts.alerting.alerts.release(deliveries[0].transition.alert.alert_id)
    return Sent(tuple(sent), tuple(down.values()))


def _is_sent(parts: Parts, delivery: Delivery, down: dict[Channel, str], now: datetime) -> bool:
    """Send one, unless its channel has refused another: it would be asked, and waited for, once for each."""
    if delivery.channel in down:
        return False
    try:
        _carry(parts, delivery)
    except ChannelUnavailable as refusal:
        down[delivery.channel] = str(refusal)
        return False
    parts.alerting.alerts.sent(delivery, now)
    return True


def _carry(parts: Parts, delivery: Delivery) -> None:
    if delivery.channel == "bus":
        parts.alerting.bus.put(delivery.transition)
        return
    notice = notice_of(delivery.transition, parts.settings.time_zone)
    parts.alerting.topic.publish(delivery.transition, notice.subject, notice.text)
