"""What a room's package is made of, and what it leaves out, each with its reason."""

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from fnmatch import translate
from pathlib import Path
from typing import Any, Self

REQUIREMENT = re.compile(r"^[A-Za-z0-9].*?(?=^[A-Za-z0-9]|\Z)", re.MULTILINE | re.DOTALL)


class Stale(Exception):
    """A declaration leaves out what is not there to be left out."""


@dataclass(frozen=True)
class Plan:
    """How one function's package is made."""

    packages: tuple[str, ...]
    """Of this project."""
    requirements: str
    """The lock, without the distributions that are left out."""
    files: "Files"
    zipped: tuple[str, ...]
    """Packages that lie in an archive of their own."""

    @classmethod
    def of(cls, functions: Path, room: str) -> Self:
        """Read a room's plan. Raises Stale."""
        everywhere, own = (_declared(folder / "build.toml") for folder in (functions / "building", functions / room))
        return cls(
            packages=tuple((functions / room / "packages.txt").read_text().split()),
            requirements=_without((functions / room / "requirements.txt").read_text(), own.get("distributions", {})),
            files=Files(own.get("files", {}), everywhere["files"]),
            zipped=tuple(own.get("zipped", {})),
        )


@dataclass
class Files:
    """Patterns of files that are left out; `*` spans folders."""

    own: Mapping[str, str]
    everywhere: Mapping[str, str]
    _met: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        """Read the patterns once, for tens of thousands of names."""
        self._patterns = {pattern: re.compile(translate(pattern)) for pattern in (*self.own, *self.everywhere)}

    def leave_out(self, name: str) -> bool:
        """Say whether a file, by its path in the package, is left out."""
        met = {pattern for pattern, matches in self._patterns.items() if matches.match(name)}
        self._met |= met
        return bool(met)

    def check(self) -> None:
        """Raise Stale for a pattern of the room's own that met no file: the package may hold again what it named."""
        _none_stale("files", (pattern for pattern in self.own if pattern not in self._met))


def _declared(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text()) if path.exists() else {}


def _without(lock: str, left_out: Iterable[str]) -> str:
    requirements = {text.partition("==")[0]: text for text in REQUIREMENT.findall(lock)}
    _none_stale("distributions", (name for name in left_out if name not in requirements))
    return "".join(text for name, text in requirements.items() if name not in left_out)


def _none_stale(what: str, names: Iterable[str]) -> None:
    stale = sorted(names)
    if stale:
        message = f"build.toml leaves out {what} that are not there: {', '.join(stale)}"
        raise Stale(message)
