"""An older, worse model that answers again is known within its first hour, and tolerated no more than the best."""

from datetime import timedelta

import numpy as np
import pytest

from adapters.errors import ObjectMissing
from contracts.error_watch import ErrorWatch
from contracts.findings import Watch
from contracts.hourly import HourlyProfile
from contracts.joining import HourMark
from contracts.model import NO_MODEL, Errors
from contracts.window import Window
from drift_report.due import Subject
from drift_report.gathered import Gatherer
from drift_report.report import report, revision_of
from drift_report.rivals import LEAST_ANSWERS, MOST, rivals_of, tolerated_beside
from monitoring.alerts.finding import evaluate
from monitoring.alerts.transitions import transitions
from monitoring.watch.blocks import blocks_of
from monitoring.watch.error_watch import page_of, watched
from monitoring.watch.losses import tolerated
from rides.alert_rules import RULES
from tests.fakes.aws import FakeObjects
from tests.fakes.mongodb import FakeMongo
from tests.reporting import DAY, HOUR, MIDNIGHT, VERSION, WEEK, log, parts, publish
from tests.stores import fake_stores

LATER, EARLIER = MIDNIGHT + DAY, MIDNIGHT - DAY
BEFORE = MIDNIGHT - 3 * DAY
WINDOW = Window(kind="hour", start=MIDNIGHT, end=MIDNIGHT + HOUR)
OWN_MAE, THRESHOLD = 3.0, 9_828.0


def errors(mae, bias=-0.5):
    """Give the errors of a card."""
    return {"model": Errors(rows=1_000, mae=mae, rmse=2 * mae, bias=bias)}


def errors_of(rivals):
    """Give how wrong each rival was out of sample."""
    return [rival.errors for rival in rivals]


class World:
    """A stack in whose first hour an older version answered forty rides, and other versions before."""

    def __init__(self):
        self.stores, self.objects = fake_stores(FakeMongo()), FakeObjects()
        publish(self.objects, errors=errors(OWN_MAE))
        log(self.stores, count=40, span=HOUR, at=MIDNIGHT + HOUR)
        self.parts = parts(self.stores, self.objects)

    def answered(  # noqa: PLR0913 - what there is to say of a version
        self, version="v2", hours=(BEFORE,), *, made=LATER, mae=2.5, rows=30, stored=None
    ):
        """Publish another version and let it answer in some hours."""
        publish(self.objects, version, created_at=made, errors=errors(mae))
        for hour in hours:
            mark, at = HourMark(version, hour), stored or hour + HOUR
            kept = HourlyProfile(mark, at, rows, rows, 0, None, at, b"", b"")
            assert self.stores.profiles.replace(None, kept)

    def report(self):
        """Report the hour."""
        return report(self.parts, revision_of(self.parts, Subject(VERSION, WINDOW)))

    def rivals(self):
        """Give the rivals of the hour's version."""
        baseline = self.parts.baselines(VERSION)
        return baseline, rivals_of(Gatherer(self.parts, baseline, self.stores.clock()), WINDOW)


@pytest.fixture
def world():
    """Give a stack of its own."""
    return World()


def test_a_later_and_better_version_that_had_answered_should_answer(world):
    """Within the first hour, before any true duration."""
    world.answered()
    made = world.report()
    assert (made.better.version, made.better.mae, made.better.own_mae) == ("v2", 2.5, OWN_MAE)
    assert made.better.answered_until == BEFORE + HOUR
    assert made.sentences[0] == (
        "v1 answers again, v2 should: it is newer and better "
        "(out of sample wrong by 2.50 minutes on average, not 3.00)."
    )
    (alert,) = [each.alert for each in transitions((), evaluate(RULES, [made]), (), world.stores.clock())]
    assert (alert.rule, alert.severity, alert.cause, alert.model_version) == ("older_model", "ticket", "service", "v1")
    assert alert.sentence == (
        "An older and worse model is in charge: v1 answers again, and v2 did until 2019-02-01 06:00 UTC; "
        "out of sample it is wrong by 3.00 minutes on average, the newer one by 2.50."
    )


def test_of_several_the_best_is_named(world):
    world.answered("v2", mae=2.7)
    world.answered("v3", mae=2.4, made=LATER + DAY)
    assert world.report().better.version == "v3"


@pytest.mark.parametrize(
    "other",
    [
        pytest.param({"made": EARLIER}, id="made earlier"),
        pytest.param({"mae": OWN_MAE}, id="no better"),
        pytest.param({"hours": (MIDNIGHT - HOUR,)}, id="relieved within the hour before, and followed late"),
        pytest.param({"hours": (MIDNIGHT, MIDNIGHT + DAY)}, id="answered afterwards only: an old window, restated"),
        pytest.param({"stored": MIDNIGHT + DAY}, id="rides of wrong dates, answered later by the server's clock"),
        pytest.param({"rows": LEAST_ANSWERS - 1}, id="never in charge"),
        pytest.param({"hours": (MIDNIGHT - 9 * WEEK,)}, id="too long ago"),
    ],
)
def test_nothing_is_said_where_the_version_should_answer(world, other):
    world.answered(**other)
    made = world.report()
    assert made.better is None
    assert not transitions((), evaluate(RULES, [made]), (), world.stores.clock())


def test_a_version_without_a_card_says_nothing(world):
    """Nor do answers without a model."""
    world.answered("v2")
    del world.objects.bodies["models/v2/card.json"]
    with pytest.raises(ObjectMissing):
        world.parts.cards("v2")
    mark = HourMark(NO_MODEL, BEFORE)
    assert world.stores.profiles.replace(None, HourlyProfile(mark, BEFORE, 90, 90, 0, None, BEFORE, b"", b""))
    assert world.report().better is None


def test_once_the_better_version_answers_again_nothing_holds(world):
    """A report of it knows no later one."""
    world.answered()
    older = world.report()
    better = older.model_copy(update={"model_version": "v2", "better": None})
    assert [found.firing for found in evaluate(_older_model(), [older])] == [True]
    assert [found.firing for found in evaluate(_older_model(), [better])] == [False]
    few = older.model_copy(update={"volume": older.volume.model_copy(update={"predictions": 2})})
    assert evaluate(_older_model(), [few]) == ()


def _older_model():
    return [rule for rule in RULES if rule.name == "older_model"]


def test_of_many_versions_those_that_answered_last_are_looked_at(world):
    """A card is read once."""
    for place in range(10):
        world.answered(f"w{place}", (BEFORE - place * HOUR,), mae=2.9 - place / 100)
    assert [rival.card.version for rival in world.rivals()[1]] == ["w0", "w1", "w2", "w3"]
    assert MOST == 4
    assert world.report().better.version == "w3"
    assert world.parts.cards.cache_info().misses == MOST + 1


class TestTolerance:
    """What is tolerated of a version."""

    def test_is_no_more_than_of_the_best(self, world):
        """On each side."""
        world.answered("v2", mae=1.0)
        world.answered("v3", mae=2.0, made=EARLIER)
        baseline, rivals = world.rivals()
        found, best = tolerated_beside(baseline, errors_of(rivals)), tolerated(1.0, -0.5)
        own = baseline.tolerated
        assert found.bounds == {side: min(own.bounds[side], bound) for side, bound in best.bounds.items()}
        assert found.greatest == min(own.greatest, best.greatest)

    def test_is_its_own_where_it_is_the_best_or_alone(self, world):
        baseline, nobody = world.rivals()
        assert tolerated_beside(baseline, errors_of(nobody)) == baseline.tolerated
        world.answered("v2", mae=99.0)
        assert tolerated_beside(baseline, errors_of(world.rivals()[1])) == baseline.tolerated

    def test_is_what_the_watch_of_a_report_goes_by(self, world, monkeypatch):
        world.answered("v2", mae=1.0)
        asked = []

        def watch(_parts, _baseline, bar):
            asked.append(bar)
            return Watch(status="no_actuals")

        monkeypatch.setattr("drift_report.report.watch", watch)
        world.report()
        baseline, rivals = world.rivals()
        assert asked == [tolerated_beside(baseline, errors_of(rivals))]

    def test_so_a_much_worse_version_pages_though_it_is_as_it_always_was(self):
        """Its errors are those of its own reference: 4.8 minutes, where the best errs by 2.8."""
        drawn = np.random.default_rng(0).laplace(-0.5, 4.8, 1_500)
        own, best = tolerated(float(np.abs(drawn).mean()), -0.5), tolerated(2.8, -0.5)
        times = [MIDNIGHT + timedelta(minutes=5 * place) for place in range(len(drawn))]
        blocks = list(blocks_of([f"{place:08d}" for place in range(len(drawn))], times, drawn, 10))
        new = ErrorWatch(model_version=VERSION)
        assert page_of(watched(new, blocks, own, THRESHOLD)) is None
        stricter = own._replace(bounds=best.bounds, greatest=best.greatest)
        assert page_of(watched(new, blocks, stricter, THRESHOLD)) is not None
