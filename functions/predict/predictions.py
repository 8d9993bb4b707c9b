"""From rides to the events that tell what was answered."""

from collections.abc import Sequence

from contracts.events import KnownRide, Prediction
from contracts.ride import Ride
from predict.call import Call
from predict.champion import Champion
from rides.answerer import Answerer
from rides.answering import Answer, answer_in_haste, answer_rides
from rides.chosen import is_explained


def predictions_of(rides: Sequence[Ride], champion: Champion, call: Call, *, explain: bool) -> list[Prediction]:
    """Answer rides, in order, by what is in charge."""
    serving = champion.serving(call)
    ids = [call.new_id() for _ in rides]
    known = [_known(ride, call) for ride in rides]
    explained = [explain or is_explained(prediction_id) for prediction_id in ids]
    answers = _answers(known, serving.answerer, explained, call)
    latency = call.elapsed_ms()
    return [
        _prediction(prediction_id, ride, answer, serving.version, call, latency)
        for prediction_id, ride, answer in zip(ids, known, answers, strict=True)
    ]


def _known(ride: Ride, call: Call) -> KnownRide:
    """Settle what the caller left open: the id is made, the pickup is now."""
    return KnownRide(
        ride_id=ride.ride_id or call.new_id(),
        pickup_zone=ride.pickup_zone,
        dropoff_zone=ride.dropoff_zone,
        distance=ride.distance,
        pickup_time=ride.pickup_time or call.now,
        passengers=ride.passengers,
        vendor=ride.vendor,
        payment_type=ride.payment_type,
    )


def _answers(rides: Sequence[KnownRide], answerer: Answerer, explained: Sequence[bool], call: Call) -> list[Answer]:
    return answer_in_haste(rides, answerer) if call.is_hurried() else answer_rides(rides, answerer, explained)


def _prediction(  # noqa: PLR0913, PLR0917 - an event has that many sources
    prediction_id: str, ride: KnownRide, answer: Answer, version: str, call: Call, latency_ms: float
) -> Prediction:
    return Prediction(
        prediction_id=prediction_id,
        ride=ride,
        features=answer.features,
        minutes=answer.minutes,
        model_version=version,
        served_by=answer.served_by,
        naive_minutes=answer.naive_minutes,
        estimated_error=answer.doubt.estimated_error if answer.doubt else None,
        interval=answer.doubt.interval if answer.doubt else None,
        explanation=answer.explanation,
        flags=answer.flags,
        predicted_at=call.now,
        latency_ms=latency_ms,
        cold_start=call.cold_start,
    )
