"""Asks a part of the stack over HTTP."""

import http.client
from http import HTTPStatus
from urllib.parse import urlsplit


def ask(url: str, seconds: float) -> tuple[int, bytes] | None:
    """GET a URL and give status and body, or None where nothing answers in time."""
    place = urlsplit(url)
    connection = http.client.HTTPConnection(place.hostname or "", place.port, timeout=seconds)
    try:
        connection.request("GET", place.path)
        answer = connection.getresponse()
        return answer.status, answer.read()
    except (OSError, http.client.HTTPException):
        return None
    finally:
        connection.close()


def is_well(url: str, seconds: float) -> bool:
    """Tell whether a URL answers with 200."""
    answer = ask(url, seconds)
    return answer is not None and answer[0] == HTTPStatus.OK
