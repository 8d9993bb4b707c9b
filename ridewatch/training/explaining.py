"""What explains the answers to the reference's rides: attributions of some of them, as serving explains some."""

import numpy as np

from contracts.background import Background
from rides.columns import attribution_column
from rides.explanation import Explainer
from rides.model import Model
from rides.runtime import session_of
from ridewatch.training.columns import Columns, Matrix
from ridewatch.training.contenders import FEATURES

EXPLAINED_ROWS = 400
"""Enough to tell mean attributions to a tenth; each asks the model 224 times."""


def attributions_of(model: bytes, background: bytes, matrix: Matrix, seed: int) -> Columns:
    """Give the size of each group's attribution in minutes, by column; NaN for rides that are not explained."""
    asked = Model(session_of(model), FEATURES)
    known = Background.model_validate_json(background)
    explainer = Explainer(asked, FEATURES, asked.matrix(list(known.rows())))
    size = min(EXPLAINED_ROWS, len(matrix))
    drawn = np.sort(np.random.default_rng(seed).choice(len(matrix), size=size, replace=False))
    explained = explainer.explain(matrix[drawn], asked.minutes(matrix[drawn]))
    found: Columns = {}
    for group in explained[0].attributions:
        sizes = np.full(len(matrix), np.nan)
        sizes[drawn] = [abs(each.attributions[group]) for each in explained]
        found[attribution_column(group)] = sizes
    return found
