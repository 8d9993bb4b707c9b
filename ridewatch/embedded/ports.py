"""Ports, of the loopback unless told otherwise, kept for a stack as long as it lives, even while nobody listens there.

A database that was killed and starts again must find its port free: whoever listened there meanwhile would be sent
what is meant for it. So each port has a file, and whoever may listen on the port holds the file's lock. The parts of
a stack inherit the locks; the kernel gives them back with the last part.
"""

import fcntl
import os
import socket
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import IO, NamedTuple

from ridewatch.embedded.errors import NoPort

LOOPBACK = "127.0.0.1"
LOCKS = Path(tempfile.gettempdir()) / f"ridewatch-{os.getuid()}-ports"
NEXT = 100
"""How many ports from the usual one on are tried: these lie below those that the kernel gives out by itself, which a
part that is down could lose to any connection."""


class Kept(NamedTuple):
    """Ports that are ours as long as any process holds their locks."""

    ports: tuple[int, ...]
    locks: tuple[int, ...]
    """File descriptors; a process that inherits them keeps the ports."""


@contextmanager
def kept(*usual: int, host: str = LOOPBACK) -> Iterator[Kept]:
    """Give the usual ports, else the next free ones, and keep them meanwhile. Raises NoPort."""
    LOCKS.mkdir(mode=0o700, exist_ok=True)
    with ExitStack() as held:
        found = [_first_free(port, host, held) for port in usual]
        yield Kept(tuple(port for port, _ in found), tuple(lock for _, lock in found))


def _first_free(usual: int, host: str, held: ExitStack) -> tuple[int, int]:
    for port in range(usual, usual + NEXT):
        lock = held.enter_context((LOCKS / str(port)).open("w"))
        if _is_locked(lock) and _can_listen(port, host):
            return port, lock.fileno()
        lock.close()
    message = f"no port from {usual} to {usual + NEXT - 1} is free on {host}"
    raise NoPort(message)


def _is_locked(file: IO[str]) -> bool:
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def is_ours(host: str) -> bool:
    """Tell whether an address is one of this machine's."""
    with socket.socket() as probe:
        try:
            probe.bind((host, 0))
        except OSError:
            return False
    return True


def _can_listen(port: int, host: str) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return not answers(port, host)


def answers(port: int, host: str = LOOPBACK) -> bool:
    """Tell whether something accepts connections there."""
    with socket.socket() as probe:
        probe.settimeout(1)
        return probe.connect_ex((host, port)) == 0
