"""A sketch of an hour's rows: how many of them say the same, and which of them stand for all in a sample."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b
from typing import Any

import numpy as np
from numpy.typing import NDArray

from monitoring.profiles.archive import Unreadable, read, written

Hashes = NDArray[np.uint64]

MOST_HASHES = 200_000
"""Rows of an hour up to which copies are counted exactly; of more, those with the least hashes stand for all."""
MOST_IDS = 1_000
"""Rows of an hour that may come into a sample."""

SMALL = 20_000
"""Bytes below which a sketch that was read is remembered: a day's report and its week ask for the same hours."""


@dataclass(frozen=True)
class Sketch:
    """The least hashes of some rows (bottom-k, Cohen and Kaplan 2007): merged, they are those of all rows."""

    rides: Hashes
    """Of ride ids."""
    contents: Hashes
    """Of what is said of the ride, its id apart."""
    ranks: Hashes
    """Of row ids, ascending."""
    ids: tuple[str, ...]
    """In the order of their ranks."""
    rows: int

    @property
    def distinct_rides(self) -> int:
        """Count the distinct rides."""
        return round(self.rows * _distinct(self.rides))

    @property
    def copies(self) -> int:
        """Count the rows that say what another row said."""
        return round(self.rows * (1 - _distinct(self.contents)))


NO_HASHES: Hashes = np.zeros(0, dtype=np.uint64)
NOTHING = Sketch(NO_HASHES, NO_HASHES, NO_HASHES, ids=(), rows=0)


def sketch_of(rows: Sequence[Mapping[str, Any]]) -> Sketch:
    """Sketch some rows."""
    rides = _least(_hashes(row["ride"]["ride_id"] for row in rows))
    contents = _least(_hashes(map(_content, rows)))
    return _ranked(
        Sketch(rides, contents, _hashes(row["_id"] for row in rows), tuple(row["_id"] for row in rows), len(rows))
    )


def merged(one: Sketch, other: Sketch) -> Sketch:
    """Give the sketch of the rows of both, of which none is the other's."""
    rides, contents, ranks = (
        np.concatenate(pair)
        for pair in ((one.rides, other.rides), (one.contents, other.contents), (one.ranks, other.ranks))
    )
    return _ranked(Sketch(_least(rides), _least(contents), ranks, one.ids + other.ids, one.rows + other.rows))


def sample(sketches: Iterable[Sketch], size: int) -> list[str]:
    """Draw at most `size` ids, any row as likely as any other, and the same ones in whatever order rows came."""
    some = list(sketches)
    limits = [each.ranks[-1] for each in some if each.rows > len(each.ranks)]
    ranked = sorted((rank, name) for each in some for rank, name in zip(each.ranks.tolist(), each.ids, strict=True))
    return [name for rank, name in ranked if all(rank <= limit for limit in limits)][:size]


def packed(sketch: Sketch) -> bytes:
    """Write a sketch."""
    ids = np.frombuffer("\n".join(sketch.ids).encode(), dtype=np.uint8)
    hashes = {"rides": sketch.rides, "contents": sketch.contents, "ranks": sketch.ranks}
    return written({**hashes, "ids": ids, "rows": np.array([sketch.rows])})


def unpacked(body: bytes) -> Sketch:
    """Read a sketch. Raises Unreadable."""
    return _small(body) if len(body) < SMALL else _unpacked(body)


def _unpacked(body: bytes) -> Sketch:
    arrays = read(body)
    try:
        ids = arrays["ids"].tobytes().decode().split("\n") if len(arrays["ids"]) else []
        return Sketch(arrays["rides"], arrays["contents"], arrays["ranks"], tuple(ids), int(arrays["rows"][0]))
    except KeyError as error:
        message = f"the sketch lacks {error}"
        raise Unreadable(message) from error


_small = lru_cache(maxsize=512)(_unpacked)


def _content(row: Mapping[str, Any]) -> str:
    return repr(sorted((name, value) for name, value in row["ride"].items() if name != "ride_id"))


def _hashes(texts: Iterable[str]) -> Hashes:
    digests = b"".join(blake2b(text.encode(), digest_size=8).digest() for text in texts)
    return np.frombuffer(digests, dtype=np.uint64)


def _least(hashes: Hashes) -> Hashes:
    return np.sort(hashes)[:MOST_HASHES]


def _ranked(sketch: Sketch) -> Sketch:
    order = np.argsort(sketch.ranks, kind="stable")[:MOST_IDS]
    ids = tuple(sketch.ids[place] for place in order.tolist())
    return Sketch(sketch.rides, sketch.contents, sketch.ranks[order], ids, sketch.rows)


def _distinct(hashes: Hashes) -> float:
    return len(np.unique(hashes)) / len(hashes) if len(hashes) else 1.0
