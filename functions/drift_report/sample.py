"""A bounded uniform sample of a stream of rows."""

from hashlib import blake2b

from drift_report.rows import Row


class Sample:
    """At most `size` rows, any as likely as any other, and the same ones in whatever order they come.

    Each row's rank is a hash of its id and the lowest ranks stay (bottom-k sampling, Cohen and Kaplan 2007).
    """

    def __init__(self, size: int) -> None:
        self._size = size
        self._ranked: list[tuple[bytes, Row]] = []

    def add(self, rows: list[Row]) -> None:
        """Offer some rows."""
        self._ranked += [(_rank(row["_id"]), row) for row in rows]
        if len(self._ranked) > 2 * self._size:
            self._cut()

    def rows(self) -> list[Row]:
        """Give the rows that stay."""
        self._cut()
        return [row for _, row in self._ranked]

    def _cut(self) -> None:
        self._ranked = sorted(self._ranked, key=lambda ranked: ranked[0])[: self._size]


def _rank(row_id: str) -> bytes:
    return blake2b(row_id.encode(), digest_size=8).digest()
