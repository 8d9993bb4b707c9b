"""The ledger: what each revision of a report knew, so that a restated number can be told from a first one."""

from datetime import datetime

from contracts.findings import Performance
from contracts.report import LedgerEntry, Report, Volume

MOST = 200
"""Entries that are kept; every revision itself stays in S3."""


def ledger_of(
    before: Report | None, revision: int, as_of: datetime, volume: Volume, performance: Performance
) -> tuple[LedgerEntry, ...]:
    """Add a revision to the ledger of the one before."""
    entry = LedgerEntry(
        revision=revision,
        as_of=as_of,
        predictions=volume.predictions,
        labelled=volume.labelled,
        mae=performance.mae.value if performance.mae else None,
    )
    earlier = [each for each in before.ledger if each.revision < revision] if before else []
    return (*earlier, entry)[-MOST:]
