"""What ships is listed with its licence, and an audit that did not happen does not pass for one that found nothing."""

import pathlib

import pytest

from tools.audit import CLEAN, NOT_AUDITED, ROOT, WEAK, Finding, audited, code_of, judged, say
from tools.licences import APP, COPYLEFT, NOT_HERE, PAGE, SHIPPED, licence_of, locked

ROWS = [line.strip("| ").split(" | ") for line in PAGE.read_text().splitlines() if line.count(" | ") == 3][2:]
LOOKED_AT = {"name": "numpy", "version": "1", "vulns": []}
WEAKNESS = {"name": "numpy", "version": "1", "vulns": [{"id": "PYSEC-1", "fix_versions": ["2"]}]}
PASSED_OVER = {"name": "numpy", "skip_reason": "Dependency not found on PyPI and could not be audited: numpy (1)"}


def test_every_locked_package_is_listed_with_its_version_and_who_has_it():
    """`python tools/licences.py` after `make lock`."""
    assert {(name, version): uses for name, version, _, uses in ROWS} == {
        key: ", ".join(uses) for key, uses in locked().items()
    }


def test_every_listed_licence_is_the_packages_own():
    """By its metadata, where it is installed."""
    told = {name: licence_of(name) for name, *_ in ROWS}
    listed = {name: licence.removesuffix(" **copyleft**") for name, _, licence, _ in ROWS}
    assert {name: listed[name] for name, licence in told.items() if NOT_HERE not in {licence, listed[name]}} == {
        name: licence for name, licence in told.items() if NOT_HERE not in {licence, listed[name]}
    }


def test_no_function_ships_what_binds_its_users():
    """Of copyleft licences only MPL-2.0, which binds who changes the files; and every licence is known."""
    shipped = [(name, licence) for name, _, licence, uses in ROWS if set(uses.split(", ")) & set(SHIPPED)]
    assert {name for name, licence in shipped if COPYLEFT.search(licence)} <= {"certifi", "tqdm"}
    assert not [name for name, licence in shipped if licence in {"not told", NOT_HERE}]


def test_the_gpl_is_in_no_function():
    """SecantusDB is the embedded stack's, a process of its own."""
    assert {uses for name, _, licence, uses in ROWS if "GPL" in licence} == {APP}


@pytest.mark.parametrize(
    ("dependencies", "code"),
    [
        ([LOOKED_AT], CLEAN),
        ([LOOKED_AT, WEAKNESS], WEAK),
        ([LOOKED_AT, PASSED_OVER], NOT_AUDITED),
        ([WEAKNESS, PASSED_OVER], WEAK),
    ],
)
def test_an_audit_says_what_it_saw(dependencies, code, capsys):
    """A weakness is 1; what was passed over is 3 and is said, though pip-audit itself would be content."""
    finding = judged("a.lock", dependencies)
    say(finding)
    assert code_of([Finding("b.lock", 9, (), ()), finding]) == code
    assert ("not audited" in capsys.readouterr().out) is (PASSED_OVER in dependencies)


def test_a_database_that_is_silent_is_not_asked_again():
    """One lock is enough to see it; the others are not audited, and no success."""
    asked: list[pathlib.Path] = []

    def find(lock):
        asked.append(lock)
        return judged(lock.name, [PASSED_OVER])

    findings = audited([ROOT / "a.lock", ROOT / "b.lock", ROOT / "c.lock"], find)
    assert asked == [ROOT / "a.lock"]
    assert [finding.error for finding in findings[1:]] == ["not asked, see above"] * 2
    assert code_of(findings) == NOT_AUDITED
