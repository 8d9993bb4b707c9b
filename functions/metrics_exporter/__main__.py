"""`python -m metrics_exporter`."""

import signal
import sys

if __name__ == "__main__":
    # Before the imports, which take half a second: a container's first process is deaf to what it does not handle.
    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, lambda *_: sys.exit(0))
    from metrics_exporter.app import main

    sys.exit(main())
