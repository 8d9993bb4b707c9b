"""The functions over stores in memory: what a deployed stack does, without servers; time is what the backtest says."""

import json
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from functools import partial
from itertools import count
from time import perf_counter
from typing import Any

from adapters.models import ModelStore
from contracts.alerts import Transition
from contracts.api import MAX_RIDES
from contracts.events import Event, Prediction
from contracts.model import NO_MODEL, Errors
from contracts.ride import NEW_YORK
from contracts.window import Window
from drift_report.alert_parts import AlertParts
from drift_report.alerts import judge, series_of
from drift_report.drawing import Drawing, NotDrawn
from drift_report.due import Subject
from drift_report.orders import Schedule, ScheduledKind
from drift_report.parts import Parts
from drift_report.rivals import tolerated_beside
from drift_report.run import reported, subjects
from drift_report.settings import Settings
from drift_report.watching import watch
from drift_report.windows import HOUR
from monitoring.watch.error_watch import page_of
from predict.actuals import actuals
from predict.call import Call
from predict.champion import Champion
from predict.parts import load
from predict.predict import predict
from record.record import Batch, store
from record.stores import Stores
from ridewatch.backtest.plan import Plan
from ridewatch.backtest.versions import Versions
from ridewatch.memory.actuals import MemoryActuals
from ridewatch.memory.alerts import MemoryAcceptances, MemoryAlerts, MemorySilences
from ridewatch.memory.database import MemoryDatabase
from ridewatch.memory.hours import MemoryHours
from ridewatch.memory.objects import MemoryObjects
from ridewatch.memory.predictions import MemoryPredictions
from ridewatch.memory.profiles import MemoryProfiles
from ridewatch.memory.rejections import MemoryRejections
from ridewatch.memory.reports import MemoryReports, MemoryReportSeries
from ridewatch.memory.reviews import MemoryReviews
from ridewatch.memory.watches import MemoryWatches

AMPLE_MS = 60_000
MIN_ROWS, SAMPLE_ROWS, MATURE_HOURS = 50, 10_000, 48.0
"""As template.yaml has them."""
EVERY_WINDOW = 10_000
Change = Callable[[Prediction], Prediction]
Clock = Callable[[], datetime]


class Nowhere:
    """The topic and the bus of a backtest: what is sent is read from the transitions."""

    def publish(self, transition: Transition, subject: str, text: str) -> None:
        """Send nothing."""

    def put(self, transition: Transition) -> None:
        """Send nothing."""


class Stack:
    """A deployed stack as far as rides, labels, reports and alerts go; `now` is its only clock."""

    def __init__(self, versions: Versions, plan: Plan, start: datetime) -> None:
        self.now = start
        self.pointer = versions.champion.card.version
        self.asked, self.labelled = 0, 0
        database, objects = MemoryDatabase(self._clock), MemoryObjects()
        for version in filter(None, versions):
            ModelStore(objects).publish(version.card, version.artifacts)  # type: ignore[arg-type]
        self._ids = map("{:012d}".format, count(1))
        self._champion = Champion(lambda: self.pointer, partial(load, ModelStore(objects)), _untold)  # type: ignore[arg-type]
        self._stores = _stores(database, self._clock)
        self._parts = _parts(database, objects, self._stores, plan)
        self._answered: set[str] = set()
        self._of_hours: set[str] = set()

    def ask(self, rides: Sequence[dict[str, Any]], change: Change) -> list[Prediction]:
        """Ask for the durations of rides; `change` is what befalls the answers. Give those that were answered."""
        self.asked += len(rides)
        return [prediction for some in _batches(rides) for prediction in self._asked(some, change)]

    def _asked(self, rides: Sequence[dict[str, Any]], change: Change) -> list[Prediction]:
        events = predict(_body(rides=rides), self._champion, self._call(), explain=False).events
        predictions = [change(event) for event in events if isinstance(event, Prediction)]
        self._record([*predictions, *(event for event in events if not isinstance(event, Prediction))])
        self._answered |= {prediction.model_version for prediction in predictions} - {NO_MODEL}
        return predictions

    def tell(self, told: Sequence[dict[str, Any]]) -> None:
        """Tell the durations of rides."""
        for some in _batches(told):
            self._record(actuals(_body(actuals=some), self._call()).events)

    def watch(self) -> bool:
        """Let the watch over errors see what has settled; tell whether a page has opened or closed."""
        turned = [self._turned(version) for version in sorted(self._answered)]
        return any(turned)

    def report(self, kinds: tuple[ScheduledKind, ...]) -> Iterator[Transition]:
        """Make the reports that are due, judge each, and give what is new of alerts."""
        for subject in subjects(self._parts, Schedule(kinds=kinds)):
            yield from self._reported(subject)

    def report_hour(self, end: datetime) -> Iterator[Transition]:
        """Report the hour that ends at a moment, of the version in charge, and judge it."""
        self._of_hours.add(self.pointer)
        yield from self._reported(Subject(self.pointer, Window(kind="hour", start=end - HOUR, end=end)))

    @property
    def is_relieved(self) -> bool:
        """Tell whether a version is in charge of which no hour was reported yet."""
        return self.pointer not in self._of_hours

    def _reported(self, subject: Subject) -> Iterator[Transition]:
        reported(self._parts, subject)
        for series in series_of([subject]):
            yield from judge(self._parts, series)

    def _turned(self, version: str) -> bool:
        parts, baseline = self._parts, self._parts.baselines(version)
        before = page_of(parts.watches.of(version))
        watch(parts, baseline, tolerated_beside(baseline, self._others(version)))
        return (before is None) != (page_of(parts.watches.of(version)) is None)

    def _others(self, version: str) -> list[Errors]:
        """Give how wrong the other versions that answered were out of sample."""
        return [self._parts.cards(other).errors["model"] for other in self._answered - {version}]

    def _record(self, events: Sequence[Event]) -> None:
        self.labelled += store(Batch.of(events), self._stores)

    def _call(self) -> Call:
        time: dict[str, Any] = {
            "now": self.now,
            "began": perf_counter(),
            "allowed_ms": AMPLE_MS,
            "remaining_ms": lambda: AMPLE_MS,
        }
        return Call(**time, cold_start=False, new_id=self._ids.__next__)

    def _clock(self) -> datetime:
        return self.now


def _stores(database: MemoryDatabase, clock: Clock) -> Stores:
    stores: dict[str, Any] = {
        "predictions": MemoryPredictions(database),
        "actuals": MemoryActuals(database),
        "rejections": MemoryRejections(database),
        "hours": MemoryHours(database),
        "reviews": MemoryReviews(database),
    }
    return Stores(**stores, clock=clock)


def _parts(database: MemoryDatabase, objects: MemoryObjects, stores: Stores, plan: Plan) -> Parts:
    alerting: dict[str, Any] = {
        "series": MemoryReportSeries(database),
        "alerts": MemoryAlerts(database),
        "silences": MemorySilences(database),
        "acceptances": MemoryAcceptances(database),
        "topic": Nowhere(),
        "bus": Nowhere(),
    }
    parts: dict[str, Any] = {
        **{name: getattr(stores, name) for name in ("predictions", "rejections", "hours", "clock")},
        "profiles": MemoryProfiles(database),
        "reports": MemoryReports(database),
        "watches": MemoryWatches(database),
        "objects": objects,
    }
    return Parts(_settings(plan), **parts, alerting=AlertParts(**alerting), draw=_undrawn)


def _settings(plan: Plan) -> Settings:
    return Settings(
        bucket="memory",
        mongodb_secret="memory",  # noqa: S106 - there is none
        time_zone=NEW_YORK,
        max_windows=EVERY_WINDOW,
        sample_rows=SAMPLE_ROWS,
        min_rows=MIN_ROWS,
        false_pages=plan.false_pages,
        false_tickets=plan.false_tickets,
        mature_hours=MATURE_HOURS,
        alert_topic="memory",
        event_bus="memory",
    )


def _undrawn(*_: object) -> Drawing:
    message = "a backtest draws no page"
    raise NotDrawn(message)


def _untold(problem: str, version: str | None) -> None:
    """Tell nobody which model serves."""


def _body(**items: Sequence[dict[str, Any]]) -> bytes:
    return json.dumps(items).encode()


def _batches(items: Sequence[dict[str, Any]]) -> Iterator[Sequence[dict[str, Any]]]:
    for start in range(0, len(items), MAX_RIDES):
        yield items[start : start + MAX_RIDES]
