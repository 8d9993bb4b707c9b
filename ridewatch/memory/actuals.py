"""`Actuals` in memory."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from adapters.mongodb.documents import actual_document
from contracts.events import Actual
from contracts.joining import ToldActual
from ridewatch.memory.database import MemoryDatabase
from ridewatch.memory.documents import insert_new

RIDES = "actuals.ride_id"


class MemoryActuals:
    """Every actual once."""

    def __init__(self, database: MemoryDatabase) -> None:
        self._database = database

    def add(self, actuals: Iterable[Actual], stored_at: datetime) -> None:
        """Store what is not stored yet."""
        documents = [actual_document(actual, stored_at) for actual in actuals]
        for document in insert_new(self._database["actuals"], documents):
            self._database.enter(RIDES, (document["ride_id"], document["_id"]))

    def of_rides(self, ride_ids: Iterable[str]) -> list[ToldActual]:
        """Find the actuals of these rides."""
        names = [
            name
            for ride_id in sorted(set(ride_ids))
            for _, name in self._database.entered(RIDES, (ride_id,), (f"{ride_id}\0",))
        ]
        documents = self._database["actuals"]
        return [ToldActual(**{field: documents[name][field] for field in ToldActual._fields}) for name in names]

    def mark(self, problems: Mapping[str, str]) -> None:
        """Say of actuals why they are no duration."""
        for actual_id, why in problems.items():
            document = self._database["actuals"][actual_id]
            document["problem"] = max(why, document.get("problem", ""))

    def mark_corrections(self, actual_ids: Iterable[str], correction_at: datetime) -> None:
        """Say of actuals that they are not the first of their ride."""
        for actual_id in actual_ids:
            self._database["actuals"][actual_id].setdefault("correction_at", correction_at)
