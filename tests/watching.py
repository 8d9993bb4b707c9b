"""An exporter and a Prometheus that scrapes it, over a MongoDB and an S3 of the test's own."""

import pathlib
import signal
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from typing import Any

from adapters.mongodb.connection import connect
from adapters.objects import Objects
from ridewatch.embedded import aws, ports, processes
from ridewatch.embedded.home import Home
from tests.exporter_process import ExporterProcess
from tests.prometheus import Prometheus
from tests.secantus import Server
from tests.stores import AllStores, real_stores

BUCKET = "watched"
STORED = "sum(ridewatch_predictions_total)"


@dataclass
class Watching:
    """Everything that a test needs of them."""

    server: Server
    database: Any
    stores: AllStores
    objects: Objects
    exporter: ExporterProcess
    prometheus: Prometheus


@contextmanager
def watching(folder: pathlib.Path, rules: tuple[str, ...] = ()) -> Iterator[Watching]:
    """Start MongoDB, an AWS, an exporter that is not started yet and a Prometheus that scrapes it; end them all."""
    with ExitStack() as ended:
        server = Server(folder)
        server.start()
        ended.callback(server.stop, signal.SIGKILL)
        cloud = ended.enter_context(an_aws(folder / "home"))
        s3 = cloud.client("s3")
        s3.create_bucket(Bucket=BUCKET)
        exporter = ExporterProcess(
            server.uri, **aws.CREDENTIALS, AWS_ENDPOINT_URL=cloud.endpoint_url, BUCKET=BUCKET, REFRESH_SECONDS="0.5"
        )
        ended.callback(exporter.end, signal.SIGKILL)
        prometheus = Prometheus(folder, f"127.0.0.1:{exporter.port}", rules)
        ended.callback(prometheus.end)
        database = connect(server.uri)
        ended.callback(database.client.close)
        yield Watching(server, database, real_stores(database), Objects(s3, BUCKET), exporter, prometheus.start())


@contextmanager
def an_aws(folder: pathlib.Path) -> Iterator[aws.Aws]:
    """Start a MiniStack in a home of its own."""
    home = Home(folder)
    folder.mkdir()
    home.prepare()
    with ports.kept(aws.PORT) as kept:
        cloud = aws.start(home, kept.ports[0], kept.locks)
        try:
            aws.await_aws(home, cloud)
            yield cloud
        finally:
            processes.end_all(home)
