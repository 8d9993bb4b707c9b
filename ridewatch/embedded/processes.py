"""Processes that carry the mark of their stack in their environment.

A pid can be reused and a state file can be lost; the environment of a process is its own. So what is ours is found,
children included, after any crash, and nothing else is ever ended.
"""

import os
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence

import psutil

from ridewatch.embedded.errors import PartFailed
from ridewatch.embedded.home import Home

MARK = "RIDEWATCH_STACK"
_PASSED_ON = ("PATH", "HOME", "LANG", "LC_ALL", "SSL_CERT_FILE", "USER", "SystemRoot")
_PATIENCE = 5.0
_STEP = 0.05


def start(
    home: Home, name: str, command: Sequence[str], environment: Mapping[str, str], locks: Sequence[int] = ()
) -> subprocess.Popen[bytes]:
    """Start a process of this stack, with its log, apart from the terminal's signals; it holds locks while it lives."""
    with home.log(name).open("ab") as log:
        return subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            pass_fds=locks,
            cwd=home.folder,
            env=_inherited() | dict(environment) | {MARK: str(home.folder)},
        )


def _inherited() -> dict[str, str]:
    """Keep what a process needs to run, and nothing that could change what it does."""
    return {name: os.environ[name] for name in _PASSED_ON if name in os.environ}


def await_answer(
    home: Home, name: str, process: subprocess.Popen[bytes], ready: Callable[[], bool], seconds: float = 30
) -> None:
    """Wait until a process answers. Raises PartFailed with the end of its log."""
    deadline = time.monotonic() + seconds
    while not ready():
        if process.poll() is not None or time.monotonic() > deadline:
            what = "ended" if process.poll() is not None else f"did not answer within {seconds:.0f} s"
            message = f"{name} {what}; see {home.log(name)}\n{last_lines(home, name)}"
            raise PartFailed(message)
        time.sleep(_STEP)


def last_lines(home: Home, name: str, count: int = 5) -> str:
    """Give the end of a log."""
    lines = home.log(name).read_text(errors="replace").splitlines()
    return "\n".join(lines[-count:])


def ours(home: Home) -> list[psutil.Process]:
    """Find every living process of this stack, Lambda workers included."""
    return [process for process in psutil.process_iter() if _is_marked(process, str(home.folder))]


def _is_marked(process: psutil.Process, mark: str) -> bool:
    try:
        return process.environ().get(MARK) == mark and process.status() != psutil.STATUS_ZOMBIE
    except (psutil.Error, OSError):
        return False


def is_alive(pid: int, started: float) -> bool:
    """Tell whether this very process lives, not another that was given its number."""
    try:
        process = psutil.Process(pid)
        return process.create_time() == started and process.status() != psutil.STATUS_ZOMBIE
    except psutil.Error:
        return False


def started_at(pid: int) -> float:
    """Give the moment a process started, which with its pid names it for ever."""
    return psutil.Process(pid).create_time()


def end_all(home: Home) -> None:
    """Kill every process of this stack, those too that they start meanwhile; what they kept is thrown away anyway."""
    deadline = time.monotonic() + _PATIENCE
    while (living := ours(home)) and time.monotonic() < deadline:
        for process in living:
            _kill(process)
        psutil.wait_procs(living, timeout=_PATIENCE)


def end(pid: int, started: float) -> None:
    """Kill this very process, and not another that was given its number."""
    if is_alive(pid, started):
        process = psutil.Process(pid)
        _kill(process)
        psutil.wait_procs([process], timeout=_PATIENCE)


def _kill(process: psutil.Process) -> None:
    try:
        process.kill()
    except psutil.NoSuchProcess:
        return
