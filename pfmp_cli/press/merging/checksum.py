"""The seal of a file: it shows that the file is still, to the last byte, what `pfmp` wrote.

A comment at the end holds the hash of all that is before it. Whoever fills in a form, signs
or saves the file anew breaks it: the file is theirs from then on, and never overwritten.
"""

import hashlib
import os
import re
from collections.abc import Iterator
from io import BytesIO
from typing import BinaryIO

MARK = b"%pfmp "  # opens the comment of a PDF; the 40 digits of the seal follow
_MARK_ZIP = b"pfmp "
_MARK_HTML = b"<!--pfmp "
_END = re.compile(rb"pfmp ([0-9a-f]{40}|[0-9a-f]{32})(?:\nstartxref\n\d+\n%%EOF\n|-->\n)?\Z")
_LONGEST_END = 128
_DIGITS = 40  # of a seal
_BLOCK = 1 << 20


def start(content: bytes | memoryview) -> "hashlib._Hash":
    """The hash of a file that starts with `content`; a copy of it goes on.

    It has no key: it shows what has happened to a file, never who wrote it. So the fastest will do.
    """
    return hashlib.sha1(content, usedforsecurity=False)


def seal_pdf(content: bytes) -> bytes:
    """A whole PDF, sealed: no offset counts what comes behind its last cross-reference."""
    before, keyword, after = content.rpartition(b"startxref")
    before += MARK
    return b"".join((before, _hex(before), b"\n", keyword, after))


def seal_html(content: bytes) -> bytes:
    """A whole page, sealed at its end."""
    before = content + _MARK_HTML
    return b"".join((before, _hex(before), b"-->\n"))


def zip_comment() -> bytes:
    """The comment that an archive must have been closed with for `seal_zip` to seal it."""
    return _MARK_ZIP + bytes(_DIGITS)


def seal_zip(file: BinaryIO) -> tuple[int, str]:
    """Seal an archive whose comment is `zip_comment()`; its size, and its SHA-256."""
    size = file.seek(0, os.SEEK_END)
    file.seek(0)
    seal, whole = start(b""), hashlib.sha256()
    for block in _read_blocks(file, size - _DIGITS):
        seal.update(block)
        whole.update(block)
    digits = seal.hexdigest().encode("ascii")
    file.write(digits)
    whole.update(digits)
    return size, whole.hexdigest()


def _read_blocks(file: BinaryIO, left: int) -> Iterator[bytes]:
    while left and (block := file.read(min(left, _BLOCK))):
        yield block
        left -= len(block)


def is_sealed(content: bytes) -> bool:
    """Whether a file with this content is as `pfmp` wrote it."""
    return is_sealed_file(BytesIO(content))


def is_sealed_file(file: BinaryIO) -> bool:
    """The same of a file, whatever its size."""
    size = file.seek(0, os.SEEK_END)
    place = max(0, size - _LONGEST_END)
    file.seek(place)
    found = _END.search(file.read())
    if not found:
        return False
    file.seek(0)
    seal = start(b"") if len(found[1]) == _DIGITS else hashlib.blake2b(digest_size=16)  # as it was
    for block in _read_blocks(file, place + found.start(1)):
        seal.update(block)
    return seal.hexdigest().encode() == found[1]


def was_sealed(content: bytes) -> bool:
    """Whether `pfmp` wrote a part of this content, or the first version of it."""
    return MARK in content or _MARK_HTML in content or b"/Producer (pfmp)" in content


def _hex(content: bytes) -> bytes:
    return start(content).hexdigest().encode("ascii")
