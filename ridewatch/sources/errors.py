"""What can be wrong with a SOURCE; every message names the problem and the remedy."""


class SourceError(Exception):
    """Any trouble with a SOURCE: catch this, show its text."""


class UnknownSourceError(SourceError):
    """The words name no source: write them differently."""


class UnsoundSourceError(SourceError):
    """The file is there, but it holds no rides that we can read: take another."""


class UnavailableSourceError(SourceError):
    """The source cannot be reached now: try again, or bring the file by hand."""
