"""What a caller did wrong, or what we cannot do now, and its HTTP status: the one place where errors get theirs."""

from http import HTTPStatus

from contracts.api import ErrorAnswer, ErrorDetail
from contracts.events import FieldProblem


class RequestError(Exception):
    """The base of what is answered with an error; never raised itself."""

    status: HTTPStatus
    code: str

    def __init__(self, remedy: str, problem: FieldProblem | None = None, headers: dict[str, str] | None = None) -> None:
        super().__init__(remedy)
        self.remedy = remedy
        self.problem = problem
        self.headers = headers or {}

    @property
    def answer(self) -> ErrorAnswer:
        """Say it in the shape of every error."""
        return ErrorAnswer(
            error=ErrorDetail(code=self.code, message=self.remedy, fields=(self.problem,) if self.problem else ())
        )


class Refused(RequestError):
    """The base of requests that are wrong as a whole: these leave a rejection."""

    @property
    def problems(self) -> tuple[FieldProblem, ...]:
        """What the rejection names: the field, else the body itself."""
        return (self.problem or FieldProblem(field="body", reason=self.code),)


class NotJson(Refused):
    """The body is not JSON."""

    status = HTTPStatus.BAD_REQUEST
    code = "invalid_json"


class NotQuery(Refused):
    """A query parameter has a value that it cannot have."""

    status = HTTPStatus.BAD_REQUEST
    code = "invalid_query"


class TooLarge(Refused):
    """The body is larger than is read."""

    status = HTTPStatus.REQUEST_ENTITY_TOO_LARGE
    code = "too_large"


class NotAsked(Refused):
    """The body is JSON, but neither an item nor a list of items in its envelope."""

    status = HTTPStatus.UNPROCESSABLE_ENTITY
    code = "invalid_request"


class NoRoute(RequestError):
    """There is nothing at this path."""

    status = HTTPStatus.NOT_FOUND
    code = "not_found"


class WrongMethod(RequestError):
    """There is something at this path, but not by this method."""

    status = HTTPStatus.METHOD_NOT_ALLOWED
    code = "method_not_allowed"


class Unexpected(RequestError):
    """Something broke that nobody thought of; the log has it."""

    status = HTTPStatus.INTERNAL_SERVER_ERROR
    code = "internal"
