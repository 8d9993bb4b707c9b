"""`Watches` in memory: the contract tests hold it to what the real one does."""

from contracts.error_watch import ErrorWatch
from tests.fakes.mongodb import FakeMongo


class FakeWatches:
    """`Watches` in memory."""

    def __init__(self, database: FakeMongo) -> None:
        self._database = database

    def of(self, model_version: str) -> ErrorWatch:
        """As the real one."""
        return self._database["watches"].get(model_version, {}).get("watch") or ErrorWatch(model_version=model_version)

    def replace(self, known: ErrorWatch, watch: ErrorWatch) -> bool:
        """As the real one."""
        with self._database.lock:
            if self.of(watch.model_version).last_block != known.last_block:
                return False
            self._database["watches"][watch.model_version] = {"watch": watch}
            return True
