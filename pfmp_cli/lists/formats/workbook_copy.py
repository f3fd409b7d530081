"""The files of a workbook as `python-calamine` is given them: counted, and without what it reads
as nothing at all.

Of a cell in error, and of one whose formula was never computed, it says that it is empty; here
both become the text that a spreadsheet shows.
"""

from __future__ import annotations

import io
import re
from collections.abc import Mapping
from zipfile import ZipFile

from pfmp_cli.lists.formats.archive import is_hidden, read_member

STYLES = "xl/styles.xml"
NO_STYLES = b'<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"/>'
_ERROR = re.compile(rb"""(<(?:\w+:)?c\b[^>]*\st=)(["'])e\2""")
_NOT_COMPUTED = re.compile(
    rb"<((?:\w+:)?)c\b(?![^>]*\st=)([^>]*)>\s*<\1f\b[^>]*?(?:/>|>([^<]*)</\1f>)\s*"
    rb"(?:<\1v\s*/>|<\1v>\s*</\1v>)?\s*</\1c>"
)
_ODS_ERROR = re.compile(rb'<table:table-cell\b[^>]*\bcalcext:value-type="error"[^>]*>')
_ODS_VALUE = re.compile(rb'\soffice:(?:value-type|string-value|value)="[^"]*"')
_ODS_NOT_COMPUTED = re.compile(
    rb"<table:table-cell\b(?![^>]*\soffice:value-type=)([^>]*"
    rb'\stable:formula="(?:\w+:)?=?([^"]*)"[^>]*?)(?:/>|>\s*</table:table-cell>)'
)
_BETWEEN_TAGS = re.compile(rb">\s+<")


def read_members(file: str, archive: ZipFile) -> dict[str, bytes]:
    """The files of a workbook, retouched. Raises InputRefused."""
    return {
        info.filename: _retouch(read_member(file, archive, info))
        for info in archive.infolist()
        if not is_hidden(info.filename)
    }


def pack(members: Mapping[str, bytes]) -> io.BytesIO:
    """The same files as a workbook."""
    target = io.BytesIO()
    with ZipFile(target, "w") as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    target.seek(0)
    return target


def _retouch(content: bytes) -> bytes:
    if b"sheetData" in content:
        content = _ERROR.sub(rb"\1\2str\2", content)
        return _NOT_COMPUTED.sub(_show_formula, content)
    if b"table:table-cell" in content:
        content = _BETWEEN_TAGS.sub(b"><", content)
        content = _ODS_ERROR.sub(_take_for_text, content)
        return _ODS_NOT_COMPUTED.sub(_show_ods_formula, content)
    return content


def _show_formula(cell: re.Match[bytes]) -> bytes:
    prefix, attributes, formula = cell[1], cell[2], cell[3] or "…".encode()
    tags = {"p": prefix, "a": attributes, "f": formula}
    return b'<%(p)sc%(a)s t="str"><%(p)sv>=%(f)s</%(p)sv></%(p)sc>' % {
        key.encode(): value for key, value in tags.items()
    }


def _take_for_text(tag: re.Match[bytes]) -> bytes:
    bare = _ODS_VALUE.sub(b"", tag[0])
    return bare.replace(b"<table:table-cell", b'<table:table-cell office:value-type="string"', 1)


def _show_ods_formula(cell: re.Match[bytes]) -> bytes:
    start = b'<table:table-cell office:value-type="string"%s>' % cell[1]
    return b"%s<text:p>=%s</text:p></table:table-cell>" % (start, cell[2])
