"""Built functions, called one process at a time."""

import json
import os
import pathlib
import subprocess
from dataclasses import dataclass, field
from importlib.util import find_spec

BUILD = pathlib.Path(__file__).parents[2] / ".aws-sam" / "build"
FUNCTIONS = {
    "PredictFunction": "predict.app.handler",
    "RecordFunction": "record.app.handler",
    "RedriveFunction": "record.redrive.handler",
    "DriftReportFunction": "drift_report.app.handler",
    "ReportsFunction": "reports.app.handler",
}
LAMBDA_BRINGS = ("boto3", "botocore", "s3transfer", "jmespath", "urllib3", "dateutil", "six")
SECONDS = 240


def machine_of(library):
    """Read from an ELF header what machine a library is for: 62 is x86_64, 183 is arm64."""
    return int.from_bytes(library.read_bytes()[18:20], "little")


def brought(folder):
    """Lay out what Lambda's Python brings, at the versions that requirements/dev.lock pins."""
    for name in LAMBDA_BRINGS:
        origin = pathlib.Path(find_spec(name).origin)
        source = origin.parent if origin.name == "__init__.py" else origin
        (folder / source.name).symlink_to(source)


@dataclass
class Packages:
    """The packages of one build."""

    python: pathlib.Path
    brought: pathlib.Path
    build: pathlib.Path
    environment: dict[str, str] = field(default_factory=dict)

    def invoke(self, function, event):
        """Call a function with a file of events/; give its answer."""
        text = (pathlib.Path(__file__).parents[2] / "events" / event).read_text()
        return self.run(function, FUNCTIONS[function], text)["answer"]

    def draw(self, **columns):
        """Let the built drift report draw."""
        return self.run("DriftReportFunction", "draw", json.dumps(columns))

    def run(self, function, name, text):
        """Run a package with nothing beside it; give the answer, and the files of the modules that it imported."""
        isolated = pathlib.Path(__file__).with_name("isolated.py")
        folder = self.build / function
        done = subprocess.run(  # noqa: S603 - our own script
            [self.python, "-I", "-S", "-B", isolated, folder, self.brought, name],
            input=text,
            capture_output=True,
            text=True,
            cwd=folder,
            env={"PATH": os.environ["PATH"], "HOME": "/nowhere"} | self.environment,
            timeout=SECONDS,
            check=False,
        )
        assert done.returncode == 0, done.stderr[-3000:]
        return json.loads(done.stdout)
