"""Run in a process of its own: a built package, what Lambda brings, the standard library, and nothing else.

    python3.13 -I -S -B isolated.py FOLDER BROUGHT PACKAGE.MODULE.FUNCTION < event.json > answer.json

Nothing can be written, as on Lambda outside of /tmp; here not even there.
"""

import errno
import importlib
import json
import os
import sys

WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT
CHANGES = {"os.mkdir", "os.rename", "os.remove", "os.rmdir", "os.link", "os.symlink", "os.truncate", "os.chmod"}


def main():
    """Call a function with what is on standard input; what it prints is kept apart from its answer."""
    folder, brought, name = sys.argv[1:4]
    sys.path[:0] = [folder, brought]
    asked, answers = json.load(sys.stdin), sys.stdout
    sys.addaudithook(read_only)
    sys.stdout = sys.stderr
    answer = drawn(**asked) if name == "draw" else handler(name)(asked, Context())
    json.dump({"answer": answer, "files": files()}, answers)


def handler(name):
    """Find a handler by the name that the template knows."""
    module, _, function = name.rpartition(".")
    return getattr(importlib.import_module(module), function)


def drawn(spec, now, reference):
    """Let Evidently draw, as the drift report does."""
    drawing = importlib.import_module("drift_report.drawing")
    profile = importlib.import_module("contracts.profile")
    page = drawing.draw(profile.ProfileSpec.model_validate(spec), now, reference)
    return {"html": page.html.decode(), "json": page.json.decode(), "note": page.note}


def read_only(event, arguments):
    """Refuse what a read-only file system refuses."""
    if event == "open":
        path, mode, flags = arguments
        writes = flags & WRITING or (mode and set(mode) & set("wax+"))
        if writes and path != os.devnull and not isinstance(path, int):
            raise OSError(errno.EROFS, os.strerror(errno.EROFS), path)
    elif event in CHANGES:
        raise OSError(errno.EROFS, os.strerror(errno.EROFS), str(arguments[0]))


def files():
    """List where the modules that were imported lie."""
    found = (getattr(module, "__file__", None) for module in list(sys.modules.values()))
    return sorted({str(file) for file in found if file})


class Context:
    """What Lambda tells a function of itself."""

    function_name = "built"
    memory_limit_in_mb = 512
    invoked_function_arn = "arn:aws:lambda:us-east-1:123456789012:function:built"
    aws_request_id = "7f6a0d7e-0000-4000-8000-000000000001"

    def get_remaining_time_in_millis(self):
        """Give half a minute, as at the start of a call."""
        return 30_000


if __name__ == "__main__":
    main()
