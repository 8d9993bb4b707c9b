"""The metrics exporter as a process."""

import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ridewatch.embedded import aws, ports, processes, web
from ridewatch.embedded.home import CHECKOUT, Home

PORT = 9464


@dataclass(frozen=True)
class Exporter:
    """A metrics exporter that was started."""

    process: subprocess.Popen[bytes]
    port: int

    @property
    def metrics_url(self) -> str:
        """Where Prometheus scrapes."""
        return f"http://{ports.LOOPBACK}:{self.port}/metrics"


def start(  # noqa: PLR0913, PLR0917 - where everything is that it looks at, and where it is found
    home: Home, endpoint_url: str, mongodb_uri: str, outputs: Mapping[str, str], port: int, locks: Sequence[int] = ()
) -> Exporter:
    """Start the exporter of a deployed stack."""
    environment = aws.CREDENTIALS | {
        "AWS_ENDPOINT_URL": endpoint_url,
        "MONGODB_URI": mongodb_uri,
        "QUEUE_URL": outputs["QueueUrl"],
        "DLQ_URL": outputs["DlqUrl"],
        "BUCKET": outputs["BucketName"],
        "API_URL": f"{endpoint_url}/_aws/execute-api/{outputs['ApiId']}/v1",
        "API_KEY_SECRET": outputs["ApiKeySecretArn"],
        "LISTEN_HOST": ports.LOOPBACK,
        "LISTEN_PORT": str(port),
        "REFRESH_SECONDS": "4",
        "PYTHONPATH": str(CHECKOUT / "functions"),
        "PYTHONUNBUFFERED": "1",
    }
    command = [sys.executable, "-m", "metrics_exporter"]
    return Exporter(processes.start(home, "exporter", command, environment, locks), port)


def await_exporter(home: Home, exporter: Exporter) -> None:
    """Wait until the exporter answers. Raises PartFailed."""
    processes.await_answer(home, "exporter", exporter.process, lambda: answers(exporter.metrics_url))


def answers(metrics_url: str) -> bool:
    """Tell whether the metrics can be scraped there."""
    return web.is_well(metrics_url, 5)
