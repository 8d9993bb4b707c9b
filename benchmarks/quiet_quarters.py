"""False pages in quiet quarters, and what they cost in delay, by the detector's own code.

python benchmarks/quiet_quarters.py [--quarters 200] [--budget 1] [--seed 0] [--json]
"""

import argparse
import json
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "functions")]

from ridewatch.backtest.quarters import measure  # noqa: E402 - the checkout need not be installed


def main() -> None:
    """Simulate and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quarters", type=int, default=200)
    parser.add_argument("--budget", type=float, default=1.0, help="false pages a quarter")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    measured = measure(given.quarters, given.budget, given.seed)
    print(json.dumps(measured) if given.json else "\n".join(f"{name:32} {value}" for name, value in measured.items()))


if __name__ == "__main__":
    main()
