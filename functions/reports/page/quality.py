"""Whether the data are sound: volume, freshness, rejections, checks, and every column's odd values."""

from collections.abc import Iterator

from contracts.findings import Quality
from contracts.report import Report, Volume
from reports.page import text, values
from reports.page.checks import checks_table
from reports.page.markup import Markup, join, tag
from reports.page.oddities import oddities_table
from reports.page.rejections import rejections_figure
from reports.page.rhythm import rhythm_figure


def quality_section(report: Report) -> Markup:
    """Show what a careful person would look at before believing any other number."""
    parts = [tag("h2", "Are the data sound?", id="quality"), *_parts(report), *oddities_table(report.columns)]
    return tag("section", *parts, aria_labelledby="quality")


def _parts(report: Report) -> Iterator[Markup]:
    quality = report.quality
    if quality is None:
        yield tag("p", "This report says nothing of rejections, checks and volume.", class_="quiet")
        return
    yield tag("p", join(_volume(report.volume)), join(_freshness(quality)))
    yield from _remarks(quality)
    yield tag("div", rhythm_figure(quality.rhythm), rejections_figure(report.volume, quality), class_="pair")
    yield tag("h3", "Rules that sound rows keep", class_="apart")
    yield checks_table([*quality.checks, quality.duplicates])


def _volume(volume: Volume) -> Iterator[Markup | str]:
    yield from [values.count(volume.predictions), " predictions of ", values.count(volume.rides), " rides"]
    yield from [", ", values.count(volume.fallbacks), " of them the fallback’s. "]
    if volume.flagged:
        flags = (join([text.name(flag), " ", values.count(count)]) for flag, count in volume.flagged.items())
        yield from ["Flagged: ", join(flags, ", "), ". "]


def _freshness(quality: Quality) -> Iterator[Markup | str]:
    if quality.newest_event is not None:
        yield from ["The newest ride began ", values.moment(quality.newest_event), ". "]
    if quality.newest_stored is not None:
        yield from ["The last row was stored ", values.moment(quality.newest_stored), "."]


def _remarks(quality: Quality) -> Iterator[Markup]:
    if quality.constant:
        names = text.listed(list(map(text.name, quality.constant)))
        mark = tag("span", "■ One value only: ", class_="odd")
        yield tag("p", mark, f"{names}; the reference knows several.")
    if quality.stray_rows:
        words = " rows stored since the window began have a date before the training window or in the future."
        yield tag("p", tag("span", "■ ", class_="odd"), values.count(quality.stray_rows), words)
