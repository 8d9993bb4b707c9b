"""Modules as bytecode alone: half of a cold start is compiling, and a read-only folder keeps nothing of it."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

TASK = "/var/task"
"""Where Lambda unpacks a function: tracebacks name files there."""
FITS = "import sys; sys.exit(sys.implementation.name != 'cpython' or sys.version_info[:2] != ({}))"


def python_of(runtime: str) -> str | None:
    """Find a CPython of the runtime's own version, for bytecode is of one version: on PATH, of pyenv, of uv."""
    return next((python for python in _candidates(runtime) if _fits(python, runtime)), None)


def _candidates(runtime: str) -> Iterator[str]:
    on_path = shutil.which(f"python{runtime}")
    if on_path:
        yield on_path
    pyenv = Path(os.environ.get("PYENV_ROOT") or Path.home() / ".pyenv")
    yield from (str(path) for path in sorted(pyenv.glob(f"versions/{runtime}.*/bin/python{runtime}"), reverse=True))
    uv = shutil.which("uv")
    if uv:
        environment = os.environ | {"UV_PYTHON_DOWNLOADS": "never"}
        command = [uv, "python", "find", "--no-project", runtime]
        found = subprocess.run(command, check=False, capture_output=True, text=True, env=environment)
        yield from found.stdout.split("\n")[:1]


def _fits(python: str, runtime: str) -> bool:
    """Ask it: a shim of pyenv lies on the PATH for every version that is installed, and runs the chosen ones."""
    if not python:
        return False
    check = FITS.format(runtime.replace(".", ", "))
    return subprocess.run([python, "-I", "-c", check], check=False, capture_output=True).returncode == 0


def compile_all(python: str, folder: Path) -> None:
    """Put bytecode in the place of every module. Raises CalledProcessError when one does not compile.

    Unchecked: nothing is looked up when it is loaded, and no time of a source stands in it. In one process, in order:
    which constants of a module are one object depends on the names in the modules that its process compiled before.
    """
    how = ("-b", "-f", "-q", "--invalidation-mode", "unchecked-hash")
    where = ("-s", str(folder), "-p", TASK)
    subprocess.run([python, "-I", "-W", "ignore", "-m", "compileall", *how, *where, str(folder)], check=True)
    for source in folder.rglob("*.py"):
        source.unlink()
