"""The numbers of a report: CPU seconds and memory for one window, beside Evidently's presets on the same rows.

python benchmarks/report.py [--rows 1000000] [--no-evidently] [--json] [--curve]

Both start from the same arrays in memory, each in a process of its own; CPU counts from there, Evidently's import not.
Rides are drawn with replacement from 50,000 simulated ones. Evidently gets zones bucketed to a hundred and other.
"""

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "functions")]

SIMULATED, REFERENCE_ROWS, LEAST, SAMPLE = 50_000, 20_000, 50, 5_000
HOURS = "hours"
"""Among the columns, the whole hours from a Monday's midnight to each pickup."""
AT_ONCE = 100_000
"""Rows that are coded at a time; the report does so hour by hour."""
CURVE = (10_000, 100_000, 1_000_000)
KIB_A_MB = 1024
Columns = dict[str, Any]


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--no-evidently", action="store_true", help="leave Evidently out: it takes minutes")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--curve", action="store_true", help="10,000, 100,000 and 1,000,000 rows, without Evidently")
    parser.add_argument("--measure", nargs=2, metavar=("ENGINE", "ROWS_FILE"), help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.measure:
        engine, file = given.measure
        print(json.dumps(measured(ENGINES[engine], file)))
        return
    if given.curve:
        print("\n".join(as_text(compared(rows, evidently=False)) for rows in CURVE))
        return
    found = compared(given.rows, evidently=not given.no_evidently)
    print(json.dumps(found) if given.json else as_text(found))


def compared(rows: int, *, evidently: bool) -> dict[str, Any]:
    """Measure each engine in a process of its own, on the same rows."""
    with tempfile.TemporaryDirectory() as folder:
        file = f"{folder}/rows.npz"
        save_rows(rows, file)
        found = {"rows": rows} | apart("numbers", file)
        if evidently:
            theirs = apart("evidently", file)
            found |= {"evidently_cpu_s": theirs["cpu_s"], "evidently_peak_mb": theirs["peak_mb"]}
    return found


def save_rows(rows: int, file: str) -> None:
    """Write the window's and the reference's columns as plain arrays; the hours of pickup among them."""
    from ridewatch.sources.load import load  # noqa: PLC0415 - the measured processes need none of it
    from ridewatch.training.columns import feature_columns  # noqa: PLC0415 - the same
    from ridewatch.training.reference import hours_of  # noqa: PLC0415 - the same

    rides = load(f"simulated?rows={SIMULATED}", seed=0)
    luck = np.random.default_rng(0)
    actual = np.clip(rides.duration_minutes, 1, 60)
    said = {
        "prediction": np.maximum(actual + luck.normal(-0.3, 4, len(rides)), 0),
        "actual": actual,
        "naive": np.maximum(actual + luck.normal(-0.5, 5, len(rides)), 0),
        "estimated_error": 2 + actual / 20,
        "covered": luck.integers(0, 2, len(rides)).astype(float),
        "relative_distance": np.clip(luck.normal(0, 1, len(rides)), -2, 2),
        HOURS: hours_of(rides),
    }
    columns = {name: plain(values) for name, values in (feature_columns(rides) | said).items()}
    drawn = {"now": luck.integers(0, len(rides), rows), "reference": luck.integers(0, len(rides), REFERENCE_ROWS)}
    np.savez(file, **{f"{side}.{name}": v[row] for name, v in columns.items() for side, row in drawn.items()})


def plain(values: Any) -> Any:
    """Give texts and numbers as numpy's own types, missing ones as NaN."""
    if values.dtype != object:
        return values
    is_text = any(isinstance(value, str) for value in values[:100])
    return values.astype(str) if is_text else values.astype(float)


def apart(engine: str, file: str) -> dict[str, float]:
    """Measure an engine in a fresh process."""
    command = [sys.executable, __file__, "--measure", engine, file]
    answer = subprocess.run(command, check=True, capture_output=True, text=True)
    found: dict[str, float] = json.loads(answer.stdout.splitlines()[-1])
    return found


def measured(engine: Callable[[Columns, Columns], Callable[[], object]], file: str) -> dict[str, float]:
    """Run an engine on the rows of a file: its imports and its own form of the rows are made before the clock runs."""
    from threadpoolctl import threadpool_limits  # noqa: PLC0415 - threads that wait for one another count as CPU

    run = engine(*(loaded(file, side) for side in ("now", "reference")))
    with threadpool_limits(1):
        start = time.process_time()
        run()
    cpu = time.process_time() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return {"cpu_s": round(cpu, 3), "peak_mb": round(peak / KIB_A_MB)}


def loaded(file: str, side: str) -> Columns:
    """Load one side's columns; texts as Python has them, each once in memory."""
    with np.load(file) as arrays:
        names = [name for name in arrays.files if name.startswith(f"{side}.")]
        return {name.partition(".")[2]: shared(arrays[name]) for name in names}


def shared(values: Any) -> Any:
    """Give texts as objects."""
    if values.dtype.kind != "U":
        return values
    distinct, places = np.unique(values, return_inverse=True)
    return distinct.astype(object)[places]


def numbers(now: Columns, reference: Columns) -> Callable[[], object]:
    """Tell every number of a window; the reference is made before, as it is at training."""
    from monitoring.profiles.counting import code  # noqa: PLC0415 - each process imports its own
    from monitoring.profiles.fitting import Rows, reference_of  # noqa: PLC0415 - the same
    from monitoring.profiles.observed import observed_parts  # noqa: PLC0415 - the same
    from monitoring.profiles.spec import make_spec  # noqa: PLC0415 - the same
    from rides.checks import CHECKS  # noqa: PLC0415 - the same
    from rides.columns import COLUMNS  # noqa: PLC0415 - the same
    from rides.segments import SEGMENTS  # noqa: PLC0415 - the same

    everything = with_outcomes(reference)
    spec = make_spec(COLUMNS, everything, SEGMENTS, CHECKS)
    known = reference_of(spec, Rows(everything, checks(everything), reference[HOURS]))

    def run() -> object:
        starts = range(0, len(now[HOURS]), AT_ONCE)
        parts = ({name: values[start : start + AT_ONCE] for name, values in now.items()} for start in starts)
        coded = ((code(spec, part, checks(part)), part[HOURS]) for part in map(with_outcomes, parts))
        return told(observed_parts(spec, coded), known, now, reference)

    return run


def with_outcomes(columns: Columns) -> Columns:
    """Add what is derived of each ride."""
    from monitoring.profiles.outcomes import Said, outcomes_of  # noqa: PLC0415 - each process imports its own

    said = Said(*(columns[name] for name in ("prediction", "actual", "naive", "estimated_error")))
    return columns | outcomes_of(said, (1.0, 60.0))


def checks(columns: Columns) -> Any:
    """Check rides as the report does."""
    from rides.checks import Moments, checks_of  # noqa: PLC0415 - each process imports its own

    unknown = np.full(len(columns[HOURS]), np.nan)
    return checks_of(columns, Moments(unknown, unknown, 0.0))


def told(found: Any, known: Any, now: Columns, reference: Columns) -> object:
    """Judge a window: columns, errors, before labels, segments, checks, likeness, and the joint distribution."""
    from monitoring.profiles.comparison import Comparison  # noqa: PLC0415 - the same
    from monitoring.profiles.verdicts import is_cyclic  # noqa: PLC0415 - the same
    from monitoring.window.attributions import attributions_of  # noqa: PLC0415 - each process imports its own
    from monitoring.window.before_labels import before_labels_of  # noqa: PLC0415 - the same
    from monitoring.window.classifier import Side, domain_of  # noqa: PLC0415 - the same
    from monitoring.window.columns import column_reports  # noqa: PLC0415 - the same
    from monitoring.window.contrasts import contrasts_of  # noqa: PLC0415 - the same
    from monitoring.window.likeness import likeness_of  # noqa: PLC0415 - the same
    from monitoring.window.performance import performance_of  # noqa: PLC0415 - the same
    from monitoring.window.quality import checks_of  # noqa: PLC0415 - the same
    from monitoring.window.segment_reports import segment_reports  # noqa: PLC0415 - the same

    window = Comparison(found, known.at(found.rows, found.judged), known, LEAST)
    weeks = Comparison(found, known.of_whole_weeks, known, LEAST)
    compared = [column for column in known.spec.columns if column.role == "feature" and not is_cyclic(column)]
    sampled = ((now, SAMPLE), (reference, 2 * SAMPLE))
    sides = [Side({name: values[:rows] for name, values in side.items()}) for side, rows in sampled]
    numbers = (column_reports(window, weeks), performance_of(window), before_labels_of(window), attributions_of(window))
    segments = (segment_reports(window), contrasts_of(weeks))
    return numbers, segments, checks_of(window), likeness_of(window), domain_of(compared, *sides)


def evidently(now: Columns, reference: Columns) -> Callable[[], object]:
    """Run drift, summary and regression presets; the page is not rendered."""
    from evidently import DataDefinition, Dataset, Regression, Report  # noqa: PLC0415 - each process imports its own
    from evidently.presets import DataDriftPreset, DataSummaryPreset, RegressionPreset  # noqa: PLC0415 - the same

    from drift_report.frame import frames_of  # noqa: PLC0415 - the same
    from monitoring.profiles.spec import make_spec  # noqa: PLC0415 - the same
    from rides.columns import COLUMNS  # noqa: PLC0415 - the same

    lists = [{name: values.tolist() for name, values in with_outcomes(side).items()} for side in (now, reference)]
    read = [column for column in COLUMNS if column.role in {"feature", "prediction", "actual", "error"}]
    sides = frames_of(make_spec(read, with_outcomes(reference)), *lists)
    definition = DataDefinition(
        numerical_columns=[column.name for column in sides.columns if column.kind == "numeric"],
        categorical_columns=[column.name for column in sides.columns if column.kind == "categorical"],
        regression=[Regression(target="actual", prediction="prediction")],
    )

    def run() -> object:
        data = [Dataset.from_pandas(side, data_definition=definition) for side in (sides.now, sides.reference)]
        with warnings.catch_warnings(action="ignore"):
            return Report([DataDriftPreset(), DataSummaryPreset(), RegressionPreset()]).run(*data).dict()

    return run


ENGINES = {"numbers": numbers, "evidently": evidently}


def as_text(found: dict[str, Any]) -> str:
    """Lay the numbers out for a person."""
    ours = "{rows:,} rows: {cpu_s} CPU-s, {peak_mb} MB at most".format_map(found)
    if "evidently_cpu_s" not in found:
        return ours
    times = found["evidently_cpu_s"] / found["cpu_s"]
    return f"{ours}\nEvidently: {found['evidently_cpu_s']} CPU-s ({times:.0f} times), {found['evidently_peak_mb']} MB"


if __name__ == "__main__":
    main()
