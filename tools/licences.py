"""List the licence of every package that ships or that `make demo` installs: `python tools/licences.py`.

Names and versions are the locks', licences those of the installed packages' own metadata.
"""

import pathlib
import re
import sys
from collections import defaultdict
from importlib import metadata

ROOT = pathlib.Path(__file__).parents[1]
PAGE = ROOT / "docs" / "licences.md"
SHIPPED = ("predict", "record", "reports", "drift_report", "metrics_exporter")
APP = "command line"
LOCKED = re.compile(r"^([A-Za-z0-9_.-]+)==([^ ;\\]+)", re.MULTILINE)
COPYLEFT = re.compile(r"\b(A?GPL|LGPL|MPL|EPL|GNU|Mozilla)", re.IGNORECASE)
NOT_HERE = "not installed here"
HEAD = """# Licences

What ships with each function, and what the command line and the embedded stack stand on. Made by
`python tools/licences.py` from the locks and the packages' own metadata.

Those under a copyleft licence are marked. MPL-2.0 (certifi, tqdm) binds who changes their files, and nobody does here.
SecantusDB is GPL-2.0: it is installed for the embedded stack alone, runs as a process of its own, is talked to by
MongoDB's wire protocol, and is never imported or shipped; a `mongod` on the PATH or `MONGODB_URI` takes its place.

| package | version | licence | in |
| --- | --- | --- | --- |
"""


def page() -> str:
    """Give the page as it should be."""
    rows = (row(name, version, uses) for (name, version), uses in sorted(locked().items()))
    return HEAD + "".join(rows)


def locked() -> dict[tuple[str, str], list[str]]:
    """Give every locked package and version, and who has it."""
    found: dict[tuple[str, str], list[str]] = defaultdict(list)
    locks = {room: ROOT / "functions" / room / "requirements.txt" for room in SHIPPED}
    for use, lock in (locks | {APP: ROOT / "requirements" / "app.lock"}).items():
        for name, version in LOCKED.findall(lock.read_text()):
            found[name, version].append(use)
    return found


def row(name: str, version: str, uses: list[str]) -> str:
    """Give a package's line."""
    licence = licence_of(name)
    mark = " **copyleft**" if COPYLEFT.search(licence) else ""
    return f"| {name} | {version} | {licence}{mark} | {', '.join(uses)} |\n"


def licence_of(name: str) -> str:
    """Give a package's licence by its metadata: the expression, else the classifiers, else its first line of text."""
    try:
        told = metadata.metadata(name)
    except metadata.PackageNotFoundError:
        return NOT_HERE
    classifiers = [
        line.rpartition(" :: ")[2] for line in told.get_all("Classifier", []) if line.startswith("License ::")
    ]
    text = (told.get("License") or "").strip().partition("\n")[0]
    return told.get("License-Expression") or ", ".join(classifiers) or text or "not told"


if __name__ == "__main__":
    PAGE.write_text(page())
    sys.stdout.write(f"{PAGE.relative_to(ROOT)}: {len(locked())} packages\n")
