"""Whether the data are sound: what is missing, new, out of range or of the wrong type, by column."""

from contracts.findings import ColumnReport
from contracts.report import Report
from reports.page import text, values
from reports.page.markup import Markup, join, tag

HEADS = ("Column", "Missing", "Missing in reference", "Unseen", "Below range", "Above range", "Wrong type", "")


def quality_section(report: Report) -> Markup:
    """Show a row for every column that a caller sends or the model makes."""
    columns = [column for column in report.columns if column.role in {"feature", "prediction"}]
    heads = (tag("th", words, scope="col", class_=_kind(words)) for words in HEADS)
    table = tag("table", tag("thead", tag("tr", *heads)), tag("tbody", *map(_row, columns)))
    title = tag("h2", "Is the data sound?", id="quality")
    return tag("section", title, tag("p", _summary(columns), class_="quiet"), table, aria_labelledby="quality")


def _summary(columns: list[ColumnReport]) -> Markup:
    odd = [text.name(column.name) for column in columns if _odd(column)]
    if not odd:
        return join(["Every value is present, of its type and within the range of the reference."])
    return join([f"Counts of rows, by column. Not all is as the reference knew it: {', '.join(odd)}."])


def _odd(column: ColumnReport) -> bool:
    counts = (column.missing, column.unseen, column.below, column.above, column.invalid)
    return any(counts) or column.status == "failed"


def _row(column: ColumnReport) -> Markup:
    counts = (column.unseen, column.below, column.above, column.invalid)
    return tag(
        "tr",
        tag("th", text.name(column.name), scope="row", class_="wrap"),
        tag("td", *_missing(column), class_=_count_kind(column.missing), data_label="Missing"),
        _expected(column),
        *(_cell(number, label) for number, label in zip(counts, HEADS[3:7], strict=True)),
        _verdict(column),
    )


def _missing(column: ColumnReport) -> list[Markup | str]:
    if not column.missing or not column.rows:
        return [values.count(column.missing)]
    return [values.count(column.missing), " (", values.share(column.missing / column.rows), ")"]


def _expected(column: ColumnReport) -> Markup:
    kind = "n" if column.missing_reference_share else "n zero"
    return tag("td", values.share(column.missing_reference_share), class_=kind, data_label="In reference")


def _cell(number: int, label: str) -> Markup:
    return tag("td", values.count(number), class_=_count_kind(number), data_label=label)


def _verdict(column: ColumnReport) -> Markup:
    words = {"failed": column.note or "could not be read"}.get(column.status, "" if _odd(column) else "sound")
    return tag("td", words, class_="wrap quiet small full")


def _count_kind(number: int) -> str:
    return "n" if number else "n zero"


def _kind(words: str) -> str | None:
    return "n" if words not in {"", "Column"} else None
