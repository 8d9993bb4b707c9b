"""MongoDB for the embedded stack: MONGODB_URI, else mongod on the PATH, else SecantusDB from PyPI."""

import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from ridewatch.embedded import ports, processes
from ridewatch.embedded.errors import PartFailed
from ridewatch.embedded.home import Home

PORT = 27017


@dataclass(frozen=True)
class MongoDB:
    """A database, and the process that serves it when it is ours."""

    uri: str
    port: int = 0
    process: subprocess.Popen[bytes] | None = None


def start(home: Home, port: int, locks: Sequence[int] = (), host: str = ports.LOOPBACK) -> MongoDB:
    """Start a MongoDB, or take the one that MONGODB_URI names. What an earlier one kept in this home is there again."""
    if uri := os.environ.get("MONGODB_URI"):
        return MongoDB(uri)
    process = processes.start(home, "mongodb", _command(home, port, host), {}, locks)
    return MongoDB(f"mongodb://{host}:{port}/ridewatch?retryWrites=false", port, process)


def _command(home: Home, port: int, host: str) -> list[str]:
    mongod = shutil.which("mongod")
    return _mongod(mongod, home, port, host) if mongod else _secantusdb(home, port, host)


def _mongod(program: str, home: Home, port: int, host: str) -> list[str]:
    return [program, "--dbpath", str(home.database), "--port", str(port), "--bind_ip", host, "--nounixsocket"]


def _secantusdb(home: Home, port: int, host: str) -> list[str]:
    """Give the command of SecantusDB; --sync-on-commit, for else a kill -9 can lose acknowledged documents."""
    program = Path(sys.executable).with_name("secantusd-py")
    if not program.exists():
        message = "there is no SecantusDB for this Python: put mongod on the PATH, or set MONGODB_URI"
        raise PartFailed(message)
    settings = home.database / "secantusd.toml"
    settings.touch()
    options = ["--config", str(settings), "--standalone", "--sync-on-commit", "--log-level", "WARNING"]
    place = ["--host", host, "--port", str(port), "--storage-path", str(home.database / "data")]
    return [str(program), *options, *place]


def await_mongodb(home: Home, mongodb: MongoDB) -> None:
    """Wait until MongoDB answers. Raises PartFailed."""
    if mongodb.process:
        processes.await_answer(home, "mongodb", mongodb.process, lambda: answers(mongodb.uri))


def answers(uri: str) -> bool:
    """Tell whether MongoDB answers a ping there."""
    from pymongo import MongoClient
    from pymongo.errors import PyMongoError

    try:
        with MongoClient[dict[str, object]](uri, serverSelectionTimeoutMS=1000) as client:
            client.admin.command("ping")
    except PyMongoError:
        return False
    return True
