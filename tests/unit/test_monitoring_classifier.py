from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score

from contracts.profile import CategoricalColumn, NumericColumn
from monitoring.numeric.auc import area_under_curve, placement_variance
from monitoring.numeric.drift import DRIFT_BOUND
from monitoring.numeric.encoding import encoded, stacked
from monitoring.numeric.logistic import fitted
from monitoring.window.classifier import AUC_BOUND, LEAST_ROWS, Side, domain_of

ZONE = CategoricalColumn(name="zone", categories=("1", "2", "3"), others=("4",))
MILES = NumericColumn(name="miles", edges=(0.0, 10.0))
COLUMNS = (ZONE, MILES)


def rows(luck, size, zones=(0.5, 0.3, 0.15, 0.05), scale=1.0):
    """Draw rides; one in twenty has no distance."""
    miles = luck.gamma(2, scale, size)
    miles[luck.random(size) < 0.05] = np.nan
    return {"zone": luck.choice(list("1234"), size, p=zones), "miles": miles}


def test_labels_have_a_term_each_and_numbers_three():
    """The rest of the labels is pooled, what is missing is told apart; numbers are places in the reference."""
    found = encoded(
        COLUMNS, {"zone": ["1", "4", "?", None], "miles": [1.0, 1e9, None, 2.0]}, {"miles": [1, 2, 3], "zone": []}
    )
    assert found.owners == ("", "zone", "miles", "miles", "miles")
    assert found.terms == 1 + 5 + 3
    assert found.places[:, 1].tolist() == [1, 4, 4, 5]
    assert found.values[:, 2] == pytest.approx(np.sqrt(3) * np.array([-2 / 3, 1, 0, 0]))
    assert found.values[:, 4].tolist() == [0, 0, 1, 0]


def test_what_cannot_be_a_label_is_missing():
    """A list, a dict: an odd column kills no report."""
    found = encoded((ZONE,), {"zone": ["2", [1], {}, 3.0, True]}, {"zone": []})
    assert found.places[:, 1].tolist() == [2, 5, 5, 3, 1]


def test_terms_of_numbers_are_orthonormal_on_the_reference():
    """Means 0, variances 1, no correlation."""
    reference = {"miles": np.random.default_rng(1).gamma(2, 2, 5_000)}
    terms = encoded((MILES,), reference, reference).values[:, 1:3]
    assert terms.T @ terms / 5_000 == pytest.approx(np.eye(2), abs=1e-3)
    assert terms.mean(axis=0) == pytest.approx([0, 0], abs=1e-3)


def test_the_regression_is_sklearns():
    """With a ridge of one and weights, the intercept free."""
    luck = np.random.default_rng(2)
    now, reference = rows(luck, 300, scale=1.5), rows(luck, 700)
    design = stacked(*(encoded(COLUMNS, side, reference) for side in (now, reference)))
    labels, weights = np.arange(1_000) < 300, luck.uniform(0.2, 2, 1_000)
    dense = np.zeros((1_000, design.terms))
    for row, slot in product(range(1_000), range(len(design.owners))):
        dense[row, design.places[row, slot]] += design.values[row, slot]
    theirs = LogisticRegression(C=1.0, tol=1e-10, max_iter=1_000).fit(dense[:, 1:], labels, weights)
    assert fitted(design, labels, weights) == pytest.approx([*theirs.intercept_, *theirs.coef_[0]], abs=1e-4)


def test_rows_that_a_line_separates_do_not_diverge():
    """The ridge holds the coefficients."""
    reference, now = {"zone": ["1"] * 500}, {"zone": ["2"] * 500}
    design = stacked(*(encoded((ZONE,), side, reference) for side in (now, reference)))
    found = fitted(design, np.arange(1_000) < 500, np.ones(1_000))
    assert np.abs(found).max() < 20


SCORES = st.lists(st.tuples(st.integers(-5, 5), st.floats(0.1, 3)), min_size=2, max_size=40)


@given(SCORES, SCORES)
def test_the_area_is_sklearns(now, reference):
    """With weights and ties."""
    sides = [np.array(side, dtype=float).T for side in (now, reference)]
    scores, weights = (np.concatenate(both) for both in zip(*sides, strict=True))
    theirs = roc_auc_score(np.repeat([1, 0], [len(now), len(reference)]), scores, sample_weight=weights)
    ours = area_under_curve(sides[0][0], sides[1][0], sides[0][1], sides[1][1])
    assert ours.value == pytest.approx(theirs)
    assert np.average(ours.reference, weights=sides[1][1]) == pytest.approx(theirs)
    flipped = area_under_curve(-sides[0][0], -sides[1][0], sides[0][1], sides[1][1])
    assert flipped.now == pytest.approx(1 - ours.now)


def test_the_variance_of_the_area_is_that_of_its_samples():
    """DeLong's, against 2,000 samples of two normal distributions."""
    luck = np.random.default_rng(3)
    even = np.ones(80), np.ones(200)
    found = [area_under_curve(luck.normal(0.5, 1, 80), luck.normal(0, 1, 200), *even) for _ in range(2_000)]
    said = [placement_variance(area.now, even[0]) + placement_variance(area.reference, even[1]) for area in found]
    assert np.var([area.value for area in found]) == pytest.approx(np.mean(said), rel=0.1)


def test_without_a_difference_the_interval_holds_one_half_in_19_of_20_samples():
    """200 samples: within three standard errors."""
    luck = np.random.default_rng(4)
    found = [domain_of(COLUMNS, Side(rows(luck, 300)), Side(rows(luck, 600))).auc for _ in range(200)]
    assert np.mean([area.lower <= 0.5 <= area.upper for area in found]) == pytest.approx(0.95, abs=0.047)
    assert np.mean([area.value for area in found]) == pytest.approx(0.5, abs=0.006)


def test_a_shift_is_found_and_laid_to_its_column():
    """Longer rides from the same zones, then the other way round."""
    luck = np.random.default_rng(5)
    reference = Side(rows(luck, 4_000))
    longer = domain_of(COLUMNS, Side(rows(luck, 2_000, scale=1.5)), reference)
    elsewhere = domain_of(COLUMNS, Side(rows(luck, 2_000, zones=(0.1, 0.2, 0.3, 0.4))), reference)
    assert longer.auc.lower > AUC_BOUND
    assert longer.separation["miles"] > 20 * abs(longer.separation["zone"])
    assert elsewhere.auc.lower > AUC_BOUND
    assert elsewhere.separation["zone"] > 20 * abs(elsewhere.separation["miles"])


def test_the_separation_is_the_psi_of_all_columns_together():
    """In independent columns the sum of theirs: zones by formula."""
    luck = np.random.default_rng(6)
    p, q = np.array([0.4, 0.3, 0.2, 0.1]), np.array([0.5, 0.3, 0.15, 0.05])
    found = domain_of((ZONE,), Side(rows(luck, 40_000, zones=p)), Side(rows(luck, 40_000, zones=q)))
    assert sum(found.separation.values()) == pytest.approx(np.sum((p - q) * np.log(p / q)), rel=0.15)


def test_weights_make_a_reference_of_other_hours_alike():
    """Half of the zones are seen at night; the window is of the night."""
    luck = np.random.default_rng(7)
    night, day = (rows(luck, 3_000, zones=zones) for zones in ((0.7, 0.1, 0.1, 0.1), (0.1, 0.1, 0.1, 0.7)))
    both = {name: np.concatenate([night[name], day[name]]) for name in night}
    now, weights = rows(luck, 3_000, zones=(0.7, 0.1, 0.1, 0.1)), np.repeat([1.0, 0.0], 3_000)
    assert domain_of(COLUMNS, Side(now), Side(both)).auc.lower > 0.6
    alike = domain_of(COLUMNS, Side(now), Side(both, weights)).auc
    assert alike.value == pytest.approx(0.5, abs=0.03)


def test_a_day_of_its_own_kind_does_not_make_the_other_days_known():
    """Each day has one zone: with whole days held out nothing can be told."""
    luck = np.random.default_rng(8)
    days = np.repeat(np.arange(20), 50)
    columns = [{"zone": luck.choice(list("1234"), 20)[days], "miles": luck.random(1_000)} for _ in range(2)]
    apart, held = ([Side(side, days=d) for side in columns] for d in (None, days))
    assert domain_of(COLUMNS, *apart).auc.value > domain_of(COLUMNS, *held).auc.value


def test_days_of_no_weight_are_of_no_fold():
    """Ten Mondays of seventy days: the folds are of the Mondays."""
    luck = np.random.default_rng(12)
    days = np.repeat(np.arange(70), 30)
    mondays = Side(rows(luck, 2_100), (days % 7 == 0) * 1.0, days)
    found = domain_of(COLUMNS, Side(rows(luck, 300)), mondays).auc
    assert found.lower < 0.5 < found.upper


def test_days_of_their_own_kind_widen_the_interval():
    """The same rows, said to be of sixty days that have one zone each, and of days that know no zone."""
    luck = np.random.default_rng(9)
    days = np.repeat(np.arange(60), 20)
    sides = [{"zone": luck.choice(list("1234"), 60)[days], "miles": luck.random(1_200)} for _ in range(2)]
    told, mixed = (
        domain_of(COLUMNS, *(Side(side, days=d) for side in sides)).auc for d in (days, np.tile(days[::20], 20))
    )
    assert told.upper - told.lower > 2 * (mixed.upper - mixed.lower)


def test_the_same_rows_give_the_same_answer():
    """No luck is involved."""
    luck = np.random.default_rng(10)
    sides = Side(rows(luck, 400)), Side(rows(luck, 400))
    assert domain_of(COLUMNS, *sides) == domain_of(COLUMNS, *sides)


@settings(max_examples=20)
@given(st.integers(0, 3), st.sampled_from([0, 1, LEAST_ROWS - 1]))
def test_too_few_rows_say_so(seed, few):
    """On either side, weights counted."""
    luck = np.random.default_rng(seed)
    some, enough = Side(rows(luck, few)), Side(rows(luck, 300))
    assert domain_of(COLUMNS, some, enough) is None
    assert domain_of(COLUMNS, enough, some) is None
    assert domain_of(COLUMNS, enough, enough._replace(weights=(np.arange(300) < few) * 1.0)) is None


def test_columns_that_hold_nothing_tell_nothing():
    """All missing, on both sides."""
    empty = Side({"zone": [None] * 300, "miles": [None] * 300})
    found = domain_of(COLUMNS, empty, empty)
    assert found.auc.value == 0.5
    assert found.separation == pytest.approx({"zone": 0, "miles": 0}, abs=1e-9)


def test_the_bound_is_the_area_at_which_two_normal_distributions_have_the_bounds_psi():
    """By drawing."""
    luck = np.random.default_rng(11)
    apart = np.sqrt(DRIFT_BOUND)
    assert np.mean(luck.normal(apart, 1, 10**6) > luck.normal(0, 1, 10**6)) == pytest.approx(AUC_BOUND, abs=0.002)
