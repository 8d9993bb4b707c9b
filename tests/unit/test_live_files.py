"""What Prometheus and Grafana are given is what the code says, and they can read it."""

import shutil
import subprocess

import pytest

from ridewatch.embedded.home import CHECKOUT
from ridewatch.live.written import files
from tests.prometheus import NOT_INSTALLED, PROMTOOL

RULES = [path for path in files() if "/rules/" in path]


@pytest.mark.parametrize("path", files())
def test_what_is_committed_is_what_is_generated(path):
    """After a change: `.venv/bin/python -m ridewatch.live`."""
    assert (CHECKOUT / path).read_text() == files()[path]


@pytest.mark.skipif(not shutil.which("promtool"), reason=NOT_INSTALLED)
@pytest.mark.parametrize("path", RULES)
def test_prometheus_can_read_the_rules(path):
    """Every expression is one, and no rule is there twice."""
    checked = subprocess.run(  # noqa: S603 - fixed words
        [PROMTOOL, "check", "rules", "--lint-fatal", str(CHECKOUT / path)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (checked.returncode, checked.stderr) == (0, "")
