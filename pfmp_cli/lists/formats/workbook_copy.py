"""The files of a workbook as `python-calamine` is given them: counted, and without what it reads
as nothing at all.

Of a cell in error, and of one whose formula was never computed, it says that it is empty; here
both become the text that a spreadsheet shows.
"""

import io
import re
from collections.abc import Mapping
from zipfile import ZipFile

from pfmp_cli.lists.formats.archive import list_members, read_member

STYLES = "xl/styles.xml"
NO_STYLES = b'<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"/>'
_ERROR = re.compile(rb"""(<(?:\w+:)?c\b[^>]*\st=)(["'])e\2""")
_NOT_COMPUTED = re.compile(
    rb"<((?:\w+:)?)c\b(?![^>]*\st=)([^>]*)>\s*<\1f\b[^>]*?(?:/>|>([^<]*)</\1f>)\s*"
    rb"(?:<\1v\s*/>|<\1v>\s*</\1v>)?\s*</\1c>"
)
# Beside what a cell shows, which is its text as well; of one in error, it says that it has none.
_ODS_STRING = re.compile(rb'\soffice:string-value="[^"]*"')
_ODS_NOT_COMPUTED = re.compile(
    rb"<table:table-cell\b(?![^>]*\soffice:value-type=)([^>]*"
    rb'\stable:formula="(?:\w+:)?=?([^"]*)"[^>]*?)(?:/>|>\s*</table:table-cell>)'
)
_ODS_FORMULA = (
    rb'<table:table-cell office:value-type="string"\1><text:p>=\2</text:p></table:table-cell>'
)
_BETWEEN_TAGS = re.compile(rb">\s+<")


def read_members(file: str, archive: ZipFile) -> dict[str, bytes]:
    """The files of a workbook, retouched. Raises InputRefused."""
    return {name: _retouch(read_member(file, archive, name)) for name in list_members(archive)}


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
        content = _ODS_STRING.sub(b"", _BETWEEN_TAGS.sub(b"><", content))
        return _ODS_NOT_COMPUTED.sub(_ODS_FORMULA, content)
    return content


def _show_formula(cell: re.Match[bytes]) -> bytes:
    prefix, attributes, formula = cell[1], cell[2], cell[3] or "…".encode()
    shown = b"<%sv>=%s</%sv>" % (prefix, formula, prefix)
    return b'<%sc%s t="str">%s</%sc>' % (prefix, attributes, shown, prefix)
