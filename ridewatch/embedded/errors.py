"""What can go wrong with a stack on this machine, one class per decision."""


class EmbeddedError(Exception):
    """The embedded stack cannot do what was asked; the message says what to do."""


class PartFailed(EmbeddedError):
    """A process of the stack ended or did not answer in time."""


class NoPort(EmbeddedError):
    """Every port that could be taken is taken."""


class StackMissing(EmbeddedError):
    """No such stack is deployed, or it is not one of Ridewatch's."""


class NotAnswering(EmbeddedError):
    """Where LocalStack should be, nothing answers."""


class NotBuilt(EmbeddedError):
    """The functions, or the SAM CLI, are not there yet."""


class DeployFailed(EmbeddedError):
    """CloudFormation refused the template or one of its resources."""
