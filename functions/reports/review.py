"""A page of the review list: flagged predictions that wait for a person, or what became of them."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import get_args

from contracts.reviews import ReviewList, State
from reports.listing import QueryWrong, limit_of
from reports.parts import Parts

AN_ID = re.compile(r"[A-Za-z0-9_.:-]{1,128}")
STATES: tuple[State, ...] = get_args(State)


@dataclass(frozen=True)
class ReviewAsk:
    """Which reviews a request asks for: at most `limit` of a state, of predictions before the one of an id."""

    state: State
    limit: int
    before: str | None

    @classmethod
    def of(cls, query: Mapping[str, str]) -> "ReviewAsk":
        """Read `state`, `limit` and `before`. Raises QueryWrong."""
        return cls(_state(query.get("state", "waiting")), limit_of(query.get("limit")), _id(query.get("before")))


def review_list(parts: Parts, ask: ReviewAsk) -> ReviewList:
    """Give a page of reviews, the latest prediction first. Raises StoreUnavailable."""
    found = parts.reviews.latest(ask.state, ask.limit + 1, ask.before)
    page = tuple(found[: ask.limit])
    return ReviewList(state=ask.state, reviews=page, before=page[-1].prediction_id if len(found) > ask.limit else None)


def _state(text: str) -> State:
    for state in STATES:
        if text == state:
            return state
    raise QueryWrong("state", f"give {', '.join(STATES)}")  # noqa: EM101 - the name of the parameter


def _id(text: str | None) -> str | None:
    if text is not None and not AN_ID.fullmatch(text):
        raise QueryWrong("before", "give the id of a prediction")  # noqa: EM101 - the name of the parameter
    return text
