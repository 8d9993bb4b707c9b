"""`Objects` in memory."""

from collections.abc import Iterator

from adapters.errors import ObjectMissing


class MemoryObjects:
    """The objects of a bucket, by key."""

    def __init__(self) -> None:
        self.bodies: dict[str, bytes] = {}

    def get(self, key: str) -> bytes:
        """Give the object's content. Raises ObjectMissing."""
        if key not in self.bodies:
            raise ObjectMissing(key)
        return self.bodies[key]

    def put(self, key: str, body: bytes, content_type: str = "", *, content_encoding: str | None = None) -> None:
        """Store an object in place of any of that key."""
        del content_type, content_encoding
        self.bodies[key] = body

    def list(self, prefix: str) -> Iterator[str]:
        """Give the keys that begin with `prefix`, in order."""
        yield from sorted(key for key in self.bodies if key.startswith(prefix))

    def delete(self, key: str) -> None:
        """Remove the object, if it is there."""
        self.bodies.pop(key, None)
