"""Packages of many small files as one archive each, which Python imports as it is."""

import shutil
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

FOLDER = "zipped"
"""Beside the packages; drift_report/zipped.py puts what lies there on the path."""


def zip_package(folder: Path, package: str) -> None:
    """Put a package's folder into an archive of its own, the same bytes for the same files."""
    (folder / FOLDER).mkdir(exist_ok=True)
    with ZipFile(folder / FOLDER / f"{package}.zip", "w", ZIP_DEFLATED) as archive:
        for path in sorted((folder / package).rglob("*")):
            if path.is_file():
                archive.writestr(_entry(path.relative_to(folder)), path.read_bytes())
    shutil.rmtree(folder / package)


def _entry(path: Path) -> ZipInfo:
    """Name a file, at the first time that an archive knows."""
    entry = ZipInfo(path.as_posix())
    entry.create_system, entry.external_attr, entry.compress_type = 3, 0o644 << 16, ZIP_DEFLATED
    return entry
