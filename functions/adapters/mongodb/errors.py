"""Driver errors, translated once."""

from collections.abc import Iterator
from contextlib import contextmanager

from pymongo.errors import BulkWriteError, PyMongoError

from adapters.errors import StoreUnavailable, unavailable_if

DUPLICATE_KEY = 11000


@contextmanager
def reaching_mongodb() -> Iterator[None]:
    """Raise StoreUnavailable for whatever the driver raises: a caller can only try again later."""
    with unavailable_if(PyMongoError, store="MongoDB"):
        try:
            yield
        except BulkWriteError as error:
            # its text holds the documents, and whoever logs an error logs all that it comes from
            raise StoreUnavailable(_refusal(error)) from None


def _refusal(error: BulkWriteError) -> str:
    failures = [*error.details["writeErrors"], *error.details["writeConcernErrors"]]
    codes = sorted({failure.get("code", 0) for failure in failures})
    return f"MongoDB refused {len(failures)} writes, codes {codes}"


def only_duplicates(error: BulkWriteError) -> bool:
    """Tell whether every write that failed found its document already there."""
    failures = error.details["writeErrors"]
    return not error.details["writeConcernErrors"] and all(failure["code"] == DUPLICATE_KEY for failure in failures)
