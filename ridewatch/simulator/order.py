"""What `simulated[:scenario][?name=value&…]` asks for."""

import math
from dataclasses import dataclass
from datetime import date
from typing import Self
from urllib.parse import parse_qsl

from ridewatch.simulator.scenarios import SCENARIOS, Scenario, baseline
from ridewatch.sources.errors import UnknownSourceError

DEFAULT_START = date(2019, 1, 1)
DEFAULT_DAYS = 31
DEFAULT_ROWS = 20_000
MAX_ROWS = 20_000_000
PARAMETERS = ("start", "days", "rows", "from")


def is_simulated(source: str) -> bool:
    """Tell whether a SOURCE asks for simulated rides."""
    return source.partition("?")[0].partition(":")[0] == "simulated"


@dataclass(frozen=True)
class Order:
    """Which rides to simulate."""

    scenario: Scenario = baseline
    start: date = DEFAULT_START
    """The first day, New York."""
    days: int = DEFAULT_DAYS
    rows: int = DEFAULT_ROWS
    """Rides of an undisturbed world in these days; a scenario may leave fewer."""
    onset: date | None = None
    """`from`: the scenario's first day; none means from the start."""

    @classmethod
    def parse(cls, source: str, *, rows: int | None = None) -> Self:
        """Read the words; `rows` is how many rides are wanted where they do not say. Raises UnknownSourceError."""
        words, _, query = source.partition("?")
        scenario = _scenario(source, words.partition(":")[2] or baseline.name)
        given = _parameters(source, query)
        wanted = DEFAULT_ROWS if rows is None else _enough(rows, scenario.share)
        return cls(
            scenario=scenario,
            start=_date(source, given, "start") or DEFAULT_START,
            days=_count(source, given, "days", DEFAULT_DAYS, most=3660),
            rows=_count(source, given, "rows", wanted, most=MAX_ROWS),
            onset=_date(source, given, "from"),
        )


def _enough(rows: int, share: float) -> int:
    """So many rides that chance, too, leaves as many as are wanted when a share of them stays."""
    return rows if share == 1 else math.ceil((rows + 5 * math.sqrt(rows) + 25) / share)


def _scenario(source: str, name: str) -> Scenario:
    if name not in SCENARIOS:
        raise _unknown(source, f"there is no scenario {name!r}; there are {', '.join(SCENARIOS)}")
    return SCENARIOS[name]


def _parameters(source: str, query: str) -> dict[str, str]:
    given = dict(parse_qsl(query, keep_blank_values=True))
    for name in given:
        if name not in PARAMETERS:
            raise _unknown(source, f"there is no parameter {name!r}; there are {', '.join(PARAMETERS)}")
    return given


def _date(source: str, given: dict[str, str], name: str) -> date | None:
    if name not in given:
        return None
    try:
        return date.fromisoformat(given[name])
    except ValueError as error:
        raise _unknown(source, f"{name} is a day such as 2019-03-01, not {given[name]!r}") from error


def _count(source: str, given: dict[str, str], name: str, default: int, *, most: int) -> int:
    text = given.get(name)
    if text is None:
        return default
    if not (text.isascii() and text.isdigit() and 1 <= int(text) <= most):
        raise _unknown(source, f"{name} is a whole number from 1 to {most:,}, not {text!r}")
    return int(text)


def _unknown(source: str, problem: str) -> UnknownSourceError:
    form = "simulated[:scenario][?start=2019-03-01&days=31&rows=20000&from=2019-03-16]"
    return UnknownSourceError(f"{source!r}: {problem}. Write {form}.")
