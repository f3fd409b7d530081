"""Ink for a copier that has one: black, and the greys of fills and of fine rules."""

import re
from functools import cache

_COLOR = re.compile(rb"\n([\d.]+) ([\d.]+) ([\d.]+) (rg|RG)\b")
_DARK = 0.35  # what is darker is black: a copier would make dots of it


def use_black(content: bytes) -> bytes:
    """The same operators without a colour, which begins a line."""
    return _COLOR.sub(lambda found: _grey(*found.groups()), content)


@cache
def _grey(red: bytes, green: bytes, blue: bytes, operator: bytes) -> bytes:
    grey = 0.2126 * float(red) + 0.7152 * float(green) + 0.0722 * float(blue)
    return b"\n%.3g %b" % (0 if grey < _DARK else grey, b"g" if operator == b"rg" else b"G")
