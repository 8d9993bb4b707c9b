"""Attaches durations to stored predictions, as `record` does."""

from contracts.joining import Label, ToldActual
from tests.samples import NOON


def label(stores, durations, at):
    """Attach durations, by prediction."""
    told = {name: ToldActual(f"a-{name}", name, minutes, None, NOON, at) for name, minutes in durations.items()}
    stores.predictions.label([Label(name, minutes, told[name], None) for name, minutes in durations.items()], at)
