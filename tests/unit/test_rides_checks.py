import numpy as np
import pytest

from rides.checks import CHECKS, Moments, checks_of, served_checks

DAY = 86_400.0
PLAIN = {"pickup_zone": 161.0, "dropoff_zone": 132.0, "distance": 17.5, "passengers": 1.0, "actual": 40.0}
NOON = 1_551_441_600.0
TRAINED = NOON - 30 * DAY
BROKEN, SOUND, UNTOLD = 1, 0, -1
NONE = float("nan")


def verdict(name, pickup=NOON, predicted=NOON, **fields):
    """Give the verdict of one check on a plain ride, but for these fields."""
    columns = {column: np.array([value]) for column, value in (PLAIN | fields).items()}
    return checks_of(columns, Moments(np.array([pickup]), np.array([predicted]), TRAINED))[name].item()


def test_a_plain_ride_keeps_every_rule():
    """All of them can be told of it."""
    columns = {column: np.array([value]) for column, value in PLAIN.items()}
    found = checks_of(columns, Moments(np.array([NOON]), np.array([NOON]), TRAINED))
    assert {tuple(verdicts.tolist()) for verdicts in found.values()} == {(SOUND,)}


def test_every_declared_check_has_a_verdict():
    """In the names that the spec declares, and no other."""
    columns = {column: np.zeros(0) for column in PLAIN}
    found = {*checks_of(columns, Moments(np.zeros(0), np.zeros(0), TRAINED)), *served_checks([], [])}
    assert found == {check.name for check in CHECKS}


@pytest.mark.parametrize(
    ("name", "fields", "expected"),
    [
        ("implausible_distance", {"distance": 100.0}, SOUND),
        ("implausible_distance", {"distance": 100.1}, BROKEN),
        ("implausible_distance", {"distance": NONE}, UNTOLD),
        ("no_distance_between_zones", {"distance": 0.0}, BROKEN),
        ("no_distance_between_zones", {"distance": 0.0, "dropoff_zone": 161.0}, SOUND),
        ("no_distance_between_zones", {"distance": 0.0, "dropoff_zone": NONE}, UNTOLD),
        ("no_distance_between_zones", {"distance": NONE}, UNTOLD),
        ("implausible_passengers", {"passengers": 6.0}, SOUND),
        ("implausible_passengers", {"passengers": 0.0}, BROKEN),
        ("implausible_passengers", {"passengers": 7.0}, BROKEN),
        ("implausible_passengers", {"passengers": NONE}, UNTOLD),
        ("unknown_zone", {"pickup_zone": 264.0}, BROKEN),
        ("unknown_zone", {"dropoff_zone": 265.0}, BROKEN),
        ("unknown_zone", {"pickup_zone": NONE}, UNTOLD),
        ("implausible_duration", {"actual": 0.9}, BROKEN),
        ("implausible_duration", {"actual": 1.0}, SOUND),
        ("implausible_duration", {"actual": 180.0}, SOUND),
        ("implausible_duration", {"actual": 180.1}, BROKEN),
        ("implausible_duration", {"actual": NONE}, UNTOLD),
        ("implausible_speed", {"distance": 70.0, "actual": 60.0}, SOUND),
        ("implausible_speed", {"distance": 71.0, "actual": 60.0}, BROKEN),
        ("implausible_speed", {"distance": 0.9, "actual": 60.0}, BROKEN),
        ("implausible_speed", {"distance": 0.3, "actual": 60.0}, SOUND),
        ("implausible_speed", {"distance": 5.0, "actual": 1e-320}, BROKEN),
        ("implausible_speed", {"actual": 0.0}, UNTOLD),
        ("implausible_speed", {"actual": NONE}, UNTOLD),
        ("implausible_speed", {"distance": NONE}, UNTOLD),
        ("wrong_date", {"predicted": NOON - DAY}, SOUND),
        ("wrong_date", {"predicted": NOON - DAY - 1}, BROKEN),
        ("wrong_date", {"pickup": TRAINED - 31 * DAY}, SOUND),
        ("wrong_date", {"pickup": TRAINED - 31 * DAY - 1}, BROKEN),
        ("wrong_date", {"predicted": NONE}, SOUND),
        ("wrong_date", {"pickup": NONE}, UNTOLD),
    ],
)
def test_a_rule_is_broken_kept_or_cannot_be_told(name, fields, expected):
    """Each at its bounds, and without what it needs to know."""
    assert verdict(name, **fields) == expected


def test_no_check_warns_of_what_is_missing():
    """Numbers that are none are no numbers to calculate with."""
    nothing = np.full(3, NONE)
    with np.errstate(all="raise"):
        found = checks_of(dict.fromkeys(PLAIN, nothing), Moments(nothing, nothing, TRAINED))
    assert {tuple(verdicts.tolist()) for verdicts in found.values()} == {(UNTOLD,) * 3}


def test_flags_and_who_answered_are_checks_too():
    """As the prediction carries them; a flag that nobody declared is none."""
    found = served_checks([("zero_distance", "unknown_zone"), (), ("never",)], ["champion", "fallback", ""])
    assert found["zero_distance"].tolist() == found["unknown_zone"].tolist() == [1, 0, 0]
    assert found["absurd_distance"].tolist() == [0, 0, 0]
    assert found["fallback"].tolist() == [0, 1, 0]
