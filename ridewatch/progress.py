"""A progress bar of rides."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import Progress


@contextmanager
def progress(total: int, console: Console, *, hidden: bool = False) -> Iterator[Callable[[int], None]]:
    """Give what is told how many rides are done."""
    with Progress(console=console, disable=hidden) as bar:
        task = bar.add_task("rides", total=total)
        yield lambda done: bar.update(task, completed=done)
