"""`up --cloud localstack`."""

import sys
from collections.abc import Mapping
from pathlib import Path

from ridewatch.commands.outcome import failing_on
from ridewatch.commands.stack import Cloud


def localstack(
    endpoint: str | None, name: str, template: Path | None, parameters: Mapping[str, str], functions_uri: str | None
) -> Cloud:
    """Give the cloud of a LocalStack that answers, with what was built."""
    from ridewatch.embedded.errors import EmbeddedError
    from ridewatch.localstack import built, control
    from ridewatch.localstack.deployed import Wish
    from ridewatch.localstack.endpoint import find
    from ridewatch.localstack.site import Site

    with failing_on(EmbeddedError):
        wish = Wish(Site(find(endpoint), name), built.template(template), parameters, functions_uri)
    if template is None and (newer := built.changed_since(wish.template)):
        print(f"note: {newer} is newer than what is deployed; `make build` builds it", file=sys.stderr)
    return Cloud("localstack", lambda: control.up(wish), otherwise="updated")
