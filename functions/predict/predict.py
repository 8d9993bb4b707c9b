"""POST /predict: from rides to answers, and to the events that tell of them."""

from collections.abc import Iterable

from contracts.api import MAX_RIDES, PredictManyAnswer, RideAnswer
from contracts.events import Prediction
from contracts.ride import Ride
from predict.call import Call
from predict.champion import Champion
from predict.order import Envelope, Order, read_order
from predict.outcome import Outcome, in_order, rejections, status_of
from predict.predictions import predictions_of

ROUTE = "/predict"
RIDES = Envelope("rides", MAX_RIDES)


def predict(body: bytes, champion: Champion, call: Call, *, explain: bool) -> Outcome:
    """Answer one ride or many, each judged by itself, with explanations if asked for. Raises RequestError."""
    order = read_order(body, Ride, RIDES)
    predictions = predictions_of(order.valid, champion, call, explain=explain) if order.valid else []
    answer = _answer(order, (_told(prediction, explain=explain) for prediction in predictions))
    return Outcome(status_of(order), answer, (*predictions, *rejections(order, ROUTE, call.now)))


def _answer(order: Order[Ride], told: Iterable[RideAnswer]) -> str:
    answers = in_order(order, told, "ride")
    return (answers[0] if order.single else PredictManyAnswer(predictions=answers)).model_dump_json()


def _told(prediction: Prediction, *, explain: bool) -> RideAnswer:
    return RideAnswer(
        ride_id=prediction.ride.ride_id,
        prediction_id=prediction.prediction_id,
        duration_minutes=prediction.minutes,
        model_version=prediction.model_version,
        served_by=prediction.served_by,
        flags=prediction.flags,
        estimated_error=prediction.estimated_error,
        interval=prediction.interval,
        explanation=prediction.explanation if explain else None,
    )
