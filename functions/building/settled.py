"""One mode and one time for every file, and what tells whether two builds are the same."""

import hashlib
import os
from pathlib import Path

TIME = 1_577_836_800
"""2020-01-01T00:00Z: late enough for an archive's clock, which starts in 1980, in every time zone."""


def settle(folder: Path) -> None:
    """Make two builds of the same look the same."""
    for path in [*folder.rglob("*"), folder]:
        path.chmod(0o755 if path.is_dir() else 0o644)
        os.utime(path, (TIME, TIME))


def fingerprints(folder: Path) -> dict[str, str]:
    """Give the mode, the time and the hash of every file and folder, by its path."""
    return {path.relative_to(folder).as_posix(): _fingerprint(path) for path in folder.rglob("*")}


def _fingerprint(path: Path) -> str:
    facts = path.stat()
    content = hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else "folder"
    return f"{facts.st_mode:o} {int(facts.st_mtime)} {content}"
