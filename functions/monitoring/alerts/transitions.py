"""Transitions: what of the rules' verdicts is new, what goes on, and what is over."""

import hashlib
import json
from collections.abc import Iterable, Sequence
from datetime import datetime

from contracts.alert_rules import AlertRule
from contracts.alerts import Action, Alert, AlertKey, Evidence, Reason, Silence, Subject, Transition
from monitoring.alerts.finding import Verdict

ID_DIGITS = 32


def transitions(
    alerts: Iterable[Alert], verdicts: Iterable[Verdict], silences: Sequence[Silence], now: datetime
) -> tuple[Transition, ...]:
    """Say what changes, given the alerts that are open.

    An alert opens by the first verdict that fires, goes on with each later window that shows it, and is over once none
    of the last windows does. What is silenced neither opens nor goes on; that it is over is told all the same.
    """
    there = {alert.key: alert for alert in alerts}
    found = (_transition(there.get(verdict.key), verdict, silences, now) for verdict in verdicts)
    return tuple(transition for transition in found if transition)


def ended(alert: Alert, because: Reason, now: datetime, cleared: Evidence | None = None) -> Transition:
    """End an alert."""
    return _named("resolved", _over(alert, because, now, cleared), now)


def daily_test(rule: AlertRule, day: str, now: datetime) -> Transition:
    """Make the test alert of a day, which is over at once."""
    key = AlertKey(rule=rule.name, model_version=None, window_kind="day", subject=Subject())
    alert = Alert(
        **vars(key),
        alert_id=_id(key, day),
        severity=rule.severity,
        cause=rule.cause,
        at=now,
        updated_at=now,
        sentence=rule.sentence,
        next_step=rule.next_step,
    )
    return _named("tested", _over(alert, "clear", now), now)


def _transition(alert: Alert | None, verdict: Verdict, silences: Sequence[Silence], now: datetime) -> Transition | None:
    if alert and not verdict.fired:
        return ended(alert, "clear", now, verdict.evidence)
    if any(silence.covers(verdict.key) and now < silence.until for silence in silences):
        return None
    if alert is None:
        return _named("opened", _alert(verdict, now), now) if verdict.firing else None
    return _named("updated", _gone_on(alert, verdict, now), now) if _goes_on(alert, verdict) else None


def _goes_on(alert: Alert, verdict: Verdict) -> bool:
    """Tell whether a later window shows it too; a new revision of the same one is no news."""
    return alert.evidence is None or verdict.evidence.window.end > alert.evidence.window.end


def _gone_on(alert: Alert, verdict: Verdict, now: datetime) -> Alert:
    kept = {"alert_id": alert.alert_id, "at": alert.at, "sent_at": alert.sent_at}
    return _alert(verdict, now).model_copy(update=kept)


def _alert(verdict: Verdict, now: datetime) -> Alert:
    rule, reading, evidence = verdict.rule, verdict.shown.reading, verdict.evidence
    return Alert(
        **vars(verdict.key),
        alert_id=_id(verdict.key, (reading.since or evidence.window.start).isoformat()),
        severity=rule.severity,
        cause=", ".join(filter(None, (reading.cause or rule.cause, reading.lean))),
        at=now,
        updated_at=now,
        rides=evidence.rides,
        labelled_rides=evidence.labelled_rides,
        sentence=_sentence(verdict),
        next_step=rule.next_step,
        evidence=evidence,
    )


def _sentence(verdict: Verdict) -> str:
    reading, numbers = verdict.shown.reading, verdict.evidence.model_dump(exclude={"report_id", "revision", "window"})
    lean = f" ({reading.lean})" if reading.lean else ""
    words = {"subject": reading.subject.name, "detail": reading.detail, "announced": reading.announced, "lean": lean}
    return verdict.rule.sentence.format(**numbers, **words)


def _over(alert: Alert, because: Reason, now: datetime, cleared: Evidence | None = None) -> Alert:
    over = {"state": "resolved", "resolved_because": because, "resolved_at": now, "updated_at": now, "cleared": cleared}
    return alert.model_copy(update=over)


def _named(action: Action, alert: Alert, now: datetime) -> Transition:
    """Give a transition the name that it has whenever it is found."""
    window = f"-{alert.evidence.window.start:%Y%m%dT%H%MZ}" if action == "updated" and alert.evidence else ""
    name = f"{alert.alert_id}-{action}{window}"
    return Transition(transition_id=name, action=action, at=now, test=alert.is_test, alert=alert)


def _id(key: AlertKey, since: str) -> str:
    """Name what a rule finds of a subject from a window on: the same of the same."""
    told = json.dumps([key.model_dump(mode="json"), since], sort_keys=True)
    return hashlib.sha256(told.encode()).hexdigest()[:ID_DIGITS]
