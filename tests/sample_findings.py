"""What sample reports find beside drift: errors, labels, segments, quality, and whether rows can be told apart."""

import math
from datetime import timedelta

from contracts.findings import (
    Attribution,
    Attributions,
    BeforeLabels,
    Check,
    Estimate,
    FairnessGap,
    FeatureWeight,
    Joint,
    Likeness,
    Performance,
    Quality,
    RejectionCount,
    Rhythm,
    SegmentColumn,
    SegmentContrast,
    SegmentReport,
    Watch,
    WeakSegment,
)

FAMILIES = {
    "pickup_borough": {"Manhattan": 0.905, "Queens": 0.061, "Brooklyn": 0.013, "Bronx": 0.003, "Staten Island": 0.0002},
    "hour_band": {"night": 0.09, "morning": 0.21, "midday": 0.29, "evening": 0.26, "late": 0.15},
    "distance_band": {"under 1 mile": 0.27, "1 to 3 miles": 0.45, "3 to 10 miles": 0.22, "over 10 miles": 0.06},
    "airport": {"to or from an airport": 0.07, "neither": 0.93},
    "vendor": {"1": 0.36, "2": 0.63, "4": 0.01},
}
HARDER = {"over 10 miles": 4.4, "to or from an airport": 3.9, "Queens": 2.8, "3 to 10 miles": 1.4, "under 1 mile": -1.2}
SPARED = {"night": 1.7, "late": 0.9, "midday": -0.3, "1": 0.2, "Queens": -0.5, "over 10 miles": -1.6, "Brooklyn": 1.1}
"""Minutes by which empty streets make a segment less wrong than the others."""
LEAST = 100
CHECKS = (
    ("zero_distance", "No distance between different zones", 0.0031, 0.0029),
    ("absurd_distance", "Farther than any two zones are apart", 0.0, 0.0001),
    ("absurd_speed", "Faster than 100 miles an hour, once the true duration is known", 0.0012, 0.0004),
    ("unknown_zone", "A zone that is on no map", 0.0174, 0.0182),
)


def estimate(value, reference=None, half=0.1):
    """Give a number with its interval."""
    return Estimate(value=value, low=value - half, high=value + half, reference=reference)


def performance(rows, labelled, empty, window):
    """Judge the errors of a window: greater where the streets are empty, and never twice the same."""
    wave = 0.22 * math.sin(window.start.timestamp() / 86_400 * 1.7) + 0.09 * math.sin(window.start.timestamp() / 9_000)
    mae, naive, half = 2.93 + 1.88 * empty + wave, 5.61 - 0.4 * empty + wave / 3, 7.2 / math.sqrt(rows)
    reference = 2.6127 + 0.05 * math.sin(window.start.timestamp() / 86_400 * 2.2)
    return Performance(
        status="ok",
        labelled=labelled,
        coverage=labelled / rows,
        judged=round(labelled * 0.991),
        mature_at=window.end + timedelta(hours=20),
        label_delay=1.37,
        mae=estimate(mae, reference, half),
        rmse=estimate(4.41 + 1.9 * empty + 1.4 * wave, 3.9644, 1.6 * half),
        bias=estimate(-0.31 + 4.02 * empty + wave / 2, -0.4921, 1.3 * half),
        mape=estimate(0.212 + 0.31 * empty + wave / 50, 0.2071, half / 12),
        p90=estimate(6.6 + 2.9 * empty + 2 * wave, 6.1182, 2.1 * half),
        naive_mae=estimate(naive, 5.4217, 1.1 * half),
        skill=estimate(1 - mae / naive, 0.5181, half / 8),
        worse=mae - half > 1.1 * reference,
        likeness=_likeness(),
    )


def _likeness():
    told = {"payment_type": 0.164, "pickup_zone": 0.043, "hour": 0.021, "distance": 0.008, "vendor": -0.002}
    return tuple(
        Likeness(
            name=name, psi_corrected=psi, psi_lower=psi - 0.03, p_value=0.002 if psi > 0.15 else 0.6, differs=psi > 0.15
        )
        for name, psi in told.items()
    )


def segments(rows, empty, window):
    """Give every segment of every family; those of few rides say so."""
    told = [(family, label, share) for family, shares in FAMILIES.items() for label, share in shares.items()]
    return tuple(_segment(family, label, share, rows, empty, window) for family, label, share in told)


def _segment(family, label, share, rows, empty, window):  # noqa: PLR0913, PLR0917 - a segment has many sides
    held = round(rows * share)
    labelled = round(held * 0.98)
    bare = {"family": family, "label": label, "rows": held, "share": held / rows, "share_reference": share * 0.98}
    if labelled < LEAST:
        note = f"{labelled} labelled rides; {LEAST} are needed."
        few = Performance(status="too_few", note=note, labelled=labelled, coverage=0.98 if held else 0.0)
        return SegmentReport(**bare, status="too_few", note=f"{held} rides; {LEAST} are needed.", performance=few)
    return SegmentReport(
        **bare,
        status="ok",
        checks=_checks(held, empty, times=2 if label == "over 10 miles" else 1),
        columns=_segment_columns(held, empty, label),
        performance=_segment_performance(held, labelled, empty, window, label),
    )


def _segment_columns(rows, empty, label):
    moved = {"distance": 0.04, "dropoff_zone": 0.34 * empty, "payment_type": 0.01 + 0.2 * (label == "night") * empty}
    return tuple(
        SegmentColumn(
            name=name,
            status="ok",
            rows=rows,
            missing=3 if name == "payment_type" else 0,
            psi=psi + 0.01,
            psi_corrected=psi,
            psi_lower=psi * 0.9 - 0.01,
            p_value=0.003 if psi * 0.9 - 0.01 > 0.1 else 0.8,
            drifted=psi * 0.9 - 0.01 > 0.1,
        )
        for name, psi in moved.items()
    )


def _segment_performance(rows, labelled, empty, window, label):
    whole = performance(rows, labelled, empty, window)
    harder, spared = HARDER.get(label, 0.0), SPARED.get(label, 0.0) * empty
    more = {name: _shifted(getattr(whole, name), harder, spared) for name in ("mae", "rmse", "p90", "naive_mae")}
    mae, reference = more["mae"], more["mae"].reference
    return whole.model_copy(update=more | {"worse": mae.low > 1.1 * reference, "likeness": ()})


def _shifted(told, harder, spared):
    now = {name: getattr(told, name) + harder - spared for name in ("value", "low", "high")}
    return told.model_copy(update=now | {"reference": told.reference + harder})


def _checks(rows, empty, times=1):
    return tuple(
        _check(name, meaning, rows, share * times * (1 + empty), before) for name, meaning, share, before in CHECKS
    )


def _check(name, meaning, rows, share, before):
    broken = round(rows * share)
    half = 1.96 * math.sqrt((share + 4 / rows) / rows)
    told = Estimate(value=broken / rows, low=max(broken / rows - half, 0), high=broken / rows + half, reference=before)
    return Check(name=name, meaning=meaning, status="ok", broken=broken, rows=rows, share=told)


def quality(rows, empty, window):
    """Judge the data of a window: sound, but for fewer rides where the streets are empty."""
    expected = round(rows * (1 + 2.4 * empty) * 1.02)
    return Quality(
        rejection_share=Estimate(value=4 / (rows + 4), low=0.0001, high=0.0009 + 8 / rows, reference=0.0021),
        rejections=(
            RejectionCount(field="distance", reason="greater_than_equal", count=2),
            RejectionCount(field="pickup_zone", reason="less_than_equal", count=1),
            RejectionCount(field="body", reason="json_invalid", count=1),
        ),
        duplicates=_check("duplicates", "The same ride asked about more than once", rows, 0.0002, 0.0002),
        checks=_checks(rows, empty),
        rhythm=Rhythm(
            status="ok",
            weeks=6,
            rows=rows,
            expected=Estimate(value=expected, low=expected * 0.91, high=expected * 1.09),
            silent_hours=3 if empty else 0,
            unusual=empty > 0,
        ),
        newest_event=window.end - (window.end - window.start) / 500,
        newest_stored=window.end,
    )


def joint(empty):
    """Tell whether rides of now could be told from those of the reference."""
    auc = 0.512 + 0.23 * empty
    weights = {
        "dropoff_zone": 0.38,
        "pickup_zone": 0.31,
        "hour": 0.14,
        "distance": 0.09,
        "weekday": 0.05,
        "vendor": 0.03,
    }
    return Joint(
        status="ok",
        auc=estimate(auc, half=0.018),
        threshold=0.6,
        drifted=auc - 0.018 > 0.6,
        features=tuple(FeatureWeight(name=name, weight=weight) for name, weight in weights.items()),
    )


def before_labels(told, empty):
    """Tell what could be known without labels: harder rides, not the empty streets."""
    foreseen = told.mae.reference + 0.14
    return BeforeLabels(
        status="ok",
        estimated=estimate(foreseen + 0.03, told.mae.reference, 0.04),
        foreseen=estimate(foreseen, told.mae.reference, 0.05),
        change=estimate(told.mae.value - told.mae.reference, half=0.12),
        covariate=estimate(0.14, half=0.06),
        concept=estimate(told.mae.value - foreseen, half=0.11),
        cause="concept" if empty else "neither",
        side="long" if empty else "either",
        miss=foreseen / told.mae.value - 1,
        constant_miss=told.mae.reference / told.mae.value - 1,
        coverage=estimate(0.794 - 0.31 * empty, 0.8, 0.012),
    )


def watch(window, empty):
    """Tell whether errors are watched with calm."""
    calm = Watch(status="ok", rows=14_208, blocks=142)
    if not empty:
        return calm
    began = window.start - timedelta(days=19, hours=3)
    opened = {"opened_at": began + timedelta(hours=9), "opened_after": 214}
    return calm.model_copy(update={"is_open": True, "side": "long", "began": began} | opened)


def attributions():
    """Tell what the model goes by."""
    sizes = {
        "distance": (5.1, 5.4),
        "dropoff": (1.2, 1.1),
        "time": (0.9, 0.7),
        "pickup": (0.8, 0.9),
        "other": (0.1, 0.1),
    }
    groups = (Attribution(name=name, size=estimate(now, before)) for name, (now, before) in sizes.items())
    return Attributions(status="ok", rows=198, groups=tuple(groups), agreement=0.991)


def weak_segments(empty):
    """Name the slices that stand out: one of a quiet month, two when the streets are empty."""
    excess = {"excess": estimate(3.1, half=0.9), "p_value": 0.002}
    bridge = WeakSegment(segment_id="dropoff_zone=132&hour=night", side="short", rows=212, expected=5.4, **excess)
    shops = bridge.model_copy(update={"segment_id": "pickup_zone=161", "side": "long", "rows": 845, "expected": 2.6})
    return (bridge, shops) if empty else (bridge,)


def fairness(empty):
    """Compare boroughs: one stands apart when the streets are empty."""
    told = {
        "Manhattan": (8_759, 0.02, 0.97, 0.004),
        "Queens": (590, -0.4, 1.31 + 0.2 * empty, -0.031),
        "Brooklyn": (126, 0.1, 1.08, -0.012),
    }
    measures = (("lean", 0.15), ("mae_ratio", 0.06), ("coverage", 0.02))
    return tuple(
        _gap(group, rows, measure, gap, half)
        for group, (rows, *gaps) in told.items()
        for (measure, half), gap in zip(measures, gaps, strict=True)
    )


def contrasts(empty):
    """Hold vendors beside each other: one moves when the streets are empty."""
    return tuple(
        SegmentContrast(
            segment_id=f"vendor={code}",
            family="vendor",
            label=label,
            column="relative_distance",
            of="distance",
            unit="spreads",
            rows=rows,
            change=estimate(side * (0.02 + 0.39 * empty), half=0.07),
            own=0.01 + empty * change,
            others=0.03 + empty * (0.38 - change),
            p_value=0.002 if empty else 0.9,
            moved=code == "2" and empty > 0,
        )
        for code, label, rows, side, change in (
            ("1", "Creative Mobile", 880, -1, 0.0),
            ("2", "VeriFone", 1412, 1, 0.38),
        )
    )


def _gap(group, rows, measure, gap, half):
    flagged = gap > 1.4
    return FairnessGap(
        family="pickup borough",
        group=group,
        measure=measure,
        rows=rows,
        gap=estimate(gap, half=half),
        shrunk=gap * 0.9,
        p_value=0.004 if flagged else 0.4,
        flagged=flagged,
    )
