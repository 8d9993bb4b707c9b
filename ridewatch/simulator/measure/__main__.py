"""Measure the simulator's facts anew from real rides.

    python -m ridewatch.simulator.measure FIRST [MORE …] --lockdown SOURCE [--out FOLDER]

FIRST tells labels as well as all else; MORE tell places, hours and speed. LOCKDOWN tells what was otherwise then, and
helps to draw the map, for it saw zones that the others hardly did.
"""

import argparse
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from rides.zones import borough
from ridewatch.simulator.facts import ZONES, Facts, Floats, Numbers
from ridewatch.simulator.measure import habits, mix, speed
from ridewatch.simulator.measure.geography import fit_map, log_miles_off
from ridewatch.simulator.measure.writing import write
from ridewatch.simulator.places import map_miles
from ridewatch.sources.errors import SourceError
from ridewatch.sources.load import load
from ridewatch.sources.table import RideTable, concatenate

OUT = Path(__file__).parents[1] / "facts"


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure and write."""
    parser = argparse.ArgumentParser(prog="python -m ridewatch.simulator.measure", description=__doc__)
    parser.add_argument("months", nargs="+", metavar="SOURCE")
    parser.add_argument("--lockdown", required=True, metavar="SOURCE")
    parser.add_argument("--out", default=OUT, type=Path)
    given = parser.parse_args(arguments)
    try:
        months, lockdown = [load(source) for source in given.months], load(given.lockdown)
    except SourceError as error:
        parser.error(str(error))
    write(_signed(measure(months, lockdown), given.months, given.lockdown), given.out)


def _signed(facts: Facts, months: Sequence[str], lockdown: str) -> Facts:
    names = ", ".join(Path(source).name for source in months)
    origin = f"measured by ridewatch.simulator.measure on {names}; lockdown: {Path(lockdown).name}"
    return replace(facts, more={"origin": origin} | dict(facts.more))


def measure(months: Sequence[RideTable], lockdown: RideTable) -> Facts:
    """Measure everything."""
    rides = concatenate(months)
    sound = speed.sound(rides)
    atlas = fit_map(mix.known_zones(speed.sound(concatenate([rides, lockdown]))), borough)
    pair_miles = mix.pair_miles(sound, log_miles_off(atlas, sound))
    miles = map_miles(atlas) * pair_miles
    pace = speed.fit_speed(sound, speed.areas(borough))
    facts = Facts(
        zones=atlas | _zone_facts(rides, pace),
        bands={end: mix.band_lifts(zones, rides) for end, zones in _ends(rides).items()},
        pairs={"lift": mix.pair_lifts(rides, miles), "miles": pair_miles, "pace": pace.pairs},
        hours={"rides": mix.hourly(rides), "pace": pace.hours},
        more={
            "distance_class_shares": mix.class_shares(rides, miles).round(6).tolist(),
            "miles_pace": pace.miles_pace.round(4).tolist(),
            "area_pace": pace.area_pace.round(4).tolist(),
            "levels": mix.LEVELS,
            "miles_spread": mix.miles_spread(sound, miles),
            "minutes_spread": speed.minutes_spread(sound, pace.left),
            "day_luck": {
                "rides": round(habits.rides_luck(rides), 4),
                "pace": round(speed.day_luck(sound, pace.left), 4),
            },
            **habits.labels(months[0]),
            "dirt": habits.dirt(rides),
        },
    )
    return replace(facts, more=dict(facts.more) | {"lockdown": habits.lockdown(lockdown, rides, facts)})


def _zone_facts(rides: RideTable, pace: speed.Speed) -> dict[str, Floats]:
    return {
        "pickup": mix.shares(rides.pickup_zone),
        "dropoff": mix.shares(rides.dropoff_zone),
        "pickup_pace": pace.pickup,
        "dropoff_pace": pace.dropoff,
        "area": speed.areas(borough).astype(np.float64)[:ZONES],
    }


def _ends(rides: RideTable) -> dict[str, Numbers]:
    return {"pickup": rides.pickup_zone.astype(np.int64), "dropoff": rides.dropoff_zone.astype(np.int64)}


if __name__ == "__main__":
    main()
