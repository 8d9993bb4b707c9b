"""Ask the shap package for exact Shapley values of a small model: tests/unit/golden/shapley.json.

shap brings numba and LLVM, 210 MB that no test needs: whoever makes the file anew installs it beside the development
packages (`pip install shap==0.51.0`), then `PYTHONPATH=functions:. python tools/shapley_oracle.py`. The file holds the
model, the background and the rides too, so that nothing is trained when our values are held against these.
"""

import base64
import json
import pathlib

import numpy as np
import shap
from numpy.typing import NDArray
from sklearn.ensemble import HistGradientBoostingRegressor

from rides.model import Model
from rides.runtime import session_of
from ridewatch.sources.load import load
from ridewatch.training.contenders import FEATURES
from ridewatch.training.export import onnx_of
from ridewatch.training.lesson import lesson_of

GOLDEN = pathlib.Path(__file__).parents[1] / "tests" / "unit" / "golden" / "shapley.json"
LEARNT = "simulated?start=2019-01-07&days=14&rows=1500"
EXPLAINED = "simulated?start=2019-01-07&days=14&rows=3000"

Numbers = NDArray[np.float64]
Matrix = NDArray[np.float32]


def main() -> None:
    """Write the file."""
    lesson, others = lesson_of(load(LEARNT, seed=1)), lesson_of(load(EXPLAINED, seed=9))
    regressor = HistGradientBoostingRegressor(max_iter=10, max_leaf_nodes=8, random_state=0)
    onnx = onnx_of(regressor.fit(lesson.matrix, lesson.minutes), lesson.matrix)
    background, rides = lesson.matrix[::40], others.matrix[::150]
    base, attributions = oracle(Model(session_of(onnx), FEATURES), background, rides)
    golden = {
        "shap": shap.__version__,
        "features": FEATURES,
        "onnx": base64.b64encode(onnx).decode(),
        "background": background.tolist(),
        "rides": rides.tolist(),
        "base_minutes": base.tolist(),
        "attributions": attributions.tolist(),
    }
    GOLDEN.write_text("{\n" + ",\n".join(f'"{name}": {json.dumps(value)}' for name, value in golden.items()) + "\n}\n")


def oracle(model: Model, background: Matrix, rides: Matrix) -> tuple[Numbers, Numbers]:
    """Give shap's base and attributions, hour and weekday as one feature: its exact explainer knows no groups."""
    times = [tuple(row) for row in np.unique(np.vstack([background, rides])[:, 3:], axis=0)]

    def merged(matrix: Matrix) -> Numbers:
        return np.column_stack([matrix[:, :3], [times.index(tuple(row)) for row in matrix[:, 3:]]]).astype(float)

    def answers(matrix: Numbers) -> Numbers:
        apart = np.column_stack([matrix[:, :3], [times[int(place)] for place in matrix[:, 3]]])
        return np.array(model.minutes(apart.astype(np.float32)))

    masker = shap.maskers.Independent(merged(background), max_samples=len(background))
    found = shap.ExactExplainer(answers, masker)(merged(rides))
    return found.base_values, found.values


if __name__ == "__main__":
    main()
