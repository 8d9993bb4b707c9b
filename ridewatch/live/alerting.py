"""The alerting rules: of the service, of lost data, of reports that do not come, of good answers; and reports' own."""

from collections.abc import Mapping, Sequence
from typing import Any

from ridewatch.live import of_reports
from ridewatch.live.alert import Alert, written
from ridewatch.live.objective import FAST, OBJECTIVE, SLOW, burning

RUNBOOK = "docs/runbook-live.md"


def _alert(  # noqa: PLR0913, PLR0917 - as many as a rule has parts
    name: str, expression: str, lasting: str, severity: str, summary: str, dashboard: str = "now"
) -> Alert:
    return Alert(name, expression, lasting, severity, summary, dashboard, f"{RUNBOOK}#{name.lower()}")


NEWEST = 'max(ridewatch_newest_timestamp_seconds{kind=~"predictions|labels"})'

SERVICE = (
    _alert(
        "RidewatchServiceDown",
        "max by (probe) (ridewatch_probe_success) == 0",
        "1m",
        "page",
        "The service does not answer: {{ $labels.probe }} fails.",
    ),
    _alert(
        "RidewatchServiceSlow",
        'min by (probe) (min_over_time(ridewatch_probe_duration_seconds{probe="canary"}[5m])) > 2',
        "5m",
        "ticket",
        "Each ride asked about in five minutes took {{ $value | humanizeDuration }} or longer.",
    ),
    _alert(
        "RidewatchFallbackAnswers",
        "sum(increase(ridewatch_predictions_total{served_by='fallback'}[15m])) "
        "/ (sum(increase(ridewatch_predictions_total[15m])) > 50) > 0.5",
        "5m",
        "page",
        "{{ $value | humanizePercentage }} of the answers of a quarter of an hour are the fallback's.",
    ),
    _alert(
        "RidewatchFunctionFails",
        "max by (function) (ridewatch_function_errors + ridewatch_function_throttles) "
        "/ (max by (function) (ridewatch_function_invocations + ridewatch_function_throttles) > 0) > 0.05",
        "5m",
        "page",
        "{{ $value | humanizePercentage }} of the calls of {{ $labels.function }} crash, time out or are refused.",
    ),
    _alert(
        "RidewatchExporterDown",
        'absent(up{job="ridewatch"} == 1)',
        "2m",
        "page",
        "No exporter can be scraped: nothing else here can be believed.",
        "monitor",
    ),
    _alert(
        "RidewatchSourceUnreadable",
        "max by (source) (ridewatch_exporter_source_up) == 0",
        "15m",
        "ticket",
        "The exporter has not been able to read {{ $labels.source }} for a quarter of an hour.",
        "monitor",
    ),
)

LOST = (
    _alert(
        "RidewatchCountsStandStill",
        "max(ridewatch_exporter_up) == 0",
        "5m",
        "page",
        "The totals have not been read from MongoDB for five minutes: is it away?",
        "monitor",
    ),
    _alert(
        "RidewatchEventsBuried",
        'max(ridewatch_queue_messages{queue="dlq",state="visible"}) > 0',
        "1m",
        "page",
        "{{ $value }} messages could not be stored and lie in the dead-letter queue.",
        "monitor",
    ),
    _alert(
        "RidewatchBuriedEventsExpire",
        'max(ridewatch_queue_oldest_message_age_seconds{queue="dlq"}) > 864000',
        "15m",
        "page",
        "Messages have lain in the dead-letter queue for {{ $value | humanizeDuration }}; SQS keeps 14 days.",
        "monitor",
    ),
    _alert(
        "RidewatchEventsWait",
        'min_over_time(max(ridewatch_queue_messages{queue="events",state="visible"})[15m:1m]) > 0 '
        'and (time() - max(ridewatch_newest_timestamp_seconds{kind="predictions"})) > 900',
        "1m",
        "page",
        "Events have waited for a quarter of an hour, and no prediction was stored meanwhile.",
        "monitor",
    ),
    _alert(
        "RidewatchEventsSpilled",
        "time() - min(ridewatch_spill_oldest_timestamp_seconds) > 7200",
        "5m",
        "ticket",
        "Events that the queue refused have lain in S3 for {{ $value | humanizeDuration }}.",
        "monitor",
    ),
    _alert(
        "RidewatchNoRides",
        "sum(increase(ridewatch_predictions_total[1h])) == 0 "
        "and sum(increase(ridewatch_predictions_total[1h] offset 1d)) > 100",
        "15m",
        "ticket",
        "No ride has been asked about for an hour; at this time yesterday there were more than a hundred.",
    ),
    _alert(
        "RidewatchNoActuals",
        "sum(increase(ridewatch_actuals_total[1d])) == 0 and sum(increase(ridewatch_predictions_total[1d])) > 1000",
        "1h",
        "ticket",
        "Rides are answered, but no true duration has been told for a day.",
        "model",
    ),
)

REPORTS = (
    _alert(
        "RidewatchReportsMissing",
        f'{NEWEST} - max(ridewatch_report_as_of_timestamp_seconds{{window="hour"}}) > 10800 '
        f'or (time() - {NEWEST} < 10800 unless max(ridewatch_report_as_of_timestamp_seconds{{window="hour"}}))',
        "3h",
        "ticket",
        "What was stored more than three hours ago is in no hourly report: one is due every hour.",
        "monitor",
    ),
    _alert(
        "RidewatchReportsBehind",
        "max by (model_version) (ridewatch_expected_reports) - max by (model_version) (ridewatch_seen_reports) > 0",
        "2h",
        "ticket",
        "{{ $value }} hours of {{ $labels.model_version }} hold rides that no report knows of, though it is due.",
        "monitor",
    ),
    _alert(
        "RidewatchReportFailed",
        "max by (model_version, window) (ridewatch_report_failed) == 1",
        "0m",
        "ticket",
        "The latest {{ $labels.window }} report of {{ $labels.model_version }} failed.",
        "monitor",
    ),
)

ANSWERS = (
    _alert(
        "RidewatchAnswersBadFast",
        burning(FAST),
        "2m",
        "page",
        f"{{{{ $value | humanizePercentage }}}} of the answers of an hour are more than five minutes wrong; "
        f"{1 - OBJECTIVE:.0%} may be.",
        "model",
    ),
    _alert(
        "RidewatchAnswersBadSlow",
        burning(SLOW),
        "5m",
        "page",
        f"{{{{ $value | humanizePercentage }}}} of the answers of a day are more than five minutes wrong; "
        f"{1 - OBJECTIVE:.0%} may be.",
        "model",
    ),
)

GROUPS: Mapping[str, Sequence[Alert]] = {
    "service": SERVICE,
    "lost data": LOST,
    "reports": REPORTS,
    "answers": ANSWERS,
    "alerts of reports": of_reports.passed_on(),
    "rules of reports, live": of_reports.live(),
}


def alert_groups() -> list[dict[str, Any]]:
    """Give the rule groups."""
    return [{"name": name, "rules": [written(alert) for alert in alerts]} for name, alerts in GROUPS.items()]


def every_alert() -> Sequence[Alert]:
    """List all alerts."""
    return [alert for alerts in GROUPS.values() for alert in alerts]
