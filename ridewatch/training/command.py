"""`ridewatch train`."""

from collections.abc import Sequence
from datetime import UTC, datetime

from rich.console import Console
from rich.table import Table

from contracts.model import ModelCard
from contracts.versions import VersionComparison
from ridewatch.embedded.state import Stack
from ridewatch.sources.load import load
from ridewatch.sources.table import concatenate
from ridewatch.training.publishing import beside_the_champion, publish
from ridewatch.training.train import train

CONTENDERS = {
    "model": "this model",
    "fallback": "median by distance, hour, boroughs",
    "linear": "zone pair + distance, linear",
    "median": "median of all rides",
}


def train_command(  # noqa: PLR0913 - one option, one argument
    stack: Stack,
    sources: Sequence[str],
    validate: str | None,
    *,
    limit: int | None = None,
    seed: int = 0,
    as_json: bool = False,
) -> ModelCard:
    """Train on sources (at most `limit` rides of each), publish, make champion, and say how good it is.

    Raises SourceError, TrainingError.
    """
    rides = concatenate([load(source, seed=seed, limit=limit) for source in sources])
    validation = load(validate, seed=seed) if validate else None
    trained = train(rides, sources, datetime.now(UTC), validation=validation, seed=seed)
    trained = beside_the_champion(trained, stack)
    publish(trained, stack)
    _tell(trained.card, as_json=as_json)
    return trained.card


def _tell(card: ModelCard, *, as_json: bool) -> None:
    if as_json:
        print(card.model_dump_json())
        return
    console = Console()
    dropped = ", ".join(f"{rows} {why.replace('_', ' ')}" for why, rows in card.training.dropped.items()) or "none"
    console.print(f"Model {card.version} learnt from {card.training.rows} rides; left out: {dropped}.")
    console.print(_comparison(card))


def _comparison(card: ModelCard) -> Table:
    table = Table(title=f"Errors {card.judged_on}, minutes")
    for heading in ("", "MAE", "RMSE", "bias"):
        table.add_column(heading, justify="left" if not heading else "right")
    for name, errors in card.errors.items():
        table.add_row(CONTENDERS.get(name, name), f"{errors.mae:.2f}", f"{errors.rmse:.2f}", f"{errors.bias:+.2f}")
    return table


def versions_told(comparison: VersionComparison, *, as_json: bool) -> None:
    """Print how two versions differ."""
    if as_json:
        print(comparison.model_dump_json())
        return
    console = Console()
    rides = f"On {comparison.rows} rides of its reference {comparison.newer.version}"
    apart = f"{comparison.mean_difference:+.2f} minutes against {comparison.older.version}"
    console.print(f"{rides} answers {apart}, {comparison.mean_distance:.2f} apart.")
    console.print(_side_by_side(comparison))


def _side_by_side(comparison: VersionComparison) -> Table:
    sides = (comparison.older, comparison.newer)
    table = Table(title="Minutes")
    for heading in ("", *(side.version for side in sides)):
        table.add_column(heading, justify="left" if not heading else "right")
    table.add_row("mean answer", *(f"{side.mean:.2f}" for side in sides))
    table.add_row("MAE", *("–" if side.mae is None else f"{side.mae:.2f}" for side in sides))
    for group in comparison.newer.attributions:
        table.add_row(f"brought by {group}", *(f"{side.attributions.get(group, 0.0):.2f}" for side in sides))
    return table
