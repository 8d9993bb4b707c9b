"""`sam deploy`, told to use LocalStack."""

import shutil
import subprocess
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from ridewatch.embedded import processes
from ridewatch.embedded.aws import CREDENTIALS, REGION
from ridewatch.embedded.errors import DeployFailed, NotBuilt
from ridewatch.embedded.home import CHECKOUT, Home

LOG = "deploy"
STEP = 2.0


@dataclass(frozen=True)
class Deployment:
    """What is deployed, under which name and where."""

    name: str
    template: Path
    endpoint_url: str
    code_bucket: str
    parameters: Mapping[str, str]


def deploy(deployment: Deployment, home: Home, is_stuck: Callable[[], bool]) -> None:
    """Create or update a stack and wait for it. Raises DeployFailed with the end of SAM's log, NotBuilt without SAM."""
    home.log(LOG).unlink(missing_ok=True)
    environment = CREDENTIALS | {"AWS_ENDPOINT_URL": deployment.endpoint_url, "SAM_CLI_TELEMETRY": "0"}
    process = processes.start(home, LOG, command(deployment, program()), environment)
    if _wait(process, is_stuck):
        message = f"sam deploy failed; see {home.log(LOG)}\n{processes.last_lines(home, LOG, 12)}"
        raise DeployFailed(message)


def _wait(process: subprocess.Popen[bytes], is_stuck: Callable[[], bool]) -> int:
    """Wait for the end, and give the exit code; end what would wait for ever."""
    while True:
        try:
            return process.wait(STEP)
        except subprocess.TimeoutExpired:
            if is_stuck():
                process.kill()


def program() -> str:
    """Find the SAM CLI: the one that `make build` installs, else the one on the PATH. Raises NotBuilt."""
    own = CHECKOUT / ".sam-env" / "bin" / "sam"
    found = str(own) if own.exists() else shutil.which("sam")
    if not found:
        message = "there is no SAM CLI: `make build` installs it"
        raise NotBuilt(message)
    return found


def command(deployment: Deployment, sam: str) -> list[str]:
    """Give the command line. A bucket of our own: the one of --resolve-s3 is shared by all stacks of an account."""
    flags = ["--no-confirm-changeset", "--no-fail-on-empty-changeset", "--no-progressbar"]
    place = ["--stack-name", deployment.name, "--region", REGION, "--s3-bucket", deployment.code_bucket]
    overrides = [override(name, value) for name, value in deployment.parameters.items()]
    what = ["--template-file", str(deployment.template), "--capabilities", "CAPABILITY_IAM"]
    return [sam, "deploy", *what, *place, *flags, "--parameter-overrides", *overrides]


def override(name: str, value: str) -> str:
    """Write a parameter as SAM reads it: quoted, for a bare value ends at its first space."""
    escaped = value.replace("\\", "\\\\").replace('"', '\\"')
    return f'{name}="{escaped}"'
