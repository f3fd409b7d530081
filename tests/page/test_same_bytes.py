"""What the page is made of is the same whatever system makes it."""

from __future__ import annotations

import base64
import gzip
import sys

import pytest

from pfmp_cli.page.assembly import _embed
from pfmp_cli.page.core_files import _pack


def test_an_archive_made_on_windows_has_the_bytes_of_one_made_on_linux(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    files = {"a.py": b"un", "b/c.py": b"deux"}
    made = _pack(files)
    monkeypatch.setattr(sys, "platform", "win32")

    assert _pack(files) == made


def test_what_is_packed_says_of_no_system_that_it_packed_it() -> None:
    packed = base64.b64decode(_embed("lot", b"octets").partition(">")[2].partition("<")[0])

    assert gzip.decompress(packed) == b"octets"
    assert packed[3:10] == b"\0\0\0\0\0\2\xff"  # no flag, no date, the best compression, no system
