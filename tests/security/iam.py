"""IAM's own question, as a function: does a policy allow a call? Values in, values out; no account, no clock.

What it knows is what our policies use: Allow and Deny, actions and resources with wildcards, and the conditions
named below. Anything else raises, so that a policy is never judged by a rule that is not here.
"""

import re
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

Statement = Mapping[str, Any]
KNOWN = {"Sid", "Effect", "Principal", "Action", "Resource", "Condition"}
IF_EXISTS = "IfExists"


class Call(NamedTuple):
    """One call as IAM sees it: what is done, to what, and what else is known of the request."""

    action: str
    resource: str
    context: tuple[tuple[str, str], ...] = ()


def allows(statements: Iterable[Statement], call: Call) -> bool:
    """Tell whether a policy allows a call: one statement allows it and none denies it."""
    effects = {statement["Effect"] for statement in statements if matches(statement, call)}
    return effects == {"Allow"}


def matches(statement: Statement, call: Call) -> bool:
    """Tell whether a statement speaks of a call. Raises ValueError for a rule that is not known here."""
    if unknown := set(statement) - KNOWN:
        message = f"not known here: {', '.join(sorted(unknown))}"
        raise ValueError(message)
    acts = any(_like(pattern.lower(), call.action.lower()) for pattern in as_list(statement["Action"]))
    reaches = any(_like(pattern, call.resource) for pattern in as_list(statement["Resource"]))
    return acts and reaches and _holds(statement.get("Condition", {}), dict(call.context))


def as_list(value: Any) -> list[Any]:
    """Give what may stand alone or in a list as a list."""
    return value if isinstance(value, list) else [value]


def _holds(conditions: Mapping[str, Mapping[str, Any]], context: Mapping[str, str]) -> bool:
    return all(
        _meets(operator, context.get(key), as_list(wanted))
        for operator, keys in conditions.items()
        for key, wanted in keys.items()
    )


def _meets(operator: str, found: str | None, wanted: list[str]) -> bool:
    """Judge one key: it holds when any of the wanted values fits; a key that is not there fits nothing."""
    fits = {"StringEquals": str.__eq__, "StringLike": _like, "Bool": str.__eq__}[operator.removesuffix(IF_EXISTS)]
    if found is None:
        return operator.endswith(IF_EXISTS)
    return any(fits(value, found) for value in wanted)


def _like(pattern: str, text: str) -> bool:
    """Match IAM's wildcards: `*` is any text, also none and with slashes; `?` is one letter."""
    parts = (".*" if letter == "*" else "." if letter == "?" else re.escape(letter) for letter in pattern)
    return re.fullmatch("".join(parts), text, re.DOTALL) is not None
