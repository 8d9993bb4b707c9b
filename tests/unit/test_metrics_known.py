"""The marginals of model versions, as the exporter knows them."""

import pytest

from adapters.errors import StoreUnavailable
from adapters.models import ModelStore, described
from contracts.profile import NumericColumn, ProfileSpec
from metrics_exporter.known import SHOWN, Known
from tests.cards import card
from tests.fakes.aws import FakeObjects
from tests.live_marginals import empty_marginals

SPEC = ProfileSpec(columns=(NumericColumn(name="x", edges=(0.0, 1.0)),))
BODY = empty_marginals(SPEC).model_dump_json().encode()


@pytest.fixture
def objects():
    """Give an empty S3."""
    return FakeObjects()


def publish(objects, version, body=BODY):
    """Publish a version with marginals, or with none."""
    bodies = {"marginals": body} if body is not None else {}
    artifacts = {name: described(version, name, content) for name, content in bodies.items()}
    ModelStore(objects).publish(card(version, artifacts), bodies)


def test_a_versions_marginals_are_read_once(objects):
    """They never change."""
    publish(objects, "v1")
    known = Known(ModelStore(objects))
    assert known.of("v1").spec == SPEC
    for key in list(objects.list("models/")):
        objects.delete(key)
    assert known.of("v1").spec == SPEC


@pytest.mark.parametrize("body", [None, b"{}", b"no json"])
def test_a_version_without_marginals_has_no_bins(objects, body):
    """One from before they were written, or with broken ones: the others are counted all the same."""
    publish(objects, "v1", body)
    assert Known(ModelStore(objects)).of("v1") is None


def test_a_version_that_is_gone_has_no_bins(objects):
    """Its predictions are still there."""
    assert Known(ModelStore(objects)).of("v1") is None


def test_s3_that_is_away_is_told_and_asked_again(objects):
    """What cannot be read now must not be taken for nothing: its rows would never be counted."""
    publish(objects, "v1")
    known = Known(ModelStore(objects))
    objects.away = True
    with pytest.raises(StoreUnavailable):
        known.of("v1")
    objects.away = False
    assert known.of("v1") is not None


def test_the_newest_versions_that_have_bins_are_shown(objects):
    """Each is thousands of series."""
    for number in range(9):
        publish(objects, f"v{number}", None if number == 8 else BODY)
    shown = Known(ModelStore(objects)).shown(f"v{number}" for number in range(9))
    assert list(shown) == [f"v{number}" for number in range(8 - SHOWN, 8)]
