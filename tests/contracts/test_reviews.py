from datetime import UTC, datetime, timedelta

from contracts.joining import Label, ToldActual
from tests.samples import NOON, prediction

STORED = datetime(2026, 1, 1, tzinfo=UTC)
LATER = STORED + timedelta(minutes=1)


def store(stores, *predictions):
    """Store predictions as `record` does."""
    stores.predictions.add(predictions, STORED)
    stores.reviews.add(predictions, STORED)


def waiting(stores, limit=10, before=None):
    """Name the predictions that wait."""
    return [review.prediction_id for review in stores.reviews.latest("waiting", limit, before)]


class TestReviews:
    """What every store of reviews must do."""

    def test_only_what_carries_a_flag_waits(self, stores):
        """The latest first, with what was flagged and answered."""
        store(stores, prediction("p1", flags=("absurd_distance",)), prediction("p2", flags=()), prediction("p3"))
        assert waiting(stores) == ["p3", "p1"]
        review = stores.reviews.latest("waiting", 10)[1]
        assert (review.flags, review.minutes, review.ride.distance) == (("absurd_distance",), 12.5, 4.5)
        assert (review.state, review.served_by, review.actual) == ("waiting", "champion", None)

    def test_the_true_duration_stands_beside_it_once_it_is_known(self, stores):
        """A person judges better by it."""
        store(stores, prediction("p1"))
        told = ToldActual("a1", "r1", 80.0, None, NOON, NOON)
        stores.predictions.label([Label("p1", 80.0, told, None)], LATER)
        assert stores.reviews.latest("waiting", 10)[0].actual == 80.0

    def test_they_come_page_by_page(self, stores):
        """None twice, none left out, also where several were asked at one moment."""
        store(stores, *[prediction(f"p{place}") for place in range(5)])
        assert waiting(stores, 2) == ["p4", "p3"]
        assert waiting(stores, 2, "p3") == ["p2", "p1"]
        assert waiting(stores, 2, "p1") == ["p0"]

    def test_a_person_decides_with_who_when_and_why(self, stores):
        """It waits no more."""
        store(stores, prediction("p1"), prediction("p2"))
        assert stores.reviews.decide("p1", "confirmed", "ada", "kilometres", LATER) is True
        assert waiting(stores) == ["p2"]
        (review,) = stores.reviews.latest("confirmed", 10)
        assert (review.who, review.why, review.decided_at) == ("ada", "kilometres", LATER)

    def test_a_decision_can_be_changed(self, stores):
        """The last one holds."""
        store(stores, prediction("p1"))
        stores.reviews.decide("p1", "confirmed", "ada", "kilometres", STORED)
        stores.reviews.decide("p1", "dismissed", "eve", "a long ride", LATER)
        assert stores.reviews.latest("confirmed", 10) == []
        assert stores.reviews.latest("dismissed", 10)[0].who == "eve"

    def test_what_was_never_flagged_cannot_be_decided(self, stores):
        """It says so."""
        store(stores, prediction("p1", flags=()))
        assert stores.reviews.decide("p1", "confirmed", "ada", "why", LATER) is False

    def test_a_redelivery_takes_no_decision_back(self, stores):
        """Delivered twice is stored once."""
        store(stores, prediction("p1"))
        stores.reviews.decide("p1", "dismissed", "ada", "fine", LATER)
        store(stores, prediction("p1"))
        assert waiting(stores) == []

    def test_a_review_whose_prediction_is_forgotten_is_not_listed(self, stores):
        """Both are kept equally long, but not deleted in one moment."""
        stores.reviews.add([prediction("p1")], STORED)
        assert waiting(stores) == []
