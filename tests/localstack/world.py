"""A stack on LocalStack as its user meets it: the command line, curl, and localstack-client's clients."""

import json
import os
import pathlib
import subprocess
import sys
from dataclasses import dataclass, field
from datetime import UTC, datetime

from localstack_client.session import Session

from contracts.events import Actual, EventBatch
from ridewatch.embedded import state
from ridewatch.embedded.home import Home

CLI = pathlib.Path(sys.executable).with_name("ridewatch")


@dataclass
class World:
    """One stack of its own name in a LocalStack that others may use too."""

    name: str
    home: Home
    endpoint: str
    template: pathlib.Path
    """What `sam build` built."""
    before: set[str] = field(default_factory=set)
    """What was in LocalStack before."""
    notes: dict[str, str] = field(default_factory=dict)
    """What one check saw and a later one compares."""

    @property
    def stack(self):
        """The stack, as `up` wrote it down."""
        return state.read(self.home)

    def client(self, service):
        """Make a client as LocalStack's own package does."""
        os.environ["AWS_ENDPOINT_URL"] = self.endpoint
        return Session("test", "test", None, "us-east-1").client(service)

    def output(self, name):
        """Give an output of the stack."""
        (stack,) = self.client("cloudformation").describe_stacks(StackName=self.name)["Stacks"]
        return next(output["OutputValue"] for output in stack["Outputs"] if output["OutputKey"] == name)

    def ridewatch(self, *words):
        """Run a command of ridewatch and give what it prints."""
        environment = os.environ | {"RIDEWATCH_HOME": str(self.home.folder), "COLUMNS": "120"}
        done = subprocess.run(  # noqa: S603 - our own command
            [CLI, *words], env=environment, capture_output=True, text=True, timeout=600, check=False
        )
        assert done.returncode == 0, f"ridewatch {' '.join(words)} → {done.returncode}\n{done.stdout}{done.stderr}"
        return done.stdout

    def up(self, *words):
        """Deploy or update the stack."""
        place = ("--cloud", "localstack", "--endpoint", self.endpoint, "--name", self.name)
        return self.ridewatch("up", "--detach", *place, *words)

    def curl(self, path, *words, key=True):
        """Ask the API with curl; give the status and the body."""
        headers = ["-H", f"x-api-key: {self.stack.api_key}"] if key else []
        address = path if path.startswith("http") else self.stack.api_url + path
        return curl("-H", "content-type: application/json", *headers, *words, address)

    def cookies(self):
        """Give curl's options for a jar of cookies."""
        jar = str(self.home.folder / "cookies")
        return "-b", jar, "-c", jar


def curl(*words):
    """Run curl; give the status and the body."""
    command = ["curl", "-sS", "--max-time", "90", "-w", "\n%{http_code}", *words]
    done = subprocess.run(command, capture_output=True, text=True, check=True)  # noqa: S603 - fixed words
    body, _, status = done.stdout.rpartition("\n")
    return int(status), body


def batch_of(ride):
    """Write a message with the actual of a ride that nobody asked for: its id tells whether it was stored."""
    actual = Actual(actual_id=ride, ride_id=ride, duration_minutes=5, received_at=datetime.now(UTC))
    return EventBatch(events=(actual,)).model_dump_json()


def loads(text):
    """Read JSON, and show what is none."""
    assert text.startswith("{"), text
    return json.loads(text)
