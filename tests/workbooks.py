"""Workbooks of each kind, made by other libraries than those that read them."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Sequence
from datetime import date
from typing import Any
from xml.sax.saxutils import escape

import xlsxwriter
import xlwt

Rows = list[list[Any]]
ODS = "application/vnd.oasis.opendocument.spreadsheet"
MANIFEST = (
    '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>'
)
NAMESPACES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for name in ("office", "table", "text", "style")
)


def zipped(**files: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name.replace("__", "/").replace("_xml", ".xml"), content)
    return out.getvalue()


def swap(content: bytes, name: str, data: bytes) -> bytes:
    """A workbook with another file in the place of one of its own."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as old,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for member in old.namelist():
            new.writestr(member, data if member == name else old.read(member))
    return out.getvalue()


def workbook(*sheets: Rows, titles: Sequence[str] = (), hidden: int = -1) -> bytes:
    """An `.xlsx`."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out)
    day = book.add_format({"num_format": "dd/mm/yyyy"})
    for number, rows in enumerate(sheets):
        sheet = book.add_worksheet(titles[number] if titles else None)
        if number == hidden:
            sheet.hide()
        else:
            sheet.activate()
        for line, row in enumerate(rows):
            for column, value in enumerate(row):
                if isinstance(value, date):
                    sheet.write_datetime(line, column, value, day)
                else:
                    sheet.write(line, column, value)
    book.close()
    return out.getvalue()


def old_workbook(*sheets: Rows, titles: Sequence[str] = (), hidden: int = -1) -> bytes:
    """An `.xls`."""
    book = xlwt.Workbook(encoding="utf-8")
    day = xlwt.easyxf(num_format_str="DD/MM/YYYY")
    for number, rows in enumerate(sheets):
        sheet = book.add_sheet(titles[number] if titles else f"Feuil{number + 1}")
        sheet.visibility = int(number == hidden)
        for line, row in enumerate(rows):
            for column, value in enumerate(row):
                if value is not None:
                    sheet.write(line, column, value, *[day] * isinstance(value, date))
    book.active_sheet = int(hidden == 0)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def opendocument(*sheets: Rows, titles: Sequence[str] = (), hidden: int = -1) -> bytes:
    """An `.ods`, with the blank rows and columns that a spreadsheet repeats to its ends."""
    tables = "".join(
        _ods_sheet(titles[number] if titles else f"Feuil{number + 1}", rows, number == hidden)
        for number, rows in enumerate(sheets)
    )
    return ods_of(tables)


def ods_of(tables: str) -> bytes:
    """An `.ods` whose sheets are this XML."""
    content = (
        f'<office:document-content {NAMESPACES} office:version="1.3"><office:automatic-styles>'
        '<style:style style:name="hidden" style:family="table">'
        '<style:table-properties table:display="false"/></style:style></office:automatic-styles>'
        f"<office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body>"
        "</office:document-content>"
    )
    files = {"mimetype": ODS, "content.xml": content, "META-INF/manifest.xml": MANIFEST}
    return zipped(**{name: text.encode() for name, text in files.items()})


def _ods_sheet(title: str, rows: Rows, is_hidden: bool) -> str:
    blank = '<table:table-cell table:number-columns-repeated="16000"/>'
    lines = [f"<table:table-row>{''.join(map(_ods_cell, row))}{blank}</table:table-row>"
             for row in rows]  # fmt: skip
    lines.append(f'<table:table-row table:number-rows-repeated="1000000">{blank}</table:table-row>')
    style = ' table:style-name="hidden"' if is_hidden else ""
    return f'<table:table table:name="{title}"{style}>{"".join(lines)}</table:table>'


def _ods_cell(value: Any) -> str:
    if value is None:
        return "<table:table-cell/>"
    if isinstance(value, bool):
        said = f'"boolean" office:boolean-value="{str(value).lower()}"'
    elif isinstance(value, int | float):
        said = f'"float" office:value="{value}"'
    elif isinstance(value, date):
        said = f'"date" office:date-value="{value:%Y-%m-%d}"'
    else:
        said = '"string"'
    text = f"<text:p>{escape(str(value))}</text:p>"
    return f"<table:table-cell office:value-type={said}>{text}</table:table-cell>"


MAKERS: dict[str, Callable[..., bytes]] = {
    ".xlsx": workbook, ".xls": old_workbook, ".ods": opendocument
}  # fmt: skip
