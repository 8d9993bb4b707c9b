"""The colours, the only place of them: grey is the reference, blue is now, orange-red is out of line.

The two hues differ in lightness and stay apart for every common colour blindness (after Okabe and Ito 2008), and
neither ever speaks alone: a word or a shape says the same.
"""

from dataclasses import asdict, dataclass


@dataclass(frozen=True)
class Palette:
    """One scheme. Text colours have a contrast of at least 4.5 on paper and on panel, lines at least 3."""

    paper: str
    panel: str
    ink: str
    quiet: str
    rule: str
    fill: str
    """The reference, as an area."""
    reference: str
    """The reference, as a line."""
    now: str
    odd: str

    def declarations(self) -> str:
        """Write the colours as custom properties."""
        return "".join(f"--{name}:{colour};" for name, colour in asdict(self).items())


LIGHT = Palette(
    paper="#fdfcf9",
    panel="#f5f3ec",
    ink="#1c1b19",
    quiet="#5d5a53",
    rule="#dfdbd0",
    fill="#d6d1c4",
    reference="#827d72",
    now="#0a5ca8",
    odd="#b03a06",
)
DARK = Palette(
    paper="#15171a",
    panel="#1d2024",
    ink="#e9e6df",
    quiet="#a8a49b",
    rule="#33373d",
    fill="#454a52",
    reference="#8d929a",
    now="#74b9f2",
    odd="#ff9d66",
)
