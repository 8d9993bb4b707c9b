"""HTML and SVG elements, with everything escaped that is not markup already."""

from collections.abc import Iterable
from html import escape

Attribute = str | int | float | bool | None

VOID = {"br", "circle", "line", "link", "meta", "rect"}


class Markup(str):
    """Text that is markup already."""

    __slots__ = ()


def tag(name: str, *children: str, **attributes: Attribute) -> Markup:
    """Make an element. `class_` is class, other underscores are hyphens; None and False leave an attribute out."""
    opening = f"<{name}{''.join(map(_attribute, attributes.items()))}>"
    if name in VOID:
        return Markup(opening if name in {"br", "link", "meta"} else f"{opening[:-1]}/>")
    return Markup(f"{opening}{join(children)}</{name}>")


def join(parts: Iterable[str], separator: str = "") -> Markup:
    """Put parts one after the other."""
    return Markup(escape(separator).join(map(_text, parts)))


def _text(part: str) -> str:
    return part if isinstance(part, Markup) else escape(part)


def _attribute(pair: tuple[str, Attribute]) -> str:
    name, value = pair[0].rstrip("_").replace("_", "-"), pair[1]
    if value is None or value is False:
        return ""
    return f" {name}" if value is True else f' {name}="{escape(_plain(value))}"'


def _plain(value: Attribute) -> str:
    return f"{value:.6g}" if isinstance(value, float) else str(value)
