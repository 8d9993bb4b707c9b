"""Which tests parallel workers take together: a file's, and those of all the files that start stacks."""

from xdist.scheduler import LoadScopeScheduling

STACKS = (
    "tests/e2e/",
    "tests/faults/",
    "tests/integration/test_embedded.py",
    "tests/security/test_api_under_fire.py",
)
"""Stacks' starting, usual ports and time-outs are the machine's: one after another."""


def has_stack(nodeid: str) -> bool:
    """Tell whether a test is in a file that starts stacks."""
    return nodeid.startswith(STACKS)


class Sharing(LoadScopeScheduling):
    """Whole files, so that what a file made once is made once.

    Of xdist's own, `loadfile` knows no stacks, and `loadgroup` of 3.8 groups nothing under pytest 9.2.
    """

    def _split_scope(self, nodeid: str) -> str:
        return "stacks" if has_stack(nodeid) else nodeid.partition("::")[0]
