"""What one request comes to: its answer, and the events that tell of it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus
from typing import Any, TypeVar

from contracts.api import ErrorAnswer, ErrorDetail
from contracts.base import Contract, new_id
from contracts.events import Actual, FieldProblem, Prediction, Rejection
from predict.judging import Problems
from predict.order import Order

Event = Prediction | Actual | Rejection
Done = TypeVar("Done", bound=Contract)


@dataclass(frozen=True)
class Outcome:
    """An answer as HTTP says it, and its events."""

    status: HTTPStatus
    body: str
    events: tuple[Event, ...]


def rejection(route: str, problems: Sequence[FieldProblem], now: datetime) -> Rejection:
    """Tell of what was not valid, without its content."""
    return Rejection(rejection_id=new_id(), route=route, problems=tuple(problems), received_at=now)


def invalid(what: str, problems: Problems) -> ErrorAnswer:
    """Say what is wrong with one item."""
    names = ", ".join(problem.field for problem in problems if problem.field) or "all of it"
    message = f"The {what} is not valid: {names}. Correct what `fields` names and send it again."
    return ErrorAnswer(error=ErrorDetail(code=f"invalid_{what}", message=message, fields=problems))


def in_order(order: Order[Any], done: Iterable[Done], what: str) -> tuple[Done | ErrorAnswer, ...]:
    """Give each item's answer or error in the place of the item."""
    answers = iter(done)
    return tuple(
        next(answers) if isinstance(verdict, Contract) else invalid(what, verdict) for verdict in order.verdicts
    )


def rejections(order: Order[Any], route: str, now: datetime) -> tuple[Rejection, ...]:
    """Tell of each item that was not valid."""
    return tuple(rejection(route, verdict, now) for verdict in order.verdicts if not isinstance(verdict, Contract))


def status_of(order: Order[Any]) -> HTTPStatus:
    """Give 422 for a single item that is not valid; of many, each answer speaks for itself."""
    wrong = order.single and not order.valid
    return HTTPStatus.UNPROCESSABLE_ENTITY if wrong else HTTPStatus.OK
