"""What is drawn around the usual, by measured quantiles."""

import numpy as np

from ridewatch.simulator.facts import Floats, Numbers, facts


def draw_luck(quantiles: Floats, group: Numbers, rng: np.random.Generator) -> Floats:
    """Draw for each ride from its group's quantiles (group × level), straight between two of them."""
    levels, luck = np.array(facts().more["levels"]), rng.random(len(group))
    drawn = np.empty(len(group))
    for number, row in enumerate(quantiles):
        here = group == number
        drawn[here] = np.interp(luck[here], levels, row)
    return drawn
