"""The recording rules: drift of every column and segment over three windows."""

from typing import Any

from ridewatch.live import promql

WINDOWS = ("5m", "1h", "1d")
INTERVAL = "1m"
Group = dict[str, Any]


def recording_groups(windows: tuple[str, ...] = WINDOWS, interval: str = INTERVAL) -> list[Group]:
    """Give the rule groups: the reference, then each window in the order in which its rules need each other."""
    groups = [_group("reference", interval, _reference())]
    return [*groups, *(_group(f"drift over {window}", interval, _drift(window)) for window in windows)]


def _group(name: str, interval: str, rules: dict[str, str]) -> Group:
    written = [{"record": f"ridewatch:{record}", "expr": expression} for record, expression in rules.items()]
    return {"name": name, "interval": interval, "rules": written}


def _reference() -> dict[str, str]:
    by_group = "ridewatch:reference_group_rows"
    return {
        "reference_group_rows": promql.reference_group_rows(),
        "reference_rows": f"sum by ({promql.COLUMN}) ({by_group})",
        "groups": f"count by ({promql.COLUMN}) ({by_group})",
    }


def _drift(window: str) -> dict[str, str]:
    given = promql.recorded(window)
    return {
        f"group_rows:{window}": promql.group_rows(window),
        f"column_rows:{window}": f"sum by ({promql.COLUMN}) ({given.now})",
        f"psi:{window}": promql.psi(given),
        f"psi_corrected:{window}": f"ridewatch:psi:{window} - ({promql.bias(given)})",
        f"total_variation:{window}": promql.total_variation(given),
        f"missing_ratio:{window}": promql.apart_share("missing", window),
        f"unseen_ratio:{window}": promql.apart_share("unseen", window),
    }
