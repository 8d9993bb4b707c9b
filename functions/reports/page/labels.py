"""What is known of the true durations: how many came with each revision, and whether they are a fair sample."""

from collections.abc import Sequence

from contracts.findings import Likeness, Performance
from contracts.report import LedgerEntry, Report
from reports.page import text, values
from reports.page.markup import Markup, join, tag
from reports.page.plots.gauge import from_zero, gauge
from reports.page.plots.scale import Scale

SHOWN = 6
"""Revisions that are shown, the first and the newest, and columns: those that differ most."""
WHOLE = Scale(0, 1, 0, 100)


def labels_figures(report: Report) -> list[Markup]:
    """Show the ledger of revisions, and labelled rides beside unlabelled ones."""
    parts = [tag("header", tag("h3", "The true durations"), _state(report.performance)), *_ledger(report.ledger)]
    ledger = tag("figure", *parts, tag("figcaption", _coverage(report.performance)), class_="column")
    return [ledger, *_fairness(report.performance.likeness)]


def _state(told: Performance) -> Markup:
    if told.provisional:
        return tag("span", "◌ provisional", class_="odd")
    return tag("span", "● final" if told.mature_at else "", class_="quiet")


def _coverage(told: Performance) -> Markup:
    known = [values.count(told.labelled), " rides have their true duration so far, ", values.share(told.coverage)]
    errors = ["; the errors are those of ", values.count(told.judged), " of usual duration"] if told.judged else []
    return join([*known, " of the predictions", *errors, ".", *_delay(told), *_maturity(told)])


def _delay(told: Performance) -> list[Markup | str]:
    if told.label_delay is None:
        return []
    return [" They come ", values.hours(told.label_delay), " after the prediction on average."]


def _maturity(told: Performance) -> list[Markup | str]:
    if told.mature_at is None:
        return [" More are to be expected."] if told.provisional else []
    if told.provisional:
        return [" More are to be expected until ", values.moment(told.mature_at), "; these numbers may still change."]
    return [" No more are to be expected since ", values.moment(told.mature_at), "."]


def _ledger(ledger: Sequence[LedgerEntry]) -> list[Markup]:
    if not ledger:
        return []
    shown = ledger if len(ledger) <= SHOWN else [ledger[0], *ledger[1 - SHOWN :]]
    return [tag("ul", *map(_revision, shown), class_="bars ledger", aria_label="True durations known by revision")]


def _revision(entry: LedgerEntry) -> Markup:
    share = entry.labelled / entry.predictions if entry.predictions else 0.0
    label = f"Revision {entry.revision}: {text.share(share)} of the true durations known"
    error = [] if entry.mae is None else [tag("span", "MAE ", values.minutes(entry.mae))]
    name = tag("span", "revision ", values.count(entry.revision), ", ", values.moment(entry.as_of))
    known = tag("span", values.share(share), class_="value")
    return tag("li", tag("span", name, *error, class_="over"), gauge(share, WHOLE, label), known)


def _fairness(likeness: Sequence[Likeness]) -> list[Markup]:
    known = [column for column in likeness if column.psi_corrected is not None]
    if not known:
        return []
    ranked = sorted(known, key=lambda column: (not column.differs, -(column.psi_corrected or 0.0)))
    scale = from_zero(column.psi_corrected or 0.0 for column in ranked)
    bars = tag("ul", *(_likeness(column, scale) for column in ranked[:SHOWN]), class_="bars", aria_label=FAIR)
    title = tag("header", tag("h3", "Are labelled rides like the others?"), _verdict(ranked))
    return [tag("figure", title, bars, tag("figcaption", _meaning(ranked)), class_="column")]


FAIR = "How far labelled rides are from unlabelled ones, by column"


def _likeness(column: Likeness, scale: Scale) -> Markup:
    psi, name = column.psi_corrected or 0.0, text.name(column.name)
    label = f"{name}: PSI {text.score(psi)} between labelled and unlabelled rides"
    parts = [
        tag("span", name, class_="label"),
        gauge(psi, scale, label, odd=bool(column.differs)),
        tag("span", values.score(psi), class_="value"),
    ]
    return tag("li", *parts)


def _verdict(likeness: Sequence[Likeness]) -> Markup:
    if any(column.differs for column in likeness):
        return tag("span", "■ not in all", class_="odd")
    judged = any(column.differs is not None for column in likeness)
    return tag("span", "● alike" if judged else "not judged", class_="quiet")


def _meaning(likeness: Sequence[Likeness]) -> Markup:
    differing = [text.name(column.name) for column in likeness if column.differs]
    if differing:
        words = f"Labelled rides differ from unlabelled ones in {text.listed(differing)}: "
        return join([f"{words}the errors above are not a fair sample of all rides. Bars are PSI."])
    if all(column.differs is None for column in likeness):
        return join(["Too few of either to say. Bars are PSI."])
    return join(["Labelled rides look like unlabelled ones, so their errors speak for all. Bars are PSI."])
