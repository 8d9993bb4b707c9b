"""Clients of AWS services, and their errors in our words."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from botocore.exceptions import BotoCoreError, ClientError

from adapters.errors import AdapterError, StoreUnavailable


def client(service: Any, *, timeout: float = 3.0, attempts: int = 3) -> Any:
    """Make a boto3 client: `timeout` in seconds to connect (at most 1) and to read, at most `attempts` in all."""
    # imported here: whoever is handed ready clients does not pay for it
    import boto3  # noqa: PLC0415
    from botocore.config import Config  # noqa: PLC0415

    retries: Any = {"total_max_attempts": attempts, "mode": "standard"}
    config = Config(connect_timeout=min(timeout, 1.0), read_timeout=timeout, retries=retries)
    return boto3.client(service, config=config)


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
