"""What a person is told of an alert, by e-mail."""

from datetime import datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

from contracts.alerts import Action, Alert, Evidence, Transition

BEGINNINGS: dict[Action, str] = {"opened": "", "updated": "Still: ", "resolved": "Resolved: ", "tested": "Test: "}
ENDINGS = {
    "replaced": "It is over because another model version answers.",
    "unjudged": "It is over because nothing could be judged any more; whether it still holds is not known.",
    "rule_removed": "It is over because its rule is no more.",
}


class Notice(NamedTuple):
    """A subject and a text."""

    subject: str
    text: str


def notice_of(transition: Transition, zone: ZoneInfo) -> Notice:
    """Say a transition to a person, times by this zone's clock."""
    alert = transition.alert
    beginning = BEGINNINGS[transition.action]
    of = f" ({alert.subject.name})" if alert.subject.name else ""
    lines = [
        f"{beginning}{alert.sentence}",
        _ending(alert),
        "",
        *_facts(alert, zone),
        f"Id: {transition.transition_id}",
    ]
    return Notice(f"Ridewatch {alert.severity}: {beginning}{alert.rule}{of}", "\n".join(lines))


def _ending(alert: Alert) -> str:
    if alert.cleared:
        return f"It is over: {_numbers(alert.cleared)}."
    return ENDINGS.get(alert.resolved_because, "")


def _facts(alert: Alert, zone: ZoneInfo) -> list[str]:
    facts = [f"Severity: {alert.severity}", f"Cause: {alert.cause}", f"What to do: {alert.next_step}"]
    if alert.evidence is None:
        return facts
    window = alert.evidence.window
    return [
        *facts,
        f"Model: {alert.model_version}",
        f"Window: {_moment(window.start, zone)} to {_moment(window.end, zone)}",
        f"Numbers: {_numbers(alert.evidence)}; {alert.rides} rides, {alert.labelled_rides} with their true duration",
        f"Report: {alert.evidence.report_id}, revision {alert.evidence.revision}",
        f"Open since: {_moment(alert.at, zone)}",
    ]


def _numbers(evidence: Evidence) -> str:
    ends = [evidence.low, evidence.high]
    interval = f" ({' to '.join(f'{end:.3g}' for end in ends if end is not None)})" if None not in ends else ""
    reference = "" if evidence.reference is None else f", in the reference {evidence.reference:.3g}"
    return f"{evidence.value:.3g}{interval}{reference}, limit {evidence.limit:.3g}"


def _moment(moment: datetime, zone: ZoneInfo) -> str:
    return f"{moment.astimezone(zone):%Y-%m-%d %H:%M %Z}"
