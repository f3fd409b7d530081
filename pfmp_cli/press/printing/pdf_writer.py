"""A PDF written object by object: equal ones once, small ones packed together."""

import hashlib
import zlib
from functools import cache
from struct import pack

from pfmp_cli.press.merging.checksum import seal_pdf

_HEADER = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"
_PACKED_TOGETHER = 200  # a reader unpacks all of them to see one


class PdfWriter:
    """Numbers count from 1. What other objects refer to first is reserved, then put."""

    def __init__(self) -> None:
        self._parts = [_HEADER]
        self._size = len(_HEADER)
        self._entries: list[tuple[int, int, int]] = []  # of the cross-reference stream
        self._small: list[tuple[int, bytes]] = []
        self._known: dict[tuple[bytes, bytes | None], int] = {}

    def reserve(self) -> int:
        """The number of an object to be put later."""
        self._entries.append((0, 0, 0))
        return len(self._entries)

    def put(self, number: int, text: bytes, stream: bytes | None = None) -> None:
        """An object under a number of its own."""
        if stream is None:
            self._small.append((number, text))
            return
        self._entries[number - 1] = (1, self._size, 0)
        self._write(b"%d 0 obj\n%b\nstream\n%b\nendstream\nendobj\n" % (number, text, stream))

    def add(self, text: bytes, stream: bytes | None = None) -> int:
        """The number of an object like that: a new one, unless there is one already."""
        key = text, stream
        if key not in self._known:
            self._known[key] = self.reserve()
            self.put(self._known[key], text, stream)
        return self._known[key]

    def add_stream(self, content: bytes, entries: bytes = b"") -> int:
        """The same for a stream with these entries, packed here."""
        return self.add(*_pack_stream(content, entries))

    def close(self, root: int, info: bytes) -> bytes:
        """The bytes of the whole file, sealed; the same for the same objects."""
        info_number = self.add(info)
        for start in range(0, len(self._small), _PACKED_TOGETHER):
            self._pack_small(self._small[start : start + _PACKED_TOGETHER])
        digest = hashlib.md5(b"".join(self._parts), usedforsecurity=False).hexdigest().encode()
        number, place = self.reserve(), self._size
        self._entries[number - 1] = (1, place, 0)
        rows = b"".join(pack(">BIH", *entry) for entry in [(0, 0, 65535), *self._entries])
        entries = b"/Type/XRef/W[1 4 2]/Size %d/Root %d 0 R/Info %d 0 R/ID[<%b><%b>]" % (
            *(number + 1, root, info_number),
            *(digest, digest),
        )
        self.put(number, *_pack_stream(rows, entries))
        self._write(b"startxref\n%d\n%%%%EOF\n" % place)
        return seal_pdf(b"".join(self._parts))

    def _pack_small(self, objects: list[tuple[int, bytes]]) -> None:
        holder = self.reserve()
        index, place = [], 0
        for rank, (number, text) in enumerate(objects):
            index.append(b"%d %d" % (number, place))
            place += len(text) + 1
            self._entries[number - 1] = (2, holder, rank)
        head = b" ".join(index) + b"\n"
        entries = b"/Type/ObjStm/N %d/First %d" % (len(objects), len(head))
        self.put(holder, *_pack_stream(head + b"\n".join(text for _, text in objects), entries))

    def _write(self, content: bytes) -> None:
        self._parts.append(content)
        self._size += len(content)


def _pack_stream(content: bytes, entries: bytes) -> tuple[bytes, bytes]:
    packed = zlib.compress(content)
    return b"<<%b/Filter/FlateDecode/Length %d>>" % (entries, len(packed)), packed


def text_string(text: str) -> bytes:
    """A text as a PDF has it."""
    return b"<feff%b>" % text.encode("utf-16-be").hex().encode()


@cache
def format_box(box: tuple[float, ...]) -> bytes:
    return b"[%b]" % " ".join(f"{value:.9g}" for value in box).encode()
