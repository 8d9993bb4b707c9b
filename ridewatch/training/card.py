"""The card of a version."""

from collections.abc import Sequence
from datetime import datetime
from importlib.metadata import version

import numpy as np

from contracts.model import TrainingData
from contracts.ride import NEW_YORK
from ridewatch.training.choice import Chosen
from ridewatch.training.contenders import Regressor

LIBRARIES = ("scikit-learn", "skl2onnx", "onnx", "onnxruntime", "numpy")


def training_data(chosen: Chosen, sources: Sequence[str]) -> TrainingData:
    """Tell what a model learnt from; the days are New York's."""
    days = chosen.rides.pickup_time.astype("datetime64[D]")
    return TrainingData(
        sources=tuple(sources),
        start=_midnight(days.min()),
        end=_midnight(days.max() + np.timedelta64(1, "D")),
        rows=int(chosen.learnt.sum()),
        dropped=chosen.dropped,
    )


def _midnight(day: np.datetime64) -> datetime:
    return datetime.combine(day.astype(object), datetime.min.time(), NEW_YORK)


def told(regressor: Regressor) -> str:
    """Name a regressor by its steps."""
    steps = getattr(regressor, "steps", [("", regressor)])
    return " → ".join(type(step).__name__ for _, step in steps)


def libraries() -> dict[str, str]:
    """Give the versions of what made the model."""
    return {library: version(library) for library in LIBRARIES}
