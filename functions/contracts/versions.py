"""Two model versions on the same rides."""

from contracts.base import Contract, ModelVersion


class VersionSide(Contract):
    """What one of two versions says of the rides."""

    version: ModelVersion
    mean: float
    """Of its answers, in minutes."""
    mae: float | None = None
    """Of the rides whose duration is one that the newer version is judged on; None of none."""
    attributions: dict[str, float]
    """The mean size of what each group of features brings to its answers, in minutes."""


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
