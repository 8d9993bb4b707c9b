"""What a person says, for whoever reads it later."""

import getpass
from typing import NamedTuple

from ridewatch.commands.outcome import fail


class Said(NamedTuple):
    """Why, and by whom."""

    why: str | None
    who: str


def whoami() -> str:
    """Name whoever types, as this machine knows them."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "somebody"


def tell_undone(done: bool, what: str) -> None:
    """Say that something was taken back, or fail."""
    if not done:
        fail(f"{what} does not hold, or was never made")
    print(f"{what} no longer holds")
