"""What the page is made of is the same whatever system makes it."""

from __future__ import annotations

import gzip
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pfmp_cli.page.assembly import _embed, _spell
from pfmp_cli.page.core_files import _pack


def test_an_archive_made_on_windows_has_the_bytes_of_one_made_on_linux(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    files = {"a.py": b"un", "b/c.py": b"deux"}
    made = _pack(files)
    monkeypatch.setattr(sys, "platform", "win32")

    assert _pack(files) == made


def read(element: str) -> bytes:
    """As `page.js` does: seven bits of each character."""
    text = element.partition(">")[2].partition("<")[0]
    bits = "".join(f"{ord(sign) & 127:07b}" for sign in text)
    return bytes(int(bits[at : at + 8], 2) for at in range(0, len(bits) - 7, 8))


def test_what_is_packed_says_of_no_system_that_it_packed_it() -> None:
    packed = read(_embed("lot", b"octets"))

    assert gzip.decompress(packed) == b"octets"
    assert packed[3:10] == b"\0\0\0\0\0\2\xff"  # no flag, no date, the best compression, no system


@given(st.binary(max_size=50))
def test_bytes_are_spelt_in_characters_that_a_page_keeps(content: bytes) -> None:
    spelt = _spell(content)

    assert read(f">{spelt}<") == content
    assert not set(spelt) & set("\0\r<")
    assert len(spelt) == -(len(content) * 8 // -7)
