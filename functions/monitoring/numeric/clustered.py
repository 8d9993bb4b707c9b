"""PSI of samples whose rows come in days: each day has a direction of its own, and drift may lie along it.

The bins of a column are more or less alike within a day (Rao and Scott 1981): on average over the bins that gives PSI's
bias, along the direction in which the column has moved its variance. Taken on average there too, a drift that looks
like an unusual day was flagged in 27 % of windows at the bound, not in 5 %.
"""

from typing import NamedTuple

from monitoring.numeric.design import DAYS_A_WEEK, effective_rows, merged_days, score_correlation, share_correlation
from monitoring.numeric.drift import DRIFT_BOUND, LEVEL, Counts, Psi, influence, psi
from monitoring.numeric.grouping import Groups, merged
from monitoring.numeric.quantiles import normal_quantile, t_quantile
from monitoring.numeric.values import Floats


class Sample(NamedTuple):
    """Rows by bin, and what they are worth before their days are looked at."""

    counts: Counts
    rows: float
    """Of a reweighted reference the equally weighted rows that would say as much."""
    days: float
    """The equally full days that would say as much."""

    def worth(self, correlation: float) -> float:
        """Give the effective number of independent rows."""
        return effective_rows(correlation, self.rows, self.days)


class History(NamedTuple):
    """The reference's days by bin, as they were and as is usual of their hours; both of shape (days, bins)."""

    days: Counts
    expected: Floats

    def merged(self, groups: Groups) -> "History":
        """Add up the counts of each group of bins."""
        return History(merged_days(self.days, groups), merged_days(self.expected, groups))

    def correlation(self) -> float:
        """Give the intraclass correlation of the shares, on average over the bins."""
        return share_correlation(self.days, self.expected)

    def correlation_of(self, scores: Floats) -> float:
        """Give that of one score of each bin, as much larger as Student's quantile of so many days is than the normal.

        A single day's swing is judged by it, and it is itself known from the reference's days alone.
        """
        spare = max((len(self.days) - DAYS_A_WEEK) / 2, 1.0)
        wider = (t_quantile(1 - LEVEL, spare) / normal_quantile(1 - LEVEL)) ** 2
        return min(1.0, score_correlation(self.days, self.expected, scores) * wider)


def clustered_psi(now: Sample, reference: Sample, history: History, groups: Groups, bound: float = DRIFT_BOUND) -> Psi:
    """Compute PSI over groups of bins with the design effects that the reference's days show."""
    counts = merged(now.counts, groups), merged(reference.counts, groups)
    days = history.merged(groups)
    mean = days.correlation()
    sizes = now.worth(mean), reference.worth(mean)
    moved = max(mean, days.correlation_of(influence(*counts, *sizes)))
    return psi(*counts, *sizes, bound, along=(now.worth(moved), reference.worth(moved)))
