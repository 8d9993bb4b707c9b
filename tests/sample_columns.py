"""Columns of sample reports: distributions made of shapes, moved by as much as a report wants."""

import math
from itertools import pairwise

from contracts.findings import Accepted, ColumnReport, Histogram

REFERENCE_ROWS = 18_742.4
ZONES = tuple(str(zone) for zone in (237, 236, 161, 162, 186, 230, 48, 142, 170, 234, 239, 141, 132, 138, 107, 79))
BOROUGHS = ("Manhattan", "Queens", "Brooklyn", "Bronx", "EWR", "Staten Island", "Unknown", "other", "unseen", "missing")
LONG_EDGES = (0.1, 0.8, 1.1, 1.4, 1.8, 2.2, 2.8, 3.4, 4.2, 5.1, 6.3, 8.0, 11.2, 15.4, 19.8, 28.6, 60.0)
ERROR_EDGES = (-60.0, -20.0, -12.0, -8.0, -5.0, -3.0, -2.0, -1.0, 0.0, 1.0, 2.0, 3.0, 5.0, 8.0, 12.0, 20.0, 60.0)
SURE, UNSURE = 0.0004, 0.71


def columns(rows, empty, kind):
    """Give every column; `empty` says how empty the streets are, 0 to 1."""
    cycles = kind == "custom"
    return (
        _labels("pickup_zone", (*ZONES, "other", "unseen", "missing"), rows, 0.28 * empty, _falling(19), late=0.2),
        _labels("dropoff_zone", (*ZONES, "other", "unseen", "missing"), rows, 0.34 * empty, _falling(19), late=0.2),
        _labels(
            "pickup_borough",
            BOROUGHS,
            rows,
            0.02 + 0.1 * empty,
            (90, 6.1, 1.3, 0.2, 0.01, 0.01, 1.8, 0, 0, 0),
            late=0.2,
        ),
        _labels("dropoff_borough", BOROUGHS, rows, 0.05 * empty, (88, 5, 4.4, 0.7, 0.3, 0.02, 1.2, 0, 0, 0), late=0.1),
        _numbers("distance", "miles", rows, 0.04 * empty, 1.4, (2.93, 2.88 - 0.2 * empty)),
        _cycle("hour", "day", 24, rows, 0.21 * empty, judged=cycles),
        _cycle("weekday", "week", 7, rows, 0.03 * empty, judged=cycles),
        _labels(
            "passengers",
            ("1", "2", "5", "3", "6", "4", "0", "missing"),
            rows,
            0.018 + 0.1 * (kind == "custom"),
            (71, 14, 4, 4, 2, 2, 8, 0.3),
            late=-0.5,
        ),
        _labels("vendor", ("2", "1", "4", "missing"), rows, 0.02, (63, 36, 1, 0)),
        _labels("payment_type", ("1", "2", "3", "4", "missing"), rows, 0.01, (71, 28, 0.6, 0.2, 0)),
        _numbers("prediction", "minutes", rows, 0.08 * empty, 1.1, (13.21, 13.4 - 2.2 * empty), role="prediction"),
        _numbers("actual", "minutes", rows, 0.31 * empty, 1.0, (13.70, 13.9 - 6.1 * empty), role="actual", shift=empty),
        _not_judged(
            _numbers(
                "error", "minutes", rows, 0.29 * empty, 1.6, (-0.49, -0.31 + 4.02 * empty), role="error", shift=-empty
            ),
            "Errors are judged as performance.",
        ),
    )


def failed(column, note):
    """Give the column as it is when none of its values can be used."""
    bare = {"name": column.name, "role": column.role, "kind": column.kind, "rows": column.rows}
    return ColumnReport(**bare, status="failed", note=note, missing=column.rows, invalid=column.rows)


def accepted(column, window):
    """Give the column as it is once a person has accepted a window like it as normal."""
    told = Accepted(acceptance_id="a-1", window=window, close=True, psi_corrected=0.012, psi_lower=-0.003)
    return column.model_copy(update={"accepted": told})


def constant(column):
    """Give the column as it is when every row holds its first value."""
    labels = column.histogram.labels
    now = (column.rows, *[0] * (len(labels) - 1))
    moved = column.histogram.model_copy(update={"now": now})
    return column.model_copy(update={"constant": True, "histogram": moved})


def _falling(length):
    return (*(8.0 / (1 + place / 5) for place in range(length - 3)), 38.0, 0.0, 0.0)


def _labels(name, labels, rows, psi, shares, late=0.0):  # noqa: PLR0913, PLR0917 - a shape has many sides
    tilted = [share * math.exp(late * psi * 6 * (place % 5 - 2)) for place, share in enumerate(shares)]
    return _column(name, "categorical", rows, psi, _histogram(labels, tilted, shares, rows))


def _cycle(name, cycle, length, rows, psi, *, judged):  # noqa: PLR0913 - the same
    labels = tuple(str(place) for place in range(length))
    shares = [3 + 2.4 * math.sin((place - length * 0.37) / length * 2 * math.pi) for place in range(length)]
    now = [share * math.exp(-psi * 9 * abs(place - length * 0.6) / length) for place, share in enumerate(shares)]
    column = _column(name, "categorical", rows, psi, _histogram(labels, now, shares, rows), cycle=cycle)
    return column if judged else _not_judged(column, "Judged on whole weeks only.")


def _not_judged(column, note):
    unknown = ("psi", "psi_corrected", "psi_lower", "p_value", "total_variation", "threshold", "drifted")
    return column.model_copy(update=dict.fromkeys(unknown) | {"status": "not_judged", "note": note})


def _numbers(name, unit, rows, psi, width, means, role="feature", shift=0.0):  # noqa: PLR0913, PLR0917 - the same
    edges = ERROR_EDGES if role == "error" else LONG_EDGES
    spans = [f"{low:.4g} – {high:.4g}" for low, high in pairwise(edges)]
    labels = (f"< {edges[0]:.4g}", *spans, f"≥ {edges[-1]:.4g}", "missing")
    before, moved = _bell(len(labels), width, 0), _bell(len(labels), width, 2.2 * shift)
    histogram = _histogram(labels, moved, before, rows)
    told = {"unit": unit, "role": role, "mean": means[1], "mean_reference": means[0], "wasserstein": psi * 0.9 + 0.01}
    return _column(name, "numeric", rows, psi, histogram, above=2 if role == "feature" else 0, **told)


def _bell(length, width, shift):
    return [math.exp(-(((place - 7.5 + shift) / 3.2 / width) ** 2)) for place in range(length - 1)] + [0]


def _column(name, kind, rows, psi, histogram, role="feature", **more):  # noqa: PLR0913, PLR0917 - the same
    missing = histogram.now[-1] if histogram.labels[-1] == "missing" else 0
    lower = psi * 0.96 - 0.002
    weight = {"effect": -1.9 * psi, "movement": 4.4 * psi + 0.02} if role == "feature" else {}
    return ColumnReport(
        name=name,
        role=role,
        kind=kind,
        status="ok",
        rows=rows,
        missing=missing,
        missing_reference_share=histogram.reference[-1] / REFERENCE_ROWS if missing else 0.0,
        psi=psi + 0.004,
        psi_corrected=psi + 0.0013,
        psi_lower=lower,
        p_value=SURE if lower > 0.1 else UNSURE,
        jensen_shannon=psi / 3,
        total_variation=psi / 2,
        threshold=0.1,
        effective_rows=rows * 0.61,
        drifted=lower > 0.1,
        histogram=histogram,
        **weight,
        **more,
    )


def _histogram(labels, now, reference, rows):
    whole = tuple(round(share / sum(now) * rows) for share in now)
    weighed = tuple(round(share / sum(reference) * REFERENCE_ROWS, 3) for share in reference)
    return Histogram(labels=labels, now=whole, reference=weighed)
