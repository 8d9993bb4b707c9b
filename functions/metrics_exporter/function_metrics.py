"""Metrics that CloudWatch has of the functions; absent where the exporter was told of none."""

from collections.abc import Callable, Iterator

from adapters.cloudwatch import Calls
from metrics_exporter.metric import Metric, Sample
from metrics_exporter.view import View


def _calls(value: Callable[[Calls], int]) -> Callable[[View, float], Iterator[Sample]]:
    def samples(view: View, _now: float) -> Iterator[Sample]:
        for function, calls in (view.functions.state.value or {}).items():
            yield (function,), value(calls)

    return samples


def _metric(name: str, meaning: str, value: Callable[[Calls], int]) -> Metric:
    said = f"{meaning} within five minutes, as CloudWatch knew two minutes later."
    return Metric(f"ridewatch_function_{name}", "gauge", said, "calls", ("function",), _calls(value))


FUNCTIONS = (
    _metric("invocations", "Calls of a function", lambda calls: calls.invocations),
    _metric("errors", "Calls that crashed or ran out of time", lambda calls: calls.errors),
    _metric("throttles", "Calls that were refused for too many at once", lambda calls: calls.throttles),
)
