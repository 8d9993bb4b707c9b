"""Who may read reports, and until when."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as some

from reports.access import ALL, COOKIE, SESSION_SECONDS, Keys, Unauthorized, Visitor, admit, new_session
from reports.signing import sign, signed_query, verify

KEYS = Keys(api="the-api-key", signing="the-signing-key")
NOW = 1_700_000_000
ONE = "/reports/20190301T0500-20190302T0500-v1"


def _link(path=ALL, expires=NOW + 60, key=KEYS.signing, asked=None):
    return Visitor(asked or path, expires=str(expires), signature=sign(key, path, expires))


def _session(scope=ALL, expires=NOW + 60, key=KEYS.signing, asked=None):
    return Visitor(asked or scope, cookies=f"theme=dark; {COOKIE}={new_session(key, scope, expires)}")


@pytest.mark.parametrize(
    "visitor",
    [
        Visitor(ALL, api_key=KEYS.api),
        _link(),
        _link(ONE),
        _session(),
        _session(asked=ONE),
        _session(ONE),
        Visitor(ALL, api_key=KEYS.api, expires="1", signature="bad"),
        Visitor(ONE, cookies=f"{_session(expires=NOW - 1).cookies}; {_session(ONE).cookies}"),
        Visitor(ALL, api_key="wrong", cookies=_session().cookies),
    ],
)
def test_whoever_shows_something_good_comes_in(visitor):
    """A key, a link or a session is enough, whatever else is shown."""
    admit(visitor, KEYS, now=NOW)


@pytest.mark.parametrize(
    ("visitor", "reason"),
    [
        (Visitor(ALL), "key_missing"),
        (Visitor(ALL, api_key="wrong"), "key_wrong"),
        (Visitor(ALL, api_key="clé"), "key_wrong"),
        (Visitor(ALL, api_key=KEYS.signing), "key_wrong"),
        (_link(expires=NOW), "link_expired"),
        (_link(expires=NOW - 3600), "link_expired"),
        (_link(key="another key"), "link_wrong"),
        (_link(asked=ONE), "link_wrong"),
        (_link(ONE, asked=ALL), "link_wrong"),
        (Visitor(ALL, expires=str(NOW + 61), signature=sign(KEYS.signing, ALL, NOW + 60)), "link_wrong"),
        (Visitor(ALL, expires="9" * 5000, signature="0" * 64), "link_wrong"),
        (Visitor(ALL, expires="soon", signature="é"), "link_wrong"),
        (Visitor(ALL, expires=str(NOW + 60)), "link_wrong"),
        (_session(expires=NOW), "key_missing"),
        (_session(key="another key"), "key_missing"),
        (_session(ONE, asked=ALL), "key_missing"),
        (_session(ONE, asked=f"{ONE}5"), "key_missing"),
        (Visitor(ALL, cookies=f"{COOKIE}={NOW + 60}:{sign(KEYS.signing, ALL, NOW + 60)}:{ALL}"), "key_missing"),
        (Visitor(ALL, cookies=f"{COOKIE}=; {COOKIE}=::; x"), "key_missing"),
    ],
)
def test_whoever_does_not_stays_out_and_hears_why(visitor, reason):
    """Nothing, something wrong, something old or something for another page does not open a page."""
    with pytest.raises(Unauthorized) as caught:
        admit(visitor, KEYS, now=NOW)
    assert caught.value.reason == reason


def test_a_link_begins_a_session_of_its_own_length():
    """The session outlives the link, and ends."""
    session = admit(_link(expires=NOW + 1), KEYS, now=NOW)
    visitor = Visitor(ALL, cookies=f"{COOKIE}={session}")
    admit(visitor, KEYS, now=NOW + SESSION_SECONDS - 1)
    with pytest.raises(Unauthorized):
        admit(visitor, KEYS, now=NOW + SESSION_SECONDS)


def test_no_key_is_not_an_empty_key():
    """A store whose key were empty would not stand open."""
    with pytest.raises(Unauthorized):
        admit(Visitor(ALL), Keys(api="", signing=KEYS.signing), now=NOW)


def test_a_key_begins_no_session():
    """Scripts get no cookie."""
    assert admit(Visitor(ALL, api_key=KEYS.api), KEYS, now=NOW) is None


@given(place=some.integers(0, 63), digit=some.sampled_from("0123456789abcdefg"))
def test_one_digit_changed_breaks_a_signature(place, digit):
    """No digit of a signature is left unread."""
    good = sign(KEYS.signing, ALL, NOW + 60)
    changed = good[:place] + digit + good[place + 1 :]
    assert verify(KEYS.signing, ALL, str(NOW + 60), changed, now=NOW) == (changed == good)


def test_everything_signed_changes_the_signature():
    """Key, path, time and purpose each make another signature."""
    made = [
        sign(key, path, expires, purpose)
        for key, path, expires, purpose in itertools.product("ab", (ALL, ONE), (1, 2), ("link", "session"))
    ]
    assert len(set(made)) == len(made) == 16


def test_the_query_that_a_command_prints_opens_the_page():
    """What signed_query makes is what admit reads."""
    expires, signature = (pair.partition("=")[2] for pair in signed_query(KEYS.signing, ALL, NOW + 60).split("&"))
    assert admit(Visitor(ALL, expires=expires, signature=signature), KEYS, now=NOW)
