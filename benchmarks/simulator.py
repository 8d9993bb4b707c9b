"""The simulator: rides a second, and how like real rides they are.

python benchmarks/simulator.py [--rows 100000] [--seed 0] [--real SOURCE] [--json]
"""

import argparse
import json
import sys
import time
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "functions")]

from ridewatch.simulator.likeness import likeness  # noqa: E402 - the checkout need not be installed
from ridewatch.sources.load import load  # noqa: E402
from ridewatch.sources.table import RideTable  # noqa: E402

JANUARY = ROOT.parent / "shared" / "data" / "tlc" / "yellow_tripdata_2019-01.parquet"
BOUND = 0.1


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--real", default=str(JANUARY), help="rides to compare with")
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    measured = measure(given.rows, given.seed, given.real)
    print(json.dumps(measured) if given.json else as_table(measured))


def measure(rows: int, seed: int, real: str) -> dict[str, Any]:
    """Simulate once, reading of the facts included, then compare."""
    start = time.perf_counter()
    rides = load(f"simulated?rows={rows}", seed=seed)
    seconds = time.perf_counter() - start
    return {"rows": rows, "seconds": round(seconds, 3), "rides_per_second": round(rows / seconds)} | compared(
        rides, real
    )


def compared(rides: RideTable, real: str) -> dict[str, Any]:
    """Give PSI by column, or none where the real rides are not at hand."""
    if real == str(JANUARY) and not JANUARY.exists():
        return {"psi": {}, "real": None}
    return {"psi": {name: round(psi, 4) for name, psi in likeness(rides, load(real)).items()}, "real": Path(real).name}


def as_table(measured: dict[str, Any]) -> str:
    """Lay the numbers out for a person."""
    head = "{rows:,} rides in {seconds} s: {rides_per_second:,} rides/s".format_map(measured)
    if not measured["psi"]:
        return f"{head}\nno real rides at {JANUARY} to compare with; give --real SOURCE"
    lines = [f"{name:16} {psi:8.4f}{'' if psi < BOUND else '  over'}" for name, psi in measured["psi"].items()]
    return "\n".join([head, f"PSI against {measured['real']} (bound {BOUND})", *lines])


if __name__ == "__main__":
    main()
