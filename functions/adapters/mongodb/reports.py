"""The `reports` collection: the latest revision of every report."""

from collections.abc import Iterator, Mapping
from contextlib import suppress
from datetime import datetime
from typing import Final

from pymongo import ASCENDING, DESCENDING, ReturnDocument
from pymongo.database import Database
from pymongo.errors import DuplicateKeyError

from adapters.errors import StoreUnavailable
from adapters.mongodb.connection import Document
from adapters.mongodb.errors import reaching_mongodb
from adapters.mongodb.report_days import ReportDays
from contracts.findings import Estimate
from contracts.report import Report
from contracts.report_list import ReportSummary, mae_fields
from contracts.window import Window

SUMMARY: Final = dict.fromkeys(
    (
        *("report_id", "revision", "model_version", "status", "generated_at", "window"),
        *("volume.predictions", "volume.labelled", "performance.mae", "performance.worse"),
        *("columns.name", "columns.drifted"),
    ),
    1,
)
"""The fields of a report's line: a hundredth of a report that has segments."""

LOOK_BACK: Final = 3
"""SecantusDB reads all of a range to sort it: without a bound 2.4 s of 1,500 reports."""
NUMBERS: Final = {"columns.histogram": 0}
NEWEST: Final = [("window.end", DESCENDING), ("window.start", DESCENDING), ("model_version", DESCENDING)]
OLDEST: Final = [(field, ASCENDING) for field, _ in NEWEST]


class Reports:
    """One document per report, replaced by its next revision; the count of revisions is a document of its own."""

    def __init__(self, database: Database[Document]) -> None:
        self._collection = database["reports"]
        self._days = ReportDays(database)
        self._revisions = database["revisions"]

    def next_revision(self, report_id: str) -> int:
        """Take the next number of a report, from 1; of two who ask at once each gets its own. Raises StoreUnavailable.

        The document is made first: SecantusDB may answer nothing to the loser of a race to make it.
        """
        with reaching_mongodb():
            self._revisions.update_one({"_id": report_id}, {"$setOnInsert": {"revision": 0}}, upsert=True)
            taken = self._revisions.find_one_and_update(
                {"_id": report_id}, {"$inc": {"revision": 1}}, return_document=ReturnDocument.AFTER
            )
        if taken is None:
            message = f"MongoDB lost the revisions of {report_id}"
            raise StoreUnavailable(message)
        return int(taken["revision"])

    def save(self, report: Report) -> None:
        """Store a revision in place of an older one, never of a newer. Raises StoreUnavailable."""
        document = report.model_dump() | {"_id": report.report_id}
        self._days.add(
            report.window.end
        )  # first: a day without a report is harmless, a report without one is not listed
        not_newer = {"_id": report.report_id, "revision": {"$lte": report.revision}}
        with reaching_mongodb(), suppress(DuplicateKeyError):  # what is there and does not match is newer
            self._collection.replace_one(not_newer, document, upsert=True)

    def reported(self, after: datetime) -> dict[str, datetime]:
        """Give the `as_of` of every report that was made after a moment, by id. Raises StoreUnavailable."""
        with reaching_mongodb():
            found = self._collection.find({"as_of": {"$gt": after}}, {"as_of": 1})
            return {document["_id"]: document["as_of"] for document in found}

    def get(self, report_id: str) -> Report | None:
        """Find a report by its id. Raises StoreUnavailable."""
        with reaching_mongodb():
            document = self._collection.find_one({"_id": report_id})
        return _report(document) if document else None

    def newest(self, limit: int, before: datetime | None = None) -> list[Report]:
        """List reports, latest window first; those whose window ended before a moment. Raises StoreUnavailable."""
        return list(map(_report, self._latest(limit, before)))

    def numbers(self, limit: int, before: datetime | None = None) -> Iterator[Report]:
        """Give what `newest` lists, one by one and without histograms. Raises StoreUnavailable."""
        yield from map(_report, self._latest(limit, before, NUMBERS))

    def numbers_since(self, moment: datetime) -> Iterator[Report]:
        """Give all reports of windows that ended after a moment, oldest first. Raises StoreUnavailable."""
        with reaching_mongodb():
            query = {"window.end": {"$gt": moment}}
            yield from map(_report, self._collection.find(query, NUMBERS).sort(OLDEST))

    def summaries(self, limit: int, before: datetime | None = None) -> list[ReportSummary]:
        """List what `newest` lists, each in one line. Raises StoreUnavailable."""
        return list(map(_summary, self._latest(limit, before, SUMMARY)))

    def earlier(self, report: Report, limit: int) -> list[ReportSummary]:
        """List the windows before a report's, of its kind and model version, latest first. Raises StoreUnavailable.

        One that ended more than LOOK_BACK × limit windows before is not looked for.
        """
        alike = {"model_version": report.model_version, "window.kind": report.window.kind}
        length = report.window.end - report.window.start
        span = {"$gte": report.window.end - LOOK_BACK * limit * length, "$lt": report.window.end}
        with reaching_mongodb():
            found = self._collection.find(alike | {"window.end": span}, SUMMARY).sort(NEWEST).limit(limit)
            return list(map(_summary, found))

    def _latest(
        self, limit: int, before: datetime | None, fields: Mapping[str, int] | None = None
    ) -> Iterator[Document]:
        """Give the latest windows, day by day: as many as are asked for, or all."""
        for span in self._days.spans(before):
            with reaching_mongodb():
                found = self._collection.find({"window.end": span}, fields).sort(NEWEST).limit(limit)
                for document in found:
                    yield document
                    limit -= 1
            if limit <= 0:
                return


def _summary(document: Document) -> ReportSummary:
    volume, told = document["volume"], document["performance"]
    return ReportSummary(
        **{name: document[name] for name in ("report_id", "revision", "model_version", "status", "generated_at")},
        window=Window(**document["window"]),
        predictions=volume["predictions"],
        labelled=volume["labelled"],
        drifted=tuple(column["name"] for column in document["columns"] if column["drifted"]),
        worse=told.get("worse"),
        **mae_fields(Estimate(**told["mae"]) if told["mae"] else None),
    )


def _report(document: Document) -> Report:
    return Report.model_validate({name: value for name, value in document.items() if name != "_id"})
