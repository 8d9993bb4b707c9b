"""Write the table that ships with `predict`: `python -m ridewatch.training.default_fallback`.

It is learnt from simulated rides, for when no model was ever loaded: rides like New York's are a better
guess than none.
"""

from rides.fallback import DEFAULT_TABLE
from ridewatch.sources.load import load
from ridewatch.training.fallback import alike
from ridewatch.training.lesson import lesson_of

SOURCE = "simulated?start=2019-01-01&days=59&rows=20000"


def default_table() -> str:
    """Give the table as the file holds it, a cell a line."""
    text: str = lesson_of(load(SOURCE)).taught(alike, 0).table.model_dump_json()
    return text.replace("],[", "],\n[") + "\n"


if __name__ == "__main__":
    DEFAULT_TABLE.write_text(default_table())
