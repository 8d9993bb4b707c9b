"""Audit every lock by pip-audit: 0 nothing known against any package, 1 something known, 3 not (all) audited.

Run by `make audit` in an environment of its own. pip-audit itself exits with 0 when its database cannot be asked, so
what it passed over is counted here and said: a lock that nobody looked at is not one without weaknesses.
"""

import json
import pathlib
import subprocess
import sys
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

ROOT = pathlib.Path(__file__).parents[1]
LOCKS = (*sorted(ROOT.glob("functions/*/requirements.txt")), *sorted(ROOT.glob("requirements/*.lock")))
CLEAN, WEAK, NOT_AUDITED = 0, 1, 3
SECONDS = 300


class Finding(NamedTuple):
    """What is known of one lock."""

    lock: str
    audited: int
    passed_over: tuple[str, ...]
    weak: tuple[str, ...]
    error: str = ""


def main() -> int:
    """Audit all locks, say what was found, and give the exit code."""
    findings = audited(LOCKS, finding_of)
    for finding in findings:
        say(finding)
    return code_of(findings)


def audited(locks: Sequence[pathlib.Path], find: Callable[[pathlib.Path], "Finding"]) -> list["Finding"]:
    """Audit locks until nothing is answered: whoever cannot be asked about one is not asked about five hundred."""
    findings: list[Finding] = []
    for lock in locks:
        silent = findings and not findings[-1].audited
        findings.append(Finding(named(lock), 0, (), (), error="not asked, see above") if silent else find(lock))
    return findings


def finding_of(lock: pathlib.Path) -> Finding:
    """Ask pip-audit about one lock, as it is: nothing is resolved or installed."""
    options = ("--no-deps", "--disable-pip", "--progress-spinner", "off", "--format", "json")
    command = [sys.executable, "-m", "pip_audit", *options, "--requirement", str(lock)]
    name = named(lock)
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=SECONDS, check=False)
        return judged(name, json.loads(done.stdout)["dependencies"])
    except (subprocess.TimeoutExpired, json.JSONDecodeError, KeyError) as error:
        return Finding(name, 0, (), (), error=f"{type(error).__name__}: pip-audit did not answer")


def named(lock: pathlib.Path) -> str:
    """Name a lock as it is called from the root."""
    return str(lock.relative_to(ROOT))


def judged(lock: str, dependencies: list[dict[str, Any]]) -> Finding:
    """Sort what pip-audit says of each package."""
    passed_over = tuple(package["name"] for package in dependencies if "skip_reason" in package)
    weak = tuple(_told(package) for package in dependencies if package.get("vulns"))
    return Finding(lock, len(dependencies) - len(passed_over), passed_over, weak)


def _told(package: dict[str, Any]) -> str:
    ids = ", ".join(weakness["id"] for weakness in package["vulns"])
    fixes = sorted({version for weakness in package["vulns"] for version in weakness["fix_versions"]})
    return f"{package['name']} {package['version']}: {ids}; mended in {', '.join(fixes) or 'no version yet'}"


def say(finding: Finding) -> None:
    """Print one lock's lines."""
    print(f"{finding.lock}: {finding.audited} audited, {len(finding.weak)} with known weaknesses")
    for line in finding.weak:
        print(f"  {line}")
    if finding.error:
        print(f"  not audited: {finding.error}")
    if finding.passed_over:
        print(f"  not audited: {len(finding.passed_over)} packages, the database did not know or answer them")


def code_of(findings: list[Finding]) -> int:
    """Give the exit code: a weakness outweighs what was not audited, and that outweighs what is clean."""
    if any(finding.weak for finding in findings):
        return WEAK
    return NOT_AUDITED if any(finding.error or finding.passed_over for finding in findings) else CLEAN


if __name__ == "__main__":
    sys.exit(main())
