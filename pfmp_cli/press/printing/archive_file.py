"""A division's documents in one zip: to send, or to take away."""

from collections.abc import Iterable
from typing import BinaryIO
from zipfile import ZIP_STORED, ZipFile, ZipInfo

from pfmp_cli.press.merging.checksum import seal_zip, zip_comment

_UNIX, _OWNER_ONLY = 3, 0o100600 << 16


def fill_archive(file: BinaryIO, documents: Iterable[tuple[str, bytes]]) -> tuple[int, str]:
    """Put documents into a zip as they are, for a PDF is compressed already, and seal it: the same
    bytes for the same documents. Its size, and its SHA-256."""
    with ZipFile(file, "w", ZIP_STORED) as archive:
        for path, content in documents:
            archive.writestr(describe_member(path), content)
        archive.comment = zip_comment()
    return seal_zip(file)


def describe_member(path: str) -> ZipInfo:
    """A file of a zip, of 1980 and of Unix: nothing of the clock nor of the system."""
    info = ZipInfo(path)
    info.create_system, info.external_attr = _UNIX, _OWNER_ONLY
    return info
