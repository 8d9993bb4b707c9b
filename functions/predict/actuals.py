"""POST /actuals: from true durations to receipts, and to the events that carry them."""

from datetime import datetime

from contracts.api import MAX_ACTUALS, ActualAnswer, ActualReport, ActualsAnswer
from contracts.base import new_id
from contracts.events import Actual
from predict.call import Call
from predict.order import Envelope, read_order
from predict.outcome import Outcome, in_order, rejections, status_of

ROUTE = "/actuals"
ACTUALS = Envelope("actuals", MAX_ACTUALS)


def actuals(body: bytes, call: Call) -> Outcome:
    """Take one actual or many, each judged by itself. Raises RequestError."""
    order = read_order(body, ActualReport, ACTUALS)
    taken = [_actual(report, call.now) for report in order.valid]
    receipts = (ActualAnswer(ride_id=actual.ride_id, actual_id=actual.actual_id) for actual in taken)
    answers = in_order(order, receipts, "actual")
    answer = answers[0] if order.single else ActualsAnswer(actuals=answers)
    return Outcome(status_of(order), answer.model_dump_json(), (*taken, *rejections(order, ROUTE, call.now)))


def _actual(report: ActualReport, now: datetime) -> Actual:
    return Actual(
        actual_id=new_id(),
        ride_id=report.ride_id,
        duration_minutes=report.duration_minutes,
        dropoff_time=report.dropoff_datetime,
        received_at=now,
    )
