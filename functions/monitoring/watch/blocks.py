"""Rows in the order in which their actuals arrive, cut into blocks."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from math import ceil
from typing import NamedTuple

from monitoring.numeric.values import Floats

LEAST_ROWS = 10
BLOCKS_A_DAY = 36
BLOCKS_A_QUARTER = 91 * BLOCKS_A_DAY


class Block(NamedTuple):
    """Rows that are judged together."""

    id: str
    """That of its last row; a later block's sorts behind it."""
    began: datetime
    ended: datetime
    errors: Floats


def block_size(rows_a_day: float) -> int:
    """Give the rows of a block, so that a day has at most 36 of them."""
    return max(LEAST_ROWS, ceil(rows_a_day / BLOCKS_A_DAY))


def blocks_of(ids: Sequence[str], times: Sequence[datetime], errors: Floats, size: int) -> Iterator[Block]:
    """Cut rows in arrival order; what does not fill a block is left for next time, behind the last block's id."""
    for start in range(0, len(ids) - size + 1, size):
        rows = slice(start, start + size)
        yield Block(ids[rows.stop - 1], min(times[rows]), max(times[rows]), errors[rows])
