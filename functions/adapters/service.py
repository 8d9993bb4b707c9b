"""The service as its callers see it: whether it is there, whether it answers a ride, and how long that takes."""

import json
import socket
import time
from http.client import HTTPException
from typing import NamedTuple
from urllib.error import HTTPError, URLError
from urllib.request import Request, urlopen

from contracts.api import CANARY_HEADER

RIDE = {"pickup_zone": 161, "dropoff_zone": 237, "distance": 1.2}
"""Midtown to the Upper East Side."""
SECONDS = 10.0
"""A cold start with a model to load takes three."""

REASONS = ("timeout", "unreachable", "throttled", "refused", "broken")
"""throttled: 429; refused: any other 4xx; broken: 5xx, or an answer that is none."""


class Probe(NamedTuple):
    """What came of asking once."""

    seconds: float
    reason: str = ""
    """One of REASONS; empty if it was answered."""


class Service:
    """The API under a URL."""

    def __init__(self, url: str, api_key: str) -> None:
        self._url = url
        self._key = api_key

    def health(self) -> Probe:
        """Ask whether it is well; one that answers by its fallback is."""
        return _asked(Request(f"{self._url}/health"), "status")  # noqa: S310 - an address that the operator gives

    def canary(self) -> Probe:
        """Ask how long a ride takes, marked so that nobody counts it."""
        headers = {"Content-Type": "application/json", "x-api-key": self._key, CANARY_HEADER: "1"}
        body = json.dumps(RIDE).encode()
        return _asked(Request(f"{self._url}/predict", body, headers), "duration_minutes")  # noqa: S310 - the same


def _asked(request: Request, expected: str) -> Probe:
    began = time.perf_counter()
    reason = _reason(request, expected)
    return Probe(time.perf_counter() - began, reason)


def _reason(request: Request, expected: str) -> str:
    try:
        with urlopen(request, timeout=SECONDS) as answer:  # noqa: S310 - the same
            return "" if expected in json.load(answer) else "broken"
    except HTTPError as error:
        return _refusal(error.code)
    except (TimeoutError, URLError, OSError, HTTPException) as error:
        timed_out = isinstance(error, TimeoutError) or isinstance(getattr(error, "reason", None), socket.timeout)
        return "timeout" if timed_out else "unreachable"
    except (ValueError, TypeError):
        return "broken"


def _refusal(status: int) -> str:
    if status == 429:  # noqa: PLR2004 - Too Many Requests
        return "throttled"
    return "refused" if status < 500 else "broken"  # noqa: PLR2004 - server errors begin there
