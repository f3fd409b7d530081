"""A zip file, opened only as far as its sizes are honest."""

from __future__ import annotations

import io
import zipfile
import zlib

from pfmp_cli.diagnostics import InputRefused, Position
from pfmp_cli.rules.file_rules import (
    ARCHIVE_TOO_LARGE,
    BOMB,
    BROKEN_ARCHIVE,
    PROTECTED_ARCHIVE,
    TOO_MANY_FILES,
)

MEGABYTE = 2**20
# A school of 3,000 pupils makes a workbook or an XML file of some 10 MB.
LARGEST = 32 * MEGABYTE
# Deflate packs text 5 to 50 times; only a file made for it is packed more.
BOMB_RATIO, LEAST_BOMB = 200, MEGABYTE
MOST_FILES = 500
# What `zipfile` raises on an archive that is broken, encrypted or packed in an unusual way
# (NotImplementedError is a RuntimeError).
FAULTS = (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, RuntimeError)


def open_archive(file: str, content: bytes) -> zipfile.ZipFile:
    """The archive, none of whose files was unpacked. Raises InputRefused.

    `zipfile` never gives more bytes of a file than the archive declares, so that the sum of
    the sizes bounds what comes out.
    """
    position = Position(file)
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
    except FAULTS as exception:
        raise InputRefused([BROKEN_ARCHIVE.at(position)]) from exception
    infos = archive.infolist()
    if len(infos) > MOST_FILES:
        raise InputRefused([TOO_MANY_FILES.at(position, files=len(infos), limit=MOST_FILES)])
    if (total := sum(info.file_size for info in infos)) > LARGEST:
        size, limit = in_megabytes(total), in_megabytes(LARGEST)
        raise InputRefused([ARCHIVE_TOO_LARGE.at(position, size=size, limit=limit)])
    if any(map(_is_bomb, infos)):
        raise InputRefused([BOMB.at(position)])
    return archive


def _is_bomb(info: zipfile.ZipInfo) -> bool:
    ratio = info.file_size / max(1, info.compress_size)
    return info.file_size > LEAST_BOMB and ratio > BOMB_RATIO


def read_member(file: str, archive: zipfile.ZipFile, name: str | zipfile.ZipInfo) -> bytes:
    """Raises InputRefused."""
    info = archive.getinfo(name) if isinstance(name, str) else name
    if info.flag_bits & 1:
        raise InputRefused([PROTECTED_ARCHIVE.at(Position(file))])
    try:
        return archive.read(info)
    except FAULTS as exception:
        raise InputRefused([BROKEN_ARCHIVE.at(Position(file))]) from exception


def in_megabytes(size: int) -> int:
    """Rounded up."""
    return -(-size // MEGABYTE)
