"""Clients of AWS services, and their errors in our words."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import TYPE_CHECKING, Any

from botocore.exceptions import BotoCoreError, ClientError

from adapters.errors import AdapterError, StoreUnavailable

if TYPE_CHECKING:
    from botocore.session import Session


def client(service: Any, *, timeout: float = 3.0, attempts: int = 3) -> Any:
    """Make a client: `timeout` in seconds to connect (at most 1) and to read, at most `attempts` in all.

    It is botocore's, which is what boto3's clients are: boto3 itself brings its resources and the S3 transfer manager,
    a tenth of a CPU-second of every cold start.
    """
    from botocore.config import Config  # noqa: PLC0415 - who is handed clients does not pay for making them

    retries: Any = {"total_max_attempts": attempts, "mode": "standard"}
    config = Config(connect_timeout=min(timeout, 1.0), read_timeout=timeout, retries=retries)
    return _session().create_client(service, config=config)


@cache
def _session() -> "Session":
    """Give the one session, whose loaded service descriptions all clients share."""
    from botocore.session import get_session  # noqa: PLC0415 - as above

    return get_session()


@contextmanager
def translated(
    what: str,
    *,
    missing: type[AdapterError] = StoreUnavailable,
    missing_codes: tuple[str, ...] = (),
    unavailable: type[AdapterError] = StoreUnavailable,
) -> Iterator[None]:
    """Raise `missing` for an AWS error of `missing_codes`, `unavailable` for any other."""
    try:
        yield
    except ClientError as error:
        code = error.response.get("Error", {}).get("Code", "")
        message = f"{what}: {code or error}"
        raise (missing if code in missing_codes else unavailable)(message) from error
    except BotoCoreError as error:
        message = f"{what}: {error}"
        raise unavailable(message) from error
