"""Who may read: the API key, a signed link, or the session that a link began."""

import hmac
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from reports.signing import is_ours, sign, verify

SESSION_SECONDS = 12 * 3600
COOKIE = "ridewatch_session"
ALL = "/reports"

Reason = Literal["key_missing", "key_wrong", "link_expired", "link_wrong"]


@dataclass(frozen=True)
class Keys:
    """The API key that scripts show, and the key that links are signed with."""

    api: str
    signing: str


@dataclass(frozen=True)
class Visitor:
    """What a request shows; `path` is what it asks for, as /reports or /reports/<id>."""

    path: str
    api_key: str = ""
    expires: str = ""
    signature: str = ""
    cookies: str = ""

    @property
    def has_link(self) -> bool:
        """Whether the request came by a signed link, good or not."""
        return bool(self.expires or self.signature)


class Unauthorized(Exception):
    """The request shows nothing that opens the path."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason)
        self.reason: Reason = reason


def admit(visitor: Visitor, keys: Keys, *, now: int) -> str | None:
    """Let the visitor in, with the value of the session cookie to begin if a link let it in. Raises Unauthorized."""
    if visitor.api_key and hmac.compare_digest(visitor.api_key.encode(errors="replace"), keys.api.encode()):
        return None
    if verify(keys.signing, visitor.path, visitor.expires, visitor.signature, now=now):
        return new_session(keys.signing, visitor.path, now + SESSION_SECONDS)
    if any(_opens(session, visitor.path, keys.signing, now) for session in _sessions(visitor.cookies)):
        return None
    raise Unauthorized(_reason(visitor, keys))


def new_session(key: str, scope: str, expires: int) -> str:
    """Give a cookie value that opens `scope`, and what lies below it, until `expires`."""
    return f"{expires}:{sign(key, scope, expires, 'session')}:{scope}"


def _sessions(cookies: str) -> Iterator[str]:
    # A browser sends every cookie of the name whose path fits: the list's session and one report's may stand together.
    for pair in cookies.split(";"):
        name, _, value = pair.strip().partition("=")
        if name == COOKIE:
            yield value


def _opens(session: str, path: str, key: str, now: int) -> bool:
    expires, _, rest = session.partition(":")
    signature, _, scope = rest.partition(":")
    reaches = path == scope or path.startswith(f"{scope}/")
    return reaches and verify(key, scope, expires, signature, now=now, purpose="session")


def _reason(visitor: Visitor, keys: Keys) -> Reason:
    if visitor.has_link:
        ours = is_ours(keys.signing, visitor.path, visitor.expires, visitor.signature)
        return "link_expired" if ours else "link_wrong"
    return "key_wrong" if visitor.api_key else "key_missing"
