"""Evidently draws from its trimmed package what it draws from all that it asks for."""

import json
import math
import re

import pytest

from drift_report.drawing import draw
from monitoring.profiles.spec import make_spec
from tests.reporting import DECLARED, reference_columns

pytestmark = pytest.mark.timeout(900)

RANDOM = re.compile(r"[0-9a-f]{8}-?(?:[0-9a-f]{4}-?){3}[0-9a-f]{12}")
"""Evidently names its widgets anew for each page."""
LAST_DIGIT = 1e-12
"""Two runs of the same differ so: sums depend on where in memory a column lies."""


def columns(count, shift):
    """Give a sample with every kind of column, some of it missing."""
    found = reference_columns(count)
    found["distance"] = [value + shift for value in found["distance"]]
    return {name: [None if place % 7 == 3 else v for place, v in enumerate(values)] for name, values in found.items()}


@pytest.mark.parametrize("count", [1, 400, 3_000])
def test_every_value_is_as_untrimmed(packages, count):
    """Few rows and many are judged by different tests; one row has no regression part."""
    now, reference = columns(count, 0.4), columns(2_000, 0.0)
    spec = make_spec(DECLARED, reference)
    trimmed = packages.draw(spec=spec.model_dump(mode="json"), now=now, reference=reference)["answer"]
    whole = draw(spec, now, reference)
    assert trimmed["note"] == whole.note
    assert_same(json.loads(trimmed["json"]), json.loads(whole.json))
    assert abs(len(RANDOM.sub("", trimmed["html"])) - len(RANDOM.sub("", whole.html.decode()))) < 100


def test_everything_comes_from_the_package(packages):
    columns_ = columns(400, 0.0)
    spec = make_spec(DECLARED, columns_)
    files = packages.draw(spec=spec.model_dump(mode="json"), now=columns_, reference=columns_)["files"]
    theirs = [file for file in files if "plotly" in file]
    assert theirs
    assert all("DriftReportFunction/zipped/plotly.zip" in file or "_plotly_utils" in file for file in theirs)
    assert not [file for file in files if "site-packages" in file and "brought" not in file]


def assert_same(one, other, where=""):
    """Compare what Evidently tells, but for the names that it draws anew."""
    assert type(one) is type(other), where
    if isinstance(one, dict):
        assert one.keys() == other.keys(), where
        for name in one.keys() - {"id"}:
            assert_same(one[name], other[name], f"{where}/{name}")
    elif isinstance(one, list):
        assert len(one) == len(other), where
        for place, (left, right) in enumerate(zip(one, other, strict=True)):
            assert_same(left, right, f"{where}/{place}")
    elif isinstance(one, float):
        assert math.isclose(one, other, rel_tol=LAST_DIGIT, abs_tol=LAST_DIGIT) or {str(one), str(other)} == {"nan"}, (
            where
        )
    else:
        assert one == other, where
