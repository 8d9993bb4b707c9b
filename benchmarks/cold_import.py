"""What importing each function costs: `python benchmarks/cold_import.py [--runs N] [--of ROOM] [--json]`.

In CPU seconds of a fresh process, the median of N, the interpreter's own start left out, compiled files at hand.
`predict, ready` makes its clients too and imports onnxruntime: all that its first answer needs but the answer.
`--of predict` lists which packages the time goes to (`-X importtime`, wall-clock milliseconds).
"""

import argparse
import json
import os
import pathlib
import re
import statistics
import subprocess
import sys
from collections.abc import Iterator

FUNCTIONS = pathlib.Path(__file__).parents[1] / "functions"
ROOMS = {
    "predict": "import predict.app",
    "predict, ready": "import predict.app, onnxruntime; predict.app.here()",
    "record": "import record.app",
    "drift_report": "import drift_report.app",
    "reports": "import reports.app",
    "metrics_exporter": "import metrics_exporter.app",
}
TIMED = "import time; before = time.process_time()\n{work}\nprint(time.process_time() - before)"
ENVIRONMENT = {
    "PYTHONPATH": str(FUNCTIONS),
    "AWS_DEFAULT_REGION": "us-east-1",
    "AWS_ACCESS_KEY_ID": "none",
    "AWS_SECRET_ACCESS_KEY": "none",
    "BUCKET": "none",
    "QUEUE_URL": "https://none",
    "CHAMPION_PARAMETER": "none",
}
SHOWN = 20
IMPORTED = re.compile(r"\| +([0-9]+) \| +(\S+)")


def main() -> None:
    """Measure, and print a table or JSON."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition(":")[0])
    parser.add_argument("--runs", type=int, default=7)
    parser.add_argument("--of", choices=ROOMS, help="list what one room imports, the costliest first")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    if options.of:
        print("\n".join(_imports(ROOMS[options.of])))
        return
    seconds = {room: _median(work, options.runs) for room, work in ROOMS.items()}
    print(json.dumps(seconds, indent=2) if options.json else _table(seconds))


def _median(work: str, runs: int) -> float:
    timed = [float(_run(TIMED.format(work=work)).stdout) for _ in range(runs + 1)]
    return round(statistics.median(timed[1:]), 3)


def _run(code: str, *flags: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, *flags, "-c", code]
    return subprocess.run(command, env=os.environ | ENVIRONMENT, text=True, capture_output=True, check=True)


def _imports(work: str) -> Iterator[str]:
    found = IMPORTED.findall(_run(work, "-X", "importtime").stderr)
    for microseconds, module in sorted(((int(cost), name) for cost, name in found), reverse=True)[:SHOWN]:
        yield f"{microseconds / 1000:8.1f} ms  {module}"


def _table(seconds: dict[str, float]) -> str:
    rows = [f"| {room} | {cost} |" for room, cost in seconds.items()]
    return "\n".join(["| function | import, CPU-s |", "| --- | --- |", *rows])


if __name__ == "__main__":
    main()
