"""Who says something, for whoever reads it later."""

import getpass


def whoami() -> str:
    """Name whoever types, as this machine knows them."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "somebody"
