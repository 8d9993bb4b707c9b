"""Judging one item of a request: the value, or what is wrong with it, field by field, with the remedy."""

from collections.abc import Mapping
from functools import cache
from typing import Any, TypeVar

from pydantic import AliasChoices, ValidationError

from contracts.base import Contract
from contracts.events import FieldProblem

Problems = tuple[FieldProblem, ...]
Item = TypeVar("Item", bound=Contract)

MAX_PROBLEMS = 20
MAX_NAME = 64
"""A caller's own field name is told back, and kept in the rejection, only so far."""


def judged(shape: type[Item], item: Any) -> Item | Problems:
    """Give the item in its shape, or what is wrong with it."""
    try:
        return shape.model_validate(item)
    except ValidationError as error:
        found = error.errors(include_url=False, include_context=False, include_input=False)
        return tuple(_problem(shape, entry["loc"], entry["type"], entry["msg"]) for entry in found[:MAX_PROBLEMS])


def _problem(shape: type[Contract], place: tuple[int | str, ...], reason: str, message: str) -> FieldProblem:
    name = str(place[0]) if place else ""
    return FieldProblem(field=printable(name), reason=reason, message=_remedy(shape, name, reason, message))


def _remedy(shape: type[Contract], name: str, reason: str, message: str) -> str:
    if not name:
        return "Give a JSON object." if reason == "model_type" else f"{message[0].upper()}{message[1:]}."
    if reason == "extra_forbidden":
        return f"Unknown or given twice. Known fields: {', '.join(shape.model_fields)}."
    return f"{message[0].upper()}{message[1:]}. Give {meanings(shape).get(name, name)}."


@cache
def meanings(shape: type[Contract]) -> Mapping[str, str]:
    """Give what each field means, by each name it may be called."""
    said: dict[str, str] = {}
    for name, field in shape.model_fields.items():
        alias = field.validation_alias
        names = alias.choices if isinstance(alias, AliasChoices) else [name]
        said |= {str(known): field.description or name for known in names}
    return said


def printable(name: str) -> str:
    """Give a caller's own name as far as it can be told back and stored."""
    return "".join(letter if letter.isprintable() else "?" for letter in name[:MAX_NAME])
