"""Durations as people write them."""

import re

import typer


def seconds(text: str | float) -> float:
    """Read a duration: 90, 90s, 5m or 1h."""
    found = re.fullmatch(r"(\d+(?:\.\d+)?)([smh]?)", str(text))
    if found is None:
        message = f"{text!r} is no duration; give 90, 90s, 5m or 1h"
        raise typer.BadParameter(message)
    return float(found[1]) * {"": 1, "s": 1, "m": 60, "h": 3600}[found[2]]
