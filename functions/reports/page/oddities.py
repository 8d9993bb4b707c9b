"""What is missing, new, out of range or of the wrong type, by column."""

from collections.abc import Sequence

from contracts.findings import ColumnReport
from reports.page import text, values
from reports.page.markup import Markup, join, tag
from reports.page.table import number, row, table, wide

HEADS = (
    ("Column", None),
    ("Missing", "n"),
    ("Missing in reference", "n"),
    ("Unseen", "n"),
    ("Below range", "n"),
    ("Above range", "n"),
    ("Wrong type", "n"),
    ("", None),
)
SEEN = {"feature", "prediction"}


def oddities_table(columns: Sequence[ColumnReport]) -> list[Markup]:
    """Show a row for every column, of those that a caller sends or the model makes, in which anything is odd."""
    seen = [column for column in columns if column.role in SEEN]
    odd = [column for column in seen if is_odd(column)]
    told = tag("p", _summary(odd, len(seen) - len(odd)), class_="quiet small")
    title = tag("h3", "Values, column by column", class_="apart")
    return [title, told, *([table(HEADS, map(_row, odd))] if odd else [])]


def is_odd(column: ColumnReport) -> bool:
    """Tell whether a column holds anything that the reference's rows should not."""
    counts = (column.missing, column.unseen, column.below, column.above, column.invalid)
    return any(counts) or column.constant or column.status == "failed"


def _summary(odd: Sequence[ColumnReport], sound: int) -> Markup:
    if not odd:
        return join(["Every value is present, of its type and within the range of the reference."])
    rest = [" other columns every value is present, of its type and within the range of the reference."]
    return join(["Rows, by column. In the ", values.count(sound), *rest])


def _row(column: ColumnReport) -> Markup:
    before = column.missing_reference_share
    counts = (column.unseen, column.below, column.above, column.invalid)
    labels = [words for words, _ in HEADS[3:7]]
    return row(
        text.name(column.name),
        number("Missing", *_missing(column), nothing=not column.missing),
        number("In reference", values.share(before), nothing=not before),
        *(number(label, values.count(count), nothing=not count) for label, count in zip(labels, counts, strict=True)),
        wide(*_verdict(column), kind="wrap small full"),
    )


def _missing(column: ColumnReport) -> list[Markup | str]:
    if not column.missing or not column.rows:
        return [values.count(column.missing)]
    return [values.count(column.missing), " (", values.share(column.missing / column.rows), ")"]


def _verdict(column: ColumnReport) -> list[Markup]:
    if column.status == "failed":
        return [tag("span", f"■ {column.note or 'could not be read'}", class_="odd")]
    return [tag("span", "■ one value only", class_="odd")] if column.constant else []
