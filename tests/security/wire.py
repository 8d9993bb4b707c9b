"""HTTP as nobody's client writes it: the request is what the test says, byte for byte."""

import json
import socket
from typing import Any, NamedTuple
from urllib.parse import urlsplit


class Answer(NamedTuple):
    """What came back."""

    status: int
    headers: str
    body: bytes

    @property
    def error(self) -> dict[str, Any]:
        """The error that every refusal holds."""
        return json.loads(self.body)["error"]


def send(url: str, method: str, body: bytes = b"", **headers: str) -> Answer:
    """Send one request and read to the end; names of headers are written with underscores."""
    at = urlsplit(url)
    target = at.path + (f"?{at.query}" if at.query else "")
    lines = [f"{method} {target} HTTP/1.1", f"Host: {at.netloc}", "Connection: close", f"Content-Length: {len(body)}"]
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    with socket.create_connection((at.hostname, at.port), timeout=60) as connection:
        connection.sendall("\r\n".join([*lines, "", ""]).encode("latin-1") + body)
        return _read(connection)


def _read(connection: socket.socket) -> Answer:
    parts = []
    while part := connection.recv(65_536):
        parts.append(part)
    head, _, body = b"".join(parts).partition(b"\r\n\r\n")
    status, _, headers = head.decode("latin-1").partition("\r\n")
    return Answer(int(status.split()[1]), headers, body)
