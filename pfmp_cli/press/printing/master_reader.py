"""The objects of a master, read as bytes.

A master is a PDF of pydyf's: a cross-reference stream, streams that lie open in the file, and
all other objects in one object stream, a line each. What an object says is found by what is
written in it; `12 0 R` is a reference wherever it does not stand in a string.
"""

import re
import zlib
from collections.abc import Callable
from itertools import accumulate
from typing import NamedTuple

from pfmp_cli.press.merging.master import Master
from pfmp_cli.press.printing.imposition import Box

_REFERENCE = re.compile(rb"\((?:\\.|[^\\()])*\)|(\d+) 0 R", re.DOTALL)


class PdfObject(NamedTuple):
    """An object as it is written; a stream with its bytes, packed as they are."""

    text: bytes
    stream: bytes | None = None

    def numbers(self, key: str) -> list[int]:
        """The objects that an entry refers to: one, several, or none."""
        found = re.search(rb"/%b (?:\[([^\]]*)\]|(\d+ 0 R))" % key.encode(), self.text)
        return [int(n) for n in re.findall(rb"(\d+) 0 R", found[0])] if found else []

    def box(self, key: str) -> Box:
        """A rectangle. Raises LookupError where there is none."""
        found = re.search(rb"/%b \[([^\]]*)\]" % key.encode(), self.text)
        if not found:
            raise LookupError(key)
        left, bottom, right, top = map(float, found[1].split())
        return left, bottom, right, top

    def unpack(self) -> bytes:
        """What the stream holds."""
        assert self.stream is not None
        return zlib.decompress(self.stream) if b"/FlateDecode" in self.text else self.stream


class MasterReader:
    """Reads one master."""

    def __init__(self, master: Master) -> None:
        self._pdf = master.pdf
        table = self._read_stream(master.startxref)
        found = re.search(rb"/W \[1 (\d+) (\d+)\]", table.text)
        assert found
        self._width, width = 1 + int(found[1]), 2 + int(found[1]) + int(found[2])
        # A row says by how much it differs from that above, behind a byte that says so.
        self._columns = [list(accumulate(table.unpack()[n::width])) for n in range(1, width)]
        self._packed: list[bytes] = []
        catalog = self.get(int(master.root.split()[0]))
        self.pages = list(map(self.get, self.get(*catalog.numbers("Pages")).numbers("Kids")))

    def get(self, number: int) -> PdfObject:
        """The object of that number."""
        entry = bytes(column[number] & 255 for column in self._columns)
        at, rank = (int.from_bytes(part) for part in (entry[1 : self._width], entry[self._width :]))
        if entry[0] == 1:
            return self._read_stream(at)
        if not self._packed:
            self._packed = self._unpack_objects(self.get(at))
        return PdfObject(self._packed[rank])

    def _read_stream(self, start: int) -> PdfObject:
        start = self._pdf.index(b" obj\n", start) + len(b" obj\n")
        end = self._pdf.index(b"\nstream\n", start)
        text, body = self._pdf[start:end], end + len(b"\nstream\n")
        length = re.search(rb"/Length (\d+)", text)
        assert length
        return PdfObject(text, self._pdf[body : body + int(length[1])])

    @staticmethod
    def _unpack_objects(holder: PdfObject) -> list[bytes]:
        found = re.search(rb"/First (\d+)", holder.text)
        assert found
        first, content = int(found[1]), holder.unpack()
        starts = [first + int(offset) for offset in content[:first].split()[1::2]]
        ends = [*starts[1:], len(content)]
        return [content[a:b].rstrip(b"\n") for a, b in zip(starts, ends, strict=True)]

    def list_annotations(self, page: PdfObject) -> list[int]:
        """The numbers of a page's annotations; a form's list of them is an object of its own."""
        listed = page.numbers("Annots")
        if b"/Annots [" in page.text or not listed:
            return listed
        return [int(number) for number in re.findall(rb"(\d+) 0 R", self.get(*listed).text)]


def renumber(text: bytes, number: Callable[[int], int]) -> bytes:
    """`text` with other numbers in its references."""
    return _REFERENCE.sub(lambda m: b"%d 0 R" % number(int(m[1])) if m[1] else m[0], text)
