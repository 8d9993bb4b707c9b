"""The MongoDB adapters in memory: the contract tests hold them to what the real ones do."""

import threading
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from adapters.errors import StoreUnavailable
from adapters.mongodb.documents import actual_document, prediction_document, rejection_document
from adapters.mongodb.predictions import CHOSEN_BY
from adapters.mongodb.rejections import MOST_REASONS
from adapters.mongodb.reports import LOOK_BACK
from contracts.hourly import LabelledRow
from contracts.joining import HourMark, Label, PredictedRide, Rank, ToldActual
from contracts.report import Report
from contracts.report_list import ReportSummary

Documents = dict[str, dict[str, Any]]


class FakeMongo:
    """The collections of one database, and its clock; `away` makes every access fail."""

    def __init__(self) -> None:
        self.collections: dict[str, Documents] = {}
        self.away = False
        self.now = datetime(2026, 1, 1, tzinfo=UTC)
        self.lock = threading.Lock()

    def __getitem__(self, collection: str) -> Documents:
        """Give the documents of a collection, by `_id`."""
        if self.away:
            message = "MongoDB is away"
            raise StoreUnavailable(message)
        return self.collections.setdefault(collection, {})

    def clock(self) -> datetime:
        """Give a moment later than the last."""
        if self.away:
            message = "MongoDB is away"
            raise StoreUnavailable(message)
        self.now += timedelta(milliseconds=1)
        return self.now


class FakePredictions:
    """`Predictions` in memory."""

    def __init__(self, database: FakeMongo) -> None:
        self._database = database

    def add(self, predictions, stored_at):
        """As the real one."""
        _insert_new(self._database["predictions"], [prediction_document(p, stored_at) for p in predictions])

    def window(self, model_version, window, fields: Sequence[str]) -> Iterator[dict[str, Any]]:
        """As the real one; the fields are top-level ones or dotted."""
        for document in self._database["predictions"].values():
            if document["model_version"] == model_version and window.start <= document["event_time"] < window.end:
                yield _projected(document, fields)

    def changed(self, model_version, window, fields: Sequence[str], span) -> Iterator[dict[str, Any]]:
        """As the real one."""
        for document in list(self._database["predictions"].values()):
            inside = window is None or window.start <= document["event_time"] < window.end
            if inside and document["model_version"] == model_version and _changed_in(document, span):
                yield _projected(document, (*fields, *CHOSEN_BY))

    def labelled(self, model_version, span, rows: int) -> list[LabelledRow]:
        """As the real one."""
        documents = [d for d in self._database["predictions"].values() if _within(d.get("labelled_at"), span)]
        mine = [document for document in documents if document["model_version"] == model_version]
        ordered = sorted(mine, key=lambda document: (document["labelled_at"], document["_id"]))
        last = ordered[min(rows, len(ordered)) - 1]["labelled_at"] if ordered else span.start
        fields = ("_id", "minutes", "first_actual", "labelled_at", "event_time")
        return [LabelledRow(*(d[field] for field in fields)) for d in ordered if d["labelled_at"] <= last]

    def by_id(self, ids: Iterable[str], fields: Sequence[str]) -> list[dict[str, Any]]:
        """As the real one."""
        documents = self._database["predictions"]
        return [_projected(documents[name], fields) for name in sorted(set(ids)) if name in documents]

    def of_rides(self, ride_ids: Iterable[str]) -> list[PredictedRide]:
        """As the real one."""
        wanted = set(ride_ids)
        documents = list(self._database["predictions"].values())
        return [_predicted(document) for document in documents if document["ride"]["ride_id"] in wanted]

    def label(self, labels: Sequence[Label], labelled_at: datetime) -> int:
        """As the real one."""
        with self._database.lock:
            return sum(_attach(self._database["predictions"], label, labelled_at) for label in labels)


class FakeActuals:
    """`Actuals` in memory."""

    def __init__(self, database: FakeMongo) -> None:
        self._database = database

    def add(self, actuals, stored_at):
        """As the real one."""
        _insert_new(self._database["actuals"], [actual_document(actual, stored_at) for actual in actuals])

    def of_rides(self, ride_ids: Iterable[str]) -> list[ToldActual]:
        """As the real one."""
        wanted = set(ride_ids)
        documents = list(self._database["actuals"].values())
        found = [document for document in documents if document["ride_id"] in wanted]
        return [ToldActual(**{field: document[field] for field in ToldActual._fields}) for document in found]

    def mark(self, problems: Mapping[str, str]) -> None:
        """As the real one."""
        for actual_id, why in problems.items():
            document = self._database["actuals"][actual_id]
            document["problem"] = max(why, document.get("problem", ""))

    def mark_corrections(self, actual_ids: Iterable[str], correction_at: datetime) -> None:
        """As the real one."""
        for actual_id in actual_ids:
            self._database["actuals"][actual_id].setdefault("correction_at", correction_at)


class FakeRejections:
    """`Rejections` in memory."""

    def __init__(self, database: FakeMongo) -> None:
        self._database = database

    def add(self, rejections, stored_at):
        """As the real one."""
        _insert_new(self._database["rejections"], [rejection_document(r, stored_at) for r in rejections])

    def count(self, window) -> int:
        """As the real one."""
        stamps = [document["stored_at"] for document in self._database["rejections"].values()]
        return sum(window.start <= stamp < window.end for stamp in stamps)

    def by_reason(self, window) -> dict[tuple[str, str], int]:
        """As the real one."""
        documents = self._database["rejections"].values()
        told = [document for document in documents if window.start <= document["stored_at"] < window.end]
        counts = Counter((problem["field"], problem["reason"]) for document in told for problem in document["problems"])
        return dict(sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:MOST_REASONS])


class FakeHours:
    """`Hours` in memory."""

    def __init__(self, database: FakeMongo) -> None:
        self._database = database

    def touch(self, marks: Iterable[tuple[str, datetime]], changed_at: datetime) -> None:
        """As the real one."""
        hours = self._database["hours"]
        for mark in {HourMark(*mark) for mark in marks}:
            name = f"{mark.model_version}|{mark.hour:%Y-%m-%dT%HZ}"
            document = hours.setdefault(name, {"_id": name, **mark._asdict(), "changed_at": _ms(changed_at)})
            document["changed_at"] = max(document["changed_at"], _ms(changed_at))

    def changed_since(self, model_version: str | None, moment: datetime) -> list[HourMark]:
        """As the real one."""
        return self._marks(lambda hour: hour["changed_at"] > moment and model_version in (None, hour["model_version"]))

    def changes(self, after: datetime) -> dict[HourMark, datetime]:
        """As the real one."""
        hours = [hour for hour in self._database["hours"].values() if hour["changed_at"] > after]
        return {HourMark(hour["model_version"], hour["hour"]): hour["changed_at"] for hour in hours}

    def versions(self) -> list[str]:
        """As the real one."""
        return sorted({hour["model_version"] for hour in self._database["hours"].values()})

    def range(self, model_version: str) -> tuple[datetime, datetime] | None:
        """As the real one."""
        marks = self._marks(lambda hour: hour["model_version"] == model_version)
        return (marks[0].hour, marks[-1].hour) if marks else None

    def last_before(self, model_version: str, moment: datetime) -> datetime | None:
        marks = self._marks(lambda mark: mark["model_version"] == model_version and mark["hour"] < moment)
        return max((mark.hour for mark in marks), default=None)

    def _marks(self, matches: Callable[[dict[str, Any]], bool]) -> list[HourMark]:
        hours = self._database["hours"].values()
        return sorted(HourMark(hour["model_version"], hour["hour"]) for hour in hours if matches(hour))


class FakeReports:
    """`Reports` in memory."""

    def __init__(self, database: FakeMongo) -> None:
        self._database = database

    def next_revision(self, report_id: str) -> int:
        """As the real one."""
        with self._database.lock:
            document = self._database["revisions"].setdefault(report_id, {"_id": report_id, "revision": 0})
            document["revision"] += 1
            return document["revision"]

    def save(self, report: Report) -> None:
        """As the real one."""
        there = self._database["reports"].get(report.report_id)
        if there is None or there["revision"] <= report.revision:
            self._database["reports"][report.report_id] = _stored(report.model_dump() | {"_id": report.report_id})

    def reported(self, after: datetime) -> dict[str, datetime]:
        """As the real one."""
        documents = self._database["reports"].values()
        return {document["_id"]: document["as_of"] for document in documents if document["as_of"] > after}

    def get(self, report_id: str) -> Report | None:
        """As the real one."""
        document = self._database["reports"].get(report_id)
        return _report(document) if document else None

    def newest(self, limit: int, before: datetime | None = None) -> list[Report]:
        """As the real one."""
        return latest(map(_report, self._database["reports"].values()), limit, before)

    def numbers(self, limit: int, before: datetime | None = None) -> Iterator[Report]:
        """As the real one."""
        yield from map(without_histograms, self.newest(limit, before))

    def numbers_since(self, moment: datetime) -> Iterator[Report]:
        """As the real one."""
        found = self.newest(len(self._database["reports"]))
        yield from (without_histograms(report) for report in reversed(found) if report.window.end > moment)

    def summaries(self, limit: int, before: datetime | None = None) -> list[ReportSummary]:
        """As the real one."""
        return list(map(ReportSummary.of, self.newest(limit, before)))

    def earlier(self, report: Report, limit: int) -> list[ReportSummary]:
        """As the real one."""
        found = alike(map(_report, self._database["reports"].values()), report)
        return list(map(ReportSummary.of, latest(not_long_before(found, report, limit), limit, report.window.end)))


def latest(reports: Iterable[Report], limit: int, before: datetime | None) -> list[Report]:
    """Give the latest windows, of those that ended before a moment."""
    ended = [report for report in reports if before is None or report.window.end < before]
    return sorted(ended, key=lambda one: (one.window.end, one.window.start, one.model_version), reverse=True)[:limit]


def alike(reports: Iterable[Report], report: Report) -> list[Report]:
    """Give the reports of the same kind of window and model version."""
    of = report.window.kind, report.model_version
    return [one for one in reports if (one.window.kind, one.model_version) == of]


def not_long_before(reports: Iterable[Report], report: Report, limit: int) -> list[Report]:
    """Leave out the reports of long before."""
    since = report.window.end - LOOK_BACK * limit * (report.window.end - report.window.start)
    return [one for one in reports if one.window.end >= since]


def without_histograms(report: Report) -> Report:
    """Give a report without its histograms."""
    columns = tuple(column.model_copy(update={"histogram": None}) for column in report.columns)
    return report.model_copy(update={"columns": columns})


def _within(moment: datetime | None, span) -> bool:
    return moment is not None and span.start <= moment and (span.end is None or moment < span.end)


def _changed_in(document: dict[str, Any], span) -> bool:
    again = [label["at"] for label in document.get("relabels", ())]
    return any(_within(stamp, span) for stamp in (document["stored_at"], document.get("labelled_at"), *again))


def _insert_new(collection: Documents, documents: Iterable[dict[str, Any]]) -> None:
    for document in documents:
        collection.setdefault(document["_id"], _stored(document))


def _stored(value: Any) -> Any:
    """Give what comes back of a value: lists for tuples, milliseconds for microseconds."""
    if isinstance(value, dict):
        return {name: _stored(part) for name, part in value.items()}
    if isinstance(value, list | tuple):
        return [_stored(part) for part in value]
    return _ms(value) if isinstance(value, datetime) else value


def _ms(moment: datetime) -> datetime:
    return moment.replace(microsecond=moment.microsecond // 1000 * 1000)


def _projected(document: dict[str, Any], fields: Sequence[str]) -> dict[str, Any]:
    projected: dict[str, Any] = {"_id": document["_id"]}
    for field in fields:
        *path, last = field.split(".")
        source, target = document, projected
        for name in path:
            source, target = source[name], target.setdefault(name, {})
        if last in source:
            target[last] = source[last]
    return projected


def _predicted(document: dict[str, Any]) -> PredictedRide:
    ride = document["ride"]
    joined = Rank(document["actual_received_at"], document["actual_id"]) if "actual_id" in document else None
    return PredictedRide(document["_id"], ride["ride_id"], document["model_version"], ride["pickup_time"], joined)


def _attach(predictions: Documents, label: Label, labelled_at: datetime) -> bool:
    document = predictions[label.prediction_id]
    if document.get("actual_id") != (label.replaces and label.replaces.actual_id):
        return False
    if label.replaces is None:
        document |= {"labelled_at": _ms(labelled_at), "first_actual": label.minutes}
    else:
        again = {"minutes": label.minutes, "at": _ms(labelled_at)}
        document["relabels"] = [*document.get("relabels", []), again]
    document |= {
        "actual": label.minutes,
        "actual_id": label.actual.actual_id,
        "actual_received_at": label.actual.received_at,
        "actual_stored_at": label.actual.stored_at,
    }
    return True


def _report(document: dict[str, Any]) -> Report:
    return Report.model_validate({name: value for name, value in document.items() if name != "_id"})
