"""ONNX graphs, as small as they can be."""

from onnx import TensorProto
from onnx.helper import make_graph, make_model, make_node, make_opsetid, make_tensor, make_tensor_value_info

FLOAT = TensorProto.FLOAT


def linear(*weights):
    """Give a model that adds up weighted features."""
    return _of({"minutes": weights})


def linears(**weights):
    """Give a model of outputs that each weight one feature."""
    return _of({name: (weight,) for name, weight in weights.items()})


def _of(outputs):
    nodes = [node for name, weights in outputs.items() for node in _weighted(name, weights)]
    takes = make_tensor_value_info("rides", FLOAT, [None, len(next(iter(outputs.values())))])
    gives = [make_tensor_value_info(name, FLOAT, None) for name in outputs]
    graph = make_graph(nodes, "linear", [takes], gives)
    return make_model(graph, opset_imports=[make_opsetid("", 17)], ir_version=8).SerializeToString()


def _weighted(name, weights):
    column = make_tensor(f"{name}_w", FLOAT, [len(weights), 1], weights)
    yield make_node("Constant", [], [f"{name}_w"], value=column)
    yield make_node("MatMul", ["rides", f"{name}_w"], [name])
