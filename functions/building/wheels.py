"""Locked wheels for the declared runtime, whatever Python runs this; unpacked as far as they are wanted."""

import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import NamedTuple
from zipfile import ZipFile

from building.elf import stripped
from building.plan import Plan

MANYLINUX = ("manylinux_2_34", "manylinux_2_28", "manylinux_2_27", "manylinux_2_17", "manylinux2014")
"""What Amazon Linux 2023 runs: its C library is of version 2.34."""
MACHINES = {"x86_64": "x86_64", "arm64": "aarch64"}
PIP = ("-m", "pip", "download", "-qq", "--disable-pip-version-check", "--no-deps", "--require-hashes")


class Target(NamedTuple):
    """What a package is made for."""

    runtime: str
    """Python's version, as 3.13."""
    architecture: str
    """As Lambda names it."""

    @property
    def options(self) -> Iterator[str]:
        """Tell pip. The lock was resolved for the runtime; pip before 25 asks its own Python all the same."""
        yield from ("--implementation", "cp", "--python-version", self.runtime, "--ignore-requires-python")
        yield "--only-binary=:all:"
        for tag in MANYLINUX:
            yield from ("--platform", f"{tag}_{MACHINES[self.architecture]}")


def unpack(plan: Plan, target: Target, folder: Path) -> None:
    """Fetch what a plan requires, and unpack it into a folder. Raises Stale, and CalledProcessError as pip fails."""
    with tempfile.TemporaryDirectory(prefix="ridewatch-wheels-") as wheels:
        lock = Path(wheels, "requirements.txt")
        lock.write_text(plan.requirements)
        command = [sys.executable, *PIP, *target.options, "--dest", wheels, "-r", str(lock)]
        subprocess.run(command, check=True)
        for wheel in sorted(Path(wheels).glob("*.whl")):
            _unpack(wheel, plan, folder)
    plan.files.check()


def _unpack(wheel: Path, plan: Plan, folder: Path) -> None:
    with ZipFile(wheel) as archive:
        for entry in archive.infolist():
            name = _installed(entry.filename)
            if name and not entry.is_dir() and not plan.files.leave_out(name):
                path = folder / name
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(stripped(archive.read(entry)))


def _installed(name: str) -> str | None:
    """Say where a wheel's file goes; scripts, headers and data for the whole system go nowhere."""
    top, _, rest = name.partition("/")
    if not top.endswith(".data"):
        return _inside(name)
    scheme, _, rest = rest.partition("/")
    return _inside(rest) if scheme in {"purelib", "platlib"} else None


def _inside(name: str) -> str:
    """Give a relative path as it is. Raises ValueError for one that leads out of the package."""
    path = PurePosixPath(name)
    if path.is_absolute() or ".." in path.parts:
        message = f"a wheel holds a file outside of itself: {name}"
        raise ValueError(message)
    return name
