"""Integration tests run on a real MongoDB, in a database of their own."""

from tests.real_mongodb import database, mongodb_uri

__all__ = ["database", "mongodb_uri"]
