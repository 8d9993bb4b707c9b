"""What `sam build` built, and whether it is as new as its sources."""

from pathlib import Path

from ridewatch.embedded.errors import NotBuilt
from ridewatch.embedded.home import CHECKOUT

TEMPLATE = CHECKOUT / ".aws-sam" / "build" / "template.yaml"


def template(given: Path | None = None) -> Path:
    """Give the built template. Raises NotBuilt."""
    path = (given or TEMPLATE).resolve()
    if not path.is_file():
        message = f"there is no {path}: build the functions with `make build`"
        raise NotBuilt(message)
    return path


def changed_since(built: Path, checkout: Path = CHECKOUT) -> Path | None:
    """Name a source that is newer than what was built, if there is one."""
    then = built.stat().st_mtime
    sources = (checkout / "template.yaml", *(checkout / "functions").rglob("*.py"))
    return next((path.relative_to(checkout) for path in sources if path.stat().st_mtime > then), None)
