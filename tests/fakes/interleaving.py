"""Several tasks at once, one step at a time, in an order that a test chooses: races made repeatable."""

import threading
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

NAMES = ("predictions", "actuals", "rejections", "hours", "profiles")
Task = Callable[[Callable[[], None]], None]
"""Does its work, calling what it is handed before each step."""


def interleave(tasks: Sequence[Task], order: Sequence[int]) -> None:
    """Run all tasks to their end; `order` says, step by step, which of those still running goes next."""
    workers = [_Worker(task) for task in tasks]
    turn = 0
    while running := [worker for worker in workers if not worker.done]:
        choice = order[turn % len(order)] if order else 0
        running[choice % len(running)].advance()
        turn += 1
    for worker in workers:
        worker.end()


def stepwise(stores: Any, step: Callable[[], None]) -> Any:
    """Give the stores, or what a process works with, each call of which waits for its turn."""
    names = [name for name in NAMES if hasattr(stores, name)]
    return replace(stores, **{name: _Stepwise(getattr(stores, name), step) for name in names})


class _Stepwise:
    def __init__(self, store: Any, step: Callable[[], None]) -> None:
        self._store = store
        self._step = step

    def __getattr__(self, name: str) -> Callable[..., Any]:
        def call(*arguments: Any) -> Any:
            self._step()
            return getattr(self._store, name)(*arguments)

        return call


class _Worker:
    def __init__(self, task: Task) -> None:
        self.done = False
        self._error: BaseException | None = None
        self._go = threading.Semaphore(0)
        self._paused = threading.Semaphore(0)
        self._thread = threading.Thread(target=self._run, args=(task,), daemon=True)
        self._thread.start()
        self._paused.acquire()

    def advance(self) -> None:
        self._go.release()
        self._paused.acquire()

    def end(self) -> None:
        self._thread.join()
        if self._error:
            raise self._error

    def _run(self, task: Task) -> None:
        try:
            task(self._step)
        except BaseException as error:  # noqa: BLE001 - raised again in end(), where the test sees it
            self._error = error
        self.done = True
        self._paused.release()

    def _step(self) -> None:
        self._paused.release()
        self._go.acquire()
