"""The natural experiment: a model of the winter of 2019, a spring of growing errors, the emptied streets of 2020."""

from datetime import UTC, date

import numpy as np
import pytest
from sklearn.ensemble import HistGradientBoostingRegressor
from sklearn.model_selection import cross_val_predict

from contracts.error_watch import ErrorWatch
from monitoring.numeric.measured import likeness_of
from monitoring.watch.blocks import BLOCKS_A_QUARTER, block_size, blocks_of
from monitoring.watch.error_watch import page_of, watched
from monitoring.watch.false_alarms import page_threshold
from monitoring.watch.losses import tolerated
from monitoring.window.mae_change import account_of, change_of
from ridewatch.sources.load import load
from ridewatch.sources.table import concatenate
from ridewatch.training.contenders import FEATURES, boosted_trees
from ridewatch.training.judging import FoldModels, answers_of
from ridewatch.training.lesson import lesson_of
from ridewatch.training.threads import on_one_thread
from tests.conftest import REAL_RIDES

pytestmark = pytest.mark.skipif(not REAL_RIDES.exists(), reason=f"no real rides at {REAL_RIDES}")

THRESHOLD = page_threshold(1, 3, BLOCKS_A_QUARTER)
SPRING = ("2019-03", "2019-04", "2019-05", "2019-06")
EMPTIED = ("2020-03", "2020-04")
DISTANCE = FEATURES.index("distance")


class Judged:
    """Rides in the order in which they ended, with what the model said of them."""

    def __init__(self, lesson, predicted):
        judged = lesson.chosen.judged
        order = np.argsort(lesson.chosen.rides.dropoff_time[judged], kind="stable")
        self.errors = (predicted - lesson.minutes)[judged][order]
        self.inputs = np.column_stack([lesson.matrix, predicted])[judged][order]
        self.ends = lesson.chosen.rides.dropoff_time[judged][order]
        self.days = self.ends.astype("datetime64[D]").astype(np.int64)


def rides_of(name):
    """Load a month, those with wrong dates left out."""
    rides = load(str(REAL_RIDES / f"yellow_tripdata_{name}.parquet"))
    return rides.take(rides.pickup_time.astype("datetime64[M]") == np.datetime64(name))


@pytest.fixture(scope="module")
def months():
    """Train on January and February 2019; judge them out of fold, and the other months."""
    winter = lesson_of(concatenate([rides_of("2019-01"), rides_of("2019-02")]))
    model = on_one_thread(winter.taught)(boosted_trees, 0)
    folds = on_one_thread(FoldModels.taught)(boosted_trees, winter.matrix, winter.minutes, winter.chosen.learnt, 0)
    found = {"winter": Judged(winter, np.maximum(folds.predict(winter.matrix), 0))}
    for name in (*SPRING, *EMPTIED):
        lesson = lesson_of(rides_of(name), dates=False)
        found[name] = Judged(lesson, answers_of(model, lesson.matrix))
    return found


@pytest.fixture(scope="module")
def tolerable(months):
    """What is tolerated, by the winter's errors out of fold."""
    errors = months["winter"].errors
    return tolerated(float(np.abs(errors).mean()), float(errors.mean()))


def watch_over(months, names, tolerable):
    """Give the page after every block."""
    watch, pages, first = ErrorWatch(model_version="winter"), [], 0
    for name in names:
        ids = [f"{first + row:09d}" for row in range(len(months[name].errors))]
        ends = [end.replace(tzinfo=UTC) for end in months[name].ends.astype("datetime64[us]").tolist()]
        for block in blocks_of(ids, ends, months[name].errors, block_size(10_000 / 30)):
            watch = watched(watch, [block], tolerable, THRESHOLD)
            pages.append(page_of(watch))
        first += len(ids)
    return pages


def test_the_spring_of_2019_opens_no_page(months, tolerable):
    """Errors grow by a fifth; one day in April is 1.6 times as wrong."""
    assert not any(watch_over(months, SPRING, tolerable))


def test_when_the_streets_emptied_a_page_opens_within_the_week_says_so_and_stays_open(months, tolerable):
    """Answers too long since about 16 March 2020, and from then on to the end of April."""
    pages = watch_over(months, (*SPRING, *EMPTIED), tolerable)
    opened = next(place for place, page in enumerate(pages) if page)
    page = pages[opened]
    assert date(2020, 3, 16) <= page.opened.at.date() <= date(2020, 3, 22)
    assert date(2020, 3, 13) <= page.opened.began.date() <= date(2020, 3, 18)
    assert page.side == "long"
    assert {(page.opened.at, page.side) for page in pages[opened:] if page} == {(page.opened.at, "long")}
    assert all(pages[opened:])


def test_april_2020_alone_opens_a_page_within_its_first_300_labelled_rides(months, tolerable):
    """It began with the first of them."""
    page = next(page for page in watch_over(months, ("2020-04",), tolerable) if page)
    assert page.opened.rows <= 300
    assert page.side == "long"
    assert page.opened.began.date() == date(2020, 4, 1)


@pytest.fixture(scope="module")
def accounts(months):
    """Errors that an error model foresaw, by month; the winter's out of fold."""
    return on_one_thread(foreseen)(months)


def foreseen(months):
    """Fit the error model and take account of every month, and of the far rides of one."""
    winter = months["winter"]
    model = HistGradientBoostingRegressor(max_iter=80, max_leaf_nodes=12, min_samples_leaf=60, random_state=0)
    estimates = {"winter": cross_val_predict(model, winter.inputs, np.abs(winter.errors), cv=5)}
    model.fit(winter.inputs, np.abs(winter.errors))
    estimates |= {name: model.predict(month.inputs) for name, month in months.items() if name != "winter"}
    found = {name: account(months[name], estimates[name]) for name in months}
    far = months["2019-03"].inputs[:, DISTANCE] > 5
    return found | {"far": account(months["2019-03"], estimates["2019-03"], far)}


def account(month, estimated, rows=slice(None)):
    """Take account of some rides."""
    likeness = likeness_of(month.errors, month.days)
    return account_of(estimated[rows], month.errors[rows], month.days[rows], likeness)


def test_the_emptied_streets_are_a_changed_world_answered_too_long(accounts):
    """Three quarters of the rise and more are not of the inputs."""
    change = change_of(accounts["2020-04"], accounts["winter"])
    assert change.concept.value >= 0.75 * change.total.value
    assert (change.cause, change.side) == ("concept", "long")


def test_in_march_2019_nothing_is_the_cause_of_nothing(accounts):
    """The estimate was right to within a twentieth."""
    change = change_of(accounts["2019-03"], accounts["winter"])
    assert change.cause == "neither"
    assert accounts["2019-03"].foreseen.value == pytest.approx(accounts["2019-03"].mae.value, rel=0.05)


def test_longer_rides_are_the_inputs_doing(accounts):
    """March 2019, its rides over five miles alone."""
    change = change_of(accounts["far"], accounts["winter"])
    assert change.cause == "covariate"
    assert change.covariate.value >= 0.75 * change.total.value
