"""The watch over errors as true durations arrive: whether it is open, and since when."""

from contracts.findings import Watch
from reports.page import values
from reports.page.markup import Markup, tag

Words = list[Markup | str]
SIDES = {"long": "answers are too long", "short": "answers are too short", "either": "answers are more wrong"}


def watch_line(watch: Watch | None) -> list[Markup]:
    """Say what the watch says; nothing where there is none."""
    if watch is None:
        return []
    return [tag("p", *(_opened(watch) if watch.is_open else _calm(watch)))]


def since(watch: Watch | None) -> Words:
    """Say in a few words since when errors are more than is tolerated, if they are."""
    if watch is None or not watch.is_open or watch.began is None:
        return []
    return ["Since ", values.moment(watch.began), f" {SIDES[watch.side or 'either']}"]


def _opened(watch: Watch) -> Words:
    mark = tag("span", "■ ", class_="odd")
    words = f"In the order in which true durations arrive, {SIDES[watch.side or 'either']} by more than is tolerated"
    began: Words = [] if watch.began is None else [", since ", values.moment(watch.began)]
    after: Words = [] if watch.opened_after is None else [", seen after ", values.count(watch.opened_after), " errors"]
    return [mark, words, *began, *after, "."]


def _calm(watch: Watch) -> Words:
    if watch.status != "ok":
        return [f"The watch over errors has not begun. {watch.note}".rstrip()]
    return ["● The watch over errors as they arrive is calm; it has seen ", values.count(watch.rows), "."]
