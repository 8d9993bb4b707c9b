"""Packages that the build has zipped, made importable; in a checkout there are none."""

import sys
from pathlib import Path

FOLDER = Path(__file__).parents[1] / "zipped"


def import_zipped() -> None:
    """Put every archive at the end of the path, once."""
    archives = [str(archive) for archive in sorted(FOLDER.glob("*.zip"))]
    sys.path.extend(archive for archive in archives if archive not in sys.path)
