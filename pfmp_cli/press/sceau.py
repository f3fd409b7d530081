"""The seal of a file: it shows that the file is still, to the last byte, what `pfmp` wrote.

A comment at the end holds the hash of all that is before it. Whoever fills in a form, signs
or saves the file anew breaks it: the file is theirs from then on, and never overwritten.
"""

from __future__ import annotations

import hashlib
import re

MARK = b"%pfmp "  # opens the comment of a PDF; the 32 digits of the seal follow
_MARK_ZIP = b"pfmp "
_MARK_HTML = b"<!--pfmp "
_END = re.compile(rb"pfmp ([0-9a-f]{32})(?:\nstartxref\n\d+\n%%EOF\n|-->\n)?\Z")
_LONGEST_END = 128


def start(content: bytes | memoryview) -> hashlib.blake2b:
    """The hash of a file that starts with `content`; a copy of it goes on."""
    return hashlib.blake2b(content, digest_size=16, usedforsecurity=False)


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
    return _MARK_ZIP + bytes(32)


def seal_zip(content: bytes) -> bytes:
    """A whole archive whose comment is `zip_comment()`, sealed in it."""
    before = content[:-32]
    return before + _hex(before)


def is_sealed(content: bytes) -> bool:
    """Whether a file with this content is as `pfmp` wrote it."""
    found = _END.search(content, max(0, len(content) - _LONGEST_END))
    if not found:
        return False
    return start(memoryview(content)[: found.start(1)]).hexdigest().encode() == found[1]


def was_sealed(content: bytes) -> bool:
    """Whether `pfmp` wrote a part of this content, or the first version of it."""
    return MARK in content or _MARK_HTML in content or b"/Producer (pfmp)" in content


def _hex(content: bytes) -> bytes:
    return start(content).hexdigest().encode("ascii")
