"""POST /predict: from rides to answers, and to the events that tell of them."""

from collections.abc import Sequence

from contracts.api import MAX_RIDES, PredictManyAnswer, RideAnswer
from contracts.base import new_id
from contracts.events import KnownRide, Prediction
from contracts.ride import Ride
from predict.call import Call
from predict.champion import Champion
from predict.order import Envelope, Order, read_order
from predict.outcome import Outcome, in_order, rejections, status_of
from rides.answering import Answer, answer_rides

ROUTE = "/predict"
RIDES = Envelope("rides", MAX_RIDES)


def predict(body: bytes, champion: Champion, call: Call) -> Outcome:
    """Answer one ride or many, each judged by itself. Raises RequestError."""
    order = read_order(body, Ride, RIDES)
    predictions = _predictions(order, champion, call) if order.valid else []
    return Outcome(status_of(order), _answer(order, predictions), (*predictions, *rejections(order, ROUTE, call.now)))


def _predictions(order: Order[Ride], champion: Champion, call: Call) -> list[Prediction]:
    serving = champion.serving(call)
    rides = [_known(ride, call) for ride in order.valid]
    answers = answer_rides(rides, serving.answerer, hurried=call.is_hurried())
    latency = call.elapsed_ms()
    return [
        _prediction(ride, answer, serving.version, call, latency) for ride, answer in zip(rides, answers, strict=True)
    ]


def _known(ride: Ride, call: Call) -> KnownRide:
    """Settle what the caller left open: the id is made, the pickup is now."""
    return KnownRide(
        ride_id=ride.ride_id or new_id(),
        pickup_zone=ride.pickup_zone,
        dropoff_zone=ride.dropoff_zone,
        distance=ride.distance,
        pickup_time=ride.pickup_time or call.now,
        passengers=ride.passengers,
        vendor=ride.vendor,
        payment_type=ride.payment_type,
    )


def _prediction(ride: KnownRide, answer: Answer, version: str, call: Call, latency_ms: float) -> Prediction:
    return Prediction(
        prediction_id=new_id(),
        ride=ride,
        features=answer.features,
        minutes=answer.minutes,
        model_version=version,
        served_by=answer.served_by,
        naive_minutes=answer.naive_minutes,
        estimated_error=answer.doubt.estimated_error if answer.doubt else None,
        interval=answer.doubt.interval if answer.doubt else None,
        flags=answer.flags,
        predicted_at=call.now,
        latency_ms=latency_ms,
        cold_start=call.cold_start,
    )


def _answer(order: Order[Ride], predictions: Sequence[Prediction]) -> str:
    answers = in_order(order, map(_told, predictions), "ride")
    return (answers[0] if order.single else PredictManyAnswer(predictions=answers)).model_dump_json()


def _told(prediction: Prediction) -> RideAnswer:
    return RideAnswer(
        ride_id=prediction.ride.ride_id,
        prediction_id=prediction.prediction_id,
        duration_minutes=prediction.minutes,
        model_version=prediction.model_version,
        served_by=prediction.served_by,
        flags=prediction.flags,
        estimated_error=prediction.estimated_error,
        interval=prediction.interval,
    )
