"""The pages in a real browser: what a person on a phone or at a desk sees."""

import re
import time
from itertools import pairwise

import pytest

import reports.app
from reports.signing import signed_query
from tests.browser import CHROMIUM, Tab, browser
from tests.fakes.mongodb import FakeMongo
from tests.report_site import KEYS, Shelf, parts, served
from tests.sample_alerts import fill
from tests.sample_reports import april, bare, broken, march, provisional, spring, too_few
from tests.stores import fake_stores

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on PATH: apt-get install chromium"),
]
PREFIX = "/_aws/execute-api/a1b2c3d4/v1"
WIDE = 'Array.from(document.querySelectorAll("body *")).filter(e => e.closest("svg,.skip,thead") === null'
WIDE += " && e.getBoundingClientRect().right > innerWidth + 1).map(e => e.outerHTML.slice(0, 200))"
CUT = 'Array.from(document.querySelectorAll("svg text")).filter(e => { const box = e.getBoundingClientRect();'
CUT += " return box.right > innerWidth || box.left < 0; }).map(e => e.textContent)"
UNFOLD = 'document.querySelectorAll("details").forEach(one => { one.open = true; })'
SCREENS = [(320, False), (360, True), (390, False), (768, True), (840, False), (1280, False), (1280, True)]
PAGES = {
    "list": "/reports",
    "moved": f"/reports/{april().report_id}",
    "quiet": f"/reports/{march().report_id}",
    "too-few": f"/reports/{too_few().report_id}",
    "broken": f"/reports/{broken().report_id}",
    "provisional": f"/reports/{provisional().report_id}",
    "bare": f"/reports/{bare().report_id}",
    "alerts": "/reports/alerts",
    "review": "/reports/review",
}


@pytest.fixture(scope="module")
def chromium(tmp_path_factory):
    """Give a Chromium's DevTools port."""
    with browser(tmp_path_factory.mktemp("chromium")) as port:
        yield port


@pytest.fixture
def tab(chromium):
    """Give a tab that no page has been shown in."""
    tab = Tab(chromium)
    tab.send("Network.clearBrowserCookies")
    yield tab
    tab.close()


@pytest.fixture
def shelf(monkeypatch):
    """Give the shelf that the function reads from."""
    shelf = Shelf(spring())
    mongo = FakeMongo()
    fill(fake_stores(mongo))
    monkeypatch.setattr(reports.app, "here", lambda: parts(shelf, mongo))
    return shelf


@pytest.fixture
def stage(shelf):
    """Give the address of the stage, behind the prefix that an emulator puts before it."""
    assert shelf.reports
    with served(reports.app.handler, PREFIX) as address:
        yield address


def _link(stage, path="/reports"):
    return f"{stage}{path}?{signed_query(KEYS.signing, path, int(time.time()) + 60)}"


@pytest.mark.parametrize(("width", "dark"), SCREENS)
@pytest.mark.parametrize("page", PAGES)
def test_nothing_overflows_and_the_console_is_silent(tab, stage, page, width, dark):
    """No part is wider than the screen, also unfolded, no text of a plot is cut off, nothing is refused or missing."""
    tab.show(_link(stage, PAGES[page]), width=width, dark=dark)
    tab.ask(UNFOLD)
    assert tab.ask("document.querySelector('h1').textContent")
    assert tab.ask("document.documentElement.scrollWidth") <= width
    assert tab.ask(WIDE) == []
    assert tab.ask(CUT) == []
    assert tab.complaints() == []


@pytest.mark.parametrize("page", PAGES)
def test_a_page_asks_nobody_else_for_anything(tab, stage, page):
    """Everything comes from where the page came from, or is in it."""
    tab.show(_link(stage, PAGES[page]), width=1280)
    assert [address for address in tab.requested() if not address.startswith((stage, "data:"))] == []


def test_a_link_opens_a_session_that_lasts_from_page_to_page(tab, stage):
    """One signed link, then clean addresses: list, report, back."""
    tab.show(_link(stage), width=1280)
    assert tab.ask("location.href") == f"{stage}/reports"
    assert tab.ask("document.cookie") == ""
    for selector, expected in (
        (f'a[href$="{april().report_id}"]', PAGES["moved"]),
        ('a[href="../reports"]', "/reports"),
    ):
        address = tab.ask(f"document.querySelector('{selector}').href")
        assert address == f"{stage}{expected}"
        tab.show(address, width=1280)
        assert tab.ask("document.querySelector('h1').textContent") in {"April 2020", "Reports"}


@pytest.mark.parametrize("page", ["alerts", "review"])
def test_from_the_list_to_alerts_and_reviews_and_back(tab, stage, page):
    """The way is a link in either direction; a report is one click from its alert."""
    tab.show(_link(stage), width=1280)
    tab.show(tab.ask(f"document.querySelector('a[href=\"reports/{page}\"]').href"), width=1280)
    assert tab.ask("location.href") == f"{stage}/reports/{page}"
    assert tab.ask("document.querySelector('a[href=\"../reports\"]').href") == f"{stage}/reports"
    if page == "alerts":
        assert tab.ask("document.querySelector('.alerts a').href").startswith(f"{stage}/reports/2020")


def test_without_a_link_the_page_says_what_to_do(tab, stage):
    """A person who has no link learns the command."""
    tab.show(f"{stage}/reports", width=390)
    assert "ridewatch open" in tab.ask("document.body.innerText")
    assert tab.ask("document.documentElement.scrollWidth") <= 390


def test_an_empty_list_is_friendly(tab, stage, shelf):
    """Before the first report the page says when it comes."""
    shelf.reports = []
    tab.show(_link(stage), width=390)
    assert "No report yet" in tab.ask("document.body.innerText")


def test_a_segment_opens_to_its_numbers(tab, stage):
    """Without a script: by a click on its line."""
    tab.show(_link(stage, PAGES["moved"]), width=390)
    hidden = "document.querySelector('.more-numbers').checkVisibility()"
    assert tab.ask(hidden) is False
    tab.ask("document.querySelector('summary').click()")
    assert tab.ask(hidden) is True


def test_labels_of_an_axis_do_not_touch(tab, stage):
    """On the narrowest screen, too."""
    tab.show(_link(stage, PAGES["moved"]), width=320)
    places = tab.ask(
        "Array.from(document.querySelectorAll('.axis text')).map(e => e.getBoundingClientRect())"
        ".map(box => [box.left, box.right])"
    )
    assert len(places) > 2
    assert all(left[1] < right[0] for left, right in pairwise(places))


def test_the_scheme_follows_the_system(tab, stage):
    """Dark systems get dark paper."""
    seen = []
    for dark in (False, True):
        tab.show(_link(stage), width=390, dark=dark)
        colour = tab.ask("getComputedStyle(document.body).backgroundColor")
        seen.append(sum(map(int, re.findall(r"\d+", colour))))
    assert seen[0] > 700
    assert seen[1] < 100


def test_text_in_plots_keeps_its_size_on_a_phone(tab, stage):
    """Plots are not scaled down: a label is as large on 390 pixels as on 1280."""
    sizes = set()
    for width in (390, 1280):
        tab.show(_link(stage, PAGES["moved"]), width=width)
        sizes.add(tab.ask("document.querySelector('svg text').getBoundingClientRect().height"))
    assert len(sizes) == 1
