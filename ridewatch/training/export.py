"""Regressors as ONNX, held against scikit-learn."""

from collections.abc import Mapping, Sequence

import numpy as np
from onnx import GraphProto, ModelProto
from onnx.compose import add_prefix
from onnx.helper import make_graph, make_model
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
    return _checked(_exported(regressor, matrix).SerializeToString(), [regressor], matrix)


def onnx_of_all(regressors: Mapping[str, Regressor], matrix: Matrix) -> bytes:
    """Export fitted regressors of the same features as one graph with an output each. Raises ExportDisagrees."""
    models = [
        add_prefix(_exported(regressor, matrix), f"{name}_", rename_inputs=False)
        for name, regressor in regressors.items()
    ]
    together = make_model(_together([model.graph for model in models]), opset_imports=models[0].opset_import)
    together.ir_version = models[0].ir_version
    return _checked(together.SerializeToString(), list(regressors.values()), matrix)


def _exported(regressor: Regressor, matrix: Matrix) -> ModelProto:
    model: ModelProto = to_onnx(regressor, matrix[:1].astype(np.float32))
    return model


def _together(graphs: Sequence[GraphProto]) -> GraphProto:
    """Put graphs of the same input beside each other."""
    return make_graph(
        [node for graph in graphs for node in graph.node],
        "together",
        graphs[0].input,
        [output for graph in graphs for output in graph.output],
        [weights for graph in graphs for weights in graph.initializer],
    )


def _checked(graph: bytes, regressors: Sequence[Regressor], matrix: Matrix) -> bytes:
    apart = _disagreement(graph, regressors, matrix[:CHECKED_ROWS])
    if not apart <= TOLERANCE:
        message = (
            f"the exported model answers up to {apart:.3g} minutes apart from the trained one; it is not published"
        )
        raise ExportDisagrees(message)
    return graph


def _disagreement(graph: bytes, regressors: Sequence[Regressor], matrix: Matrix) -> float:
    session = InferenceSession(graph, providers=["CPUExecutionProvider"])
    outputs = session.run(None, {session.get_inputs()[0].name: matrix})
    pairs = zip(outputs, regressors, strict=True)
    return max(float(np.abs(np.ravel(output) - np.ravel(asked.predict(matrix))).max()) for output, asked in pairs)
