"""The process: put together from settings, it listens at once and refreshes until told to stop."""

import logging
import os
import signal
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from threading import Event, Thread
from typing import Any

from prometheus_client import generate_latest
from pymongo.database import Database

from adapters import depths
from adapters.aws import client
from adapters.cloudwatch import Calls, calls, oldest_seconds
from adapters.models import ModelStore
from adapters.mongodb.alerts import Alerts
from adapters.mongodb.binned import binned_streams
from adapters.mongodb.connection import Document, connect, server_time
from adapters.mongodb.hours import Hours
from adapters.mongodb.kept import BINS
from adapters.mongodb.report_news import ReportNews
from adapters.mongodb.reports import Reports
from adapters.mongodb.totals import TotalsStore
from adapters.objects import Objects
from adapters.secrets import Secrets
from adapters.service import Probe, Service
from metrics_exporter.binning import Binning
from metrics_exporter.collector import registry_of
from metrics_exporter.counting import Counting
from metrics_exporter.known import Known
from metrics_exporter.probing import Probing
from metrics_exporter.reporting import Reporting
from metrics_exporter.runs import Following
from metrics_exporter.server import listening
from metrics_exporter.settings import Settings
from metrics_exporter.source import Source
from metrics_exporter.view import View

BINS_AFTER = timedelta(seconds=3)
"""A document costs fifty times as much to bin as to count; most are there so long after their stamp."""
SELDOM_SECONDS = 60
"""For what changes by the minute or the hour: CloudWatch, and which reports are due."""
AWS_EVERY = 3
"""AWS is asked at every third refresh: each question costs money there."""


def main() -> int:
    """Run until SIGTERM or SIGINT; give the exit code."""
    settings = Settings.of(os.environ)
    logging.basicConfig(level=settings.log_level, format="%(asctime)s %(levelname)s %(message)s")
    view = view_of(settings)
    server = listening(page_of(view, time.time), settings.listen_host, settings.listen_port)
    stop, failed = Event(), Event()
    # Until here a signal ends the process as __main__ says: nothing waits for a secret that does not come.
    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, lambda *_: stop.set())
    every = settings.refresh_seconds
    _start(server.serve_forever, stop, failed)
    _start(lambda: _keep_fresh((view.totals, view.reports, view.alerts), every, stop), stop, failed)
    # by itself: a long history's bins hold up nothing else
    _start(lambda: _keep_fresh((view.bins,), every, stop), stop, failed)
    _start(lambda: _keep_fresh((view.probes,), settings.probe_seconds, stop), stop, failed)
    _start(lambda: _keep_fresh((view.functions, view.ages, view.runs), SELDOM_SECONDS, stop), stop, failed)
    _start(lambda: _keep_fresh((view.queues, view.spill, view.models), every * AWS_EVERY, stop), stop, failed)
    logging.getLogger(__name__).info("listening on %s:%s", *server.server_address[:2])
    stop.wait()
    return int(failed.is_set())


def view_of(settings: Settings) -> View:
    """Connect what a scrape shows to where it comes from; nothing is asked yet, but for the URI's secret."""
    uri = settings.mongodb_uri or Secrets(client("secretsmanager")).read(settings.mongodb_secret)
    database = connect(uri)
    sqs, s3 = (client(service, attempts=1) for service in ("sqs", "s3"))
    queues = {"events": settings.queue_url, "dlq": settings.dlq_url}
    models = Source("models", lambda: depths.model_versions(s3, settings.bucket), time.time, keeps=True)
    reporting = Reporting(ReportNews(database), lambda: datetime.now(UTC))
    following = Following(Hours(database), Reports(database), lambda: server_time(database))
    return View(
        totals=Source("totals", Counting(TotalsStore(database)).refresh, time.time, keeps=True),
        reports=Source("reports", reporting.refresh, time.time, keeps=True),
        queues=Source(
            "queues",
            lambda: {name: depths.queue_depth(sqs, url) for name, url in queues.items()},
            time.time,
            keeps=False,
        ),
        spill=Source("spill", lambda: depths.spill(s3, settings.bucket), time.time, keeps=False),
        models=models,
        functions=Source("functions", lambda: _calls(settings.functions), time.time, keeps=False),
        ages=Source("ages", lambda: _ages(settings, queues), time.time, keeps=False),
        runs=Source("runs", following.refresh, time.time, keeps=True),
        alerts=Source("alerts", lambda: tuple(Alerts(database).open()), time.time, keeps=True),
        probes=Source("probes", Probing(_probes(settings)).refresh, time.time, keeps=False),
        bins=Source("bins", _binning(database, s3, settings.bucket, models).refresh, time.time, keeps=True),
    )


def page_of(view: View, clock: Callable[[], float]) -> Callable[[], bytes]:
    """Give what a scrape is answered with: what is written for it, and the bins' page, which is ready."""
    registry = registry_of(view, clock)

    def page() -> bytes:
        bins = view.bins.state.value
        return generate_latest(registry) + (bins.page if bins else b"")

    return page


def _binning(database: Database[Document], s3: Any, bucket: str, models: Source[frozenset[str]]) -> Binning:
    known = Known(ModelStore(Objects(s3, bucket)))
    store = TotalsStore(database, binned_streams(known.of), BINS)
    return Binning(Counting(store, BINS_AFTER), known, lambda: models.state.value or ())


def _calls(functions: Sequence[str]) -> Mapping[str, Calls]:
    return calls(client("cloudwatch"), functions, datetime.now(UTC)) if functions else {}


def _ages(settings: Settings, queues: Mapping[str, str]) -> Mapping[str, float]:
    if not settings.functions:
        return {}
    names = {name: url.rpartition("/")[2] for name, url in queues.items()}
    return oldest_seconds(client("cloudwatch"), names, datetime.now(UTC))


def _probes(settings: Settings) -> Mapping[str, Callable[[], Probe]]:
    if not settings.api_url:
        return {}
    key = settings.api_key or (
        Secrets(client("secretsmanager")).read(settings.api_key_secret) if settings.api_key_secret else ""
    )
    service = Service(settings.api_url, key)
    return {"health": service.health, "canary": service.canary} if key else {"health": service.health}


def _keep_fresh(sources: Iterable[Source[Any]], every: float, stop: Event) -> None:
    while not stop.is_set():
        for source in sources:
            source.refresh()
        stop.wait(every)


def _start(work: Callable[[], None], stop: Event, failed: Event) -> None:
    """Run in a thread that dies with the process; work that ends before it is told to ends the process."""

    def run() -> None:
        try:
            work()
        finally:
            if not stop.is_set():
                failed.set()
            stop.set()

    Thread(target=run, daemon=True).start()
