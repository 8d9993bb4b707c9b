from datetime import UTC, datetime, timedelta

from metrics_exporter.reporting import LATE, LATE_EVERY, RECENT, Reporting
from tests.sample_reports import march

NOW = datetime(2026, 1, 1, 12, tzinfo=UTC)


class News:
    """Reports, and since when they were asked for."""

    def __init__(self, *reports):
        self.reports = list(reports)
        self.asked = []

    def since(self, moment):
        """As the real one."""
        self.asked.append(moment)
        return [report for report in self.reports if report.generated_at >= moment]


def at(*moments):
    """Tell these times, one after the other."""
    remaining = iter(moments)
    return lambda: next(remaining)


def ids(reports):
    """Name reports with their revisions."""
    return {(report.report_id, report.revision) for report in reports}


def test_the_window_that_ended_last_is_the_latest_of_its_kind():
    """By the end of the window, not by the moment of the report."""
    old, new, month = march(1, generated_at=NOW), march(2, generated_at=NOW - LATE), march(kind="custom")
    assert ids(Reporting(News(new, old, month), at(NOW)).refresh()) == ids([new, month])


def test_a_new_revision_takes_the_place_of_the_old():
    """Late actuals restate a window."""
    news = News(march(1, revision=1, generated_at=NOW))
    reporting = Reporting(news, at(NOW, NOW + timedelta(seconds=5)))
    reporting.refresh()
    news.reports = [march(1, revision=2, generated_at=NOW + timedelta(seconds=3))]
    assert [report.revision for report in reporting.refresh()] == [2]


def test_only_recent_reports_are_read_again_and_late_ones_once_a_minute():
    """A report becomes visible some time after its stamp."""
    news = News()
    soon, later = NOW + timedelta(seconds=5), NOW + LATE_EVERY
    reporting = Reporting(news, at(NOW, soon, later))
    for _ in range(3):
        reporting.refresh()
    assert news.asked[1:] == [NOW - RECENT, soon - LATE]


def test_what_is_no_longer_read_is_still_known():
    """The latest report stays when nothing is new."""
    news = News(march(1, generated_at=NOW))
    reporting = Reporting(news, at(NOW, NOW + timedelta(hours=2)))
    reporting.refresh()
    assert len(reporting.refresh()) == 1
