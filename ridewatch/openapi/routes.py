"""What is asked where, and what may come back."""

from dataclasses import dataclass
from typing import Any, Final, Literal

from contracts.alerts import AlertList
from contracts.api import (
    ActualAnswer,
    ActualReport,
    ActualsAnswer,
    ActualsRequest,
    Health,
    PredictManyAnswer,
    PredictManyRequest,
    RideAnswer,
)
from contracts.base import Contract
from contracts.report import Report
from contracts.report_list import ReportList
from contracts.reviews import ReviewList
from contracts.ride import Ride

Contracts = tuple[type[Contract], ...]
Door = Literal["key", "key or link", "open"]

PROBLEMS: Final[dict[int, str]] = {
    400: "The body is not JSON, or a query parameter is not what it should be.",
    401: "Neither the API key nor a signed link that holds was shown.",
    403: "The API key is missing or wrong (answered by API Gateway).",
    404: "There is nothing of that name.",
    405: "The path is served, but not by this method; `Allow` names the one.",
    413: "The body is larger than 256 KiB.",
    415: "The content type is none that API Gateway takes.",
    422: "The body is JSON, but not valid: `fields` names what to correct. It is kept as a rejection, without content.",
    429: "Too many requests (answered by API Gateway).",
    500: "Our fault; the log has it.",
    503: "Nothing can be answered now, and nothing was taken: ask again later.",
}
GATEWAY: Final = (429, 500)


@dataclass(frozen=True)
class Route:
    """One operation."""

    method: Literal["get", "post"]
    path: str
    name: str
    summary: str
    answers: Contracts
    problems: tuple[int, ...]
    door: Door = "key"
    asks: Contracts = ()
    example: Any = None
    table: bool = False
    """Whether the answer is a table, as CSV."""
    page: bool = False
    """Whether a browser gets a page in place of JSON, be it that of an error."""
    redirect: str = ""
    """When the answer is another address."""
    query: tuple[tuple[str, dict[str, Any], str], ...] = ()


LIMIT: Final = ("limit", {"type": "integer", "minimum": 1, "maximum": 200, "default": 60}, "how many, 1 to 200")
MOMENT: Final = {"type": "string", "format": "date-time"}
PAGED: Final = (LIMIT, ("before", MOMENT, "only windows that ended before this time"))
TAKEN: Final = (400, 403, 413, 415, 422, *GATEWAY)

ROUTES: Final = (
    Route(
        "post",
        "/predict",
        "predict",
        "Predict the duration of one ride, or of up to 500, each judged by itself: an invalid ride of many has an "
        "error in its place, and the others an answer. A ride asked twice gives two predictions.",
        (RideAnswer, PredictManyAnswer),
        TAKEN,
        asks=(Ride, PredictManyRequest),
        example={"PULocationID": 10, "DOLocationID": 50, "trip_distance": 40},
        query=(("explain", {"type": "boolean", "default": False}, "whether to tell what each feature adds"),),
    ),
    Route(
        "post",
        "/actuals",
        "actuals",
        "Tell the true duration of one ride, or of up to 500, each judged by itself. It may come before the "
        "prediction, late, twice, or corrected: the one told last holds.",
        (ActualAnswer, ActualsAnswer),
        TAKEN,
        asks=(ActualReport, ActualsRequest),
        example={"ride_id": "ride-1", "duration_minutes": 12.5},
    ),
    Route(
        "get",
        "/health",
        "health",
        "Say by which model rides are answered, and what is wrong with it if it is not the one in charge.",
        (Health,),
        GATEWAY,
        door="open",
    ),
    Route(
        "get",
        "/reports",
        "reports",
        "List the reports, the newest window first.",
        (ReportList,),
        (400, 401, *GATEWAY, 503),
        door="key or link",
        page=True,
        redirect="A signed link was opened: it began a session.",
        query=PAGED,
    ),
    Route(
        "get",
        "/reports.csv",
        "numbers",
        "Give all numbers of the reports as one table, a number a row, the newest window first: as many whole reports "
        "as fit into an answer. While there are older ones, `Link` names the next page.",
        (),
        (400, 401, *GATEWAY, 503),
        door="key or link",
        table=True,
        page=True,
        redirect="A signed link was opened: it began a session.",
        query=PAGED,
    ),
    Route(
        "get",
        "/reports/alerts",
        "alerts",
        "List the alerts: on the first page those that are open, then those that are over, the latest first.",
        (AlertList,),
        (400, 401, *GATEWAY, 503),
        door="key or link",
        page=True,
        redirect="A signed link was opened: it began a session.",
        query=(LIMIT, ("before", MOMENT, "only resolved ones that opened before this time")),
    ),
    Route(
        "get",
        "/reports/review",
        "review",
        "List flagged predictions that wait for a person, or those of which one has said something, the latest first.",
        (ReviewList,),
        (400, 401, *GATEWAY, 503),
        door="key or link",
        page=True,
        redirect="A signed link was opened: it began a session.",
        query=(
            ("state", {"enum": ["waiting", "confirmed", "dismissed"], "default": "waiting"}, "what became of them"),
            LIMIT,
            (
                "before",
                {"type": "string", "pattern": "^[A-Za-z0-9_.:-]{1,128}$"},
                "only those before this prediction",
            ),
        ),
    ),
    Route(
        "get",
        "/reports/{report_id}",
        "report",
        "Give one report, with every number of its window.",
        (Report,),
        (401, 404, *GATEWAY, 503),
        door="key or link",
        page=True,
        redirect="A signed link was opened: it began a session.",
    ),
    Route(
        "get",
        "/reports/{report_id}/evidently",
        "evidently",
        "Go to the report's Evidently page, by an address that is good for five minutes.",
        (),
        (401, 404, *GATEWAY, 503),
        door="key or link",
        redirect="The Evidently page, in the bucket.",
    ),
)
