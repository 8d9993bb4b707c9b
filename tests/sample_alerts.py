"""Alerts, silences and reviews as a stack may hold them, with names as long as they come."""

from datetime import timedelta

from contracts.alerts import Acceptance, Silence
from contracts.error_watch import Side
from contracts.findings import Watch
from monitoring.alerts.finding import evaluate
from monitoring.alerts.transitions import daily_test, ended, transitions
from rides.alert_rules import RULES, TEST
from tests.alarming import NOW, column, moved, told, window, wrong
from tests.samples import prediction

LONG = "a_column_whose_name_goes_on_and_on_without_a_single_space_until_no_telephone_can_hold_it"
SIDE: Side = "long"


def fill(stores):
    """Let a page and tickets be open, others be over, one rule be silent, and predictions wait."""
    watch = Watch(status="ok", rows=300, is_open=True, side=SIDE, began=NOW, opened_at=NOW)
    days = [wrong(place, 4.8, bias=3.6) for place in (0, 1)] + [moved(place, name=LONG) for place in (2, 3)]
    hours = [told(0, "hour", watch=watch)]
    for reports in (days, hours):
        for transition in transitions((), evaluate(RULES, reports), (), NOW):
            stores.alerts.change(transition, [])
    gone = [told(0, version="v0", columns=[column(LONG, missing=200, missing_reference_share=0.0)])]
    for transition in transitions((), evaluate(RULES, gone), (), NOW - timedelta(days=9)):
        stores.alerts.change(transition, [])
        stores.alerts.change(ended(transition.alert, "replaced", NOW), [])
    stores.alerts.change(daily_test(TEST, "2026-01-01", NOW), [])
    until = NOW + timedelta(days=36_500)
    said = {"why": "x" * 90, "who": "ada", "at": NOW}
    stores.silences.add(Silence(silence_id="s", rule="column_moved", subject=LONG, until=until, **said))
    fields = {"report_id": "20200316T0400-20200317T0400-v1", "model_version": "v1", "window": window(0)}
    stores.acceptances.add(Acceptance(acceptance_id="a", column=LONG, **fields, **said))
    flagged = [prediction(f"p{place}", flags=("absurd_distance", "unseen_zones")) for place in range(3)]
    stores.predictions.add(flagged, NOW)
    stores.reviews.add(flagged, NOW)
    stores.reviews.decide("p0", "dismissed", "ada", "y" * 90, NOW)
