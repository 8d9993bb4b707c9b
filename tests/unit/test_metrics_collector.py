from datetime import UTC, datetime

import pytest
from prometheus_client import generate_latest
from prometheus_client.parser import text_string_to_metric_families

from adapters.depths import QueueDepth, Spill
from contracts.alerts import Alert, Subject
from contracts.totals import Tally
from metrics_exporter.catalogue import CATALOGUE
from tests.sample_reports import april, march, too_few, unlabelled
from tests.views import Watched, watching

NEWEST = datetime(2026, 1, 1, tzinfo=UTC)
OPENED = NEWEST.timestamp()


def an_alert(rule, alert_id):
    """Give an open alert."""
    return Alert(
        rule=rule,
        model_version="v1",
        window_kind="day",
        subject=Subject(),
        alert_id=alert_id,
        severity="ticket",
        cause="covariate",
        at=NEWEST,
        updated_at=NEWEST,
        sentence="It moved.",
        next_step="docs/runbook.md#column_moved",
    )


def test_predictions_are_shown_by_version_and_server():
    """What was counted is what is shown."""
    watched = watching({("predictions", "v1", "champion"): 7})
    assert watched.value("ridewatch_predictions_total", model_version="v1", served_by="champion") == 7


def test_known_counters_are_there_at_zero():
    """`increase` loses a counter's first step unless the counter was there before."""
    watched = watching()
    for name in ("ridewatch_predictions_total", "ridewatch_labelled_predictions_total"):
        for server in ("champion", "fallback"):
            assert watched.value(name, model_version="v1", served_by=server) == 0
    assert watched.value("ridewatch_flagged_predictions_total", model_version="v1", flag="zero_distance") == 0
    assert watched.value("ridewatch_rejections_total", route="/predict") == 0
    assert watched.value("ridewatch_actuals_total") == 0
    assert watched.value("ridewatch_prediction_latency_seconds_count", model_version="v1") == 0
    assert watched.value("ridewatch_error_over_seconds_total", model_version="v1") == 0


def test_counters_are_absent_until_the_totals_are_known():
    """A 0 shown before would make the first reading look like a burst."""
    names = Watched(models=frozenset({"v1"})).refresh().names()
    counters = {metric.name for metric in CATALOGUE if metric.type == "counter"}
    assert names & counters == {"ridewatch_exporter_read_errors_total"}


def test_counts_stay_while_mongodb_is_away():
    """The exporter serves what it knows, and says that it stands still."""
    watched = watching({("predictions", "v1", "champion"): 7}).refresh(totals=None, reports=None)
    watched.clock.now += 12
    assert watched.value("ridewatch_predictions_total", model_version="v1", served_by="champion") == 7
    assert watched.value("ridewatch_exporter_up") == 0
    assert watched.value("ridewatch_exporter_read_errors_total", source="totals") == 1
    assert watched.value("ridewatch_exporter_lag_seconds") == 12
    assert watched.value("ridewatch_exporter_last_read_timestamp_seconds", source="totals") == 1000


def test_it_is_up_again_when_mongodb_is_back():
    """Recovery needs nobody."""
    watched = watching().refresh(totals=None).refresh(totals=Tally({("actuals",): 3}))
    assert watched.value("ridewatch_exporter_up") == 1
    assert watched.value("ridewatch_actuals_total") == 3


def test_a_reading_that_hangs_is_not_up():
    """Without a complete reading for a minute the exporter no longer calls itself up."""
    watched = watching()
    watched.clock.now += 61
    assert watched.value("ridewatch_exporter_up") == 0


def test_depths_are_absent_when_aws_is_away():
    """An unknown gauge is absent, never 0."""
    watched = watching(queues={"dlq": QueueDepth(3, 1, 0)}, spill=Spill(2, NEWEST))
    assert watched.value("ridewatch_queue_messages", queue="dlq", state="visible") == 3
    assert watched.value("ridewatch_spilled_batches") == 2
    assert watched.value("ridewatch_spill_oldest_timestamp_seconds") == NEWEST.timestamp()
    watched.refresh(queues=None, spill=None)
    away = {"ridewatch_queue_messages", "ridewatch_spilled_batches", "ridewatch_spill_oldest_timestamp_seconds"}
    assert not away & watched.names()


def test_model_versions_stay_known_while_s3_is_away():
    """A counter that is at 0 does not vanish."""
    watched = watching().refresh(models=None)
    assert watched.value("ridewatch_predictions_total", model_version="v1", served_by="champion") == 0


def test_nothing_spilled_is_zero_since_never():
    """The depth is known to be 0; an age there is not."""
    watched = watching(spill=Spill(0, None))
    assert watched.value("ridewatch_spilled_batches") == 0
    assert watched.value("ridewatch_spill_oldest_timestamp_seconds") is None


def test_latency_is_a_cumulative_histogram_in_seconds():
    """Milliseconds are counted, seconds are shown."""
    counts = {("latency", "v1", "5"): 2, ("latency", "v1", "10"): 1, ("latency", "v1", "+Inf"): 1}
    watched = watching(counts | {("latency_us", "v1"): 6_020_000})
    name = "ridewatch_prediction_latency_seconds"
    shown = {edge: watched.value(f"{name}_bucket", model_version="v1", le=edge) for edge in ("0.0025", "0.005", "0.01")}
    assert shown == {"0.0025": 0, "0.005": 2, "0.01": 3}
    assert watched.value(f"{name}_bucket", model_version="v1", le="+Inf") == 4
    assert watched.value(f"{name}_count", model_version="v1") == 4
    assert watched.value(f"{name}_sum", model_version="v1") == 6.02


def test_errors_are_shown_in_seconds_over_and_under():
    """A signed quantity needs both sides."""
    sides = {("over_us", "v1"): 90_000_000, ("under_us", "v1"): 30_000_000}
    watched = watching({("error", "v1", "1"): 1, ("error", "v1", "2"): 1} | sides)
    assert watched.value("ridewatch_error_over_seconds_total", model_version="v1") == 90
    assert watched.value("ridewatch_error_under_seconds_total", model_version="v1") == 30
    assert watched.value("ridewatch_absolute_error_seconds_sum", model_version="v1") == 120
    assert watched.value("ridewatch_absolute_error_seconds_bucket", model_version="v1", le="60.0") == 1


def test_a_version_that_answered_needs_no_folder_in_s3():
    """Retired models keep their counters."""
    watched = watching({("predictions", "v0", "champion"): 1})
    assert watched.value("ridewatch_labelled_predictions_total", model_version="v0", served_by="champion") == 0


def test_the_age_of_the_data_is_told_by_kind():
    """The stamp of the newest document, not of the reading."""
    watched = watching(totals=Tally({}, {"predictions": NEWEST}))
    assert watched.value("ridewatch_newest_timestamp_seconds", kind="predictions") == NEWEST.timestamp()


def test_the_latest_report_is_shown_with_its_window():
    """Every number is the document's, minutes as seconds."""
    report = april()
    watched = watching(reports=(report,))
    of = {"model_version": report.model_version, "window": report.window.kind}
    assert watched.value("ridewatch_report_drifted_columns", **of) == len(report.drifted) > 0
    assert watched.value("ridewatch_report_window_end_timestamp_seconds", **of) == report.window.end.timestamp()
    assert watched.value("ridewatch_report_rows", **of) == report.volume.predictions
    assert watched.value("ridewatch_report_mae_seconds", **of) == pytest.approx(report.performance.mae.value * 60)
    assert watched.value("ridewatch_report_coverage_ratio", **of) == report.performance.coverage
    for column in report.columns:
        assert watched.value("ridewatch_report_psi", column=column.name, **of) == column.psi
    told = {gap.measure: gap for gap in report.fairness if gap.group == "Queens"}
    group = of | {"group": "pickup borough: Queens"}
    lean = told["lean"]
    assert watched.value("ridewatch_report_fairness_lean_seconds", **group) == pytest.approx(lean.gap.value * 60)
    assert watched.value("ridewatch_report_fairness_mae_ratio", **group) == told["mae_ratio"].gap.value
    assert watched.value("ridewatch_report_fairness_flagged", measure="lean", **group) == lean.flagged


@pytest.mark.parametrize("report", [unlabelled(), too_few()])
def test_what_a_report_does_not_know_is_absent(report):
    """No actuals, no error; too few rows, no drift."""
    watched = watching(reports=(report,))
    assert "ridewatch_report_mae_seconds" not in watched.names()
    assert "ridewatch_report_rows" in watched.names()
    assert "NaN" not in generate_latest(watched.registry).decode()


def test_the_page_can_be_read_back():
    """What is served is the format that Prometheus parses."""
    watched = watching({("problems", "/predict", "other", 'a "quoted"\nreason'): 1}, reports=(march(),))
    families = list(text_string_to_metric_families(generate_latest(watched.registry).decode()))
    assert {metric.name.removesuffix("_total") for metric in CATALOGUE} & {family.name for family in families}


def test_every_name_is_described_before_it_is_shown():
    """`?name[]=` finds metrics by what the collector says it will show."""
    watched = watching({("predictions", "v1", "champion"): 7})
    restricted = watched.registry.restricted_registry(["ridewatch_actuals_total"])
    assert [sample.name for family in restricted.collect() for sample in family.samples] == ["ridewatch_actuals_total"]


def test_every_rule_has_its_open_alerts():
    """0 where none is open, so that a rule over them is never without a number; tests of the way are left out."""
    opened = [an_alert("column_moved", "a1"), an_alert("column_moved", "a2"), an_alert("test", "a3")]
    watched = watching(alerts=tuple(opened))
    assert watched.value("ridewatch_open_alerts", rule="column_moved", severity="ticket") == 2
    assert watched.value("ridewatch_open_alerts", rule="errors_changed", severity="page") == 0
    assert watched.value("ridewatch_open_alerts", rule="test", severity="ticket") == 0
    assert watched.value("ridewatch_open_alert_timestamp_seconds", rule="column_moved", severity="ticket") == OPENED
    assert watched.value("ridewatch_open_alert_timestamp_seconds", rule="errors_changed", severity="page") is None
