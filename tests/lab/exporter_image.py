"""`make exporter-image-check`: the exporter's image, run as compose runs it and scraped."""

import shutil
import subprocess
import sys
import urllib.request
import uuid
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

from tests.lab.aws import Stores, stores
from tests.lab.checks import Checks, until
from tests.lab.engine import Container, container, docker, host_names
from tests.lab.mongodb import MongoDB, mongodb
from tests.samples import prediction
from tests.stores import real_stores

PORT = 9464
LOCKED_DOWN = ("--read-only", "--cap-drop", "ALL", "--security-opt", "no-new-privileges", "--pids-limit", "64")
PREDICTIONS = 'ridewatch_predictions_total{model_version="20190301-hgb",served_by="champion"} 3.0'
SOURCES = ("totals", "reports", "alerts", "bins", "queues", "spill", "models")


def check(image: str) -> int:
    """Run the checks; give the exit code."""
    checks = Checks()
    with ExitStack() as stack:
        with checks.step("MongoDB and LocalStack's queues and bucket stand ready"):
            mongo, aws = stack.enter_context(mongodb()), stack.enter_context(stores(f"exporter-{uuid.uuid4().hex[:8]}"))
            _fill(mongo, aws)
        if not checks.failed:
            _check_running(checks, image, mongo, aws)
            _check_stopping(checks, image, mongo, aws)
    return checks.end()


def _fill(mongo: MongoDB, aws: Stores) -> None:
    kept = real_stores(mongo.database)
    kept.predictions.add([prediction(name, ride_id=name) for name in ("p1", "p2", "p3")], kept.clock())
    aws.client("sqs").send_message(QueueUrl=aws.dlq_url, MessageBody="poison")
    aws.client("s3").put_object(Bucket=aws.bucket, Key="models/20190301-hgb/card.json", Body=b"{}")


@contextmanager
def _exporter(image: str, mongo: MongoDB, aws: Stores) -> Iterator[Container]:
    environment = {
        "AWS_ENDPOINT_URL": "http://localstack:4566",
        "AWS_ACCESS_KEY_ID": "test",
        "AWS_SECRET_ACCESS_KEY": "test",
        "AWS_DEFAULT_REGION": "us-east-1",
        "MONGODB_URI": mongo.inside,
        "QUEUE_URL": aws.queue_url,
        "DLQ_URL": aws.dlq_url,
        "BUCKET": aws.bucket,
        "REFRESH_SECONDS": "0.5",
    }
    told = [option for name, value in environment.items() for option in ("--env", f"{name}={value}")]
    published = ("--publish", f"127.0.0.1::{PORT}")
    with container(image, *LOCKED_DOWN, *published, *host_names(), *told) as exporter:
        yield exporter


def _check_running(checks: Checks, image: str, mongo: MongoDB, aws: Stores) -> None:
    with _exporter(image, mongo, aws) as exporter:
        with checks.step("it turns healthy"):
            until(lambda: exporter.health == "healthy", "healthy", 30)
        with checks.step("it is nobody: a user of its own, no capability, nothing it can write to"):
            assert exporter.run("id", "-u") == "10001"
            status = exporter.run("cat", "/proc/1/status")
            assert "CapEff:\t0000000000000000" in status, status
            assert "NoNewPrivs:\t1" in status, status
            assert exporter.run("sh", "-c", "touch /tmp/x /opt/ridewatch/x 2>/dev/null || echo refused") == "refused"
        with checks.step("its port is this host's alone"):
            assert exporter.port(PORT).startswith("127.0.0.1:")
        with checks.step("a scrape shows MongoDB's predictions, SQS's dead letter, S3's models"):
            _check_scrape(exporter)
        with checks.step("promtool finds no fault with the page"):
            _check_names(exporter)
        with checks.step("told to stop, it ends within a second"):
            _check_stop(exporter)


def _check_scrape(exporter: Container) -> None:
    until(lambda: all(_up(source) in _page(exporter) for source in SOURCES), "all sources are read", 30)
    page = _page(exporter)
    assert PREDICTIONS in page
    assert 'ridewatch_queue_messages{queue="dlq",state="visible"} 1.0' in page


def _up(source: str) -> str:
    return f'ridewatch_exporter_source_up{{source="{source}"}} 1.0'


def _check_names(exporter: Container) -> None:
    promtool = shutil.which("promtool")
    assert promtool, "promtool is not installed (Debian: package prometheus)"
    said = subprocess.run(  # noqa: S603 - fixed words
        [promtool, "check", "metrics"], input=_page(exporter), capture_output=True, text=True, check=False
    )
    assert (said.returncode, said.stdout + said.stderr) == (0, "")


def _check_stop(exporter: Container) -> None:
    code, seconds = exporter.stopped()
    assert (code, seconds < 1) == (0, True), f"exit code {code} after {seconds:.2f} s; {exporter.logs()[-500:]}"


def _check_stopping(checks: Checks, image: str, mongo: MongoDB, aws: Stores) -> None:
    with _exporter(image, mongo, aws) as exporter, checks.step("told to stop as soon as it runs, it does not miss it"):
        until(lambda: _hears(exporter), "it handles SIGTERM", every=0.01)
        _check_stop(exporter)


def _hears(exporter: Container) -> bool:
    status = exporter.run("cat", "/proc/1/status")
    caught = next(line for line in status.splitlines() if line.startswith("SigCgt:"))
    return bool(int(caught.split()[1], 16) >> 14 & 1)


def _page(exporter: Container) -> str:
    with urllib.request.urlopen(f"http://{exporter.port(PORT)}/metrics", timeout=5) as answer:
        page: str = answer.read().decode()
    return page


if __name__ == "__main__":
    docker("version")
    sys.exit(check(sys.argv[1]))
