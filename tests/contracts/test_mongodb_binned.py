"""MongoDB counts the bins of every column exactly as `monitoring.profiles.counting` counts the same rows."""

import math
import random
from datetime import UTC, datetime, timedelta

import numpy as np
import pytest

from adapters.mongodb.binned import BINNED, binned_streams
from adapters.mongodb.kept import BINS
from adapters.mongodb.totals import TotalsStore
from contracts.marginals import WATCHED
from contracts.profile import (
    CategoricalColumn,
    NumericColumn,
    ProfileSpec,
    Rule,
    Segment,
    SegmentFamily,
)
from contracts.totals import Span, Tally, Totals, added
from monitoring.profiles.counting import profile_of
from monitoring.profiles.layout import LABELLED
from monitoring.profiles.outcomes import Said, outcomes_of
from monitoring.profiles.spec import make_spec
from rides.columns import COLUMNS
from rides.segments import SEGMENTS
from ridewatch.sources.load import load
from ridewatch.training.columns import feature_columns
from tests.conftest import REAL_RIDES
from tests.live_marginals import empty_marginals

STORED = datetime(2026, 1, 1, tzinfo=UTC)
EVER = Span(STORED - timedelta(days=1), None)
JUDGED = (1.0, 60.0)
ODD_NUMBERS = (
    *(0, 0.0, -0.0, 1, 1.0, 2.5, 3, 3.0000000001, 4, 4.0, 5, -1, 1e6, 9_999_999.0),
    *(1e7, -1e7, 1e300, -1e300, math.nan, math.inf, -math.inf),
    *("3", "", "abc", True, False, None, 2**40, -(2**40)),
)
# A contract lets no NaN be stored, and SecantusDB would not find it in a list: it is left out of the labels.
ODD_LABELS = (
    *("a", "b", "B", "", "other", "unseen", "missing", "None", "null", "5", "5.0", "05", "1.5", "-3", "0", "1"),
    *(5, 5.0, 5.5, 1.5, -3, -3.0, 0, -0.0, 1, True, False, None, math.inf, -math.inf, 2**40, 1e300, 17),
)
SPEC = ProfileSpec(
    columns=(
        NumericColumn(name="distance", edges=(0.0, 1.0, 2.5, 3.0, 4.0)),
        NumericColumn(name="one_edge", edges=(3.0,)),
        NumericColumn(name="no_edge", edges=()),
        CategoricalColumn(name="zone", categories=("a", "5", "other", "1.5", "0", "1"), others=("b", "-3", "")),
        CategoricalColumn(name="absent", categories=("x",)),
        NumericColumn(name="prediction", role="prediction", edges=(0.0, 10.0, 20.0)),
        NumericColumn(name="actual", role="actual", edges=(0.0, 10.0, 20.0)),
        NumericColumn(name="error", role="error", edges=(-5.0, 0.0, 5.0)),
        NumericColumn(name="absolute_error", role="absolute_error", edges=(1.0, 2.0)),
    ),
    families=(
        SegmentFamily(
            name="distance",
            segments=(
                Segment(label="short", any_of=(Rule(column="distance", high=2.5),)),
                Segment(label="middle", any_of=(Rule(column="distance", low=1, high=4),)),
                Segment(label="far", any_of=(Rule(column="distance", low=4),)),
            ),
        ),
        SegmentFamily(
            name="zone",
            segments=(
                Segment(label="fives", any_of=(Rule(column="zone", values=("5", "1.5")),)),
                Segment(label="ones", any_of=(Rule(column="zone", values=("1",)), Rule(column="one_edge", low=3))),
                Segment(label="unknown to the reference", any_of=(Rule(column="zone", values=("17",)),)),
            ),
        ),
        SegmentFamily(name="nowhere", segments=(Segment(label="x", any_of=(Rule(column="no_such", values=("x",)),)),)),
    ),
)


def odd_documents(count, seed=1):
    """Make documents with every odd value in every place; two in three are labelled."""
    luck = random.Random(seed)  # noqa: S311 - no secret
    for number in range(count):
        features = {
            "distance": luck.choice(ODD_NUMBERS),
            "one_edge": luck.choice(ODD_NUMBERS),
            "no_edge": luck.choice(ODD_NUMBERS),
            "zone": luck.choice(ODD_LABELS),
        }
        for name in luck.sample(sorted(features), luck.choice((0, 0, 1))):
            del features[name]
        labelled = {"labelled_at": STORED, "first_actual": luck.choice((0.0, 0.5, 1.0, 12, 59.9, 60.0, 61.0, 900.5))}
        yield {
            "_id": str(number),
            "stored_at": STORED,
            "model_version": "v1",
            "minutes": luck.choice((0.0, 5.0, 9.99, 10.0, 20.0, 77.7)),
            "features": features,
            **(labelled if number % 3 else {}),
        }


def counted_by_mongodb(database, spec):
    """Give MongoDB's counts by slice, column and bin."""
    marginals = empty_marginals(spec, JUDGED)
    store = TotalsStore(database, binned_streams(lambda _: marginals), BINS)
    tally = added(store.tally(stream, EVER) for stream in store.streams)
    assert {key[:2] for key in tally.counts} <= {(BINNED, "v1")}
    return {tuple(map(int, key[2:])): count for key, count in tally.counts.items()}


def counted_by_monitoring(documents, spec):
    """Give `monitoring`'s counts of the same rows; actuals and errors of the labelled ones."""
    labelled = [document for document in documents if "labelled_at" in document]
    found = {}
    for rows, roles in ((documents, ("feature", "prediction")), (labelled, ("actual", "error"))):
        profile = profile_of(spec, columns_of(rows, spec))
        places = [place for place in profile.layout.slices if place != LABELLED]
        for number, place in enumerate(places):
            for at, column in enumerate(spec.columns):
                if column.role in roles:
                    counts = profile.column(column.name, place).counts.tolist()
                    found |= {(number, at, bin_): count for bin_, count in enumerate(counts) if count}
    return found


def columns_of(rows, spec):
    """Lay documents out as drift_report does, labelled by their first actual."""
    minutes, actual = ([row.get(name) for row in rows] for name in ("minutes", "first_actual"))
    unsaid = np.full(len(rows), np.nan)
    outcomes = outcomes_of(Said(minutes, actual, unsaid, unsaid), JUDGED)
    told = {"prediction": minutes, "actual": actual, **outcomes}
    return {
        column.name: told[column.role] if column.role in told else [row["features"].get(column.name) for row in rows]
        for column in spec.columns
    }


def test_odd_rows_fall_into_the_same_bins(database):
    """Below, above, on the edges, missing, invalid, unseen, texts for numbers and numbers for texts."""
    documents = list(odd_documents(1_500))
    database["predictions"].insert_many(documents)
    found = counted_by_mongodb(database, SPEC)
    assert found == counted_by_monitoring(documents, SPEC)
    assert {at for _, at, _ in found} == {at for at, column in enumerate(SPEC.columns) if column.role in WATCHED}


@pytest.mark.skipif(not REAL_RIDES.exists(), reason=f"no real rides at {REAL_RIDES}")
def test_real_rides_of_another_month_fall_into_the_same_bins(database):
    """A spec of January, the rides of April 2020: zones never seen, distances beyond the edges."""
    january, april = (
        feature_columns(load(str(REAL_RIDES / f"yellow_tripdata_{month}.parquet"), limit=size))
        for month, size in (("2019-01", 3_000), ("2020-04", 800))
    )
    spec = make_spec(COLUMNS, january, SEGMENTS)
    rows = zip(*(values.tolist() for values in april.values()), strict=True)
    documents = [
        {
            "_id": str(number),
            "stored_at": STORED,
            "model_version": "v1",
            "minutes": 12.5,
            "features": dict(zip(april, row, strict=True)),
        }
        for number, row in enumerate(rows)
    ]
    database["predictions"].insert_many(documents)
    assert counted_by_mongodb(database, spec) == counted_by_monitoring(documents, spec)


def test_each_version_is_counted_by_its_own_spec_and_one_without_is_not(database):
    """A model from before specs were written has no bins."""
    documents = [one | {"model_version": f"v{number % 3}"} for number, one in enumerate(odd_documents(90))]
    database["predictions"].insert_many(documents)
    known = {"v1": empty_marginals(SPEC, JUDGED), "v2": empty_marginals(ProfileSpec(columns=SPEC.columns[:1]), JUDGED)}
    store = TotalsStore(database, binned_streams(known.get), BINS)
    counts = store.tally(store.streams[0], EVER).counts
    totals = {version: sum(n for key, n in counts.items() if key[1:4] == (version, "0", "0")) for version in known}
    assert totals == {"v1": 30, "v2": 30}
    assert {key[1] for key in counts} == {"v1", "v2"}


def test_bins_come_back_as_they_were_kept(database):
    """Row by row, zeros left out."""
    store = TotalsStore(database, binned_streams(lambda _: None), BINS)
    tally = Tally({(BINNED, "v1.0$x", "2", "0", "7"): 3, (BINNED, "v1.0$x", "2", "0", "0"): 2**40})
    store.keep(Totals.of(STORED, tally))
    kept = store.load()
    assert (kept.position, kept.tally) == (STORED, tally)


def test_the_bins_of_the_newest_fifty_versions_are_kept(database):
    """A document holds 16 MB."""
    store = TotalsStore(database, binned_streams(lambda _: None), BINS)
    store.keep(Totals.of(STORED, Tally({(BINNED, f"v{number:03}", "0", "0", "0"): 1 for number in range(60)})))
    assert sorted(key[1] for key in store.load().tally.counts) == [f"v{number:03}" for number in range(10, 60)]
