"""The list of alerts: those that are open, then a page of those that are over."""

from collections.abc import Sequence
from datetime import datetime

from contracts.alerts import Alert, AlertList
from reports.listing import Ask
from reports.parts import AlertStores


def alert_list(stores: AlertStores, ask: Ask, now: datetime) -> AlertList:
    """Give open alerts on the first page, and as many resolved ones as are asked for. Raises StoreUnavailable."""
    over, before = _page_of(stores.alerts.resolved(ask.limit + 1, ask.before or now), ask.limit)
    there = stores.alerts.open() if ask.before is None else []
    return AlertList(
        alerts=(*there, *over),
        silences=tuple(stores.silences.holding(now)),
        acceptances=tuple(stores.acceptances.holding()),
        last_test=stores.alerts.last_test(),
        before=before,
    )


def _page_of(found: Sequence[Alert], limit: int) -> tuple[Sequence[Alert], datetime | None]:
    """Cut a page that ends between two moments: alerts that opened together are not torn apart and lost."""
    if len(found) <= limit:
        return found, None
    page = [alert for alert in found if alert.at > found[limit].at] or found[:limit]
    return page, page[-1].at
