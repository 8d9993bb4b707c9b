"""Every alert fires when it should and is silent when it should be, by Prometheus's own `promtool test rules`."""

import re
import shutil
import subprocess

import pytest
import yaml

from ridewatch.embedded.home import CHECKOUT
from ridewatch.live.alerting import RUNBOOK, every_alert
from ridewatch.live.objective import FAST, OBJECTIVE, SLOW
from tests.prometheus import NOT_INSTALLED, PROMTOOL

RULES = CHECKOUT / "localstack" / "prometheus" / "rules" / "alerts.yaml"
ALERTS = {alert.name: alert for alert in every_alert()}
HOUR, DAY = 60, 24 * 60
"""In minutes, the steps of the series below."""


def series(name, values, **labels):
    """Write an input series: values as promtool's shorthand."""
    told = ",".join(f'{label}="{value}"' for label, value in labels.items())
    return {"series": f"{name}{{{told}}}", "values": values}


def errors(bad, total, minutes):
    """Write the histogram of answers, `bad` of `total` more than five minutes wrong in every minute."""
    name = "ridewatch_absolute_error_seconds"
    return [
        series(f"{name}_bucket", f"0+{total - bad}x{minutes}", le="300.0", model_version="v1"),
        series(f"{name}_bucket", f"0+{total}x{minutes}", le="+Inf", model_version="v1"),
        series(f"{name}_count", f"0+{total}x{minutes}", model_version="v1"),
    ]


def predictions(champion, fallback):
    """Write the counters of predictions, by who answered."""
    name = "ridewatch_predictions_total"
    return [
        series(name, champion, model_version="v1", served_by="champion"),
        series(name, fallback, model_version="v1", served_by="fallback"),
    ]


def newest(values, kind="predictions"):
    """Write when the newest document was stored."""
    return series("ridewatch_newest_timestamp_seconds", values, kind=kind)


def as_of(values):
    """Write when the latest hourly report was made."""
    return series("ridewatch_report_as_of_timestamp_seconds", values, window="hour", model_version="v1")


def queue(values, name="events"):
    """Write a queue's depth."""
    return series("ridewatch_queue_messages", values, queue=name, state="visible")


FIRES = {
    "RidewatchServiceDown": (5, [series("ridewatch_probe_success", "1 0x10", probe="canary")]),
    "RidewatchServiceSlow": (15, [series("ridewatch_probe_duration_seconds", "3x20", probe="canary")]),
    "RidewatchFallbackAnswers": (25, predictions("0+2x30", "0+8x30")),
    "RidewatchExporterDown": (5, [series("up", "0x10", job="ridewatch", instance="a")]),
    "RidewatchSourceUnreadable": (20, [series("ridewatch_exporter_source_up", "0x30", source="bins")]),
    "RidewatchCountsStandStill": (10, [series("ridewatch_exporter_up", "0x20")]),
    "RidewatchEventsBuried": (3, [queue("0 2x10", "dlq")]),
    "RidewatchEventsWait": (40, [queue("5x60"), newest("0x60")]),
    "RidewatchEventsSpilled": (140, [series("ridewatch_spill_oldest_timestamp_seconds", "60x200")]),
    "RidewatchNoRides": (DAY + 110, predictions(f"0+10x{2 * HOUR} {10 * 2 * HOUR}x{DAY}", f"0x{DAY + 2 * HOUR}")),
    "RidewatchNoActuals": (
        DAY + 2 * HOUR,
        [series("ridewatch_actuals_total", f"7x{2 * DAY}"), *predictions(f"0+5x{2 * DAY}", f"0x{2 * DAY}")],
    ),
    "RidewatchReportsMissing": (7 * HOUR, [newest(f"0+60x{10 * HOUR}"), as_of(f"0x{10 * HOUR}")]),
    "RidewatchReportFailed": (2, [series("ridewatch_report_failed", "0 1x5", window="day", model_version="v1")]),
    "RidewatchAnswersBadFast": (HOUR, errors(bad=9, total=20, minutes=2 * HOUR)),
    "RidewatchAnswersBadSlow": (4 * HOUR, errors(bad=38, total=100, minutes=5 * HOUR)),
}
SILENT = {
    "RidewatchServiceDown": (5, [series("ridewatch_probe_success", "0 1 0 1x8", probe="canary")]),
    "RidewatchServiceSlow": (
        15,
        [series("ridewatch_probe_duration_seconds", "3 3 1 3 3 1 3 3 1 3 3 1x20", probe="canary")],
    ),
    "RidewatchFallbackAnswers": (25, predictions("0+8x30", "0+2x30")),
    "RidewatchExporterDown": (
        5,
        [series("up", "0x10", job="ridewatch", instance="a"), series("up", "1x10", job="ridewatch", instance="b")],
    ),
    "RidewatchSourceUnreadable": (20, [series("ridewatch_exporter_source_up", "0x10 1x20", source="bins")]),
    "RidewatchCountsStandStill": (
        10,
        [series("ridewatch_exporter_up", "0x20", instance="a"), series("ridewatch_exporter_up", "1x20", instance="b")],
    ),
    "RidewatchEventsBuried": (3, [queue("0x10", "dlq"), queue("9x10")]),
    "RidewatchEventsWait": (40, [queue("5x60"), newest("0+60x60")]),
    "RidewatchEventsSpilled": (140, [series("ridewatch_spill_oldest_timestamp_seconds", "0+60x200")]),
    "RidewatchNoRides": (DAY + 110, predictions(f"0x{2 * DAY}", f"0x{2 * DAY}")),
    "RidewatchNoActuals": (
        DAY + 2 * HOUR,
        [series("ridewatch_actuals_total", f"0+1x{2 * DAY}"), *predictions(f"0+5x{2 * DAY}", f"0x{2 * DAY}")],
    ),
    "RidewatchReportsMissing": (7 * HOUR, [newest(f"0+60x{10 * HOUR}"), as_of(f"0+60x{10 * HOUR}")]),
    "RidewatchReportFailed": (2, [series("ridewatch_report_failed", "0x5", window="day", model_version="v1")]),
    "RidewatchAnswersBadFast": (4 * HOUR, errors(bad=38, total=100, minutes=5 * HOUR)),
    "RidewatchAnswersBadSlow": (4 * HOUR, errors(bad=21, total=100, minutes=5 * HOUR)),
}


def firing(tmp_path, name, at, given):
    """Ask promtool whether an alert fires at a minute; it must be sure either way."""
    for fires in (True, False):
        expected = [{"exp_labels": {}}] if fires else []
        answers = [_test(tmp_path, name, at, given, expected)]
        if fires and "exp:" in answers[0] and re.search(r"got:\[\s*\n?\s*0:", answers[0]):
            return True
        if not fires and answers[0] == "":
            return False
    raise AssertionError(answers[0])


def _test(tmp_path, name, at, given, expected):
    """Run one test; give promtool's complaint."""
    test = {
        "rule_files": [str(RULES)],
        "evaluation_interval": "1m",
        "tests": [
            {
                "interval": "1m",
                "input_series": given,
                "alert_rule_test": [{"eval_time": f"{at}m", "alertname": name, "exp_alerts": expected}],
            }
        ],
    }
    path = tmp_path / "test.yaml"
    path.write_text(yaml.safe_dump(test))
    found = subprocess.run(  # noqa: S603 - fixed words
        [PROMTOOL, "test", "rules", str(path)], capture_output=True, text=True, check=False
    )
    return "" if found.returncode == 0 else found.stdout + found.stderr


needs_promtool = pytest.mark.skipif(not shutil.which("promtool"), reason=NOT_INSTALLED)


@needs_promtool
@pytest.mark.parametrize("name", ALERTS)
def test_it_fires(tmp_path, name):
    """In the case that it is for."""
    assert firing(tmp_path, name, *FIRES[name])


@needs_promtool
@pytest.mark.parametrize("name", ALERTS)
def test_it_is_silent(tmp_path, name):
    """In the case that comes nearest to it."""
    assert not firing(tmp_path, name, *SILENT[name])


@needs_promtool
@pytest.mark.parametrize("name", ["RidewatchReportsMissing"])
def test_reports_that_never_came_are_missing_too(tmp_path, name):
    """Predictions are stored, and there is no report at all."""
    assert firing(tmp_path, name, 4 * HOUR, [newest(f"0+60x{10 * HOUR}")])


def test_every_alert_has_its_cases():
    """One that was never seen to fire is a decoration, one never seen silent a nuisance."""
    assert set(FIRES) == set(SILENT) == set(ALERTS)


@pytest.mark.parametrize("alert", ALERTS.values(), ids=ALERTS)
def test_every_alert_says_what_to_do(alert):
    """Its summary is a sentence, and the runbook has a heading of its name."""
    assert alert.summary.endswith((".", "?"))
    assert alert.severity in {"page", "ticket"}
    headings = re.findall(r"^#+ (\w+)$", (CHECKOUT / RUNBOOK).read_text(), re.MULTILINE)
    assert alert.name in headings


def test_the_burn_rates_can_be_reached_and_quiet_months_do_not_reach_them():
    """In quiet months at most 21 % of the answers are bad, in April 2020 38 %; at most all of them can be."""
    assert max(FAST.bad, SLOW.bad) < 1
    assert 0.21 < SLOW.bad < 0.38 < FAST.bad
    assert 1 - OBJECTIVE > 0.21
