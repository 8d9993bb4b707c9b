"""Why there is no new model; the message says what to do."""


class TrainingError(Exception):
    """Any reason: catch this, show its text."""


class TooFewRides(TrainingError):
    """There is not enough to learn from: give more rides."""


class ExportDisagrees(TrainingError):
    """The exported model does not answer as the trained one does: choose another regressor."""
