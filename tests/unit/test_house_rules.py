"""Rules of the house that no linter knows."""

import ast
import pathlib
import re

import pytest

ROOT = pathlib.Path(__file__).parents[2]
SOURCES = sorted([*(ROOT / "functions").rglob("*.py"), *(ROOT / "ridewatch").rglob("*.py")])
LOCKS = sorted(
    [
        *(ROOT / "requirements").glob("*.lock"),
        *(ROOT / "functions").glob("*/requirements.txt"),
        *(ROOT / "benchmarks").glob("*/requirements.txt"),
    ]
)


def imported(path):
    """Name the modules that a file imports."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module or ""


def test_no_file_is_named_for_everything():
    assert not [path for path in SOURCES if path.stem in {"utils", "util", "helpers", "common", "misc"}]


def test_nothing_is_pickled():
    names = {"pickle", "cloudpickle", "joblib", "dill"}
    assert not [path for path in SOURCES if names & {module.split(".")[0] for module in imported(path)}]


def test_nobody_imports_the_database_of_the_embedded_stack():
    assert not [path for path in SOURCES if {"secantus", "secantusdb"} & set(imported(path))]


@pytest.mark.parametrize("lock", LOCKS, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_lock_names_versions_with_hashes_and_no_address(lock):
    text = lock.read_text()
    assert "://" not in text
    requirements = re.findall(r"^[^\s#].*?(?=^\S|\Z)", text, re.MULTILINE | re.DOTALL)
    assert requirements
    for requirement in requirements:
        assert re.match(r"[A-Za-z0-9._-]+==\S+", requirement), requirement
        assert "--hash=sha256:" in requirement
