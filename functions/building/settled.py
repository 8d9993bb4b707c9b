"""One mode and one time for every file, and one hash for all of them."""

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


def digest(folder: Path) -> str:
    """Hash the names, modes, times and contents of all files."""
    whole = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        facts = path.stat()
        content = hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else "folder"
        line = f"{path.relative_to(folder).as_posix()} {facts.st_mode:o} {int(facts.st_mtime)} {content}\n"
        whole.update(line.encode())
    return whole.hexdigest()
