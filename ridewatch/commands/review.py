"""The review list: flagged predictions, which a person confirms or dismisses."""

from collections.abc import Mapping

from contracts.reviews import Decision, Reviewed, State
from ridewatch.commands.outcome import USAGE, chosen_stack, fail
from ridewatch.commands.outside import database_of, telling


def listed(name: str | None, state: State, limit: int, before: str | None, *, as_json: bool) -> None:
    """List reviews of a state, the latest prediction first."""
    from adapters.mongodb.reviews import Reviews
    from contracts.reviews import ReviewList

    with telling():
        found = Reviews(database_of(chosen_stack(name))).latest(state, limit + 1, before)
    page = tuple(found[:limit])
    following = page[-1].prediction_id if len(found) > limit else None
    if as_json:
        print(ReviewList(state=state, reviews=page, before=following).model_dump_json())
        return
    for review in page:
        print(_line(review))
    print(f"older ones: `ridewatch review --before {following}`" if following else f"{len(page)} {state}")


def decide(name: str | None, said: Mapping[Decision, list[str]], why: str | None, who: str) -> None:
    """Note what a person says of predictions, by their ids."""
    from adapters.mongodb.connection import server_time
    from adapters.mongodb.reviews import Reviews

    if not why:
        fail("say --why", USAGE)
    with telling():
        database = database_of(chosen_stack(name))
        reviews, now = Reviews(database), server_time(database)
        known = {one: reviews.decide(one, decision, who, why, now) for decision, ids in said.items() for one in ids}
    unknown = [one for one, is_there in known.items() if not is_there]
    if unknown:
        fail(f"these were never flagged, or are forgotten: {', '.join(unknown)}")
    print(f"{len(known)} noted")


def _line(review: Reviewed) -> str:
    ride = review.ride
    true = "" if review.actual is None else f", truly {review.actual:.1f}"
    answer = f"{review.minutes:.1f} min by {review.served_by}{true}"
    where = f"zone {ride.pickup_zone} to {ride.dropoff_zone}, {ride.distance:g} miles"
    said = f"; {review.state} by {review.who}: {review.why}" if review.who else ""
    return f"{review.prediction_id}  {', '.join(review.flags)}: {where}, {answer}{said}"
