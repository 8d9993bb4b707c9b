"""What can go wrong outside, one class per decision a caller can take."""

from collections.abc import Iterator
from contextlib import contextmanager


class AdapterError(Exception):
    """The base of all errors of adapters; never raised itself."""


class StoreUnavailable(AdapterError):
    """A store did not answer or refused for now: ask again later."""


class QueueUnavailable(AdapterError):
    """The queue did not answer or refused for now: ask again later."""


class ChannelUnavailable(AdapterError):
    """What carries alerts did not answer or refused for now: send again later."""


class ObjectMissing(AdapterError):
    """There is no object of that key."""


class ObjectCorrupt(AdapterError):
    """The object is there but is not what it should be: asking again will not help."""


class ParameterMissing(AdapterError):
    """There is no parameter of that name, or it holds nothing."""


class SecretMissing(AdapterError):
    """There is no secret of that id, or it holds no text."""


@contextmanager
def unavailable_if(*errors: type[Exception], store: str = "the store") -> Iterator[None]:
    """Raise StoreUnavailable in place of any of `errors`."""
    try:
        yield
    except errors as error:
        message = f"{store} is unavailable: {error}"
        raise StoreUnavailable(message) from error
