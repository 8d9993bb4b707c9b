"""What an event holds comes as text into a page, or not at all: into ours, and into Evidently's."""

import json

from contracts.profile import DeclaredColumn
from drift_report.drawing import draw
from drift_report.frame import LESS, frames_of
from monitoring.profiles.spec import make_spec

SCRIPT = "</script><script>alert(1)</script>"
IMAGE = "<img src=x onerror=alert(2)>"
DECLARED = (DeclaredColumn(name="zone", kind="categorical"), DeclaredColumn(name="distance", kind="numeric"))


def columns(zones):
    """Give a hundred rows of these zones in turn."""
    return {
        "zone": [zones[place % len(zones)] for place in range(100)],
        "distance": [place / 10 for place in range(100)],
    }


def test_a_category_ends_no_script_of_evidentlys_page():
    """It writes categories into a script as they are; those of the reference are shown, without what ends it."""
    reference = columns(["1", SCRIPT])
    html = draw(make_spec(DECLARED, reference), columns([SCRIPT, IMAGE]), reference).html.decode()
    assert json.dumps(SCRIPT.replace("<", LESS))[1:-1] in html
    assert "<script>alert" not in html
    assert "<img src=x" not in html


def test_a_category_that_the_reference_has_not_is_not_shown_at_all():
    """So no caller's text reaches the page: it is counted as `other`."""
    frames = frames_of(make_spec(DECLARED, columns(["1", "2"])), columns([SCRIPT, IMAGE, "1"]), columns(["1", "2"]))
    assert set(frames.now["zone"]) == {"1", "other"}
