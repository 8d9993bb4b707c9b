"""The alerting rules of the live side: is the service there, is anything lost, do reports come, are answers good."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from ridewatch.live.objective import FAST, OBJECTIVE, SLOW, burning

RUNBOOK = "docs/runbook-live.md"
GRAFANA = "http://127.0.0.1:3000/d"


class Alert(NamedTuple):
    """One alerting rule."""

    name: str
    expression: str
    lasting: str
    severity: str
    """page: a consequence, somebody gets up; ticket: a cause, it waits."""
    summary: str
    dashboard: str = "now"

    @property
    def anchor(self) -> str:
        """The heading of the runbook that tells what to do."""
        return self.name.lower()


NEWEST = 'max(ridewatch_newest_timestamp_seconds{kind=~"predictions|labels"})'

SERVICE = (
    Alert(
        "RidewatchServiceDown",
        "max by (probe) (ridewatch_probe_success) == 0",
        "1m",
        "page",
        "The service does not answer: {{ $labels.probe }} fails.",
    ),
    Alert(
        "RidewatchServiceSlow",
        'min by (probe) (min_over_time(ridewatch_probe_duration_seconds{probe="canary"}[5m])) > 2',
        "5m",
        "ticket",
        "Each ride asked about in five minutes took {{ $value | humanizeDuration }} or longer.",
    ),
    Alert(
        "RidewatchFallbackAnswers",
        "sum(increase(ridewatch_predictions_total{served_by='fallback'}[15m])) "
        "/ (sum(increase(ridewatch_predictions_total[15m])) > 50) > 0.5",
        "5m",
        "page",
        "{{ $value | humanizePercentage }} of the answers of a quarter of an hour are the fallback's.",
    ),
    Alert(
        "RidewatchExporterDown",
        'absent(up{job="ridewatch"} == 1)',
        "2m",
        "page",
        "No exporter can be scraped: nothing else here can be believed.",
        "monitor",
    ),
    Alert(
        "RidewatchSourceUnreadable",
        "max by (source) (ridewatch_exporter_source_up) == 0",
        "15m",
        "ticket",
        "The exporter has not been able to read {{ $labels.source }} for a quarter of an hour.",
        "monitor",
    ),
)

LOST = (
    Alert(
        "RidewatchCountsStandStill",
        "max(ridewatch_exporter_up) == 0",
        "5m",
        "page",
        "The totals have not been read from MongoDB for five minutes: is it away?",
        "monitor",
    ),
    Alert(
        "RidewatchEventsBuried",
        'max(ridewatch_queue_messages{queue="dlq",state="visible"}) > 0',
        "1m",
        "page",
        "{{ $value }} messages could not be stored and lie in the dead-letter queue.",
        "monitor",
    ),
    Alert(
        "RidewatchEventsWait",
        'min_over_time(max(ridewatch_queue_messages{queue="events",state="visible"})[15m:1m]) > 0 '
        'and (time() - max(ridewatch_newest_timestamp_seconds{kind="predictions"})) > 900',
        "1m",
        "page",
        "Events have waited for a quarter of an hour, and no prediction was stored meanwhile.",
        "monitor",
    ),
    Alert(
        "RidewatchEventsSpilled",
        "time() - min(ridewatch_spill_oldest_timestamp_seconds) > 7200",
        "5m",
        "ticket",
        "Events that the queue refused have lain in S3 for {{ $value | humanizeDuration }}.",
        "monitor",
    ),
    Alert(
        "RidewatchNoRides",
        "sum(increase(ridewatch_predictions_total[1h])) == 0 "
        "and sum(increase(ridewatch_predictions_total[1h] offset 1d)) > 100",
        "15m",
        "ticket",
        "No ride has been asked about for an hour; at this time yesterday there were more than a hundred.",
    ),
    Alert(
        "RidewatchNoActuals",
        "sum(increase(ridewatch_actuals_total[1d])) == 0 and sum(increase(ridewatch_predictions_total[1d])) > 1000",
        "1h",
        "ticket",
        "Rides are answered, but no true duration has been told for a day.",
        "model",
    ),
)

REPORTS = (
    Alert(
        "RidewatchReportsMissing",
        f'{NEWEST} - max(ridewatch_report_as_of_timestamp_seconds{{window="hour"}}) > 10800 '
        f'or (time() - {NEWEST} < 10800 unless max(ridewatch_report_as_of_timestamp_seconds{{window="hour"}}))',
        "3h",
        "ticket",
        "What was stored more than three hours ago is in no hourly report: one is due every hour.",
        "monitor",
    ),
    Alert(
        "RidewatchReportFailed",
        "max by (model_version, window) (ridewatch_report_failed) == 1",
        "0m",
        "ticket",
        "The latest {{ $labels.window }} report of {{ $labels.model_version }} failed.",
        "monitor",
    ),
)

ANSWERS = (
    Alert(
        "RidewatchAnswersBadFast",
        burning(FAST),
        "2m",
        "page",
        f"{{{{ $value | humanizePercentage }}}} of the answers of an hour are more than five minutes wrong; "
        f"{1 - OBJECTIVE:.0%} may be.",
        "model",
    ),
    Alert(
        "RidewatchAnswersBadSlow",
        burning(SLOW),
        "5m",
        "page",
        f"{{{{ $value | humanizePercentage }}}} of the answers of a day are more than five minutes wrong; "
        f"{1 - OBJECTIVE:.0%} may be.",
        "model",
    ),
)

GROUPS = {"service": SERVICE, "lost data": LOST, "reports": REPORTS, "answers": ANSWERS}


def alert_groups() -> list[dict[str, Any]]:
    """Give the rule groups."""
    return [{"name": name, "rules": [_rule(alert) for alert in alerts]} for name, alerts in GROUPS.items()]


def every_alert() -> Sequence[Alert]:
    """List all alerts."""
    return [alert for alerts in GROUPS.values() for alert in alerts]


def _rule(alert: Alert) -> dict[str, Any]:
    return {
        "alert": alert.name,
        "expr": alert.expression,
        "for": alert.lasting,
        "labels": {"severity": alert.severity},
        "annotations": {
            "summary": alert.summary,
            "runbook_url": f"{RUNBOOK}#{alert.anchor}",
            "dashboard_url": f"{GRAFANA}/ridewatch-{alert.dashboard}",
        },
    }
