"""Each function is built of the packages that it imports, no more and no less."""

import pathlib

import grimp
import pytest

FUNCTIONS = pathlib.Path(__file__).parents[2] / "functions"
ROOMS = sorted(path.parent.name for path in FUNCTIONS.glob("*/packages.txt"))
OURS = sorted(path.parent.name for path in FUNCTIONS.glob("*/__init__.py"))


@pytest.fixture(scope="session")
def imports():
    """Give the graph of what imports what."""
    return grimp.build_graph(*OURS, cache_dir=None)


@pytest.mark.parametrize("room", ROOMS)
def test_the_packages_of_a_room_are_those_that_it_imports(room, imports):
    """One missing fails the cold start on AWS, where no checkout lies beside it."""
    imported = {module.split(".")[0] for module in imports.find_upstream_modules(room, as_package=True)}
    assert set((FUNCTIONS / room / "packages.txt").read_text().split()) == imported | {room}
