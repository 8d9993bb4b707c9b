"""Logistic regression with a ridge, by Newton's method on rows of few active terms."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from monitoring.numeric.encoding import Design, Places
from monitoring.numeric.values import Floats

RIDGE = 1.0
"""As strong as a standard normal prior of each coefficient, the intercept's aside."""
FREE = 1e-6
"""The intercept's ridge: none, but that the equations can be solved of any rows."""
MOST_STEPS, PRECISE, LARGEST_STEP = 25, 1e-4, 2.0


class _Problem(NamedTuple):
    """Rows to learn from, and the pairs of their slots' terms."""

    design: Design
    labels: NDArray[np.bool_]
    weights: Floats
    pairs: Places
    """Of shape (rows, pairs): where each product of two terms belongs, the lower term first."""


def fitted(design: Design, labels: NDArray[np.bool_], weights: Floats, start: Floats | None = None) -> Floats:
    """Find the coefficients that minimise the weighted log loss + RIDGE / 2 × their squares."""
    first, second = _slot_pairs(design)
    pairs = design.places[:, first] * design.terms + design.places[:, second]
    problem = _Problem(design, labels, weights, pairs)
    coefficients = np.zeros(design.terms) if start is None else start
    for _ in range(MOST_STEPS):
        step = _step(problem, coefficients)
        coefficients = coefficients - step
        if np.abs(step).max() < PRECISE:
            break
    return coefficients


def _step(problem: _Problem, coefficients: Floats) -> Floats:
    """Solve for Newton's step; no coefficient moves by more than 2 at once, so that separated rows do not diverge."""
    design, labels, weights, _ = problem
    ridge = np.full(design.terms, RIDGE)
    ridge[0] = FREE
    expected = 1 / (1 + np.exp(-design.parts(coefficients).sum(axis=1)))
    slope = _added(design, weights * (expected - labels)) + ridge * coefficients
    curvature = _crossed(problem, weights * expected * (1 - expected))
    step = np.linalg.solve(curvature + np.diag(ridge), slope).astype(np.float64)
    return step * min(1.0, LARGEST_STEP / max(float(np.abs(step).max()), LARGEST_STEP))


def _added(design: Design, residuals: Floats) -> Floats:
    terms = (residuals[:, None] * design.values).ravel()
    return np.bincount(design.places.ravel(), terms, minlength=design.terms).astype(np.float64)


def _crossed(problem: _Problem, weights: Floats) -> Floats:
    """Give the weighted sums of products of terms, of shape (terms, terms)."""
    terms, values = problem.design.terms, problem.design.values
    first, second = _slot_pairs(problem.design)
    products = (weights[:, None] * values)[:, first] * values[:, second]
    upper = np.bincount(problem.pairs.ravel(), products.ravel(), minlength=terms**2).reshape(terms, terms)
    return (upper + upper.T - np.diag(np.diag(upper))).astype(np.float64)


def _slot_pairs(design: Design) -> tuple[Places, Places]:
    return np.triu_indices(len(design.owners))
