"""How large the packages are, unzipped, as Lambda counts: python -m building.sizes FOLDER."""

import sys
from pathlib import Path

LIMITS = {
    "PredictFunction": 140,
    "RecordFunction": 40,
    "RedriveFunction": 40,
    "ReportsFunction": 40,
    "DriftReportFunction": 245,
}
"""In MB of a million bytes. Lambda's own limit is 250 of 1,048,576."""


def megabytes(folder: Path) -> float:
    """Sum the sizes of a folder's files."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) / 1e6


def main() -> None:
    """Print a table, and fail when a package is too large."""
    sizes = {name: megabytes(Path(sys.argv[1], name)) for name in LIMITS}
    print("function               MB   limit")
    for name, size in sizes.items():
        print(f"{name:<20} {size:>6.1f} {LIMITS[name]:>5}")
    large = [name for name, size in sizes.items() if size > LIMITS[name]]
    sys.exit(f"too large: {', '.join(large)}" if large else 0)


if __name__ == "__main__":
    main()
