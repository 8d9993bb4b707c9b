"""Two builds are the same to the last bit; the other architecture has its own libraries."""

import pytest

from building.__main__ import build as make
from building.settled import fingerprints
from building.wheels import Target
from tests.built.packages import machine_of

pytestmark = [pytest.mark.usefixtures("python"), pytest.mark.timeout(900)]

X86_64, ARM64 = Target("3.13", "x86_64"), Target("3.13", "arm64")


@pytest.mark.parametrize(
    ("function", "room"),
    [
        ("PredictFunction", "predict"),
        ("RecordFunction", "record"),
        ("RedriveFunction", "record"),
        ("ReportsFunction", "reports"),
        ("DriftReportFunction", "drift_report"),
    ],
)
def test_two_builds_have_one_hash(function, room, build, tmp_path):
    """The one that `make build` left, in another folder, by another Python's pip."""
    if function == "RedriveFunction":
        assert fingerprints(build / function) == fingerprints(build / "RecordFunction")
        return
    make(room, tmp_path, X86_64)
    differing = fingerprints(tmp_path).items() ^ fingerprints(build / function).items()
    assert not {name for name, _ in differing}, "functions/ is newer than the build? make build"


def test_arm64_has_libraries_of_its_own(tmp_path):
    make("record", tmp_path, ARM64)
    libraries = [path for path in tmp_path.rglob("*") if ".so" in path.suffixes]
    assert {machine_of(path) for path in libraries} == {183}
