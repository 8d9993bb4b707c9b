"""`make sam-local-check`: every function with every file of events/ by `sam local invoke`; the API by curl."""

import argparse
import pathlib
import sys
import tempfile
from contextlib import ExitStack

from tests.lab.checks import Checks
from tests.lab.curl import check_api
from tests.lab.engine import docker
from tests.lab.invocations import INVOCATIONS
from tests.lab.local_world import World, world
from tests.lab.sam import EVENTS, ROOT, SamLocal

LAMBDA_CONTAINERS = ("ps", "--all", "--quiet", "--filter", "label=sam.cli.container.type=lambda")


def check(template: pathlib.Path, image: str) -> int:
    """Run the checks; give the exit code."""
    checks = Checks()
    with ExitStack() as stack, checks.step("nothing is left running"):
        folder = pathlib.Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="ridewatch-sam-")))
        before = set(docker(*LAMBDA_CONTAINERS).split())
        _forget(image)
        with checks.step("a bucket, queues, secrets, a MongoDB and a trained model stand ready"):
            made = stack.enter_context(world(folder))
        if not checks.failed:
            _check_all(checks, SamLocal(template, image, made.env_vars), made, folder)
        assert set(docker(*LAMBDA_CONTAINERS).split()) <= before, docker(*LAMBDA_CONTAINERS)
    return checks.end()


def _forget(image: str) -> None:
    """Remove what SAM made of an earlier image of this name: it would not notice that there is a newer one."""
    name = image.partition(":")[0]
    for made in docker("images", "--format", "{{.Repository}}:{{.Tag}}", name).split():
        if ":rapid-" in made or "-rapid-" in made:
            docker("rmi", made)


def _check_all(checks: Checks, sam: SamLocal, made: World, folder: pathlib.Path) -> None:
    with checks.step("every file of events/ has its turn"):
        assert sorted(event for _, event, _ in INVOCATIONS) == sorted(path.name for path in EVENTS.glob("*.json"))
    for function, event, holds in INVOCATIONS:
        with checks.step(f"sam local invoke {function} -e events/{event}"):
            holds(sam, made, event)
    log = folder / "api.log"
    with checks.step("sam local start-api serves, and ends"), sam.api(log) as url:
        check_api(checks, url)


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("image")
    parser.add_argument("--template", type=pathlib.Path, default=ROOT / ".aws-sam" / "build" / "template.yaml")
    asked = parser.parse_args()
    sys.exit(check(asked.template, asked.image))
