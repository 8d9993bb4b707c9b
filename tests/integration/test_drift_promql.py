"""Drift at query time: a real Prometheus that scraped a real exporter says what `monitoring` says of the same rows."""

import math
import random
import time
from datetime import timedelta

import numpy as np
import pytest

from adapters.models import ModelStore
from contracts.marginals import Marginals
from monitoring.numeric.drift import psi, total_variation
from monitoring.numeric.grouping import merged
from monitoring.profiles.counting import profile_of
from monitoring.profiles.layout import bins_of
from ridewatch.live import promql
from tests.labelling import label
from tests.prometheus import NOT_INSTALLED, PROMETHEUS
from tests.reporting import VERSION, features, publish
from tests.samples import prediction
from tests.watching import watching

pytestmark = pytest.mark.skipif(not PROMETHEUS, reason=NOT_INSTALLED)

ROWS = 700
EVERYTHING = 'ridewatch_column_rows_total{segment="all",column="%s"}'


def rides(luck):
    """Draw rides that are longer than the reference's; some zones are new, some distances missing."""
    for number in range(ROWS):
        found = features(luck, (number * 7) % 16)
        found["distance"] = None if number % 40 == 0 else found["distance"] * 1.4
        found["zone"] = "999" if number % 25 == 0 else found["zone"]
        minutes = 5 * (found["distance"] or 2.0)
        yield found, minutes, minutes + luck.gauss(-1, 3)


@pytest.fixture(scope="module")
def seen(tmp_path_factory):
    """Give Prometheus after it saw the counters at 0 and with all rows, the window between, and the rows."""
    with watching(tmp_path_factory.mktemp("watching")) as world:
        publish(world.objects)
        world.exporter.start()
        world.prometheus.comes_to(0, f"sum({EVERYTHING} offset 2s)" % "prediction")
        began = time.time()
        rows = list(rides(random.Random(5)))  # noqa: S311 - no secret
        now = world.stores.clock()
        store(world, rows, now)
        for column in ("prediction", "actual"):
            world.prometheus.comes_to(ROWS, f"sum({EVERYTHING})" % column)
        at = time.time()
        yield world, f"{math.ceil(at - began)}s", at, rows


def store(world, rows, now):
    """Store the rows as predictions and label them all."""
    predictions = [
        prediction(f"p{number}", f"r{number}", features=found, minutes=minutes, model_version=VERSION)
        for number, (found, minutes, _) in enumerate(rows)
    ]
    world.stores.predictions.add(predictions, now)
    label(world.stores, {f"p{number}": actual for number, (*_, actual) in enumerate(rows)}, now + timedelta(seconds=1))


def marginals_of(world):
    """Read what is watched of the version."""
    models = ModelStore(world.objects)
    return Marginals.model_validate_json(models.artifact(models.card(VERSION), "marginals"))


def expected(world, rows):
    """Give psi and total variation of every segment and column by `monitoring`, on the groups of the reference."""
    marginals = marginals_of(world)
    columns = {name: [found[name] for found, *_ in rows] for name in ("zone", "distance", "hour")}
    minutes, actual = (np.array([row[place] for row in rows]) for place in (1, 2))
    judged = np.where((actual >= 1) & (actual <= 60), minutes - actual, np.nan)
    profile = profile_of(marginals.spec, columns | {"prediction": minutes, "actual": actual, "error": judged})
    for part in marginals.slices:
        place = (part.family, part.label) if part.family else ("", "all")
        for marginal in part.columns:
            column = marginals.spec.column(marginal.column)
            now, reference = (
                bins_of(column, np.array(side)).known
                for side in (profile.column(marginal.column, place).counts, marginal.counts)
            )
            groups = np.array(marginal.groups[: len(now)])
            sides = merged(now, groups), merged(reference, groups)
            if now.sum() and reference.sum() and groups.max() > 0:
                name = f"{part.family}: {part.label}" if part.family else "all"
                yield (marginal.column, VERSION, name), psi(*sides).observed, total_variation(*sides)


def test_psi_and_total_variation_are_monitorings_own(seen):
    """Of every column in every segment, over the rows of a window, to twelve digits."""
    world, window, at, rows = seen
    found = [world.prometheus.query(of(promql.terms(window)), at) for of in (promql.psi, promql.total_variation)]
    wanted = list(expected(world, rows))
    assert found[0] == {key: pytest.approx(value, rel=1e-9, abs=1e-12) for key, value, _ in wanted}
    assert found[1] == {key: pytest.approx(value, rel=1e-9, abs=1e-12) for key, _, value in wanted}
    assert found[0]["distance", VERSION, "all"] > 0.2
    assert {key[2] for key in found[0]} == {"all", "distance: short", "distance: long"}


def test_missing_and_unseen_are_told_apart(seen):
    """They are shares of all rows, and in no score."""
    world, window, at, rows = seen
    missing = world.prometheus.query(promql.apart_share("missing", window), at)
    unseen = world.prometheus.query(promql.apart_share("unseen", window), at)
    distances = [found["distance"] for found, *_ in rows]
    zones = [found["zone"] for found, *_ in rows]
    assert missing["distance", VERSION, "all"] == pytest.approx(distances.count(None) / ROWS)
    assert unseen["zone", VERSION, "all"] == pytest.approx(zones.count("999") / ROWS)
    assert missing["zone", VERSION, "all"] == 0


def test_a_window_without_rows_is_not_judged(seen):
    """Absent, not 0: nobody knows."""
    world, *_ = seen
    time.sleep(3)
    assert world.prometheus.query(promql.psi(promql.terms("1s"))) == {}
