"""Metrics that count, from the totals."""

from contracts.totals import ERROR_EDGES_MINUTES, LATENCY_EDGES_MS
from metrics_exporter.count_samples import (
    MICROSECONDS,
    alone,
    binned,
    counted,
    newest,
    none_yet,
    routes,
    versions,
    versions_flagged,
    versions_served,
)
from metrics_exporter.metric import Metric

VERSION = ("model_version",)
SERVED = ("model_version", "served_by")

PREDICTED = (
    Metric(
        "ridewatch_predictions_total",
        "counter",
        "Predictions logged.",
        "predictions",
        SERVED,
        counted("predictions", versions_served),
    ),
    Metric(
        "ridewatch_cold_start_predictions_total",
        "counter",
        "Predictions answered by the first request of a fresh function; a request of many rides counts each.",
        "predictions",
        VERSION,
        counted("cold", versions),
    ),
    Metric(
        "ridewatch_flagged_predictions_total",
        "counter",
        "Predictions that carry a flag, by flag; one prediction may carry several.",
        "predictions",
        ("model_version", "flag"),
        counted("flagged", versions_flagged),
    ),
    Metric(
        "ridewatch_prediction_latency_seconds",
        "histogram",
        "Time inside the handler up to the answer, once for each prediction: the rides of one request share it.",
        "seconds",
        VERSION,
        binned("latency", LATENCY_EDGES_MS, [edge / 1000 for edge in LATENCY_EDGES_MS], ("latency_us",)),
    ),
)

FORESEEN = (
    Metric(
        "ridewatch_estimated_predictions_total",
        "counter",
        "Predictions that came with an expected error.",
        "predictions",
        VERSION,
        counted("foreseen", versions),
    ),
    Metric(
        "ridewatch_estimated_error_seconds_total",
        "counter",
        "Sum of the absolute errors that were expected of them, before any label.",
        "seconds",
        VERSION,
        counted("foreseen_us", versions, MICROSECONDS),
    ),
)

TOLD = (
    Metric(
        "ridewatch_actuals_total",
        "counter",
        "True durations received, corrections included.",
        "actuals",
        (),
        counted("actuals", alone),
    ),
    Metric(
        "ridewatch_actual_corrections_total",
        "counter",
        "Actuals of rides of which an earlier actual is known.",
        "actuals",
        (),
        counted("corrections", alone),
    ),
    Metric(
        "ridewatch_rejections_total",
        "counter",
        "Rides and actuals that were not valid.",
        "rejections",
        ("route",),
        counted("rejections", routes),
    ),
    Metric(
        "ridewatch_rejection_problems_total",
        "counter",
        "Problems found in rejections; one rejection may have several. A field nobody knows counts as `other`.",
        "problems",
        ("route", "field", "reason"),
        counted("problems", none_yet),
    ),
)

LABELLED = (
    Metric(
        "ridewatch_labelled_predictions_total",
        "counter",
        "Predictions that an actual has found; each counts once, whatever is corrected later.",
        "predictions",
        SERVED,
        counted("labelled", versions_served),
    ),
    Metric(
        "ridewatch_absolute_error_seconds",
        "histogram",
        "Absolute error (prediction − first actual) of labelled predictions.",
        "seconds",
        VERSION,
        binned("error", ERROR_EDGES_MINUTES, [edge * 60 for edge in ERROR_EDGES_MINUTES], ("over_us", "under_us")),
    ),
    Metric(
        "ridewatch_error_over_seconds_total",
        "counter",
        "Sum of the errors of predictions that were too long, against the first actual.",
        "seconds",
        VERSION,
        counted("over_us", versions, MICROSECONDS),
    ),
    Metric(
        "ridewatch_error_under_seconds_total",
        "counter",
        "Sum of the errors of predictions that were too short, as a positive number, against the first actual.",
        "seconds",
        VERSION,
        counted("under_us", versions, MICROSECONDS),
    ),
)

JUDGED = (
    Metric(
        "ridewatch_judged_predictions_total",
        "counter",
        "Labelled predictions whose first actual is of the durations that models are judged on, 1 to 60 minutes.",
        "predictions",
        VERSION,
        counted("judged", versions),
    ),
    Metric(
        "ridewatch_judged_error_over_seconds_total",
        "counter",
        "Sum of the errors of those that were too long: with the next one, the MAE and the bias that reports tell.",
        "seconds",
        VERSION,
        counted("judged_over_us", versions, MICROSECONDS),
    ),
    Metric(
        "ridewatch_judged_error_under_seconds_total",
        "counter",
        "Sum of the errors of those that were too short, as a positive number.",
        "seconds",
        VERSION,
        counted("judged_under_us", versions, MICROSECONDS),
    ),
)

AGE = Metric(
    "ridewatch_newest_timestamp_seconds",
    "gauge",
    "When the newest document of this kind was stored: `time()` less this is the age of the data.",
    "Unix seconds",
    ("kind",),
    newest,
)

COUNTS = (*PREDICTED, *FORESEEN, *TOLD, *LABELLED, *JUDGED, AGE)
