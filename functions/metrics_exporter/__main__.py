"""`python -m metrics_exporter`."""

import os
import signal
import sys

if __name__ == "__main__":
    # Before the imports, which take half a second: a container's first process is deaf to what it does not handle.
    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, lambda *_: sys.exit(0))
    from metrics_exporter.app import main

    # Not sys.exit: MongoDB's driver would wait a second for each of its threads, and there is nothing left to do.
    os._exit(main())
