"""The table that a run prints: a line for each fault."""

import os
import platform
from dataclasses import dataclass

HEAD = """
| fault | requests | what callers saw | median, p95, longest ms | lost | back after | by |
| --- | ---: | --- | ---: | ---: | ---: | --- |"""
COLUMNS = 7


@dataclass(frozen=True)
class Row:
    """One fault as it was measured."""

    fault: str
    load: object
    seconds: float | None
    """From the repair until everything was stored; None where nothing had to be repaired."""
    by: str
    lost: int = 0

    def markdown(self):
        """Give the line."""
        seen = ", ".join(f"{count} × {status}" for status, count in sorted(self.load.statuses.items()))
        waited = ", ".join(f"{self.load.milliseconds(share):.0f}" for share in (0.5, 0.95, 1.0))
        back = "–" if self.seconds is None else f"{self.seconds:.0f} s"
        cells = (self.fault, str(len(self.load.seen)), seen, waited, str(self.lost), back, self.by)
        return f"| {' | '.join(cells)} |"


def markdown(rows):
    """Give the whole table and how it was made."""
    made = f"{os.cpu_count()} cores, Python {platform.python_version()}"
    return "\n".join([HEAD, *(row.markdown() for row in rows), "", f"Made by `make faults` on {made}."])
