"""Checks: small functions in order, each with a verdict of its own on one line."""

import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass

from tests.lab.checks import FAILURES


@dataclass(frozen=True)
class Check:
    """One thing that must be so, and the checks without which it makes no sense to look."""

    run: Callable
    needs: tuple[Callable, ...] = ()

    @property
    def sentence(self):
        """Say what must be so."""
        return self.run.__doc__.strip()


class Checks:
    """The checks of one module, in the order in which they are written."""

    def __init__(self):
        self.all = []

    def add(self, *needs):
        """Add a function; its docstring is the line that is printed."""

        def adding(function):
            self.all.append(Check(function, needs))
            return function

        return adding


def judge(checks, world, tell=print):
    """Run every check; give how many passed and how many failed. What lacks a check that it needs fails untried."""
    passed = set()
    for check in checks:
        began = time.monotonic()
        problem = _missing(check, passed) or _problem(check, world)
        took = f"({time.monotonic() - began:.1f} s)"
        tell(f"{'FAIL' if problem else 'PASS'} {check.sentence} {took}" + (f"\n{problem}" if problem else ""))
        if not problem:
            passed.add(check.run)
    return len(passed), len(checks) - len(passed)


def _missing(check, passed):
    missing = [need.__name__ for need in check.needs if need not in passed]
    return f"     not tried: it needs {', '.join(missing)}" if missing else ""


def _problem(check, world):
    try:
        check.run(world)
    except FAILURES:
        return "     " + traceback.format_exc().strip().replace("\n", "\n     ")
    return ""
