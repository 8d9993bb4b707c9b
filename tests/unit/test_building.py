"""How a package is planned, unpacked, zipped and settled."""

import subprocess
import sys
import zipfile

import pytest

from building import archives, bytecode, wheels
from building.plan import Files, Plan, Stale
from building.settled import fingerprints, settle
from building.sizes import megabytes

LOCK = "numpy==2.5.5 \\\n    --hash=sha256:aa\npyarrow==26.0.1 \\\n    --hash=sha256:bb\n"


@pytest.fixture
def functions(tmp_path):
    """Give a functions folder of one room."""
    for folder in ("building", "room"):
        (tmp_path / folder).mkdir()
    (tmp_path / "building/build.toml").write_text('[files]\n"*.pyi" = "stubs"\n')
    (tmp_path / "room/packages.txt").write_text("contracts room\n")
    (tmp_path / "room/requirements.txt").write_text(LOCK)
    return tmp_path


def test_what_is_left_out_is_not_required(functions):
    (functions / "room/build.toml").write_text('[distributions]\npyarrow = "large"\n')
    plan = Plan.of(functions, "room")
    assert plan.packages == ("contracts", "room")
    assert "numpy==2.5.5" in plan.requirements
    assert "pyarrow" not in plan.requirements
    assert "sha256:bb" not in plan.requirements


def test_a_room_may_leave_out_nothing(functions):
    assert Plan.of(functions, "room").requirements == LOCK


def test_a_distribution_that_is_not_locked_cannot_be_left_out(functions):
    (functions / "room/build.toml").write_text('[distributions]\npatsy = "of statsmodels"\n')
    with pytest.raises(Stale, match="patsy"):
        Plan.of(functions, "room")


def test_patterns_span_folders_and_a_stale_one_is_told():
    """A pattern that meets nothing hides that a new version keeps the same files elsewhere."""
    files = Files({"numpy/*tests/*": "tests", "numpy/gone/*": "?"}, {"*.pyi": "stubs", "*.never": "in other rooms"})
    assert files.leave_out("numpy/lib/tests/test_it.py")
    assert files.leave_out("numpy/__init__.pyi")
    assert not files.leave_out("numpy/lib/nested.py")
    with pytest.raises(Stale, match="numpy/gone"):
        files.check()


def test_a_wheel_is_unpacked_without_scripts_and_what_is_left_out(tmp_path, functions, monkeypatch):
    def download(command, **_):
        place = command[command.index("--dest") + 1]
        with zipfile.ZipFile(f"{place}/a-1-py3-none-any.whl", "w") as wheel:
            for name in ("a/__init__.py", "a/x.pyi", "a-1.data/scripts/a", "a-1.data/purelib/a/y.py"):
                wheel.writestr(name, "x = 1\n")

    monkeypatch.setattr(subprocess, "run", download)
    wheels.unpack(Plan.of(functions, "room"), wheels.Target("3.13", "arm64"), tmp_path / "out")
    found = sorted(path.relative_to(tmp_path / "out").as_posix() for path in (tmp_path / "out").rglob("*.*"))
    assert found == ["a/__init__.py", "a/y.py"]


def test_a_wheel_cannot_write_outside():
    with pytest.raises(ValueError, match="outside"):
        wheels._installed("../x.py")


def test_pip_is_asked_for_the_other_machine():
    assert "manylinux_2_28_aarch64" in list(wheels.Target("3.13", "arm64").options)


def test_a_python_that_only_a_shim_promises_is_not_taken(tmp_path, monkeypatch):
    """Pyenv puts python3.13 on the PATH even where another version is chosen; it then fails."""
    for name in ("python3.13", "uv"):
        (tmp_path / name).write_text("#!/bin/sh\nexit 127\n")
        (tmp_path / name).chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setenv("PYENV_ROOT", str(tmp_path))
    assert bytecode.python_of("3.13") is None


def test_a_python_of_pyenv_is_found(tmp_path, monkeypatch):
    version = ".".join(map(str, sys.version_info[:2]))
    place = tmp_path / f"versions/{version}.9/bin"
    place.mkdir(parents=True)
    (place / f"python{version}").symlink_to(sys.executable)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setenv("PYENV_ROOT", str(tmp_path))
    assert bytecode.python_of(version) == str(place / f"python{version}")


def test_bytecode_takes_the_place_of_modules_and_runs(tmp_path):
    (tmp_path / "a").mkdir()
    (tmp_path / "a/__init__.py").write_text("def broken():\n    raise ValueError('why')\n")
    bytecode.compile_all(sys.executable, tmp_path)
    assert [path.name for path in (tmp_path / "a").iterdir()] == ["__init__.pyc"]
    command = [sys.executable, "-I", "-c", f"import sys; sys.path.insert(0, {str(tmp_path)!r}); import a; a.broken()"]
    told = subprocess.run(command, check=False, capture_output=True, text=True)  # noqa: S603 - our own line
    assert 'File "/var/task/a/__init__.py", line 2, in broken' in told.stderr


def test_a_zipped_package_is_imported_from_its_archive(tmp_path, monkeypatch):
    (tmp_path / "packed").mkdir()
    (tmp_path / "packed/__init__.py").write_text("x = 42\n")
    archives.zip_package(tmp_path, "packed")
    assert not (tmp_path / "packed").exists()
    zipped = pytest.importorskip("drift_report.zipped")
    monkeypatch.setattr(zipped, "FOLDER", tmp_path / "zipped")
    monkeypatch.setattr(sys, "path", list(sys.path))
    zipped.import_zipped()
    zipped.import_zipped()
    assert sys.path.count(str(tmp_path / "zipped/packed.zip")) == 1
    assert __import__("packed").x == 42


def test_what_is_the_same_has_one_hash(tmp_path):
    """Whatever the umask, the clock and the order of writing were."""
    for name, files in (("one", ("a", "b")), ("two", ("b", "a"))):
        (tmp_path / name).mkdir()
        for file in files:
            (tmp_path / name / file).write_text(file)
    (tmp_path / "two/a").chmod(0o600)
    assert fingerprints(tmp_path / "one") != fingerprints(tmp_path / "two")
    for name in ("one", "two"):
        settle(tmp_path / name)
    assert fingerprints(tmp_path / "one") == fingerprints(tmp_path / "two")
    (tmp_path / "two/a").write_text("c")
    settle(tmp_path / "two")
    assert fingerprints(tmp_path / "one") != fingerprints(tmp_path / "two")


def test_sizes_are_sums_of_bytes(tmp_path):
    (tmp_path / "a").write_bytes(bytes(1_500_000))
    assert megabytes(tmp_path) == 1.5
