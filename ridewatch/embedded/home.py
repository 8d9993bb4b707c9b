"""Where the embedded stack keeps its files."""

import os
import shutil
from dataclasses import dataclass
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Home:
    """The folder of one embedded stack; two stacks live side by side in two homes."""

    folder: Path

    @property
    def state(self) -> Path:
        """Where a running stack is reached."""
        return self.folder / "state.json"

    @property
    def lock(self) -> Path:
        """Held while the stack starts or ends."""
        return self.folder / "lock"

    @property
    def temporary(self) -> Path:
        """MiniStack's extracted zips."""
        return self.folder / "tmp"

    @property
    def database(self) -> Path:
        """The files of an embedded MongoDB."""
        return self.folder / "mongodb"

    def log(self, name: str) -> Path:
        """Give the log file of one process."""
        return self.folder / "logs" / f"{name}.log"

    def prepare(self) -> None:
        """Make the folders, empty: nothing of an earlier stack is taken over."""
        self.clear()
        for folder in (self.temporary, self.database, self.folder / "logs"):
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir(parents=True)

    def clear(self) -> None:
        """Forget a stack that has ended; its logs stay."""
        self.state.unlink(missing_ok=True)
        for folder in (self.temporary, self.database):
            shutil.rmtree(folder, ignore_errors=True)


def home() -> Home:
    """Give the home that RIDEWATCH_HOME names, else `.ridewatch/` of the checkout."""
    folder = Path(os.environ.get("RIDEWATCH_HOME") or CHECKOUT / ".ridewatch").resolve()
    folder.mkdir(parents=True, exist_ok=True)
    return Home(folder)
