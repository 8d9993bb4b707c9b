"""How often rows break rules that sound rows keep, beside the reference."""

from collections.abc import Sequence

from contracts.findings import Check, Estimate
from reports.page import text, values
from reports.page.markup import Markup, tag
from reports.page.table import number, row, table, words

HEADS = (
    ("What is counted", None),
    ("Rows", "n"),
    ("Share", "n"),
    ("95\N{NO-BREAK SPACE}% interval", "n"),
    ("Reference", "n"),
    ("", None),
)
STATUSES = {"failed": "could not be checked", "too_few": "too few rows", "no_actuals": "needs the true durations"}


def checks_table(checks: Sequence[Check]) -> Markup:
    """Show a row for each check."""
    return table(HEADS, map(_row, checks))


def exceeds(told: Estimate | None) -> bool:
    """Tell whether an estimate's whole interval lies above the reference."""
    return told is not None and None not in {told.low, told.reference} and (told.low or 0) > (told.reference or 0)


def _row(check: Check) -> Markup:
    told = check.share
    return row(
        check.meaning,
        number("Rows", values.count(check.broken), " of ", values.count(check.rows), nothing=not check.broken),
        number("Share", values.share(told.value if told else None)),
        number("Interval", values.interval(told, text.share) if told else values.NONE),
        number("Reference", values.share(told.reference if told else None)),
        words("", _verdict(check)),
    )


def _verdict(check: Check) -> Markup:
    if check.status != "ok" or check.share is None:
        return tag("span", STATUSES.get(check.status, "not judged"), class_="quiet")
    if exceeds(check.share):
        return tag("span", "■ more than before", class_="odd status")
    known = check.share.reference is not None
    return tag("span", "as before" if known else "", class_="quiet")
