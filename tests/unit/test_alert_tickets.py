"""Tickets within their budget: e-BH over all that a report could raise, three windows together."""

import numpy as np
import pytest

from contracts.alerts import Subject
from monitoring.alerts.finding import evaluate
from monitoring.alerts.tickets import Hypothesis, distances, fallen, judged
from rides.alert_rules import RULES
from tests.alarming import column, moved, told, wrong

LEVEL = 1 / 30
MANY = [Hypothesis("column_moved", Subject(kind="column", name=str(place))) for place in range(60)]


def days(*values):
    """Give the distances of some reports: the first hypothesis as said, all others well within their limits."""
    return [dict.fromkeys(MANY, -2.0) | {MANY[0]: value} for value in values]


@pytest.mark.parametrize(
    ("values", "stands"),
    [((3.0,), False), ((4.5,), True), ((3.0, 3.0, 3.0), True), ((4.5, -4.0, -4.0), False), ((-1.0, 2.0, 2.0), False)],
)
def test_a_number_needs_to_stand_out_or_to_go_on(values, stands):
    """Alone by four standard errors and more; three windows of three each say as much."""
    assert (MANY[0] in fallen(days(*values), LEVEL)) is stands


def test_where_much_is_wrong_each_needs_less():
    """Twenty of sixty beyond by 3.5: none of them would stand alone."""
    some = dict.fromkeys(MANY, -2.0) | dict.fromkeys(MANY[:20], 3.5)
    assert fallen([some], LEVEL) == frozenset(MANY[:20])
    assert not fallen(days(3.5), LEVEL)


def test_where_nothing_is_wrong_hardly_any_report_shows_anything():
    """At the very edge of every limit, numbers of a report and of days before correlated: at most the level."""
    rng = np.random.default_rng(0)
    shared = rng.normal(size=(2_000, 3, 1))
    z = 0.7 * shared + np.sqrt(1 - 0.49) * rng.normal(size=(2_000, 3, len(MANY)))
    shown = [bool(fallen([dict(zip(MANY, day, strict=True)) for day in report], LEVEL)) for report in z.tolist()]
    assert np.mean(shown) <= LEVEL


def test_distances_are_of_the_interval_towards_the_limit():
    """Two-sided 95 % ends are 1.96 standard errors away; those of drift, one-sided, 1.645."""
    report = wrong(0, mae=5.0)
    found = distances(RULES, judged(RULES, report))
    assert found[Hypothesis("errors_grew", Subject())] == pytest.approx((5.0 - 1.2 * 2.8) / (0.2 / 1.96), rel=1e-3)
    drift = distances(RULES, judged(RULES, moved(0, psi=0.4)))
    assert drift[Hypothesis("column_moved", Subject(kind="column", name="distance"))] == pytest.approx(
        (0.4 - 0.1) / (0.1 / 1.645), rel=1e-3
    )


def test_what_is_counted_is_certain():
    """A column of one value is one, and one of many values is none."""
    constant = told(0, columns=[column("distance", constant=True), column("vendor")])
    found = distances(RULES, judged(RULES, constant))
    assert found[Hypothesis("column_unusable", Subject(kind="column", name="distance"))] == 100.0
    assert found[Hypothesis("column_unusable", Subject(kind="column", name="vendor"))] == -100.0


def test_a_ticket_opens_within_the_budget_and_goes_on_without_it():
    """Beyond its limit for three days, it stands on the second; what no longer stands is not over."""
    days_of = [wrong(0, mae=3.6), wrong(1, mae=4.2), wrong(2, mae=3.6)]
    (first, later) = (
        next(v for v in evaluate(RULES, some, (), LEVEL) if v.rule.name == "errors_grew")
        for some in (days_of[:1], days_of)
    )
    assert (first.fired, first.firing) == (1, False)
    assert (later.fired, later.firing) == (3, True)
    weak = [wrong(place, mae=3.58) for place in range(2)]
    told_weakly = next(v for v in evaluate(RULES, weak, (), LEVEL) if v.rule.name == "errors_grew")
    assert (told_weakly.fired, told_weakly.firing) == (2, False)


def test_nothing_told_is_nothing():
    """No report, or one without a number."""
    assert fallen([], LEVEL) == frozenset()
    assert fallen([{}], LEVEL) == frozenset()


def test_only_tickets_have_a_budget_here():
    """Pages of errors have their own."""
    pages = [rule for rule in RULES if rule.severity == "page"]
    assert distances(pages, judged(pages, wrong(0))) == {}
