"""Two model versions on the same rides."""

from contracts.base import Contract, ModelVersion, UtcTime


class VersionSide(Contract):
    """What one of two versions says of the rides."""

    version: ModelVersion
    mean: float
    """Of its answers, in minutes."""
    mae: float | None = None
    """Of the rides whose duration is one that the newer version is judged on; None of none."""
    attributions: dict[str, float]
    """The mean size of what each group of features brings to its answers, in minutes."""


class BetterVersion(Contract):
    """A version that was made later, is better by its card and answered before, where another answers now."""

    version: ModelVersion
    created_at: UtcTime
    answered_until: UtcTime
    """The end of the hour of event time in which it last answered before the window."""
    mae: float
    """Out of sample, in minutes."""
    own_mae: float
    """The same of the version that answers."""


class VersionComparison(Contract):
    """How the newer of two versions differs from the older, on rides of the newer one's reference."""

    rows: int
    older: VersionSide
    newer: VersionSide
    """Its errors are those of its answers out of sample."""
    mean_difference: float
    """Newer less older, in minutes."""
    mean_distance: float
    """The same without its sign."""
    agreement: float | None = None
    """How much the order of the newer one's attributions is the older one's: nDCG."""
