"""Data: whether it is sound and has moved; column by column, now against the reference."""

from ridewatch.live import promql
from ridewatch.live.panels import THIRD, WIDE, Panel, bars, lines

HERE = 'model_version=~"$model_version",segment="$segment"'
DRIFT = f"{HERE},{promql.NOT_WEEKLY}"
THIS = f'{HERE},column="$column"'
RANGE = "$__range"
DAY = '{model_version=~"$model_version",window="day"}'
OF_COLUMN = 'model_version=~"$model_version",column="$column"'


PANELS: tuple[Panel, ...] = (
    bars(
        "How far each column is from the reference: PSI",
        "Of the rows in the time shown, against the reference of all hours of the week. Up to 0.1 is customary.",
        (promql.psi(promql.over(RANGE, DRIFT)), "{{column}}"),
    ),
    bars(
        "Share of rows that would have to move",
        "Total variation, of the same rows.",
        (promql.total_variation(promql.over(RANGE, DRIFT)), "{{column}}"),
        unit="percentunit",
    ),
    lines(
        "PSI of the hour before, less what chance adds",
        "By the recording rules: an hour's rows differ from the reference by the time of the day, too.",
        (f"ridewatch:psi_corrected:1h{{{DRIFT}}}", "{{column}}"),
    ),
    lines(
        "PSI of the day before, less what chance adds",
        "By the recording rules.",
        (f"ridewatch:psi_corrected:1d{{{DRIFT}}}", "{{column}}"),
    ),
    bars(
        "$column now, in $segment",
        "The share of each bin, in the time shown.",
        (promql.bin_shares(THIS, RANGE), "{{bin}}"),
        unit="percentunit",
    ),
    bars(
        "$column in the reference, in $segment",
        "The share of each bin in training.",
        (promql.reference_bin_shares(THIS), "{{bin}}"),
        unit="percentunit",
    ),
    bars(
        "$column by segment: PSI",
        "Where did it move? Of the rows in the time shown.",
        (promql.psi(promql.over(RANGE, OF_COLUMN)), "{{segment}}"),
        width=WIDE,
    ),
    lines(
        "Missing",
        "Share of an hour's rows without a usable value.",
        (f"ridewatch:missing_ratio:1h{{{HERE}}}", "{{column}}"),
        unit="percentunit",
        width=THIRD,
    ),
    lines(
        "Never seen before",
        "Share of an hour's rows with a label that the reference does not know.",
        (f"ridewatch:unseen_ratio:1h{{{HERE}}}", "{{column}}"),
        unit="percentunit",
        width=THIRD,
    ),
    bars(
        "Rules that sound rides keep",
        "Share of the latest daily report's rides that break each.",
        (
            f"max by (check) (ridewatch_report_check_broken{DAY} / (ridewatch_report_check_rows{DAY} > 0))",
            "{{check}}",
        ),
        unit="percentunit",
        width=THIRD,
    ),
)
