"""Ids are made as RFC 9562 says."""

from itertools import pairwise
from time import time_ns
from uuid import RFC_4122, UUID

from contracts.base import new_id


def test_an_id_is_a_uuid_of_version_7_that_begins_with_the_time():
    before = time_ns() // 1_000_000
    made = UUID(name := new_id())
    assert (str(made), made.version, made.variant) == (name, 7, RFC_4122)
    assert before <= made.int >> 80 <= time_ns() // 1_000_000


def test_ids_sort_by_the_millisecond_and_none_comes_twice():
    ids = [new_id() for _ in range(5_000)]
    assert len(set(ids)) == len(ids)
    assert all(first[:13] <= second[:13] for first, second in pairwise(ids))
