"""TLC files and folders of them."""

from collections.abc import Callable
from pathlib import Path

import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet as pq

from ridewatch.sources.columns import present, to_rides
from ridewatch.sources.errors import UnknownSourceError, UnsoundSourceError
from ridewatch.sources.table import RideTable, concatenate

TIME_FORMATS = [pyarrow.csv.ISO8601, "%m/%d/%Y %I:%M:%S %p", "%m/%d/%Y %H:%M"]
"""ISO as in the TLC's files; the others as New York's open-data portal exports the same rides."""


def read_path(path: Path) -> RideTable:
    """Read a file of rides, or every such file of a folder in the order of their names. Raises SourceError."""
    if not path.is_dir():
        return _read_file(path)
    files = sorted(file for file in path.iterdir() if _reader(file))
    if not files:
        message = f"{path} holds no .parquet and no .csv file: give a folder of TLC files, or one file."
        raise UnknownSourceError(message)
    return concatenate([_read_file(file) for file in files])


def check_parquet(path: Path) -> None:
    """Make sure that a Parquet file opens and has the columns of rides. Raises UnsoundSourceError."""
    try:
        present(pq.read_schema(path).names, str(path))
    except pa.ArrowException as error:
        raise UnsoundSourceError(_broken(path, error)) from error


def _read_file(path: Path) -> RideTable:
    read = _reader(path)
    if read is None:
        message = f"{path} is neither .parquet nor .csv: convert it, or give another file."
        raise UnknownSourceError(message)
    try:
        table, found = read(path)
    except (pa.ArrowException, OSError) as error:
        raise UnsoundSourceError(_broken(path, error)) from error
    return to_rides(table, found, str(path))


def _reader(path: Path) -> Callable[[Path], tuple[pa.Table, dict[str, str]]] | None:
    name = path.name.lower()
    if name.endswith(".parquet"):
        return _read_parquet
    return _read_csv if name.endswith((".csv", ".csv.gz")) else None


def _read_parquet(path: Path) -> tuple[pa.Table, dict[str, str]]:
    file = pq.ParquetFile(path)
    found = present(file.schema_arrow.names, str(path))
    return file.read(columns=list(found.values())), found


def _read_csv(path: Path) -> tuple[pa.Table, dict[str, str]]:
    convert = pyarrow.csv.ConvertOptions(timestamp_parsers=TIME_FORMATS, strings_can_be_null=True)
    with pyarrow.csv.open_csv(path, convert_options=convert) as head:
        found = present(head.schema.names, str(path))
    convert.include_columns = list(found.values())
    convert.column_types = {theirs: _csv_type(ours) for ours, theirs in found.items()}
    return pyarrow.csv.read_csv(path, convert_options=convert), found


def _csv_type(ours: str) -> pa.DataType:
    """Told, not guessed: a column that is empty at first would be guessed to hold nothing."""
    return pa.timestamp("us") if ours.endswith("_time") else pa.float64()


def _broken(path: Path, error: Exception) -> str:
    return f"{path} cannot be read: {error}. Is it whole? Download it again, or give another file."
