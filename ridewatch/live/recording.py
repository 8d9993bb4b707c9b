"""The recording rules: drift of every column and segment over three windows."""

from collections.abc import Mapping
from typing import Any

from ridewatch.live import promql

RANGES = {"5m": "5m", "1h": "1h", "1d": "1d"}
"""By the name that a window has in the rules."""
INTERVAL = "1m"
Group = dict[str, Any]


def recording_groups(ranges: Mapping[str, str] = RANGES, interval: str = INTERVAL) -> list[Group]:
    """Give the rule groups: the reference, then each window in the order in which its rules need each other."""
    groups = [_group("reference", interval, _reference())]
    return [*groups, *(_group(f"drift over {name}", interval, _drift(name, span)) for name, span in ranges.items())]


def _group(name: str, interval: str, rules: dict[str, str]) -> Group:
    written = [{"record": f"ridewatch:{record}", "expr": expression} for record, expression in rules.items()]
    return {"name": name, "interval": interval, "rules": written}


def _reference() -> dict[str, str]:
    by_group = "ridewatch:reference_group_rows"
    return {
        "reference_group_rows": promql.reference_group_rows(),
        "reference_rows": f"sum by ({promql.COLUMN}) ({by_group})",
        "groups": f"count by ({promql.COLUMN}) ({by_group})",
        "reference_missing_ratio": promql.reference_apart_share("missing"),
        "reference_unseen_ratio": promql.reference_apart_share("unseen"),
    }


def _drift(window: str, span: str) -> dict[str, str]:
    given = promql.recorded(window)
    return {
        f"group_rows:{window}": promql.group_rows(span),
        f"column_rows:{window}": f"sum by ({promql.COLUMN}) ({given.now})",
        f"psi:{window}": promql.psi(given),
        f"psi_corrected:{window}": f"ridewatch:psi:{window} - ({promql.bias(given)})",
        f"total_variation:{window}": promql.total_variation(given),
        f"missing_ratio:{window}": promql.apart_share("missing", span),
        f"unseen_ratio:{window}": promql.apart_share("unseen", span),
    }
