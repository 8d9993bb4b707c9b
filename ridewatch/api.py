"""The HTTP API as a client sees it."""

import time
from collections.abc import Sequence
from typing import Any

import requests
from requests.adapters import HTTPAdapter
from urllib3 import Retry

Answer = dict[str, Any]

TIMEOUT_SECONDS = 60
NOT_TAKEN = (429, 503)
"""Statuses that say the request was not taken, so that asking again doubles nothing."""


class ApiError(Exception):
    """The API refused a whole request or did not answer."""


class Api:
    """A client of one Ridewatch API; keeps the latency of every request, in seconds."""

    def __init__(self, url: str, key: str) -> None:
        self._url = url.rstrip("/")
        self._session = requests.Session()
        self._session.headers["x-api-key"] = key
        retry = Retry(total=5, read=0, status_forcelist=NOT_TAKEN, allowed_methods=None, backoff_factor=0.2)
        for scheme in ("http://", "https://"):
            self._session.mount(scheme, HTTPAdapter(max_retries=retry))
        self.latencies: list[float] = []

    def predict(self, rides: Sequence[Answer]) -> list[Answer]:
        """Ask for predictions: an answer or an error for each ride, in order. Raises ApiError."""
        answers: list[Answer] = self._post("/predict", {"rides": list(rides)})["predictions"]
        return answers

    def tell(self, actuals: Sequence[Answer]) -> list[Answer]:
        """Tell actuals: a receipt or an error for each, in order. Raises ApiError."""
        receipts: list[Answer] = self._post("/actuals", {"actuals": list(actuals)})["actuals"]
        return receipts

    def model_version(self) -> str | None:
        """Ask which model answers; None while none does, or nobody answers."""
        try:
            answer = self._session.get(f"{self._url}/health", timeout=TIMEOUT_SECONDS).json()
        except requests.RequestException:
            return None
        version: str | None = answer.get("model_version")
        return version

    def _post(self, path: str, body: Answer) -> Answer:
        began = time.perf_counter()
        try:
            response = self._session.post(self._url + path, json=body, timeout=TIMEOUT_SECONDS)
        except requests.RequestException as error:
            message = f"{self._url}{path} did not answer ({type(error).__name__}): is the stack up? `ridewatch status`"
            raise ApiError(message) from error
        self.latencies.append(time.perf_counter() - began)
        if not response.ok:
            message = f"POST {path} was answered with {response.status_code}: {response.text[:300]}"
            raise ApiError(message)
        answer: Answer = response.json()
        return answer
