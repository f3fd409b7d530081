"""A zip file, opened only as far as its sizes are honest."""

import io
import zipfile
import zlib

from pfmp_cli.diagnostics import InputRefused, Position
from pfmp_cli.rules import file_rules as rules

MEGABYTE = 2**20
# A school of 3,000 pupils makes a workbook or an XML file of some 10 MB.
LARGEST = 32 * MEGABYTE
MOST_FILES = 500
# The only ways to pack of which `zipfile` unpacks no more than it is asked for.
BOUNDED = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
# What `zipfile` raises on an archive that is broken, encrypted or packed in an unusual way
# (NotImplementedError is a RuntimeError).
FAULTS = (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, RuntimeError)


def open_archive(file: str, content: bytes) -> zipfile.ZipFile:
    """The archive, none of whose files was unpacked. Raises InputRefused."""
    position = Position(file)
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
    except FAULTS as exception:
        raise InputRefused([rules.BROKEN.at(position)]) from exception
    sizes = [info.file_size for info in archive.infolist()]
    if len(sizes) > MOST_FILES or sum(sizes) > LARGEST:
        limits = {"files": MOST_FILES, "limit": LARGEST // MEGABYTE}
        raise InputRefused([rules.ARCHIVE_TOO_LARGE.at(position, **limits)])
    return archive


def check_size(file: str, content: bytes) -> None:
    """Raises InputRefused."""
    if len(content) > LARGEST:
        sizes = {"size": -(-len(content) // MEGABYTE), "limit": LARGEST // MEGABYTE}
        raise InputRefused([rules.FILE_TOO_LARGE.at(Position(file), **sizes)])


def read_member(file: str, archive: zipfile.ZipFile, name: str) -> bytes:
    """Raises InputRefused."""
    info = archive.getinfo(name)
    if info.flag_bits & 1:
        raise InputRefused([rules.PROTECTED.at(Position(file))])
    try:
        if info.compress_type not in BOUNDED:
            raise zipfile.BadZipFile
        with archive.open(info) as member:
            # Without a number, `zipfile` unpacks up to 2 GB before it looks at the size declared.
            return member.read(min(info.file_size, LARGEST) + 1)
    except FAULTS as exception:
        raise InputRefused([rules.BROKEN.at(Position(file))]) from exception


def list_members(archive: zipfile.ZipFile) -> list[str]:
    """The names of its files, without what a Mac puts beside them."""
    return [
        name
        for name in archive.namelist()
        if not (name.endswith("/") or name.startswith("__MACOSX/") or "/._" in f"/{name}")
    ]
