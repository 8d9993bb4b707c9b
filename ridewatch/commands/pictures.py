"""Pictures of a running stack."""

import time
from pathlib import Path

from ridewatch.commands.outcome import chosen_stack, failing_on
from ridewatch.commands.stack import link


def snapshot(name: str | None, folder: Path) -> None:
    """Draw every page of a stack into a folder, and name the files."""
    from ridewatch.snapshot import GRAPH, SIZE, NoBrowser, NotDrawn, pages, take

    with failing_on(NoBrowser, NotDrawn):
        stack = chosen_stack(name)
        folder.mkdir(parents=True, exist_ok=True)
        for page, address in pages(link(stack, time.time()), stack.prometheus_url).items():
            target = (folder / f"{page}.png").resolve()
            take(address, target, SIZE if page == "reports" else GRAPH)
            print(target)
