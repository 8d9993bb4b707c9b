"""What was written yesterday is read today, and written the same: a change here is a change for every reader."""

import json
import pathlib

import pytest
from pydantic import ValidationError

from contracts.alerts import AlertList, Transition
from contracts.api import ActualsAnswer, ErrorAnswer, Health, PredictManyAnswer, RideAnswer
from contracts.background import Background
from contracts.base import Contract
from contracts.error_watch import ErrorWatch
from contracts.events import Actual, Prediction, Rejection
from contracts.fallback import FallbackTable
from contracts.guard import GuardStatistics
from contracts.model import ModelCard
from contracts.profile import ProfileSpec
from contracts.report import Report
from contracts.report_list import ReportList
from contracts.reviews import ReviewList
from contracts.totals import Totals

GOLDEN = pathlib.Path(__file__).parent / "golden"
CONTRACTS: dict[str, type[Contract]] = {
    "prediction": Prediction,
    "actual": Actual,
    "actual_by_dropoff": Actual,
    "rejection": Rejection,
    "model_card": ModelCard,
    "fallback": FallbackTable,
    "guard": GuardStatistics,
    "profile_spec": ProfileSpec,
    "background": Background,
    "report": Report,
    "totals": Totals,
    "answer": RideAnswer,
    "answers": PredictManyAnswer,
    "receipts": ActualsAnswer,
    "error": ErrorAnswer,
    "health": Health,
    "error_watch": ErrorWatch,
    "report_list": ReportList,
    "transition": Transition,
    "alert_list": AlertList,
    "review_list": ReviewList,
}

VERSIONED = [name for name, contract in CONTRACTS.items() if "schema_version" in contract.model_fields]
"""What is kept or travels by itself; HTTP bodies go by the version of the API."""

by_contract = pytest.mark.parametrize(("name", "contract"), CONTRACTS.items(), ids=CONTRACTS)


def written(name: str) -> str:
    """Give the text of a golden file."""
    return (GOLDEN / f"{name}.json").read_text()


def test_every_golden_file_is_of_a_contract():
    """None lies about unread."""
    assert {path.stem for path in GOLDEN.iterdir()} == set(CONTRACTS)


@by_contract
def test_read_and_written_again_it_is_the_same_to_the_byte(name, contract):
    """Names, order, times and numbers; a new field needs a default, and its place in the file."""
    assert contract.model_validate_json(written(name)).model_dump_json(indent=2) + "\n" == written(name)


@pytest.mark.parametrize(
    ("name", "later"),
    [
        ("prediction", ("naive_minutes", "estimated_error", "interval", "explanation")),
        ("answer", ("estimated_error", "interval", "explanation")),
        ("model_card", ("interval", "compared")),
    ],
)
def test_what_was_written_before_a_field_came_is_read(name, later):
    """The field is unknown then."""
    before = {field: value for field, value in json.loads(written(name)).items() if field not in later}
    read = CONTRACTS[name].model_validate(before)
    assert [getattr(read, field) for field in later] == [None] * len(later)


@pytest.mark.parametrize("name", VERSIONED)
def test_an_unknown_version_is_refused(name):
    """A reader never guesses."""
    with pytest.raises(ValidationError, match="schema_version"):
        CONTRACTS[name].model_validate(json.loads(written(name)) | {"schema_version": 2})


@by_contract
def test_an_unknown_field_is_refused(name, contract):
    """Nothing is dropped in silence."""
    with pytest.raises(ValidationError, match="extra_forbidden"):
        contract.model_validate(json.loads(written(name)) | {"surprise": 1})
