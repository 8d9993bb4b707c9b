"""Prometheus as a process, where it is on the PATH: it scrapes the exporter and keeps the rules of `localstack/`."""

import json
import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass

from ridewatch.embedded import ports, processes, web
from ridewatch.embedded.home import CHECKOUT, Home
from ridewatch.live.scraping import configuration

PORT = 9090
RULES = CHECKOUT / "localstack" / "prometheus" / "rules"


@dataclass(frozen=True)
class Prometheus:
    """A Prometheus that was started."""

    process: subprocess.Popen[bytes]
    port: int

    @property
    def url(self) -> str:
        """Where its pages are."""
        return f"http://{ports.LOOPBACK}:{self.port}"


def is_there() -> bool:
    """Tell whether this machine has one."""
    return shutil.which("prometheus") is not None


def start(home: Home, exporter_port: int, port: int, locks: Sequence[int] = ()) -> Prometheus:
    """Start Prometheus; what it keeps goes with the stack."""
    folder = home.temporary / "prometheus"
    folder.mkdir()
    told = configuration(f"{ports.LOOPBACK}:{exporter_port}", [str(RULES / "*.yaml")])
    (folder / "prometheus.yaml").write_text(json.dumps(told, indent=1))
    options = ["--config.file", str(folder / "prometheus.yaml"), "--storage.tsdb.path", str(folder / "data")]
    command = [shutil.which("prometheus") or "prometheus", *options, f"--web.listen-address={ports.LOOPBACK}:{port}"]
    return Prometheus(processes.start(home, "prometheus", command, {}, locks), port)


def await_prometheus(home: Home, prometheus: Prometheus) -> None:
    """Wait until Prometheus answers. Raises PartFailed."""
    processes.await_answer(home, "prometheus", prometheus.process, lambda: answers(prometheus.url))


def answers(url: str) -> bool:
    """Tell whether a Prometheus is ready there."""
    return web.is_well(f"{url}/-/ready", 5)
