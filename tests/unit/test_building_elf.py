"""What is loaded of a library stays as it is; what no loader reads goes."""

import pathlib
import struct
import sys
from importlib.machinery import EXTENSION_SUFFIXES

import pydantic_core
import pytest

from building.elf import LOAD, MAGIC, PROGRAM_HEADER, stripped

PAGE = 0x1000


def library(*, loads, rest=b"symbols" * 2000, machine=183, align=PAGE):
    """Lay out a library of segments, each (offset, address, content), with section headers behind."""
    table = b"".join(
        PROGRAM_HEADER.pack(LOAD, 5, offset, address, address, len(content), len(content), align)
        for offset, address, content in loads
    )
    header = (
        MAGIC + bytes(10) + struct.pack("<HHIQQQIHHHHHH", 3, machine, 1, 0, 64, 999, 0, 64, 56, len(loads), 64, 9, 8)
    )
    out = bytearray(max(offset + len(content) for offset, _, content in loads))
    for offset, _, content in loads:
        out[offset : offset + len(content)] = content
    out[: 64 + len(table)] = header + table
    return bytes(out) + rest


def image(data):
    """Give what a loader puts into memory: address and content of every loaded segment, headers left out."""
    start, count = struct.unpack_from("<Q", data, 32)[0], struct.unpack_from("<H", data, 56)[0]
    headers = [PROGRAM_HEADER.unpack_from(data, start + index * 56) for index in range(count)]
    loads = [(h[3], data[h[2] : h[2] + h[5]]) for h in headers if h[0] == LOAD]
    assert all((h[2] - h[3]) % h[7] == 0 for h in headers if h[0] == LOAD)
    return [
        (address, content[64 + 56 * count :] if place == 0 else content)
        for place, (address, content) in enumerate(loads)
    ]


def test_what_lies_behind_the_last_segment_goes():
    whole = library(loads=[(0, 0, b"x" * 500), (PAGE, PAGE, b"code" * 100)])
    assert len(stripped(whole)) == PAGE + 400
    assert image(stripped(whole)) == image(whole)


def test_what_lies_before_a_segment_at_the_end_goes_too():
    """Patchelf moves a segment behind the symbols; binutils breaks such files."""
    whole = library(loads=[(0, 0, b"x" * 500), (PAGE, PAGE, b"code" * 100), (20 * PAGE, 5 * PAGE, b"moved")], rest=b"")
    assert len(stripped(whole)) < 4 * PAGE
    assert image(stripped(whole)) == image(whole)


def test_pages_of_64_kib_are_not_padded_to():
    """The address keeps its place within a page of 16 KiB, the largest where functions run."""
    wide = 0x10000
    whole = library(loads=[(0, 0, b"x" * 500), (wide + 0x4100, 3 * wide + 0x4100, b"data")], rest=b"", align=wide)
    assert len(stripped(whole)) == 0x4100 + 4
    assert image(stripped(whole)) == image(whole)


def test_no_section_header_is_named():
    told = struct.unpack_from("<Q", stripped(library(loads=[(0, 0, b"x" * 500)])), 40)
    assert told == (0,)


@pytest.mark.parametrize("content", [b"", b"text", b"\x7fELF\x01\x01" + bytes(60)])
def test_what_is_no_such_library_stays(content):
    assert stripped(content) == content


@pytest.mark.skipif(sys.platform != "linux", reason="no ELF here")
def test_a_real_library_is_the_same_in_memory():
    path = pathlib.Path(pydantic_core.__file__).parent / f"_pydantic_core{EXTENSION_SUFFIXES[0]}"
    assert image(stripped(path.read_bytes())) == image(path.read_bytes())


def test_stripping_twice_changes_nothing_more():
    once = stripped(library(loads=[(0, 0, b"x" * 500), (PAGE, PAGE, b"code")]))
    assert stripped(once) == once
