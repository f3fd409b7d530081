"""Ink for a copier that has one: black, and the greys of fills and of fine rules."""

from __future__ import annotations

import re

_COLOR = re.compile(rb"(?<!\S)([\d.]+) ([\d.]+) ([\d.]+) (rg|RG)(?!\S)")
_DARK = 0.35  # what is darker is black: a copier would make dots of it


def use_black(content: bytes) -> bytes:
    """The same operators without a colour."""
    colored = b"rg" in content or b"RG" in content  # which most overlays are not
    return _COLOR.sub(_grey, content) if colored else content


def _grey(found: re.Match[bytes]) -> bytes:
    red, green, blue = map(float, found.groups()[:3])
    grey = 0.2126 * red + 0.7152 * green + 0.0722 * blue
    return b"%.3g %b" % (0 if grey < _DARK else grey, b"g" if found[4] == b"rg" else b"G")
