"""The JSON schemas of the contracts, the TLC's names of fields among them."""

from collections.abc import Iterable, Sequence
from typing import Any, Final

from pydantic import AliasChoices, BaseModel
from pydantic.json_schema import JsonSchemaMode, models_json_schema

from contracts.api import ErrorAnswer
from contracts.ride import Ride
from ridewatch.openapi.routes import ROUTES, Contracts

Schema = dict[str, Any]
Modes = Sequence[tuple[type[BaseModel], JsonSchemaMode]]
PLACE: Final = "#/components/schemas/"
TLC: Final = "TlcRide"


def reference(name: str) -> Schema:
    """Refer to a schema by its name."""
    return {"$ref": f"{PLACE}{name}"}


def any_of(names: Iterable[str]) -> Schema:
    """Refer to one schema, or to any of several."""
    references = [reference(name) for name in names]
    return references[0] if len(references) == 1 else {"anyOf": references}


def all_schemas() -> dict[str, Schema]:
    """Give every schema by its name."""
    asked: Modes = [(contract, "validation") for route in ROUTES for contract in route.asks]
    answers: Contracts = (ErrorAnswer, *(contract for route in ROUTES for contract in route.answers))
    told: Modes = [(contract, "serialization") for contract in answers]
    _, document = models_json_schema([*asked, *told], ref_template=PLACE + "{model}")
    schemas: dict[str, Schema] = document["$defs"]
    schemas[TLC] = _with_tlc_names(schemas["Ride"])
    schemas["PredictManyRequest"]["properties"]["rides"]["items"] = any_of(["Ride", TLC])
    return dict(sorted(schemas.items()))


def _with_tlc_names(ride: Schema) -> Schema:
    names = {name: _tlc_name(name) for name in ride["properties"]}
    return ride | {
        "title": TLC,
        "description": "A ride by the TLC's own names of its fields; the names of both may be mixed.",
        "properties": {names[name]: told | {"title": names[name]} for name, told in ride["properties"].items()},
        "required": [names[name] for name in ride["required"]],
    }


def _tlc_name(name: str) -> str:
    alias = Ride.model_fields[name].validation_alias
    return str(alias.choices[1]) if isinstance(alias, AliasChoices) else name
