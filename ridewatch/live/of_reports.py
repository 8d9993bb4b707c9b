"""Alerting rules made from the rules that reports are judged by (`rides.alert_rules`), each in one of two ways.

Every rule is passed on: it fires while a report's alert is open, with all the care that reports take. Those whose
measure counters can tell are also watched live, over the last hour or day of the server's clock, before any report is
made: more coarsely, without intervals, so none of them pages.
"""

from collections.abc import Callable, Mapping
from typing import NamedTuple

from contracts.alert_rules import AlertRule, Measure
from rides.alert_rules import RULES
from ridewatch.live.alert import Alert
from ridewatch.live.promql import WEEKLY

SPANS = {"hour": "1h", "day": "1d"}
RUNBOOK = "docs/runbook.md"
LEAST_ROWS = 50
SECONDS_A_MINUTE = 60
JUDGED = f'segment="all",column!~"{"|".join(("actual", "error", *WEEKLY))}"'
"""Actual and error are judged as performance."""
VERSION = "model_version"


class Live(NamedTuple):
    """A measure as counters tell it in a span, the reference's value, and the rows it is told of."""

    value: Callable[[str], str]
    rows: Callable[[str], str]
    reference: Callable[[str], str] | None = None
    scale: float = 1.0
    """A rule's unit in the metric's."""


def passed_on() -> list[Alert]:
    """Give an alert for every rule: it fires while a report's is open."""
    return [_passed_on(rule) for rule in RULES if rule.measure != "test"]


def live() -> list[Alert]:
    """Give an alert for every rule whose measure can be told live."""
    return [_live(rule, LIVE[rule.measure]) for rule in RULES if rule.measure in LIVE]


def _passed_on(rule: AlertRule) -> Alert:
    return Alert(
        f"Report{_title(rule)}",
        f'max by (rule, severity) (ridewatch_open_alerts{{rule="{rule.name}"}}) > 0',
        "0m",
        rule.severity,
        f"Reports have opened {{{{ $value }}}} alerts of the rule {rule.name}: the report page has the numbers.",
        "model" if rule.cause == "errors" else "data",
        f"{RUNBOOK}#{rule.name}",
    )


def _live(rule: AlertRule, measure: Live) -> Alert:
    span = SPANS[rule.window]
    compared = ">" if rule.direction == "above" else "<"
    enough = f"({measure.rows(span)} >= {max(rule.least_rows, LEAST_ROWS)})"
    return Alert(
        f"Live{_title(rule)}",
        f"({measure.value(span)}) {compared} {_limit(rule, measure, span)} and on ({VERSION}) {enough}",
        "5m",
        "ticket",
        f"Counted live over {span}, {rule.measure.replace('_', ' ')} is {{{{ $value | humanize }}}}, {rule.direction} "
        f"what the rule {rule.name} allows.",
        "model" if rule.cause == "errors" else "data",
        f"{RUNBOOK}#{rule.name}",
    )


def _limit(rule: AlertRule, measure: Live, span: str) -> str:
    plus = rule.plus * measure.scale
    if not rule.needs_reference or measure.reference is None:
        return f"{plus:g}"
    known = f"{rule.times:g} * ({measure.reference(span)})"
    return f"({known} + {plus:g})" if plus else f"({known})"


def _title(rule: AlertRule) -> str:
    return "".join(word.capitalize() for word in rule.name.split("_"))


def _counted(name: str, selector: str = "") -> Callable[[str], str]:
    return lambda span: f"sum by ({VERSION}) (increase({name}{selector}[{span}]))"


def _ratio(above: Callable[[str], str], below: Callable[[str], str]) -> Callable[[str], str]:
    return lambda span: f"{above(span)} / ({below(span)} > 0)"


def _of_report(name: str) -> Callable[[str], str]:
    return lambda _: f'max by ({VERSION}) (ridewatch_report_{name}_seconds{{window="day"}})'


def _wrong(sign: str) -> Callable[[str], str]:
    """Give the mean of seconds over and under, added up or set off, of what is judged."""

    def value(span: str) -> str:
        over, under = (_counted(f"ridewatch_judged_error_{side}_seconds_total")(span) for side in ("over", "under"))
        return f"({over} {sign} {under}) / ({LABELLED(span)} > 0)"

    return value


def _apart(name: str) -> Callable[[str], str]:
    return lambda span: f"max by ({VERSION}, column) (ridewatch:{name}_ratio:{span}{{{JUDGED}}})"


def _apart_in_reference(name: str) -> Callable[[str], str]:
    return lambda _: f'max by ({VERSION}, column) (ridewatch:reference_{name}_ratio{{segment="all"}})'


def _drift(span: str) -> str:
    return f"max by ({VERSION}, column) (ridewatch:psi_corrected:{span}{{{JUDGED}}})"


PREDICTED = _counted("ridewatch_predictions_total")
LABELLED = _counted("ridewatch_judged_predictions_total")

LIVE: Mapping[Measure, Live] = {
    "fallback_share": Live(
        _ratio(_counted("ridewatch_predictions_total", '{served_by="fallback"}'), PREDICTED), PREDICTED
    ),
    "mae": Live(
        _wrong("+"),
        LABELLED,
        _of_report("mae_reference"),
        SECONDS_A_MINUTE,
    ),
    "bias": Live(_wrong("-"), LABELLED, _of_report("bias_reference"), SECONDS_A_MINUTE),
    "expected_error": Live(
        _ratio(_counted("ridewatch_estimated_error_seconds_total"), _counted("ridewatch_estimated_predictions_total")),
        PREDICTED,
        _of_report("estimated_mae_reference"),
        SECONDS_A_MINUTE,
    ),
    "column_drift": Live(_drift, PREDICTED),
    "missing_share": Live(_apart("missing"), PREDICTED, _apart_in_reference("missing")),
    "unseen_share": Live(_apart("unseen"), PREDICTED, _apart_in_reference("unseen")),
}
