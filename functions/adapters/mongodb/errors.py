"""Driver errors, translated once."""

from contextlib import AbstractContextManager

from pymongo.errors import BulkWriteError, PyMongoError

from adapters.errors import unavailable_if

DUPLICATE_KEY = 11000


def reaching_mongodb() -> AbstractContextManager[None]:
    """Raise StoreUnavailable for whatever the driver raises: a caller can only try again later."""
    return unavailable_if(PyMongoError, store="MongoDB")


def only_duplicates(error: BulkWriteError) -> bool:
    """Tell whether every write that failed found its document already there."""
    failures = error.details["writeErrors"]
    return not error.details["writeConcernErrors"] and all(failure["code"] == DUPLICATE_KEY for failure in failures)
