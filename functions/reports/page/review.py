"""The review list on a page: flagged predictions, the latest first."""

from collections.abc import Sequence
from datetime import datetime
from urllib.parse import urlencode

from contracts.reviews import Reviewed, ReviewList, State
from reports.page import text, values
from reports.page.layout import document
from reports.page.markup import Markup, join, tag
from reports.page.table import number, table, words

HOME = "../reports"
TITLES: dict[State, str] = {
    "waiting": "Predictions that wait for a person",
    "confirmed": "Confirmed: odd indeed",
    "dismissed": "Dismissed: nothing wrong",
}
HEADS = (("Asked", None), ("Flags", None), ("Ride", None), ("Answer", "n"), ("True", "n"))
HOW = "To decide: "
COMMAND = 'ridewatch review --confirm ID --why "…"'


def review_page(found: ReviewList, now: datetime) -> str:
    """Give the page."""
    rows = [table(HEADS, map(_row, found.reviews))] if found.reviews else [tag("p", "There are none.", class_="quiet")]
    content = [tag("h1", TITLES[found.state]), _how(), *rows, *_ways(found)]
    return document("Review", *content, home=HOME, now=now)


def _how() -> Markup:
    return tag("p", HOW, tag("code", COMMAND), " or ", tag("code", "--dismiss ID"), class_="quiet")


def _row(review: Reviewed) -> Markup:
    return tag(
        "tr",
        tag("th", values.moment(review.predicted_at), scope="row", class_="window"),
        words("Flags", ", ".join(map(text.name, review.flags))),
        words("Ride", *_ride(review), tag("div", *_said(review), class_="small quiet")),
        number("Answer", values.minutes(review.minutes), *_by(review)),
        number("True", values.minutes(review.actual), nothing=review.actual is None),
    )


def _ride(review: Reviewed) -> Sequence[str]:
    ride = review.ride
    zones = f"zone {ride.pickup_zone} to {ride.dropoff_zone}, "
    return [zones, values.quantity(ride.distance, "mi"), ", ", values.moment(ride.pickup_time)]


def _by(review: Reviewed) -> list[str]:
    return [] if review.served_by == "champion" else [f" ({review.served_by})"]


def _said(review: Reviewed) -> list[Markup | str]:
    told = tag("code", review.prediction_id)
    return [told, f" {review.who}: {review.why}, ", values.moment(review.decided_at)] if review.decided_at else [told]


def _ways(found: ReviewList) -> list[Markup]:
    others = [state for state in TITLES if state != found.state]
    links = [tag("a", TITLES[state], href=f"review?{urlencode({'state': state})}") for state in others]
    if found.before:
        older = urlencode({"state": found.state, "before": found.before})
        links.insert(0, tag("a", "Older ones", href=f"review?{older}"))
    return [tag("nav", join(links, " · "), class_="more", aria_label="More reviews")]
