"""Whoever counts or reads flags knows all of them beforehand."""

import pathlib

from rides.flags import FLAGS, flags_of
from rides.guard import Guard
from tests.guards import STATISTICS, features

ODD = (
    {"distance": 0.0},
    {"distance": 900.0},
    {"dropoff_zone": 264, "dropoff_borough": "Unknown"},
    {"distance": 60.0},
    {"distance": 9.0},
)


def test_every_flag_that_is_given_is_listed():
    given = [(*flags_of(features(**ride)), *Guard(STATISTICS).flags(features(**ride))) for ride in ODD]
    assert {flag for flags in given for flag in flags} == set(FLAGS)


def test_the_documentation_tells_what_each_means():
    table = (pathlib.Path(__file__).parents[2] / "docs" / "model.md").read_text()
    assert all(f"| `{flag}` | {meaning} |" in table for flag, meaning in FLAGS.items())
