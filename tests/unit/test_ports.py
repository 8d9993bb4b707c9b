import subprocess
import sys

import pytest

from ridewatch.embedded import ports
from ridewatch.embedded.errors import NoPort

USUAL = 18_230


@pytest.fixture(autouse=True)
def _own_locks(monkeypatch, tmp_path):
    """Locks of these tests alone."""
    monkeypatch.setattr(ports, "LOCKS", tmp_path / "locks")
    monkeypatch.setattr(ports, "_can_listen", lambda port, _host: port != USUAL)


def test_a_port_that_is_kept_is_not_given_again_though_nobody_listens():
    with ports.kept(USUAL, USUAL) as first, ports.kept(USUAL) as second:
        assert (first.ports, second.ports) == ((USUAL + 1, USUAL + 2), (USUAL + 3,))


def test_a_port_is_given_back():
    for _ in range(2):
        with ports.kept(USUAL) as kept:
            assert kept.ports == (USUAL + 1,)


def test_a_process_that_inherited_a_lock_keeps_the_port_after_us():
    with ports.kept(USUAL) as kept:
        sleeper = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE, pass_fds=kept.locks)
    with sleeper, ports.kept(USUAL) as other:
        assert other.ports == (USUAL + 2,)
        sleeper.communicate(b"\n")
    with ports.kept(USUAL) as again:
        assert again.ports == (USUAL + 1,)


def test_when_no_port_is_free_it_says_so(monkeypatch):
    monkeypatch.setattr(ports, "_can_listen", lambda _port, _host: False)
    with pytest.raises(NoPort, match=str(USUAL)), ports.kept(USUAL):
        pass
