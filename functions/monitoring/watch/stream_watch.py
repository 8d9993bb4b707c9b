"""One side's errors under watch: a page opens on evidence that they are too large, and closes on evidence that not."""

from datetime import datetime
from typing import NamedTuple

import numpy as np

from contracts.error_watch import Opened, StreamWatch
from monitoring.numeric.values import Floats
from monitoring.watch.betting import SHARES, against_at_least, against_at_most
from monitoring.watch.cusum import Cusum, climbed
from monitoring.watch.e_detector import advanced, evidence


class Observed(NamedTuple):
    """A block's mean loss, beside what is tolerated."""

    loss: float
    bound: float
    greatest: float
    """The most that a single row's loss counts for."""
    began: datetime
    ended: datetime
    rows: int
    """All judged rows so far, this block's included."""


def moved(stream: StreamWatch, block: Observed, threshold: float) -> StreamWatch:
    """Take one block into account; at a threshold of A blocks a page opens, or closes, wrongly at most once in A."""
    cusum = climbed(Cusum(stream.height, stream.since), block.loss, block.bound, block.began)
    wealth = advanced(np.array(stream.wealth or np.zeros(len(SHARES))), _bet(stream, block))
    if evidence(wealth) < threshold:
        return stream.model_copy(update={"wealth": tuple(wealth.tolist())} | cusum._asdict())
    if stream.opened:
        return StreamWatch()
    opened = Opened(began=cusum.since or block.began, at=block.ended, rows=block.rows)
    return StreamWatch(**cusum._asdict(), opened=opened)


def _bet(stream: StreamWatch, block: Observed) -> Floats:
    if stream.opened:
        return against_at_least(block.bound, block.greatest, block.loss)
    return against_at_most(block.bound, block.loss)
