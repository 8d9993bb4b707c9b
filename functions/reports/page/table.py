"""Tables that become cards on a phone, where each cell says what it is."""

from collections.abc import Iterable, Sequence

from reports.page.markup import Markup, tag

Heads = Sequence[tuple[str, str | None]]
"""The words of each column, and its kind: `n` for numbers, `strip` for a plot."""


def table(heads: Heads, rows: Iterable[Markup]) -> Markup:
    """Put rows under their heads."""
    named = (tag("th", words, scope="col", class_=kind) for words, kind in heads)
    return tag("table", tag("thead", tag("tr", *named)), tag("tbody", *rows))


def row(name: str, *cells: Markup, kind: str = "wrap") -> Markup:
    """Give a row and its name."""
    return tag("tr", tag("th", name, scope="row", class_=kind), *cells)


def number(label: str, *content: str, nothing: bool = False) -> Markup:
    """Give a cell of a number; a phone leaves out what is nothing."""
    return tag("td", *content, class_="n zero" if nothing else "n", data_label=label)


def words(label: str, *content: str, nothing: bool = False) -> Markup:
    """Give a cell of words."""
    return tag("td", *content, class_="zero" if nothing else "wrap", data_label=label)


def wide(*content: str, kind: str = "strip") -> Markup:
    """Give a cell that takes the whole width of a phone."""
    return tag("td", *content, class_=kind)
