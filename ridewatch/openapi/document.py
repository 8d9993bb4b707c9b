"""The OpenAPI document of the routes."""

import json
from typing import Any, Final

from ridewatch.openapi.routes import PROBLEMS, ROUTES, Contracts, Door, Route
from ridewatch.openapi.schemas import TLC, Schema, all_schemas, any_of, reference

JSON, HTML, CSV = "application/json", "text/html", "text/csv"
KEY, LINK, SESSION = "apiKey", "signedLink", "session"
DOORS: Final[dict[Door, list[Schema]]] = {
    "key": [{KEY: []}],
    "key or link": [{KEY: []}, {LINK: []}, {SESSION: []}],
    "open": [],
}
SCHEMES: Final = {
    KEY: {"type": "apiKey", "in": "header", "name": "x-api-key"},
    LINK: {"type": "apiKey", "in": "query", "name": "signature", "description": "With `expires`: `ridewatch open`."},
    SESSION: {"type": "apiKey", "in": "cookie", "name": "ridewatch_session"},
}
NEXT: Final = {"Link": {"description": 'The next page, as `<…>; rel="next"`.', "schema": {"type": "string"}}}
REPORT_ID: Final = {"name": "report_id", "in": "path", "required": True, "schema": {"type": "string"}}


def as_text() -> str:
    """Give the document as the file holds it."""
    return json.dumps(document(), indent=2, ensure_ascii=False) + "\n"


def document() -> Schema:
    """Give the document."""
    paths: dict[str, Schema] = {}
    for route in ROUTES:
        paths.setdefault(route.path, {})[route.method] = _operation(route)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Ridewatch",
            "version": "1",
            "description": "Predicts ride durations, takes the true ones, and reports how well it did.",
            "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
        },
        "servers": [_server()],
        "paths": paths,
        "components": {"schemas": all_schemas(), "securitySchemes": SCHEMES},
    }


def _server() -> Schema:
    return {
        "url": "https://{api}.execute-api.{region}.amazonaws.com/v1",
        "variables": {"api": {"default": "api-id"}, "region": {"default": "us-east-1"}},
    }


def _operation(route: Route) -> Schema:
    operation: Schema = {"operationId": route.name, "summary": route.summary, "security": DOORS[route.door]}
    if parameters := _parameters(route):
        operation["parameters"] = parameters
    if route.asks:
        operation["requestBody"] = {"required": True, "content": {JSON: _asked(route)}}
    return operation | {"responses": _responses(route)}


def _parameters(route: Route) -> list[Schema]:
    query = [{"name": name, "in": "query", "schema": schema, "description": said} for name, schema, said in route.query]
    return ([REPORT_ID] if "{report_id}" in route.path else []) + query


def _asked(route: Route) -> Schema:
    names = _names(route.asks)
    return {"schema": any_of([*names, TLC] if "Ride" in names else names), "example": route.example}


def _responses(route: Route) -> Schema:
    responses: Schema = {}
    if route.table:
        responses["200"] = {"description": "The table.", "headers": NEXT, "content": {CSV: _page()}}
    if route.answers:
        responses["200"] = {"description": "The answer.", "content": _content(route)}
    if route.redirect:
        location = {"Location": {"schema": {"type": "string"}}}
        responses["302"] = {"description": route.redirect, "headers": location}
    error = {JSON: {"schema": reference("ErrorAnswer")}} | ({HTML: _page()} if route.page else {})
    return responses | {str(status): {"description": PROBLEMS[status], "content": error} for status in route.problems}


def _content(route: Route) -> Schema:
    told = {JSON: {"schema": any_of(_names(route.answers))}}
    return told | ({HTML: _page()} if route.page else {})


def _page() -> dict[str, Any]:
    return {"schema": {"type": "string"}}


def _names(contracts: Contracts) -> list[str]:
    return [contract.__name__ for contract in contracts]
