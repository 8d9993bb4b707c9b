"""Model: how wrong, how sure that is, whether it was foreseen, for whom, and of which version."""

from ridewatch.live import promql
from ridewatch.live.objective import OBJECTIVE, bad_share
from ridewatch.live.panels import HALF, THIRD, Panel, bars, lines

OF = '{model_version=~"$model_version"}'
DAY = '{model_version=~"$model_version",window="day"}'
HOUR = "[1h]"


def _mean(total: str, count: str) -> str:
    sums = [f"sum by (model_version) (increase({name}{OF}{HOUR}))" for name in (total, count)]
    return f"{sums[0]} / ({sums[1]} > 0)"


def _of_report(name: str) -> tuple[str, str]:
    return f"max by (model_version) (ridewatch_report_{name}{DAY})", f"{{{{model_version}}}} {name}"


def _side(name: str) -> tuple[str, str]:
    labelled = f"sum by (model_version) (increase(ridewatch_judged_predictions_total{OF}{HOUR}))"
    seconds = f"sum by (model_version) (increase(ridewatch_judged_error_{name}_seconds_total{OF}{HOUR}))"
    return f"{seconds} / ({labelled} > 0)", f"{{{{model_version}}}} {name}"


ERRORS = 'model_version=~"$model_version",segment="$segment",column="error"'

MEASURED = f"{_side('over')[0]} + {_side('under')[0]}"

PANELS: tuple[Panel, ...] = (
    lines(
        "Measured and expected error",
        "Of an hour: mean absolute error of what was labelled, and what was expected of what was asked.",
        (
            MEASURED,
            "{{model_version}} measured",
        ),
        (
            _mean("ridewatch_estimated_error_seconds_total", "ridewatch_estimated_predictions_total"),
            "{{model_version}} expected",
        ),
        unit="s",
    ),
    lines(
        "Mean absolute error by the daily report",
        "With the ends of its 95 % interval, and the reference's at the same hours of the week.",
        *(_of_report(f"mae{end}_seconds") for end in ("", "_low", "_high", "_reference")),
        unit="s",
    ),
    lines(
        "Answers more than five minutes wrong",
        f"Of an hour and of a day, beside the {1 - OBJECTIVE:.0%} that may be.",
        (bad_share("1h"), "an hour"),
        (bad_share("1d"), "a day"),
        (f"vector({1 - OBJECTIVE:.2f})", "may be"),
        unit="percentunit",
    ),
    lines(
        "Too long and too short",
        "Minutes over and minutes under, each for every labelled ride of an hour: their difference is the bias.",
        _side("over"),
        _side("under"),
        unit="s",
    ),
    bars(
        "Error of each segment",
        "Mean absolute error by the latest daily report.",
        (f"max by (segment) (ridewatch_report_segment_mae_seconds{DAY})", "{{segment}}"),
        unit="s",
    ),
    bars(
        "Lean of each segment",
        "Mean error by the latest daily report: whose rides are said to be longer than they are?",
        (f"max by (segment) (ridewatch_report_segment_bias_seconds{DAY})", "{{segment}}"),
        unit="s",
    )._replace(least=None),
    bars(
        "Fairness: lean of each group",
        "Mean error less that of all rides, by the latest daily report.",
        (f"max by (group) (ridewatch_report_fairness_lean_seconds{DAY})", "{{group}}"),
        unit="s",
        width=HALF,
    )._replace(least=None),
    bars(
        "Fairness: error of each group",
        "Mean absolute error as a multiple of that of all rides, by the latest daily report.",
        (f"max by (group) (ridewatch_report_fairness_mae_ratio{DAY})", "{{group}}"),
        width=HALF,
    ),
    bars(
        "Errors in $segment",
        "Share of each bin of prediction − first actual, minutes, of what was labelled in the time shown.",
        (
            promql.bin_shares(ERRORS, "$__range"),
            "{{bin}}",
        ),
        unit="percentunit",
        width=HALF,
    ),
    lines(
        "Versions",
        "Answers of each.",
        ("sum by (model_version) (rate(ridewatch_predictions_total[$__rate_interval]))", "{{model_version}}"),
        unit="reqps",
        width=HALF,
    ),
    lines(
        "Labelled share",
        "Of the latest report's predictions.",
        (f"max by (model_version) (ridewatch_report_coverage_ratio{DAY})", "{{model_version}}"),
        unit="percentunit",
        width=THIRD,
    ),
    lines(
        "Better than the fallback",
        "1 − MAE / the fallback's on the same rides, by the daily report.",
        (f"max by (model_version) (ridewatch_report_skill_ratio{DAY})", "{{model_version}}"),
        unit="percentunit",
        width=THIRD,
    ),
    lines(
        "Actuals and corrections",
        "Told each minute.",
        ("60 * sum(rate(ridewatch_actuals_total[$__rate_interval]))", "actuals"),
        ("60 * sum(rate(ridewatch_actual_corrections_total[$__rate_interval]))", "corrections"),
        width=THIRD,
    ),
)
