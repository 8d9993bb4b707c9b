"""The style sheet of the pages and its hash: the content security policy lets no other style in."""

import base64
import hashlib
from functools import cache

from reports.page.palette import DARK, LIGHT
from reports.page.rules import RULES


@cache
def style() -> str:
    """Give the whole style sheet."""
    dark = f"@media (prefers-color-scheme:dark){{:root{{{DARK.declarations()}}}}}"
    return f":root{{{LIGHT.declarations()}}}{dark}{RULES}"


@cache
def style_source() -> str:
    """Give the style sheet's source expression for a content security policy."""
    return f"sha256-{base64.b64encode(hashlib.sha256(style().encode()).digest()).decode()}"
