"""Bytes of a class file, whatever its shape → a table under its titles."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from typing import TypeAlias
from zipfile import ZipFile

from pfmp_cli.diagnostics import InputRefused, Position
from pfmp_cli.lists.formats.archive import check_size, list_members, open_archive, read_member
from pfmp_cli.lists.formats.csv import open_text_table
from pfmp_cli.lists.formats.encoding import decode_markup, is_utf_16
from pfmp_cli.lists.formats.no_header import add_titles
from pfmp_cli.lists.formats.table import (
    MOST_COLUMNS,
    PUPIL_NAMES,
    Table,
    join_titles,
    pass_over_titles,
)
from pfmp_cli.lists.formats.titles import FindField, make_finder
from pfmp_cli.rules import file_rules as rules
from pfmp_cli.text import fold

ZIP, COMPOUND, PDF = b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"%PDF"
ENCRYPTED_WORKBOOK = "EncryptedPackage".encode("utf-16-le")  # in a compound file
SPREADSHEET = b"application/vnd.oasis.opendocument.spreadsheet"
# What else is a zip, by a file that it holds.
OTHER_NATURES = {
    "workbook.bin": "un classeur binaire (.xlsb)",
    "document.xml": "un document Word",
    "document.iwa": "un document Numbers ou Pages",
}
LISTS = (".csv", ".txt", ".xlsx", ".ods", ".xls", ".xml")
MARKUP = re.compile(rb"(?:\xef\xbb\xbf)?\s*<(?:\?xml|!doctype|!--|[a-z][^<>]*>)", re.IGNORECASE)
PAGE = re.compile(r"\s*(?:<[!?][^<>]*>\s*)*<(?:html|head|meta|body)\b", re.IGNORECASE)
TABLE = re.compile(r"<(?:\w+:)?table\b", re.IGNORECASE)
NamedBytes: TypeAlias = tuple[str, bytes]
NAMES = {*PUPIL_NAMES, "eleve.date_naissance"}


def open_table(
    file: str,
    content: bytes,
    titles: Mapping[str, str],
    untitled: bool = True,
    guardians: NamedBytes | None = None,
) -> Table:
    """The rows of a CSV file, of a workbook, a web page, or SIECLE's XML, bare or in an archive.

    `titles` are folded titles → fields, '' where a column is passed over; with `untitled`, a list
    of names may go without; `guardians` is SIECLE's file of those responsible, which its XML of
    pupils is read with. Raises InputRefused.
    """
    check_size(file, content)
    find_field = make_finder(titles)
    table = _Opener(find_field, guardians).open(file, content)
    if (columns := len(table.header.cells)) > MOST_COLUMNS:
        position = table.row_position(table.header.line)
        raise InputRefused(
            [rules.TOO_MANY_COLUMNS.at(position, columns=columns, limit=MOST_COLUMNS)]
        )
    if untitled and _has_no_titles(table, find_field) and (titled := add_titles(table)):
        return titled
    table = pass_over_titles(join_titles(table, find_field), find_field)
    if not table.separator and not any(map(find_field, table.header.cells)):
        raise InputRefused([rules.NO_SHEET.at(Position(file))])
    return table


@dataclass(frozen=True, slots=True)
class _Opener:
    """What the readers of all formats are given beside the bytes."""

    find_field: FindField
    guardians: NamedBytes | None

    def open(self, file: str, content: bytes, is_inside: bool = False) -> Table:
        if content.startswith(ZIP):
            archive = open_archive(file, content)
            if _is_workbook(file, archive):
                from pfmp_cli.lists.formats.workbook import choose_sheet, read_workbook

                return choose_sheet(file, read_workbook(file, archive), self.find_field)
            name = _find_list(file, [] if is_inside else list_members(archive))
            return self.open(f"{file}/{name}", read_member(file, archive, name), True)
        if content.startswith(COMPOUND):
            if ENCRYPTED_WORKBOOK in content:
                raise InputRefused([rules.PROTECTED.at(Position(file))])
            from pfmp_cli.lists.formats.workbook import choose_sheet, read_old_workbook

            return choose_sheet(file, read_old_workbook(content), self.find_field)
        if content.startswith(PDF):
            raise InputRefused([rules.NOT_TEXT.at(Position(file), nature="un PDF")])
        begins = content[:2000]
        begins = begins.decode("utf-16", "ignore").encode() if is_utf_16(content) else begins
        if MARKUP.match(begins):
            return self._open_markup(file, content)
        return open_text_table(file, content, self.find_field)

    def _open_markup(self, file: str, content: bytes) -> Table:
        decoded = decode_markup(file, content)
        said = decoded.tell(lambda *_: Position(file))
        if TABLE.search(decoded.text):
            from pfmp_cli.lists.formats.markup import read_tables
            from pfmp_cli.lists.formats.workbook import choose_sheet

            sheets, is_whole = read_tables(file, decoded.text)
            table = choose_sheet(file, sheets, self.find_field)
            said += () if is_whole else (rules.CUT_SHORT.at(Position(file)),)
        elif PAGE.match(decoded.text):
            raise InputRefused([rules.WEB_PAGE.at(Position(file))])
        else:
            from pfmp_cli.lists.formats.siecle_xml import open_siecle

            table = open_siecle(file, decoded.text, self.guardians)
        return replace(table, diagnostics=said)


def _is_workbook(file: str, archive: ZipFile) -> bool:
    """Raises InputRefused for what is neither one nor an archive."""
    names = list_members(archive)
    if "mimetype" in names:
        if read_member(file, archive, "mimetype") != SPREADSHEET:
            raise InputRefused(
                [rules.NOT_TEXT.at(Position(file), nature="un classeur ou une archive")]
            )
        manifest = "META-INF/manifest.xml"
        if manifest in names and b"encryption-data" in read_member(file, archive, manifest):
            raise InputRefused([rules.PROTECTED.at(Position(file))])
    ends = [name.lower().rpartition("/")[2] for name in names]
    if nature := next(filter(None, map(OTHER_NATURES.get, ends)), None):
        raise InputRefused([rules.NOT_TEXT.at(Position(file), nature=nature)])
    return not {"mimetype", "xl/workbook.xml"}.isdisjoint(names)


def _find_list(file: str, names: Collection[str]) -> str:
    """The list in an archive; the file of pupils in one of SIECLE. Raises InputRefused."""
    chosen = [name for name in names if name.lower().endswith(LISTS)]
    xml = [name for name in chosen if name.lower().endswith(".xml")]
    pupils = [name for name in xml if fold(name.rpartition("/")[2]).startswith("eleves")]
    chosen = pupils or xml or chosen
    if len(chosen) == 1:
        return chosen[0]
    rule = rules.SEVERAL_LISTS_INSIDE if chosen else rules.NO_LIST_INSIDE
    raise InputRefused([rule.at(Position(file))])


def _has_no_titles(table: Table, find_field: FindField) -> bool:
    fields = set(map(find_field, table.header.cells))
    return NAMES.isdisjoint(fields) and len(fields) < 3
