"""Metrics of what waits on its way, and of the exporter itself."""

from collections.abc import Callable, Iterator

from metrics_exporter.metric import Metric, Sample
from metrics_exporter.runs import Runs
from metrics_exporter.source import State
from metrics_exporter.view import View


def _queues(view: View, _now: float) -> Iterator[Sample]:
    for queue, depth in (view.queues.state.value or {}).items():
        yield from (((queue, state), count) for state, count in depth._asdict().items())


def _oldest(view: View, _now: float) -> Iterator[Sample]:
    for queue, seconds in (view.ages.state.value or {}).items():
        yield (queue,), seconds


def _runs(value: Callable[[Runs], int]) -> Callable[[View, float], Iterator[Sample]]:
    def samples(view: View, _now: float) -> Iterator[Sample]:
        for version, runs in (view.runs.state.value or {}).items():
            yield (version,), value(runs)

    return samples


def _spilled(view: View, _now: float) -> Iterator[Sample]:
    spill = view.spill.state.value
    if spill is not None:
        yield (), spill.objects


def _spilled_since(view: View, _now: float) -> Iterator[Sample]:
    spill = view.spill.state.value
    if spill is not None and spill.oldest is not None:
        yield (), spill.oldest.timestamp()


def _up(view: View, now: float) -> Iterator[Sample]:
    yield (), float(view.up(now))


def _lag(view: View, now: float) -> Iterator[Sample]:
    read_at = view.totals.state.read_at
    if read_at is not None:
        yield (), max(0.0, now - read_at)


def _by_source(value: Callable[[State[object]], float | None]) -> Callable[[View, float], Iterator[Sample]]:
    def samples(view: View, _now: float) -> Iterator[Sample]:
        for source in view:
            number = value(source.state)
            if number is not None:
                yield (source.name,), number

    return samples


SOURCE = ("source",)

HEALTH = (
    Metric(
        "ridewatch_queue_messages",
        "gauge",
        "Messages of the events queue and of its dead-letter queue (`events`, `dlq`), as SQS estimates them.",
        "messages",
        ("queue", "state"),
        _queues,
    ),
    Metric(
        "ridewatch_queue_oldest_message_age_seconds",
        "gauge",
        "Age of the oldest message of a queue, as CloudWatch knew two minutes ago; absent where it is not asked or "
        "knows nothing.",
        "seconds",
        ("queue",),
        _oldest,
    ),
    Metric(
        "ridewatch_expected_reports",
        "gauge",
        "Hours of event time in which something arrived within seven days, but not within two hours: each must have a "
        "report that knows of it.",
        "reports",
        ("model_version",),
        _runs(lambda runs: runs.expected),
    ),
    Metric(
        "ridewatch_seen_reports",
        "gauge",
        "Those of them that have.",
        "reports",
        ("model_version",),
        _runs(lambda runs: runs.seen),
    ),
    Metric(
        "ridewatch_spilled_batches",
        "gauge",
        "Batches that wait in `spill/` because the queue refused them; counted up to 5,000.",
        "batches",
        (),
        _spilled,
    ),
    Metric(
        "ridewatch_spill_oldest_timestamp_seconds",
        "gauge",
        "Since when the oldest batch waits in `spill/`; absent while none does.",
        "Unix seconds",
        (),
        _spilled_since,
    ),
    Metric(
        "ridewatch_exporter_up",
        "gauge",
        "Whether the totals are being read from MongoDB; if not, all counters stand where they stood.",
        "0 or 1",
        (),
        _up,
    ),
    Metric(
        "ridewatch_exporter_lag_seconds",
        "gauge",
        "How long ago the totals were last read in full; absent before the first time.",
        "seconds",
        (),
        _lag,
    ),
    Metric(
        "ridewatch_exporter_source_up",
        "gauge",
        "Whether the last reading of a source succeeded: MongoDB's totals, reports, alerts, runs and bins; queues, "
        "ages, spill, models, functions, probes.",
        "0 or 1",
        SOURCE,
        _by_source(lambda state: float(state.up)),
    ),
    Metric(
        "ridewatch_exporter_read_errors_total",
        "counter",
        "Readings that failed, since the exporter started.",
        "errors",
        SOURCE,
        _by_source(lambda state: state.errors),
    ),
    Metric(
        "ridewatch_exporter_last_read_timestamp_seconds",
        "gauge",
        "When a source was last read.",
        "Unix seconds",
        SOURCE,
        _by_source(lambda state: state.read_at),
    ),
    Metric(
        "ridewatch_exporter_read_duration_seconds",
        "gauge",
        "How long the last reading that succeeded took.",
        "seconds",
        SOURCE,
        _by_source(lambda state: state.seconds),
    ),
)
