"""The objects that a document needs, numbered without gaps: the others are left out.

The table that says where they are is packed by what changes from row to row: a tenth of its bytes.
"""

import re
import zlib
from itertools import pairwise
from typing import Any

import pydyf

_REFERENCE = re.compile(rb"(?<![\w.])(\d+) 0 R\b")


def compact(pdf: Any) -> None:
    """Leave out what nothing leads to from the catalogue any more, and close up."""
    kids = pdf.pages["Kids"]  # « 5 0 R » there is a number, a number and a letter
    kept, waiting = {0}, [pdf.catalog.number, *kids[::3]]
    while waiting:
        number = waiting.pop()
        # A text may look like a reference to what there is not.
        if number not in kept and number < len(pdf.objects):
            kept.add(number)
            _find(_entries(pdf.objects[number]), waiting)
    numbers = {old: new for new, old in enumerate(sorted(kept))}
    pdf.objects[:] = [pdf.objects[old] for old in numbers]
    for number, thing in enumerate(pdf.objects):
        thing.number = number
        if number:
            _renumber(_entries(thing), numbers)
    kids[::3] = [numbers[old] for old in kids[::3]]


def pack_table(pdf: bytes, start: int) -> bytes:
    """The same document, with another cross-reference stream at `start`, which is its end."""
    head, _, body = pdf[start:].partition(b"\nstream\n")
    (widths,) = re.findall(rb"/W \[([^]]+)\]", head)
    width, table = sum(map(int, widths.split())), zlib.decompressobj().decompress(body)
    rows = [table[place : place + width] for place in range(0, len(table), width)]
    changes = bytearray()
    for above, row in pairwise([bytes(width), *rows]):
        changes += bytes([2, *(b - a & 255 for a, b in zip(above, row, strict=True))])
    packed = zlib.compress(changes, 9)
    parms = b"/DecodeParms <</Predictor 12/Columns %d>>/Length %d>>" % (width, len(packed))
    head = re.sub(rb"/Length \d+>>", parms, head)
    end = b"\r\nendstream\nendobj\nstartxref\n%d\n%%%%EOF\n" % start
    return b"".join((pdf[:start], head, b"\nstream\n", packed, end))


def _entries(thing: Any) -> Any:
    """What refers to others: of a stream, its entries."""
    return thing.extra if isinstance(thing, pydyf.Stream) else thing


def _find(value: Any, found: list[int]) -> None:
    """Add to `found` the numbers of what `value` refers to."""
    if isinstance(value, dict):
        for one in value.values():
            _find(one, found)
    elif isinstance(value, list):
        for one in value:
            _find(one, found)
    elif isinstance(value, str | bytes):
        data = value if isinstance(value, bytes) else value.encode()
        found += map(int, _REFERENCE.findall(data))


def _renumber(value: Any, numbers: dict[int, int]) -> Any:
    """`value` with new numbers in its references; dictionaries and arrays stay the same ones."""
    if isinstance(value, dict):
        for key, one in value.items():
            value[key] = _renumber(one, numbers)
    elif isinstance(value, list):
        value[:] = [_renumber(one, numbers) for one in value]
    elif isinstance(value, str):
        return _renumber(value.encode(), numbers).decode()
    elif isinstance(value, bytes):
        return _REFERENCE.sub(lambda found: b"%d 0 R" % numbers.get(int(found[1]), 0), value)
    return value
