"""All numbers of a report as one table."""

import csv
import io
import pathlib
from datetime import datetime

import pytest

from adapters.errors import StoreUnavailable
from contracts.findings import Estimate, RejectionCount
from contracts.numbers import Number, numbers_of
from contracts.sheet import HEADER, sheet, sheet_of
from ridewatch.export import export
from tests.sample_reports import april, bare, broken, march, provisional, too_few, unlabelled, used_to

SHOWN = [april(), march(), bare(), provisional(), broken(), unlabelled(), too_few(), used_to()]
LEFT = {"histogram", "revision", "schema_version"}


def _numbers(part):
    """Give every number that a document holds, however deep, but for histograms and revisions."""
    if isinstance(part, dict):
        return {number for name, value in part.items() if name not in LEFT for number in _numbers(value)}
    if isinstance(part, list | tuple):
        return {number for value in part for number in _numbers(value)}
    return {float(part)} if isinstance(part, bool | int | float) else set()


def _read(text):
    return list(csv.DictReader(io.StringIO(text)))


def _one(report, metric, **of):
    (found,) = [one for one in numbers_of(report) if one.metric == metric and of.items() <= one._asdict().items()]
    return found


@pytest.mark.parametrize("report", SHOWN)
def test_no_number_of_a_report_is_left_out_and_none_is_added(report):
    """Whatever field comes to the document comes to the table."""
    told = {number for one in numbers_of(report) for number in one[-4:] if number is not None}
    assert told == _numbers(report.model_dump())


@pytest.mark.parametrize("report", SHOWN)
def test_no_two_rows_are_of_the_same(report):
    """Window, model version, revision, segment, column and metric name a row."""
    names = [one[:9] for one in numbers_of(report)]
    assert len(set(names)) == len(names)


def test_an_estimate_is_one_row_with_its_interval_and_reference():
    """Of the whole, and of a segment."""
    report = april()
    assert _one(report, "performance.mae", segment="all")[-4:] == tuple(dict(report.performance.mae).values())
    queens = next(segment for segment in report.segments if segment.label == "Queens")
    found = _one(report, "performance.mae", segment=f"{queens.family}: Queens")
    assert found[-4:] == tuple(dict(queens.performance.mae).values())


def test_a_row_says_of_which_window_revision_and_column_it_is():
    """What groups and filters in a BI tool."""
    report = april()
    hour = next(column for column in report.columns if column.name == "hour")
    assert _one(report, "column.psi", column="hour", segment="all") == Number(
        report.window.start,
        report.window.end,
        "custom",
        report.model_version,
        report.revision,
        report.as_of,
        "all",
        "hour",
        "column.psi",
        hour.psi,
        None,
        None,
        None,
    )


def test_a_number_stands_beside_the_references_where_the_document_names_both():
    """Means of columns, shares of segments."""
    report = april()
    distance = next(column for column in report.columns if column.name == "distance")
    assert _one(report, "column.mean", column="distance").reference == distance.mean_reference
    assert _one(report, "segment.share", segment="vendor: 1").reference == report.segments[-3].share_reference


def test_earlier_revisions_say_what_they_knew():
    """Under metrics of their own, so that no sum counts a ride twice."""
    report = april()
    known = {one.revision: one.value for one in numbers_of(report) if one.metric == "ledger.labelled"}
    assert known == {entry.revision: entry.labelled for entry in report.ledger}
    assert _one(report, "ledger.mae", revision=1).as_of == report.ledger[0].as_of
    assert {one.revision for one in numbers_of(report) if not one.metric.startswith("ledger")} == {report.revision}


def test_what_is_read_back_is_what_was_written():
    """Numbers to the last digit, nothing for what is not known, times in UTC."""
    reports = [april(), march()]
    rows = _read("".join(sheet(reports)))
    for row, number in zip(rows, (one for report in reports for one in numbers_of(report)), strict=True):
        assert [float(row[name]) if row[name] else None for name in Number._fields[-4:]] == list(number[-4:])
        assert [row[name] for name in ("segment", "column", "metric")] == list(number[6:9])
        assert datetime.fromisoformat(row["window_start"]) == number.window_start
        assert row["as_of"].endswith("Z")


@pytest.mark.parametrize("begin", ["=", "+", "-", "@", "\t", "\r"])
def test_a_text_that_a_spreadsheet_would_run_is_not_one_any_more(begin):
    """A caller chooses the names of the fields that are refused; numbers keep their sign."""
    hostile = f'{begin}HYPERLINK("http://x","y")\r\n,"'
    rejection = RejectionCount(field=hostile, reason="extra_forbidden", count=1)
    quality = april().quality.model_copy(update={"rejections": (rejection,)})
    performance = april().performance.model_copy(update={"bias": Estimate(value=-3.5)})
    rows = _read(HEADER + sheet_of(april(quality=quality, performance=performance)))
    assert [row["column"] for row in rows if row["metric"].startswith("rejected")] == [f"'{hostile}"]
    assert next(row["value"] for row in rows if row["metric"] == "performance.bias") == "-3.5"


def test_an_export_replaces_a_file_only_when_it_is_whole(tmp_path):
    """A store that goes away in between leaves the old one."""
    file = tmp_path / "numbers.csv"
    export([march()], file)
    whole = file.read_bytes()
    assert whole.decode() == HEADER + sheet_of(march())

    def going_away():
        yield april()
        raise StoreUnavailable

    with pytest.raises(StoreUnavailable):
        export(going_away(), file)
    assert file.read_bytes() == whole


def test_an_export_of_nothing_is_a_header(capsys):
    """On standard output where no file is named."""
    export([], None)
    assert capsys.readouterr().out == HEADER


def test_every_column_is_explained():
    """To whoever opens the table in a spreadsheet."""
    page = (pathlib.Path(__file__).parents[2] / "docs" / "reports.md").read_text()
    assert [name for name in Number._fields if f"`{name}`" not in page] == []
