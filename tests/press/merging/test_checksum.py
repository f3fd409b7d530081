"""A seal holds as long as not a byte has changed, however the file is read."""

from __future__ import annotations

import hashlib
import io
import zipfile

import pytest

from pfmp_cli.press.merging.checksum import (
    is_sealed,
    is_sealed_file,
    seal_html,
    seal_pdf,
    seal_zip,
    was_sealed,
    zip_comment,
)

PDF = b"%PDF-1.7\nstartxref in a text\n" + b"x" * 500 + b"\nstartxref\n123\n%%EOF\n"


def make_zip(size: int = 500) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("livret.pdf", bytes(size))
        archive.comment = zip_comment()
    told = seal_zip(file)
    assert told == (len(file.getvalue()), hashlib.sha256(file.getvalue()).hexdigest())
    return file.getvalue()


SEALED = {
    "pdf": seal_pdf(PDF),
    "html": seal_html(b"<!doctype html>\n<title>Essai</title>\n"),
    "zip": make_zip(),
    "large zip": make_zip(3 << 20),
    "short": seal_html(b""),
}


@pytest.mark.parametrize("content", SEALED.values(), ids=SEALED)
def test_a_sealed_file_is_known_in_memory_and_on_disk(content: bytes) -> None:
    assert is_sealed(content)
    assert is_sealed_file(io.BytesIO(content))


@pytest.mark.parametrize("content", SEALED.values(), ids=SEALED)
def test_a_byte_that_is_changed_added_or_lost_breaks_the_seal(content: bytes) -> None:
    places = {0, len(content) // 2, len(content) - 33 if len(content) > 40 else 0}
    changed = [
        *(content[:n] + bytes([content[n] ^ 1]) + content[n + 1 :] for n in sorted(places)),
        *(content + b"x", b"x" + content, content[1:], content[:-1], b""),
    ]

    assert [is_sealed(one) for one in changed] == [False] * len(changed)
    assert [is_sealed_file(io.BytesIO(one)) for one in changed] == [False] * len(changed)


def test_a_file_of_an_earlier_version_is_known_too() -> None:
    before = PDF.replace(b"startxref\n123\n%%EOF\n", b"%pfmp ")
    seal = hashlib.blake2b(before, digest_size=16).hexdigest().encode()

    assert is_sealed(before + seal + b"\nstartxref\n123\n%%EOF\n")
    assert not is_sealed(b"x" + before + seal + b"\nstartxref\n123\n%%EOF\n")


def test_a_pdf_keeps_its_words_and_ends_as_a_pdf() -> None:
    before, _, after = PDF.rpartition(b"startxref")

    assert SEALED["pdf"].startswith(before)
    assert SEALED["pdf"].endswith(b"startxref" + after)


def test_what_was_filled_in_since_is_still_known_to_have_been_ours() -> None:
    for name in ("pdf", "html"):
        assert was_sealed(SEALED[name] + b"what a reader appends")
    assert was_sealed(b"<</Producer (pfmp)>>")
    assert not was_sealed(PDF)


def test_an_archive_can_still_be_opened_once_it_is_sealed() -> None:
    with zipfile.ZipFile(io.BytesIO(SEALED["zip"])) as archive:
        assert archive.testzip() is None
        assert archive.namelist() == ["livret.pdf"]
