"""Alerts on a page: those that are open, on the list of reports too, and those that are over."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from urllib.parse import quote, urlencode

from contracts.alerts import Acceptance, Alert, AlertList, Silence
from reports.listing import written
from reports.page import text, values
from reports.page.layout import document
from reports.page.markup import Markup, join, tag

HOME = "../reports"
SIGNS = {"page": "■ page", "ticket": "□ ticket"}
"""A sign beside the word, and the word beside the colour."""
ENDS = {
    "clear": "over since ",
    "replaced": "over, another model answers, since ",
    "unjudged": "over, not judged any more, since ",
    "rule_removed": "rule removed ",
}


def alerts_page(found: AlertList, now: datetime) -> str:
    """Give the page."""
    there = [alert for alert in found.alerts if alert.state == "open"]
    over = [alert for alert in found.alerts if alert.state != "open"]
    content = [
        tag("h1", "Alerts"),
        _section("Open", there, "No alert is open."),
        *_said("Silenced", map(_silence, found.silences)),
        *_said("Accepted as normal", map(_acceptance, found.acceptances)),
        _section("Over", over, "None was open before."),
        *_older(found.before),
        _test(found.last_test),
    ]
    return document("Alerts", *content, home=HOME, now=now)


def open_alerts(alerts: Sequence[Alert]) -> Markup:
    """Give what the list of reports says of alerts: those that are open, and where the others are."""
    ways = [tag("a", "All alerts", href="reports/alerts"), tag("a", "Review list", href="reports/review")]
    told = [_list(alerts, "reports/")] if alerts else [tag("p", "No alert is open.", class_="quiet")]
    title = tag("h2", "Alerts", id="alerts")
    return tag("section", title, *told, tag("p", join(ways, " · "), class_="small"), aria_labelledby="alerts")


def _section(title: str, alerts: Sequence[Alert], otherwise: str) -> Markup:
    told = _list(alerts, "") if alerts else tag("p", otherwise, class_="quiet")
    return tag("section", tag("h2", title, id=title.lower()), told, aria_labelledby=title.lower())


def _list(alerts: Iterable[Alert], reports: str) -> Markup:
    """List alerts; `reports` is where reports lie, relative to the page."""
    return tag("ul", *(_item(alert, reports) for alert in alerts), class_="alerts")


def _item(alert: Alert, reports: str) -> Markup:
    kind = "odd status" if alert.severity == "page" and alert.state == "open" else "quiet status"
    facts = [_since(alert), *_window(alert, reports), f"cause: {alert.cause}", tag("code", alert.next_step)]
    return tag(
        "li",
        tag("span", SIGNS[alert.severity], class_=kind),
        " ",
        alert.sentence,
        tag("div", join(facts, " · "), class_="quiet small wrap"),
    )


def _since(alert: Alert) -> Markup:
    begun = [alert.rule, " since ", values.moment(alert.at)]
    if alert.resolved_at is None:
        return join(begun)
    return join([*begun, ", ", ENDS.get(alert.resolved_because, "over since "), values.moment(alert.resolved_at)])


def _window(alert: Alert, reports: str) -> list[Markup]:
    if alert.evidence is None:
        return []
    report = f"{reports}{quote(alert.evidence.report_id, safe='')}"
    rides = [values.count(alert.rides), " rides of ", tag("a", values.span(alert.evidence.window), href=report)]
    return [join(rides)]


def _said(title: str, told: Iterable[Markup]) -> list[Markup]:
    """List what a person said, if anybody did."""
    items = [tag("li", one, class_="wrap") for one in told]
    name = title.partition(" ")[0].lower()
    section = tag("section", tag("h2", title, id=name), tag("ul", *items, class_="alerts"), aria_labelledby=name)
    return [section] if items else []


def _silence(silence: Silence) -> Markup:
    of = f" ({text.name(silence.subject)})" if silence.subject else ""
    return join([silence.rule, of, " until ", values.moment(silence.until), f": {silence.why} – {silence.who}"])


def _acceptance(acceptance: Acceptance) -> Markup:
    column = text.name(acceptance.column) if acceptance.column else "every column"
    window = tag("a", values.span(acceptance.window), href=quote(acceptance.report_id, safe=""))
    said = f" (model {acceptance.model_version}): {acceptance.why} – {acceptance.who}"
    return join([column, " as in ", window, said])


def _older(before: datetime | None) -> list[Markup]:
    if before is None:
        return []
    link = tag("a", "Older alerts", href=f"alerts?{urlencode({'before': written(before)})}")
    return [tag("nav", link, class_="more", aria_label="More alerts")]


def _test(last: Alert | None) -> Markup:
    if last is None:
        return tag("p", "No test alert was sent yet: the daily run sends one.", class_="foot")
    sent = [", sent ", values.moment(last.sent_at)] if last.sent_at else [", not sent yet"]
    back = [", back ", values.moment(last.arrived_at)] if last.arrived_at else [", not come back yet"]
    return tag("p", "The last test alert: made ", values.moment(last.at), *sent, *back, ".", class_="foot")
