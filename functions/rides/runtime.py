"""onnxruntime behind one function: nothing else of it is known here."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from onnxruntime import InferenceSession


def session_of(onnx: bytes) -> "InferenceSession":
    """Make a session of an ONNX graph. Raises one of failures()."""
    # imported here, so that features and flags can be had without it
    from onnxruntime import InferenceSession, SessionOptions  # noqa: PLC0415

    options = SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1  # one ride takes microseconds; threads only wait
    return InferenceSession(onnx, options, providers=["CPUExecutionProvider"])


def failures() -> tuple[type[Exception], ...]:
    """Give what onnxruntime raises, its errors have no base of their own, and what a graph of another card ends in."""
    from onnxruntime.capi import onnxruntime_pybind11_state as state  # noqa: PLC0415

    of_another_card = (LookupError, TypeError, ValueError)
    of_no_model = (state.InvalidArgument, state.InvalidGraph, state.InvalidProtobuf, state.NotImplemented)
    return (state.Fail, state.RuntimeException, *of_no_model, *of_another_card)
