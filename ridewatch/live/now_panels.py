"""Now: whether it is up, fast and right."""

from ridewatch.live.objective import bad_share
from ridewatch.live.panels import THIRD, Panel, lines, number

OF = '{model_version=~"$model_version"}'
RATE = "[$__rate_interval]"
LATENCY = f"sum by (le) (rate(ridewatch_prediction_latency_seconds_bucket{OF}{RATE}))"

PANELS: tuple[Panel, ...] = (
    number(
        "The service answers",
        "The last /health and the last canary ride: 1 is yes.",
        "max by (probe) (ridewatch_probe_success)",
        "{{probe}}",
    ),
    number("Firing alerts", "Of Prometheus; 0 is well.", 'count(ALERTS{alertstate="firing"}) or vector(0)'),
    number("Rides a minute", "Predictions logged.", f"60 * sum(rate(ridewatch_predictions_total{RATE}))"),
    number(
        "Good answers",
        "At most five minutes wrong, of those labelled in the time shown; 78 % shall be.",
        f"1 - ({bad_share('$__range')})",
        unit="percentunit",
    ),
    number(
        "Mean error",
        "Mean absolute error against the first actual, of rides of 1 to 60 minutes labelled in the time shown.",
        "(sum(increase(ridewatch_judged_error_over_seconds_total[$__range])) "
        "+ sum(increase(ridewatch_judged_error_under_seconds_total[$__range]))) "
        "/ sum(increase(ridewatch_judged_predictions_total[$__range]))",
        unit="s",
    ),
    number(
        "Age of the data",
        "Since the newest prediction was stored.",
        'time() - max(ridewatch_newest_timestamp_seconds{kind="predictions"})',
        unit="s",
    ),
    lines(
        "Answers by who gave them",
        "The fallback answers where the model cannot or should not.",
        (f"sum by (served_by) (rate(ridewatch_predictions_total{OF}{RATE}))", "{{served_by}}"),
        unit="reqps",
    ),
    lines(
        "Time inside the handler",
        "Up to the answer, once for each prediction.",
        (f"histogram_quantile(0.5, {LATENCY})", "median"),
        (f"histogram_quantile(0.95, {LATENCY})", "p95"),
        (f"histogram_quantile(0.99, {LATENCY})", "p99"),
        unit="s",
    ),
    lines(
        "Time until a caller has an answer",
        "Of the probes, network and cold starts included.",
        ("max by (probe) (ridewatch_probe_duration_seconds)", "{{probe}}"),
        unit="s",
        width=THIRD,
    ),
    lines(
        "Rejections",
        "Problems of requests that were not valid, by field and reason, each minute.",
        (f"60 * sum by (field, reason) (rate(ridewatch_rejection_problems_total{RATE}))", "{{field}}: {{reason}}"),
        width=THIRD,
    ),
    lines(
        "Flagged rides",
        "Valid, but odd; each minute.",
        (f"60 * sum by (flag) (rate(ridewatch_flagged_predictions_total{OF}{RATE}))", "{{flag}}"),
        width=THIRD,
    ),
)
