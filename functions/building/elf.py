"""Shared libraries without what only linkers and debuggers read.

A loader reads the ELF header, the program headers and the segments that those name; symbol tables for linking, debug
information and section headers lie outside of them. Here what lies outside goes. `strip` of binutils knows one
architecture at a time, is not on every machine, and breaks libraries whose segments were moved to the end of the file
(those in `*.libs`); this does the same to all of them, byte for byte the same everywhere.
"""

import struct
from collections.abc import Iterator
from typing import NamedTuple

MAGIC = b"\x7fELF\x02\x01"
"""An ELF file of 64 bits, little end first: x86_64 and arm64 alike."""
HEADER = 64
PROGRAM_HEADER = struct.Struct("<IIQQQQQQ")
LOAD = 1
PAGE = 0x4000
"""The largest page of a machine that functions run on: 4 KiB on Lambda, 16 on some desks. Libraries for arm64 are laid
out for 64, which for the drift report is 29 MB more of nothing.
"""


class Segment(NamedTuple):
    """A program header, its fields in the order of the file."""

    kind: int
    flags: int
    offset: int
    address: int
    physical: int
    size: int
    memory: int
    align: int

    @property
    def end(self) -> int:
        """Where it ends in the file."""
        return self.offset + self.size

    def holds(self, other: "Segment") -> bool:
        """Say whether another segment is a part of this one, as the dynamic section is."""
        return self.offset <= other.offset and other.end <= self.end


def stripped(library: bytes) -> bytes:
    """Give a library with what is loaded alone; what is no such library, or would not shrink, as it is."""
    if not library.startswith(MAGIC):
        return library
    segments = list(_segments(library))
    moves = _moves(segments)
    if not _movable(library, segments, moves):
        return library
    smaller = _moved(library, segments, moves)
    return smaller if len(smaller) < len(library) else library


def _segments(library: bytes) -> Iterator[Segment]:
    start, count = struct.unpack_from("<Q", library, 32)[0], struct.unpack_from("<H", library, 56)[0]
    for index in range(count):
        yield Segment(*PROGRAM_HEADER.unpack_from(library, start + index * PROGRAM_HEADER.size))


def _moves(segments: list[Segment]) -> dict[Segment, int]:
    """Find each loaded segment's new place: close to the one before, at the same place within a page."""
    moves, end = {}, 0
    for segment in sorted((s for s in segments if s.kind == LOAD), key=lambda s: s.offset):
        moves[segment] = end + (segment.offset - end) % _align(segment)
        end = moves[segment] + segment.size
    return moves


def _align(segment: Segment) -> int:
    return min(max(segment.align, 1), PAGE)


def _movable(library: bytes, segments: list[Segment], moves: dict[Segment, int]) -> bool:
    """Say whether everything that is read lies in a loaded segment, the headers in the first of them."""
    start = struct.unpack_from("<Q", library, 32)[0]
    table = Segment(0, 0, start, 0, 0, len(segments) * PROGRAM_HEADER.size, 0, 0)
    needed = [table, *(segment for segment in segments if segment.size)]
    return all(_holder(segment, moves) for segment in needed) and 0 in moves.values()


def _holder(segment: Segment, moves: dict[Segment, int]) -> Segment | None:
    return segment if segment in moves else next((load for load in moves if load.size and load.holds(segment)), None)


def _moved(library: bytes, segments: list[Segment], moves: dict[Segment, int]) -> bytes:
    out = bytearray(max(place + segment.size for segment, place in moves.items()))
    for segment, place in moves.items():
        out[place : place + segment.size] = library[segment.offset : segment.end]
    start = struct.unpack_from("<Q", library, 32)[0]
    table = Segment(0, 0, start, 0, 0, len(segments) * PROGRAM_HEADER.size, 0, 0)
    place = _place(table, moves)
    for index, segment in enumerate(segments):
        align = _align(segment) if segment.kind == LOAD else segment.align
        header = PROGRAM_HEADER.pack(*segment._replace(offset=_place(segment, moves), align=align))
        out[place + index * PROGRAM_HEADER.size : place + (index + 1) * PROGRAM_HEADER.size] = header
    struct.pack_into("<QQ", out, 32, place, 0)  # the program headers' place; no section headers
    struct.pack_into("<HH", out, 60, 0, 0)  # none of them, so none with their names
    return bytes(out)


def _place(segment: Segment, moves: dict[Segment, int]) -> int:
    load = _holder(segment, moves)
    return moves[load] + segment.offset - load.offset if load else segment.offset
