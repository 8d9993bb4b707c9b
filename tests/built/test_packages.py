"""What lies in a package, and what does not."""

import struct
import subprocess

import pytest

from building.settled import TIME
from building.sizes import LIMITS, megabytes
from tests.built.packages import FUNCTIONS, machine_of

UNCHECKED_HASH = 1


pytestmark = pytest.mark.usefixtures("python")


@pytest.fixture(params=FUNCTIONS)
def package(request, build):
    """Give one package after the other."""
    return build / request.param


def test_a_package_is_small_enough(package):
    assert megabytes(package) <= LIMITS[package.name]


def test_modules_are_bytecode_that_nothing_is_looked_up_for(package):
    """Bytecode with a time or a source to be compared would be compiled anew at each cold start."""
    assert not list(package.rglob("*.py"))
    flags = {struct.unpack_from("<I", path.read_bytes(), 4)[0] for path in package.rglob("*.pyc")}
    assert flags == {UNCHECKED_HASH}
    assert not list(package.rglob("__pycache__"))


def test_a_traceback_names_files_where_lambda_has_them(package, python):
    room = next(path for path in ("predict", "record", "drift_report", "reports") if (package / path).exists())
    code = f"import marshal; print(marshal.loads(open('{package}/{room}/app.pyc', 'rb').read()[16:]).co_filename)"
    told = subprocess.run([python, "-I", "-c", code], capture_output=True, text=True, check=True)  # noqa: S603
    assert told.stdout.strip() == f"/var/task/{room}/app.py"


def test_every_library_is_for_one_machine(package):
    libraries = [path for path in package.rglob("*") if ".so" in path.suffixes]
    assert len({machine_of(path) for path in libraries}) == 1


def test_licences_stay(package):
    """Two wheels have theirs elsewhere, or none."""
    described = list(package.glob("*.dist-info"))
    bare = {path.name.split("-")[0] for path in described if not licences(path)}
    assert bare <= {"flatbuffers", "onnxruntime"}
    assert all((path / "METADATA").exists() for path in described)


def test_modes_and_times_are_settled(package):
    """So that what is zipped of two builds is the same."""
    facts = {(path.is_dir(), path.stat().st_mode & 0o777, path.stat().st_mtime) for path in package.rglob("*")}
    assert facts == {(True, 0o755, TIME), (False, 0o644, TIME)}


def test_nothing_of_the_build_ships(package):
    names = {path.name for path in package.rglob("*")}
    assert not names & {"building", "build.toml", "packages.txt", "requirements.txt", "requirements.in", "Makefile"}


def licences(described):
    """List the licence files of a distribution."""
    return [path for path in described.rglob("*") if path.name.startswith(("LICEN", "COPYING"))]


@pytest.mark.parametrize("function", FUNCTIONS)
def test_a_cold_start_says_nothing(packages, function):
    """A library that misses a file it can do without says so in each log."""
    module = FUNCTIONS[function].rpartition(".")[0]
    modules = [module, "onnxruntime"] if function == "PredictFunction" else [module]
    where = [str(packages.build / function), str(packages.brought)]
    code = f"import sys; sys.path[:0] = {where}; import {', '.join(modules)}"
    command = [packages.python, "-I", "-S", "-B", "-c", code]
    done = subprocess.run(command, capture_output=True, text=True, check=True)  # noqa: S603 - our own line
    assert (done.stdout, done.stderr) == ("", "")
