"""The thin zip of each function: our own packages as they lie in the checkout; MiniStack's interpreter has the rest."""

import io
import zipfile
from collections.abc import Iterator
from pathlib import Path

from ridewatch.embedded.home import CHECKOUT

FUNCTIONS = CHECKOUT / "functions"


def packages(room: str) -> list[str]:
    """Name the packages that a room's function is built of; functions/Makefile reads the same file."""
    return (FUNCTIONS / room / "packages.txt").read_text().split()


def thin_zip(room: str) -> bytes:
    """Zip the packages of a room."""
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as target:
        for path in _files(room):
            target.write(path, path.relative_to(FUNCTIONS))
    return archive.getvalue()


def _files(room: str) -> Iterator[Path]:
    for package in packages(room):
        for path in sorted((FUNCTIONS / package).rglob("*")):
            if path.is_file() and "__pycache__" not in path.parts:
                yield path
