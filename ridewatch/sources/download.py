"""One file over HTTP: resumed where it broke off, checked before it counts as there."""

from collections.abc import Callable
from contextlib import contextmanager
from hashlib import sha256
from http import HTTPStatus
from pathlib import Path
from typing import TYPE_CHECKING

import requests

from ridewatch.sources.errors import UnavailableSourceError, UnsoundSourceError

if TYPE_CHECKING:
    from collections.abc import Iterator

Progress = Callable[[int, int], None]
CHUNK = 1 << 16
SECONDS = (10, 60)
"""Patience with a connection, and with silence on it."""
ATTEMPTS = 3


def download(url: str, target: Path, *, check: Callable[[Path], None], progress: Progress | None = None) -> None:
    """Fetch a file; an interrupted one goes on from where it stopped, now or in a later run. Raises SourceError."""
    target.parent.mkdir(parents=True, exist_ok=True)
    with requests.Session() as session, _explained(url, target):
        size, version = _announced(session, url)
        part = target.with_name(f"{target.name}.{version}.part")
        for attempt in range(1, ATTEMPTS + 1):
            try:
                _continue(session, url, part, size, progress)
                break
            except requests.RequestException:
                if attempt == ATTEMPTS:
                    raise
        _accept(part, target, size, check)


def _announced(session: requests.Session, url: str) -> tuple[int, str]:
    """Size, and a name of this version of the file, so that a part is never continued with another file's bytes."""
    answer = session.head(url, timeout=SECONDS, allow_redirects=True, headers={"Accept-Encoding": "identity"})
    _refuse_errors(answer)
    size = int(answer.headers.get("Content-Length", -1))
    version = answer.headers.get("ETag") or answer.headers.get("Last-Modified", "")
    return size, sha256(f"{version}/{size}".encode()).hexdigest()[:8]


def _continue(session: requests.Session, url: str, part: Path, size: int, progress: Progress | None) -> None:
    here = part.stat().st_size if part.exists() else 0
    if here == size:
        return
    headers = {"Accept-Encoding": "identity"} | ({"Range": f"bytes={here}-"} if here else {})
    with session.get(url, stream=True, timeout=SECONDS, headers=headers) as answer:
        _refuse_errors(answer)
        resumed = answer.status_code == HTTPStatus.PARTIAL_CONTENT
        _write(answer, part, here if resumed else 0, lambda done: progress(done, size) if progress else None)


def _write(answer: requests.Response, part: Path, done: int, told: Callable[[int], None]) -> None:
    with part.open("ab" if done else "wb") as file:
        for chunk in answer.iter_content(CHUNK):
            file.write(chunk)
            done += len(chunk)
            told(done)


def _accept(part: Path, target: Path, size: int, check: Callable[[Path], None]) -> None:
    """Let the part become the file, or remove it: what is unsound would be continued for ever."""
    try:
        _check_size(part, size)
        check(part)
    except UnsoundSourceError:
        part.unlink()
        raise
    part.replace(target)


def _check_size(part: Path, size: int) -> None:
    here = part.stat().st_size
    if size not in (-1, here):
        message = f"{part.name} has {here:,} bytes, {size:,} were announced: run again."
        raise UnsoundSourceError(message)


def _refuse_errors(answer: requests.Response) -> None:
    if answer.status_code in (HTTPStatus.FORBIDDEN, HTTPStatus.NOT_FOUND):
        message = f"{answer.url} is not published (HTTP {answer.status_code}): the TLC is about two months behind."
        raise UnavailableSourceError(message)
    answer.raise_for_status()


@contextmanager
def _explained(url: str, target: Path) -> "Iterator[None]":
    try:
        yield
    except requests.RequestException as error:
        message = (
            f"{url} cannot be downloaded ({type(error).__name__}). Are you offline? Run again to resume, "
            f"or put the file there by hand: {target}; `simulated` needs no network."
        )
        raise UnavailableSourceError(message) from error
