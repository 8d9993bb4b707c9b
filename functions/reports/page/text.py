"""Numbers and times as a person reads them."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from contracts.ride import NEW_YORK
from contracts.window import Window

GAP = "\N{NO-BREAK SPACE}"
MINUS = "\N{MINUS SIGN}"
SMALLEST_SHARE = 0.0005
LARGEST_SHARE = 0.9995
SMALLEST_PROBABILITY = 0.001


def count(number: float) -> str:
    """Write 12345 as 12,345; rows that are reweighted, and so not whole, are rounded."""
    return _signed(f"{number:,.0f}")


def minutes(number: float) -> str:
    """Write 2.9531 as 2.95 min."""
    return f"{_plain(number, 2)}{GAP}min"


def change(number: float) -> str:
    """Write a difference of minutes with its sign: +0.10 min."""
    text = f"{number:+.2f}"
    return _signed(f"{'0.00' if float(text) == 0 else text}{GAP}min")


def score(number: float) -> str:
    """Write 0.31234 as 0.312."""
    return _plain(number, 3)


def share(number: float) -> str:
    """Write 0.1239 as 12.4 %; what is not nothing never reads as 0 %, what is not all never as 100 %."""
    if 0 < number < SMALLEST_SHARE:
        return f"<0.1{GAP}%"
    if LARGEST_SHARE < number < 1:
        return f">99.9{GAP}%"
    decimals = 0 if number in {0, 1} else 1
    return f"{_plain(100 * number, decimals)}{GAP}%"


def probability(number: float) -> str:
    """Write 0.0312 as 0.031; what is nearly nothing is below a thousandth."""
    return "<0.001" if number < SMALLEST_PROBABILITY else f"{number:.3f}"


def hours(number: float) -> str:
    """Write 1.37 as 1.4 h."""
    return _signed(f"{number:.1f}{GAP}h")


def deviations(number: float) -> str:
    """Write a distance in standard deviations of the reference: 0.32 SD."""
    return _signed(f"{number:.2f}{GAP}SD")


def apart(number: float) -> str:
    """Write a difference with its sign: +0.41."""
    text = f"{number:+.2f}"
    return _signed("0.00" if float(text) == 0 else text)


def ratio(number: float) -> str:
    """Write 1.3142 as 1.31 ×."""
    return f"{_plain(number, 2)}{GAP}×"


def points(number: float) -> str:
    """Write a difference of shares in percentage points: +3.2 pp."""
    text = _plain(100 * number, 1)
    return f"{'+' if number > 0 and float(text) else ''}{text}{GAP}pp"


def tick(number: float) -> str:
    """Write a round number beside an axis, as short as it is: 0.5, 2, 10."""
    return _signed(f"{number:.6g}")


def edge(label: str) -> str:
    """Write the edge of a bin, which its label holds, with two decimals at most: 1.7731 as 1.77."""
    try:
        number = float(label.replace(MINUS, "-"))
    except ValueError:
        return label
    return _plain(number, 2).rstrip("0").rstrip(".") if "." in label else label


def bare(written: str) -> str:
    """Write a number without its unit."""
    return written.partition(GAP)[0]


def quantity(number: float, unit: str) -> str:
    """Write a value of a column with its unit."""
    text = f"{number:,.2f}" if abs(number) < 1000 else f"{number:,.0f}"  # noqa: PLR2004 - four digits need no decimals
    return _signed(f"{text}{GAP}{unit}" if unit else text)


def name(column: str) -> str:
    """Write pickup_zone as pickup zone."""
    return column.replace("_", " ")


def moment(when: datetime) -> str:
    """Write a moment with New York's zone: 1 Mar 2019, 08:30 EST."""
    local = when.astimezone(NEW_YORK)
    return f"{_day(local)}, {local:%H:%M} {local:%Z}"


def span(window: Window) -> str:
    """Write a window in New York's time, as short as it can be said: Fri 1 Mar 2019."""
    start, end = window.start.astimezone(NEW_YORK), window.end.astimezone(NEW_YORK)
    if _midnight(start) and _midnight(end):
        return _days(start, end - timedelta(days=1))
    if start.date() == end.date() or window.end - window.start <= timedelta(hours=1):
        return f"{start:%a} {_day(start)}, {start:%H:%M}–{end:%H:%M} {start:%Z}"
    return f"{moment(start)} – {moment(end)}"


def brief(window: Window) -> str:
    """Write where a window begins, for the end of an axis: 1 Mar, or 1 Mar 08:00."""
    start = window.start.astimezone(NEW_YORK)
    return f"{start.day} {start:%b}" if window.kind != "hour" else f"{start.day} {start:%b} {start:%H:%M}"


def listed(words: Sequence[str], most: int = 4) -> str:
    """Name a few: a, b and c; of many the first, and how many more there are."""
    if len(words) > most:
        return f"{', '.join(words[:most])} and {len(words) - most} more"
    return " and ".join(filter(None, [", ".join(words[:-1]), *words[-1:]]))


def _days(first: datetime, last: datetime) -> str:
    if first.date() == last.date():
        return f"{first:%a} {_day(first)}"
    if first.day == 1 and (last + timedelta(days=1)).day == 1 and (first.year, first.month) == (last.year, last.month):
        return f"{first:%B %Y}"
    return f"{_day(first)} – {_day(last)}"


def _day(local: datetime) -> str:
    return f"{local.day} {local:%b %Y}"


def _midnight(local: datetime) -> bool:
    return (local.hour, local.minute, local.second) == (0, 0, 0)


def _plain(number: float, decimals: int) -> str:
    """Write what rounds to nothing without a sign."""
    text = f"{number:.{decimals}f}"
    return _signed(text if float(text) else text.lstrip("-"))


def _signed(text: str) -> str:
    return text.replace("-", MINUS)
