"""Make one function's package: python -m building ROOM FOLDER [--runtime 3.13] [--architecture arm64]."""

import argparse
import shutil
import sys
from pathlib import Path

from building import archives, bytecode
from building.plan import Plan
from building.settled import settle
from building.sizes import megabytes
from building.wheels import MACHINES, Target, unpack

FUNCTIONS = Path(__file__).parents[1]
NOT_SHIPPED = shutil.ignore_patterns("__pycache__", "requirements.*", "packages.txt", "build.toml", "Dockerfile")


def main() -> None:
    """Read the arguments, build, and say what came of it."""
    arguments = _arguments()
    folder: Path = arguments.folder.resolve()
    build(arguments.room, folder, Target(arguments.runtime, arguments.architecture))
    print(f"{arguments.room}: {megabytes(folder):.1f} MB for {arguments.architecture} in {folder.name}")


def build(room: str, folder: Path, target: Target) -> None:
    """Make a room's package in an empty folder."""
    plan = Plan.of(FUNCTIONS, room)
    unpack(plan, target, folder)
    for package in plan.packages:
        shutil.copytree(FUNCTIONS / package, folder / package, ignore=NOT_SHIPPED)
    _compile(folder, target.runtime)
    for package in plan.zipped:
        archives.zip_package(folder, package)
    settle(folder)


def _compile(folder: Path, runtime: str) -> None:
    python = bytecode.python_of(runtime)
    if python:
        bytecode.compile_all(python, folder)
    else:
        print(
            f"No Python {runtime} on PATH, of pyenv or of uv: {folder.name} holds .py, starting slowly.",
            file=sys.stderr,
        )


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("room")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--runtime", default="3.13")
    parser.add_argument("--architecture", default="x86_64", choices=sorted(MACHINES))
    return parser.parse_args()


if __name__ == "__main__":
    main()
