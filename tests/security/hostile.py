"""Bodies that nobody honest sends, and the statuses that are right. MARK is a payload's own word."""

import base64
import gzip
import json
from typing import Any, NamedTuple

MARK = "jane-doe-41-elm-street"
RIDE = {"pickup_zone": 10, "dropoff_zone": 50, "distance": 4.0}
OPERATORS = ("$where", "$gt", "$ne", "$expr", "$function", "a.b", "__proto__", "constructor", "prototype", "_id")


class Hostile(NamedTuple):
    """A body, as bytes, and the statuses that are right for it."""

    name: str
    body: bytes
    statuses: tuple[int, ...]


def _json(name: str, value: Any, *statuses: int) -> Hostile:
    return Hostile(name, json.dumps(value).encode(), statuses or (422,))


def _ride(name: str, **changes: Any) -> Hostile:
    return _json(name, RIDE | changes)


def _raw(name: str, text: str, *statuses: int) -> Hostile:
    """Put a literal that no JSON library writes in the place of the distance."""
    body = json.dumps(RIDE | {"distance": 0}).replace('"distance": 0', f'"distance": {text}')
    return Hostile(name, body.encode(), statuses)


def _in_rides(value: Any) -> dict[str, Any]:
    return {"rides": [value, RIDE]}


SENT = json.dumps(RIDE | {"ride_id": MARK}).encode()

SHAPES = (
    Hostile("nothing", b"", (400,)),
    Hostile("spaces", b" " * 1000, (400,)),
    Hostile("deep lists", b"[" * 100_000, (400,)),
    Hostile("deep and closed lists", b"[" * 5_000 + b"]" * 5_000, (400,)),
    Hostile("deep objects", b'{"a":' * 5_000 + b"1" + b"}" * 5_000, (400,)),
    _json("a list in a list in a list", [[[[[MARK]]]]]),
    _json("rides in rides", {"rides": [{"rides": [RIDE]}]}, 200),
    _json("a list of lists", {"rides": [[RIDE], [[RIDE]]]}, 200),
    _json("many empty objects", {"rides": [{}] * 501}),
    _json("a million spaces short of the limit", {"rides": [RIDE] * 500}, 200),
    _json("very many fields", {f"f{place}": MARK for place in range(5_000)}),
    _json("a very long name", RIDE | {"x" * 200_000: 1}),
    _json("a very long text", RIDE | {"ride_id": MARK * 9_000}),
    Hostile("six megabytes", b'{"ride_id":"' + MARK.encode() * 270_000 + b'"}', (413,)),
    Hostile("a key given twice", b'{"pickup_zone":1,"pickup_zone":{"$gt":1},"dropoff_zone":1,"distance":1}', (422,)),
    Hostile("two documents", SENT + SENT, (400,)),
    Hostile("a comment", b"/* " + MARK.encode() + b" */" + SENT, (400,)),
    Hostile("single quotes", SENT.replace(b'"', b"'"), (400,)),
    Hostile("a script", b"<script>alert(1)</script>" + MARK.encode(), (400,)),
    Hostile("an entity", b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>', (400,)),
    Hostile("a form", b"pickup_zone=10&distance=4&name=" + MARK.encode(), (400,)),
)
NUMBERS = (
    *(_raw(text, text, 400) for text in ("NaN", "Infinity", "-Infinity", "+1", "01", "0x10", ".5", "1.", "1e", "--1")),
    *(_raw(text, text, 422) for text in ("1e400", "-1e400", "1e308", "-0.1", "1000.0000001", "9" * 400, "true", '"1"')),
    *(_raw(text, text, 200) for text in ("-0.0", "1e-400", "0.1e1", "5e-324")),
    Hostile("a number of five thousand digits", b'{"distance":' + b"9" * 5_000 + b"}", (400, 422)),
    Hostile("a number of two hundred thousand digits", b'{"distance":' + b"9" * 200_000 + b"}", (400, 422)),
    _ride("a zone beyond any integer", pickup_zone=2**63),
    _ride("a zone below any integer", pickup_zone=-(2**200)),
)
ENCODINGS = (
    Hostile("utf-16", SENT.decode().encode("utf-16"), (400,)),
    Hostile("utf-32", SENT.decode().encode("utf-32"), (400,)),
    Hostile("a byte order mark", b"\xef\xbb\xbf" + SENT, (400,)),
    Hostile("latin-1", json.dumps({"ride_id": "caf\xe9 " + MARK}, ensure_ascii=False).encode("latin-1"), (400,)),
    Hostile("no utf-8", b"\xff\xfe\xfa" + SENT, (400,)),
    Hostile("an overlong slash", b'{"ride_id":"\xc0\xaf"}', (400,)),
    Hostile("half a surrogate", b'{"ride_id":"\xed\xa0\x80"}', (400,)),
    Hostile("half a surrogate, escaped", b'{"ride_id":"\\ud800"}', (400,)),
    Hostile("a null byte", b'{"ride_id":"\x00"}', (400,)),
    Hostile("a null byte, escaped", json.dumps(RIDE | {"ride_id": "\0" + MARK}).encode(), (422,)),
    Hostile("a null byte in a name", json.dumps(RIDE | {"\0": MARK}).encode(), (422,)),
    Hostile("null bytes", b"\0" * 100, (400,)),
    Hostile("gzip", gzip.compress(SENT), (400,)),
    Hostile("base64 in base64", base64.b64encode(SENT), (400,)),
    Hostile("right to left", json.dumps(RIDE | {"ride_id": "\u202e" + MARK}).encode(), (422,)),
)
OBJECTS = (
    *(_ride(f"a field {name}", **{name: MARK}) for name in OPERATORS),
    *(_ride(f"{name} for a value", ride_id={name: MARK}) for name in OPERATORS),
    *(_ride(f"{name} for an id", ride_id=f"{name} {MARK}") for name in OPERATORS),
    *(_ride(f"{name} for a distance", distance={name: 0}) for name in OPERATORS),
    _json("an operator in the place of a ride", {"$where": f"sleep(1000) // {MARK}"}),
    _json("an operator among rides", _in_rides({"$gt": MARK}), 200),
    _json("an operator in the place of rides", {"rides": {"$gt": MARK}}),
    _ride("a script for an id", ride_id=f"<script>{MARK}</script>"),
    _ride("a path for an id", ride_id=f"../../{MARK}"),
    _ride("a new line for an id", ride_id=f"r\nINFO {MARK}"),
    _ride("a formula", ride_id=f"=cmd|' /C {MARK}'!A0"),
    _ride("a lookup", ride_id="${jndi:ldap://" + MARK + "}"),
    _ride("a time of another age", pickup_time="0000-01-01T00:00:00Z"),
    _ride("a time of words", pickup_time=MARK),
    _ride("a time zone of a week", pickup_time="2019-01-01T00:00:00+99:99"),
)
CORPUS = (*SHAPES, *NUMBERS, *ENCODINGS, *OBJECTS)
