"""`python -m metrics_exporter.healthy`: a container's health check, for an image without curl."""

import os
import sys
from collections.abc import Mapping
from http import HTTPStatus
from http.client import HTTPConnection, HTTPException

SECONDS = 2


def is_healthy(environment: Mapping[str, str]) -> bool:
    """Tell whether the exporter of this container answers."""
    connection = HTTPConnection("127.0.0.1", int(environment.get("LISTEN_PORT", "9464")), timeout=SECONDS)
    try:
        connection.request("GET", "/healthz")
        return connection.getresponse().status == HTTPStatus.OK
    except (OSError, HTTPException):
        return False
    finally:
        connection.close()


if __name__ == "__main__":
    sys.exit(0 if is_healthy(os.environ) else 1)
