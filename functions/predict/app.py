"""The API: rides in, answers out; actuals in, receipts out."""

from datetime import UTC, datetime
from http import HTTPStatus
from itertools import count
from time import perf_counter
from typing import Any

from aws_lambda_powertools.event_handler import APIGatewayRestResolver, CORSConfig, Response
from aws_lambda_powertools.event_handler.exceptions import NotFoundError
from aws_lambda_powertools.metrics import MetricUnit
from aws_lambda_powertools.utilities.typing import LambdaContext

from contracts.api import CANARY_HEADER
from predict.actuals import actuals
from predict.call import Call
from predict.order import body_of
from predict.outcome import Outcome, rejection
from predict.parts import here
from predict.predict import predict
from predict.problems import NoRoute, Refused, RequestError, Unexpected, WrongMethod
from predict.query import explain_of
from predict.telling import logger, metrics, tell_events, tell_latency

METHODS = {"/predict": "POST", "/actuals": "POST", "/health": "GET"}
JSON = "application/json"

app = APIGatewayRestResolver(cors=CORSConfig(max_age=600))
calls = count()


@logger.inject_lambda_context(correlation_id_path="requestContext.requestId", clear_state=True)
@metrics.log_metrics
def handler(event: dict[str, Any], context: LambdaContext) -> dict[str, Any]:
    """Answer one request of API Gateway."""
    metrics.add_metric("Requests", MetricUnit.Count, 1)
    remaining = context.get_remaining_time_in_millis
    call = Call(datetime.now(UTC), perf_counter(), next(calls) == 0, remaining(), remaining)
    app.append_context(call=call)  # type: ignore[no-untyped-call]
    return app.resolve(event, context)


@app.post("/predict")
def post_predict() -> Response[str]:
    """Answer one ride or many, each judged by itself."""
    event, champion = app.current_event.raw_event, here().champion
    explain = explain_of(event.get("queryStringParameters"))
    return _told(predict(body_of(event), champion, app.context["call"], explain=explain))


@app.post("/actuals")
def post_actuals() -> Response[str]:
    """Take one actual or many, each judged by itself."""
    here()  # a missing setting is told before the body is looked at
    return _told(actuals(body_of(app.current_event.raw_event), app.context["call"]))


@app.get("/health")
def get_health() -> Response[str]:
    """Say whether rides can be answered, and by which model."""
    health = here().champion.health(app.context["call"])
    return Response(HTTPStatus.OK, JSON, health.model_dump_json())


@app.exception_handler([RequestError])  # type: ignore[untyped-decorator]
def not_answered(error: RequestError) -> Response[str]:
    """Answer what cannot be answered as asked; a request that is wrong as a whole leaves a rejection."""
    if not isinstance(error, Refused):
        return _error(error)
    event = rejection(app.current_event.path, error.problems, app.context["call"].now)
    return _told(Outcome(error.status, error.answer.model_dump_json(), (event,)))


@app.not_found
def no_route(_: NotFoundError) -> Response[str]:
    """Answer a path or method that is not served."""
    path = app.current_event.path
    allowed = METHODS.get(path)
    if allowed:
        return _error(WrongMethod(f"{path} is asked by {allowed}.", headers={"Allow": f"{allowed}, OPTIONS"}))
    return _error(NoRoute("There is nothing here. Ask POST /predict, POST /actuals or GET /health."))


@app.exception_handler(Exception)  # type: ignore[untyped-decorator]
def broken(error: Exception) -> Response[str]:
    """Answer what nobody thought of, so that a caller still reads our shape and the process lives on."""
    logger.error("broken", exc_info=error)
    metrics.add_metric("Broken", MetricUnit.Count, 1)
    return _error(Unexpected("This is our fault, and it is in the log. Ask again later."))


def _error(error: RequestError) -> Response[str]:
    logger.warning("not answered", code=error.code)
    return Response(error.status, JSON, error.answer.model_dump_json(), headers=error.headers)


def _told(outcome: Outcome) -> Response[str]:
    if CANARY_HEADER not in app.current_event.headers:
        tell_events(outcome.events, here().queue, app.context["call"].now)
        tell_latency(outcome.events)
    return Response(outcome.status, JSON, outcome.body)
