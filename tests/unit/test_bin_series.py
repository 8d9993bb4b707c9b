"""The bins of every column as Prometheus sees them."""

import random
from collections import Counter

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from prometheus_client.parser import text_string_to_metric_families

from adapters.mongodb.binned import BINNED
from contracts.marginals import WATCHED
from contracts.profile import CategoricalColumn, NumericColumn, ProfileSpec
from contracts.totals import Tally
from metrics_exporter.bin_metrics import NOW, REFERENCE
from metrics_exporter.bin_names import bin_names, group_names
from metrics_exporter.bin_page import page_of
from metrics_exporter.bin_series import series_of
from metrics_exporter.bins import Bins
from monitoring.numeric.grouping import merged
from monitoring.profiles.layout import ALL, bins_of
from monitoring.profiles.marginals import marginals_of
from tests.live_marginals import empty_marginals
from tests.reporting import a_reference
from tests.views import watching

ODD = NumericColumn(name="x", edges=(0.0, 1e-9, 2e-9, 0.5, 1.0000001, 1.0000002))
edges = st.lists(st.floats(-1e6, 1e6), unique=True, max_size=40).map(lambda found: tuple(sorted(found)))
labels = st.lists(st.sampled_from(["a", "other", "unseen", "missing", "rest", "= other", "1", ""]), unique=True)


@pytest.fixture(scope="module")
def reference():
    """Give a small reference with two segments."""
    return a_reference()


@pytest.fixture(scope="module")
def marginals(reference):
    """Give what is watched of it."""
    return marginals_of(reference, (1.0, 60.0))


def shown(page):
    """Read a page back: samples by name and labels."""
    families = text_string_to_metric_families(page.decode() if isinstance(page, bytes) else page)
    return {
        (sample.name, *sorted(sample.labels.items())): sample.value for family in families for sample in family.samples
    }


def some_counts(marginals, version="v1", seed=1):
    """Make counts of every cell."""
    luck = random.Random(seed)  # noqa: S311 - no secret
    return {
        (BINNED, version, str(part), str(place), str(bin_)): luck.randrange(1, 1000)
        for part in range(len(marginals.slices))
        for place, column in enumerate(marginals.spec.columns)
        for bin_ in range(column.bins)
    }


@given(st.one_of(edges.map(lambda found: NumericColumn(name="x", edges=found)), st.just(ODD)))
def test_no_two_ranges_are_called_alike(column):
    """Prometheus refuses a page that says one series twice."""
    assert len(set(bin_names(column))) == column.bins


@given(labels.map(lambda found: CategoricalColumn(name="x", categories=tuple(found))), st.data())
@settings(deadline=None)
def test_no_two_labels_or_groups_are_called_alike(column, data):
    """A label that is called as one of our own bins is told apart."""
    assert len(set(bin_names(column))) == column.bins
    alone = data.draw(st.lists(st.booleans(), min_size=column.bins - 2, max_size=column.bins - 2))
    groups = [*np.where(alone, 1 + np.arange(len(alone)), 0).tolist(), -1, -1]
    found = list(group_names(column, groups))
    assert len({name for name, _ in found}) == len(found)
    assert sorted(place for _, bins in found for place in bins) == list(range(column.bins))


def test_ranges_and_groups_say_what_they_hold():
    """From the first's beginning to the last's end."""
    column = NumericColumn(name="x", edges=(0.0, 2.5, 10.0))
    assert bin_names(column) == ["-Inf..0", "0..2.5", "2.5..10", "10..+Inf", "missing"]
    assert dict(group_names(column, [0, 0, 1, 1, -1])) == {"-Inf..2.5": [0, 1], "2.5..+Inf": [2, 3], "missing": [4]}


def test_rare_labels_are_the_rest():
    """They are scored as one."""
    column = CategoricalColumn(name="x", categories=("a", "b", "c"))
    found = dict(group_names(column, [1, 0, 0, 0, -1, -1]))
    assert found == {"rest": [1, 2, 3], "a": [0], "unseen": [4], "missing": [5]}


def test_every_bin_of_all_rows_and_every_group_of_a_segment_is_there_at_zero(marginals):
    """`increase` and `offset` lose what a series began with."""
    series = series_of("v1", marginals)
    found = Counter((one.labels[1], one.labels[2]) for one in series)
    for column in marginals.slices[0].columns:
        assert found["all", column.column] == len(column.counts)
    for part in marginals.slices[1:]:
        for column in part.columns:
            apart = column.groups.count(-1)
            assert found[f"{part.family}: {part.label}", column.column] == max(column.groups) + 1 + apart
    page = shown(page_of(Bins(Tally(), {"v1": marginals})))
    assert len(page) == 2 * len(series)
    assert {value for (name, *_), value in page.items() if name == NOW.name} == {0}


def test_the_groups_of_a_segment_add_up_to_what_monitoring_merges(reference, marginals):
    """The same function, the same groups, the reference counted the same."""
    series = series_of("v1", marginals)
    for number, place in enumerate([ALL, *_segments(reference.spec)]):
        profile = reference.inputs.at(np.ones(reference.inputs.rows.shape))
        part = marginals.slices[number]
        for column in part.columns:
            spec = reference.spec.column(column.column)
            counts = np.rint(profile.column(column.column, place).counts).astype(np.int64)
            known = bins_of(spec, counts).known
            expected = merged(known, np.array(column.groups[: len(known)]))
            name = f"{part.family}: {part.label}" if part.family else "all"
            found = Counter()
            for one in series:
                if one.labels[1:3] == (name, column.column) and one.labels[4]:
                    found[int(one.labels[4])] += one.reference
            assert [found[group] for group in range(len(expected))] == expected.tolist()


def _segments(spec):
    return [(family.name, segment.label) for family in spec.families for segment in family.segments]


def test_the_page_says_what_the_metrics_say(marginals):
    """Written at once or sample by sample, it is the same."""
    bins = Bins(Tally(some_counts(marginals) | some_counts(marginals, "v2", 2)), {"v1": marginals, "v2": marginals})
    view = watching(bins=bins).view
    page = shown(page_of(bins))
    expected = {
        (metric.name, *sorted((name, value) for name, value in zip(metric.labels, values, strict=True))): number
        for metric in (NOW, REFERENCE)
        for values, number in metric.samples(view, 0.0)
    }
    assert page == expected
    total = sum(value for (name, *rest), value in page.items() if name == NOW.name and ("segment", "all") in rest)
    watched = {str(place) for place, column in enumerate(marginals.spec.columns) if column.role in WATCHED}
    assert total == sum(n for key, n in bins.tally.counts.items() if key[2] == "0" and key[3] in watched)


def test_whatever_a_label_is_called_the_page_can_be_read():
    """Quotes, backslashes and line ends are escaped."""
    spec = ProfileSpec(columns=(CategoricalColumn(name="x", categories=('a"b', "c\\d", "e\nf", "{g}")),))
    page = shown(page_of(Bins(Tally(), {"v1": empty_marginals(spec)})))
    names = {dict(key[1:])["bin"] for key in page}
    assert {'a"b', "c\\d", "e\nf", "{g}"} <= names
