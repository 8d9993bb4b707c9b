"""Simulated hours of weeks, and how often another week like them is called usual."""

from collections.abc import Iterator

import numpy as np

from monitoring.window.volume import volume_of

LEVELS = {"Poisson": 0.0, "levels differ by 10 %": 0.1}


def usual(luck: np.random.Generator, simulations: int) -> Iterator[tuple[str, dict[str, float]]]:
    """Give, for 2, 4 and 8 earlier weeks of 24 hours, how often the next one's total lies in the interval."""
    for name, spread in LEVELS.items():
        found = {}
        for weeks in (2, 4, 8):
            levels = np.exp(spread * luck.standard_normal((simulations, weeks + 1, 1)))
            counts = luck.poisson(levels * luck.uniform(5, 200, (simulations, 1, 24)))
            found[f"{weeks} weeks"] = float(np.mean([volume_of(week[0], week[1:]).usual for week in counts]))
        yield name, found
