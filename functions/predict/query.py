"""What a caller asks for in the query."""

from collections.abc import Mapping

from contracts.events import FieldProblem
from predict.problems import NotQuery

EXPLAIN = {"true": True, "false": False}


def explain_of(query: Mapping[str, str] | None) -> bool:
    """Tell whether answers shall be explained. Raises NotQuery."""
    asked = (query or {}).get("explain", "false")
    if asked not in EXPLAIN:
        message = "explain is true or false. Leave it out for answers without explanations."
        raise NotQuery(message, FieldProblem(field="explain", reason="bool_parsing", message=message))
    return EXPLAIN[asked]
