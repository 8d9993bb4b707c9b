"""Pictures by a headless Chromium."""

import struct

import pytest

from ridewatch import snapshot
from ridewatch.snapshot import NoBrowser, NotDrawn, pages, take
from tests.browser import CHROMIUM

needs_chromium = pytest.mark.skipif(not CHROMIUM, reason="Chromium is not installed (Debian: apt-get install chromium)")


@needs_chromium
@pytest.mark.browser
def test_a_page_becomes_a_png_of_the_size_asked_for(tmp_path):
    """What a script draws on the page is in it."""
    page = tmp_path / "page.html"
    page.write_text("<body style='background:#123456'><script>document.body.append('drawn')</script>")
    take(page.as_uri(), tmp_path / "page.png", "320,200")
    body = (tmp_path / "page.png").read_bytes()
    assert body.startswith(b"\x89PNG")
    assert struct.unpack(">II", body[16:24]) == (320, 200)


def test_without_a_browser_it_says_what_to_install(tmp_path, monkeypatch):
    """The remedy is one line."""
    monkeypatch.setattr(snapshot, "BROWSERS", ("no-such-browser",))
    with pytest.raises(NoBrowser, match="apt install chromium"):
        take("about:blank", tmp_path / "x.png")


def test_a_browser_that_draws_nothing_is_told_of(tmp_path, monkeypatch):
    """A picture of yesterday is not taken for today's."""
    (tmp_path / "x.png").write_bytes(b"old")
    monkeypatch.setattr(snapshot, "BROWSERS", ("true",))
    with pytest.raises(NotDrawn, match=r"x\.png"):
        take("about:blank", tmp_path / "x.png")
    assert not (tmp_path / "x.png").exists()


def test_prometheus_pages_are_those_of_a_prometheus_that_is_there():
    """A stack without one has a report page all the same."""
    assert list(pages("http://r", "")) == ["reports"]
    found = pages("http://r", "http://127.0.0.1:9")
    assert found["prometheus-alerts"] == "http://127.0.0.1:9/classic/alerts"
    assert "g0.expr=ridewatch%3Apsi" in found["prometheus-psi"]
