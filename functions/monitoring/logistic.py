"""Logistic regression with a ridge, by Newton's method on rows of few active terms."""

import numpy as np
from numpy.typing import NDArray

from monitoring.encoding import Design
from monitoring.values import Floats

RIDGE = 1.0
"""As strong as a standard normal prior of each coefficient, the intercept's aside."""
FREE = 1e-6
"""The intercept's ridge: none, but that the equations can be solved of any rows."""
MOST_STEPS, PRECISE, LARGEST_STEP = 25, 1e-4, 2.0


def fitted(design: Design, labels: NDArray[np.bool_], weights: Floats, start: Floats | None = None) -> Floats:
    """Find the coefficients that minimise the weighted log loss + RIDGE / 2 × their squares."""
    coefficients = np.zeros(design.terms) if start is None else start
    for _ in range(MOST_STEPS):
        step = _step(design, labels, weights, coefficients)
        coefficients = coefficients - step
        if np.abs(step).max() < PRECISE:
            break
    return coefficients


def _step(design: Design, labels: NDArray[np.bool_], weights: Floats, coefficients: Floats) -> Floats:
    """Solve for Newton's step; no coefficient moves by more than 2 at once, so that separated rows do not diverge."""
    ridge = np.full(design.terms, RIDGE)
    ridge[0] = FREE
    expected = 1 / (1 + np.exp(-design.parts(coefficients).sum(axis=1)))
    slope = _added(design, weights * (expected - labels)) + ridge * coefficients
    curvature = _crossed(design, weights * expected * (1 - expected))
    step = np.linalg.solve(curvature + np.diag(ridge), slope).astype(np.float64)
    return step * min(1.0, LARGEST_STEP / max(float(np.abs(step).max()), LARGEST_STEP))


def _added(design: Design, residuals: Floats) -> Floats:
    terms = (residuals[:, None] * design.values).ravel()
    return np.bincount(design.places.ravel(), terms, minlength=design.terms).astype(np.float64)


def _crossed(design: Design, weights: Floats) -> Floats:
    """Give the weighted sums of products of terms, of shape (terms, terms)."""
    pairs = design.places[:, :, None] * design.terms + design.places[:, None, :]
    products = (weights[:, None] * design.values)[:, :, None] * design.values[:, None, :]
    found = np.bincount(pairs.ravel(), products.ravel(), minlength=design.terms**2)
    return found.reshape(design.terms, -1).astype(np.float64)
