"""The model as ONNX, held against scikit-learn."""

import numpy as np
from onnxruntime import InferenceSession
from skl2onnx import to_onnx

from ridewatch.training.columns import Matrix
from ridewatch.training.contenders import Regressor
from ridewatch.training.errors import ExportDisagrees

CHECKED_ROWS = 10_000
TOLERANCE = 1e-3
"""Minutes."""


def onnx_of(regressor: Regressor, matrix: Matrix) -> bytes:
    """Export a fitted regressor of float32 features. Raises ExportDisagrees."""
    graph: bytes = to_onnx(regressor, matrix[:1].astype(np.float32)).SerializeToString()
    apart = _disagreement(graph, regressor, matrix[:CHECKED_ROWS])
    if not apart <= TOLERANCE:
        message = (
            f"the exported model answers up to {apart:.3g} minutes apart from the trained one; it is not published"
        )
        raise ExportDisagrees(message)
    return graph


def _disagreement(graph: bytes, regressor: Regressor, matrix: Matrix) -> float:
    session = InferenceSession(graph, providers=["CPUExecutionProvider"])
    (answers,) = session.run(None, {session.get_inputs()[0].name: matrix})
    return float(np.abs(np.ravel(answers) - np.ravel(regressor.predict(matrix))).max())
