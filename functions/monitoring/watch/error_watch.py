"""The watch over a model's errors, block by block, in the order in which actuals arrive."""

from collections.abc import Iterable
from typing import NamedTuple

from contracts.error_watch import ErrorWatch, Opened, Side
from monitoring.watch.blocks import Block
from monitoring.watch.losses import Tolerated, mean_loss
from monitoring.watch.stream_watch import Observed, moved


class Page(NamedTuple):
    """What the open streams say together."""

    side: Side
    """`long` or `short` where one of the two alone is open."""
    opened: Opened
    """The first of them to open; `began` is the earliest."""


def watched(watch: ErrorWatch, blocks: Iterable[Block], tolerated: Tolerated, threshold: float) -> ErrorWatch:
    """Count blocks, each once: one whose id is not above the last block's has been counted before."""
    for block in blocks:
        if block.id > watch.last_block:
            watch = _counted(watch, block, tolerated, threshold)
    return watch


def page_of(watch: ErrorWatch) -> Page | None:
    """Tell what is open, and to which side; None where nothing is."""
    opened = {side: stream.opened for side, stream in watch.streams.items() if stream.opened}
    if not opened:
        return None
    sides = [side for side in opened if side != "either"]
    first = min(opened.values(), key=lambda page: page.at)
    began = min(page.began for page in opened.values())
    return Page(sides[0] if len(sides) == 1 else "either", first.model_copy(update={"began": began}))


def _counted(watch: ErrorWatch, block: Block, tolerated: Tolerated, threshold: float) -> ErrorWatch:
    rows = watch.rows + len(block.errors)
    streams = {
        side: moved(stream, _observed(side, block, tolerated, rows), threshold)
        for side, stream in watch.streams.items()
    }
    seen = {"last_block": block.id, "blocks": watch.blocks + 1, "rows": rows, "streams": streams}
    return watch.model_copy(update=seen)


def _observed(side: Side, block: Block, tolerated: Tolerated, rows: int) -> Observed:
    loss = mean_loss(block.errors, side, tolerated.greatest)
    return Observed(loss, tolerated.bounds[side], tolerated.greatest, block.began, block.ended, rows)
