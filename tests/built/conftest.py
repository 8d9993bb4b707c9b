"""The packages that `make build` left, and a Python that runs them as Lambda would."""

import pathlib

import pytest

from building.bytecode import python_of
from tests.built.packages import BUILD, Packages, brought


@pytest.fixture(scope="session")
def build():
    """Give the folder of the packages."""
    if not (BUILD / "template.yaml").exists():
        pytest.skip("nothing is built: make build")
    return BUILD


@pytest.fixture(scope="session")
def python():
    """Give a Python of the runtime's version."""
    found = python_of("3.13")
    if not found:
        pytest.skip("no Python 3.13 on PATH, of pyenv or of uv")
    return found


@pytest.fixture(scope="session")
def packages(build, python, tmp_path_factory):
    """Give the packages, to be called."""
    folder = tmp_path_factory.mktemp("brought")
    brought(folder)
    return Packages(pathlib.Path(python), folder, build)
