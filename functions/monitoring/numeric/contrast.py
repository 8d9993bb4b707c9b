"""How differently two sets of rows have changed: a difference of differences of means, and how sure it is."""

from typing import NamedTuple

from monitoring.numeric.measured import Measured, difference
from monitoring.numeric.quantiles import normal_survival


class Contrast(NamedTuple):
    """The change of some rows and that of all others: what changes both alike cancels in their difference."""

    own: Measured
    others: Measured

    @property
    def difference(self) -> Measured:
        """Give the one less the other."""
        return difference(self.own, self.others)

    def p_value(self, bound: float) -> float:
        """Give the probability of at least such a difference, either way, were the true one just the bound."""
        value, error = self.difference
        size, error = abs(value), max(error, 1e-300)
        return min(1.0, normal_survival((size - bound) / error) + normal_survival((size + bound) / error))

    @property
    def is_its_own(self) -> bool:
        """Tell whether it is these rows that moved, rather than the others."""
        return abs(self.own.value) >= abs(self.others.value)
