"""`Watches` in memory."""

from contracts.error_watch import ErrorWatch
from ridewatch.memory.database import MemoryDatabase


class MemoryWatches:
    """What the watch over each version's errors remembers."""

    def __init__(self, database: MemoryDatabase) -> None:
        self._database = database

    def of(self, model_version: str) -> ErrorWatch:
        """Give what is remembered of a version, or a watch that has seen nothing."""
        found = self._database["watches"].get(model_version)
        return found["watch"] if found else ErrorWatch(model_version=model_version)

    def replace(self, known: ErrorWatch, watch: ErrorWatch) -> bool:
        """Go on from what was known; tell whether that still stood."""
        with self._database.lock:
            if self.of(watch.model_version).last_block != known.last_block:
                return False
            self._database["watches"][watch.model_version] = {"watch": watch}
            return True
