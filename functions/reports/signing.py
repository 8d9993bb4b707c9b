"""Links and sessions that expire: HMAC-SHA256 over what they open and until when. Pure: no clock, no AWS."""

import hashlib
import hmac
import re
from typing import Literal
from urllib.parse import urlencode

Purpose = Literal["link", "session"]

EXPIRES = re.compile(r"[0-9]{1,11}", re.ASCII)


def sign(key: str, path: str, expires: int, purpose: Purpose = "link") -> str:
    """Sign the right to read `path`, as /reports or /reports/<id>, until `expires` (Unix seconds); 64 hex digits.

    A link and a session of the same path and time have different signatures: neither can be turned into the other.
    """
    message = f"ridewatch\n{purpose}\n{path}\n{expires}".encode()
    return hmac.new(key.encode(), message, hashlib.sha256).hexdigest()


def verify(  # noqa: PLR0913 - what is signed, and the moment it is judged at
    key: str, path: str, expires: str, signature: str, *, now: int, purpose: Purpose = "link"
) -> bool:
    """Tell whether `signature` is ours and still good at `now`."""
    return is_ours(key, path, expires, signature, purpose) and now < int(expires)


def is_ours(key: str, path: str, expires: str, signature: str, purpose: Purpose = "link") -> bool:
    """Tell whether `signature` is ours, be it expired or not. Takes the same time for every wrong one."""
    if not EXPIRES.fullmatch(expires):
        return False
    return hmac.compare_digest(sign(key, path, int(expires), purpose).encode(), signature.encode(errors="replace"))


def signed_query(key: str, path: str, expires: int) -> str:
    """Give the query string that opens `path` in a browser: `expires=…&signature=…`."""
    return urlencode({"expires": expires, "signature": sign(key, path, expires)})
