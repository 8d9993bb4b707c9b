"""Real months as they were, where they are at hand: spring 2019 pages nobody, the emptied streets of 2020 do."""

from datetime import UTC, datetime

import pytest

from ridewatch.backtest.backtest import Sources, backtest
from ridewatch.backtest.plan import Plan
from ridewatch.sources.table import concatenate
from tests.months import month, needs_real_rides

pytestmark = [needs_real_rides, pytest.mark.timeout(1_500)]

EMPTY = "concept, answers too long"


def passed(*names):
    """Pass some months through a model of the winter."""
    winter = Sources(("2019-01", "2019-02"), concatenate([month("2019-01"), month("2019-02")]))
    data = Sources(names, concatenate([month(name) for name in names]).in_pickup_order())
    return backtest(data, winter, (), Plan())


def pages(result):
    """Give the pages of errors."""
    return [alert for alert in result.alerts if alert.severity == "page"]


def test_april_2020_alone_pages_within_its_first_300_labelled_rides():
    """Direction, cause, and what the inputs had announced."""
    first, *_ = pages(passed("2020-04"))
    assert first.labelled_rides <= 300
    assert (first.rule, first.cause, first.resolved_at) == ("errors_changed", EMPTY, None)
    assert "were to be expected" in first.sentence


def test_in_sequence_the_page_opens_when_the_streets_empty_and_stays_open():
    """Streets emptied on 16 March 2020; the season of spring 2019 is told, and pages nobody."""
    result = passed("2019-03", "2019-04", "2019-05", "2019-06", "2020-03", "2020-04")
    page, *more = [alert for alert in pages(result) if alert.rule == "errors_changed"]
    assert not more
    assert datetime(2020, 3, 16, tzinfo=UTC) <= page.at <= datetime(2020, 3, 23, tzinfo=UTC)
    assert (page.cause, page.resolved_at) == (EMPTY, None)
    assert not [alert for alert in pages(result) if alert.at < datetime(2020, 3, 16, tzinfo=UTC)]
