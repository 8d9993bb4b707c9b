"""ONNX graphs, as small as they can be."""

from onnx import TensorProto
from onnx.helper import make_graph, make_model, make_node, make_opsetid, make_tensor, make_tensor_value_info

FLOAT = TensorProto.FLOAT


def linear(*weights):
    """Give a model that adds up weighted features."""
    column = make_tensor("w", FLOAT, [len(weights), 1], weights)
    nodes = [make_node("Constant", [], ["w"], value=column), make_node("MatMul", ["rides", "w"], ["minutes"])]
    takes = make_tensor_value_info("rides", FLOAT, [None, len(weights)])
    graph = make_graph(nodes, "linear", [takes], [make_tensor_value_info("minutes", FLOAT, None)])
    return make_model(graph, opset_imports=[make_opsetid("", 17)], ir_version=8).SerializeToString()
