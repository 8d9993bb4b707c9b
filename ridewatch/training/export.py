"""The model as ONNX."""

import numpy as np
from skl2onnx import to_onnx

from ridewatch.training.columns import Matrix
from ridewatch.training.contenders import Regressor


def onnx_of(regressor: Regressor, matrix: Matrix) -> bytes:
    """Export a fitted regressor of float32 features."""
    graph: bytes = to_onnx(regressor, matrix[:1].astype(np.float32)).SerializeToString()
    return graph
