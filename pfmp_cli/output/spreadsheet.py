"""Tables → a workbook (`.xlsx`) that a person goes on working with."""

import re
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from io import BytesIO
from pathlib import Path
from typing import Any, TypeAlias

from pfmp_cli.output.obstacles import Obstacle
from pfmp_cli.output.single_file import write_alone
from pfmp_cli.rules.output_rules import FILE_CHANGED, FILE_IN_THE_WAY

Value: TypeAlias = "str | int | date | None"

_DATED = datetime(2000, 1, 1)  # the same tables give the same bytes
_WIDEST = 40
_NAME_MAX = 31
_NOT_IN_NAMES = re.compile(r"[\[\]:*?/\\]")
_OURS = b"<dc:creator>pfmp</dc:creator>"


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table: `rows` have one value for each of the `titles`."""

    name: str
    titles: Sequence[str]
    rows: Sequence[Sequence[Value]]


def write_workbook(path: Path, title: str, sheets: Sequence[Sheet]) -> Path:
    """Write the sheets, with filters, and titles on every printed page; give the path.

    In place of a workbook of ours that nobody has saved since, never of another file. Raises
    OutputRefused.
    """
    return write_alone(path, [_make(title, sheets)], _check_untouched)


def _check_untouched(path: Path) -> None:
    """Raise where a file is not a workbook of ours, or somebody has worked in it since."""
    if not path.is_file() or path.is_symlink():
        raise Obstacle(FILE_IN_THE_WAY)
    try:
        with zipfile.ZipFile(path) as archive, archive.open("docProps/core.xml") as properties:
            said = properties.read(4096)
    except (zipfile.BadZipFile, KeyError):
        raise Obstacle(FILE_IN_THE_WAY) from None
    if _OURS not in said:
        raise Obstacle(FILE_IN_THE_WAY)
    if said.count(_DATED.strftime("%Y-%m-%dT%H:%M:%SZ").encode()) < 2:
        raise Obstacle(FILE_CHANGED)


def _make(title: str, sheets: Sequence[Sheet]) -> bytes:
    from xlsxwriter import Workbook

    content = BytesIO()
    usual = {"default_date_format": "dd/mm/yyyy", "strings_to_formulas": False}
    with Workbook(content, {"in_memory": True, "strings_to_urls": False, **usual}) as workbook:
        workbook.set_properties({"title": title, "author": "pfmp", "created": _DATED})
        bold = workbook.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
        plain = workbook.add_format({"text_wrap": True, "valign": "top"})
        taken: set[str] = set()
        for sheet in sheets:
            page = workbook.add_worksheet(_name(sheet.name, taken))
            _set_page(page, f"{title} – {sheet.name}", sheet, plain)
            page.write_row(0, 0, sheet.titles, bold)
            for line, row in enumerate(sheet.rows, start=1):
                page.write_row(line, 0, row)
    return content.getvalue()


def _set_page(page: Any, title: str, sheet: Sheet, plain: Any) -> None:
    """On paper: landscape A4, as wide as the table; on screen: titles that stay, filters."""
    page.set_landscape()
    page.set_paper(9)
    page.fit_to_pages(1, 0)
    page.set_margins(0.4, 0.4, 0.6, 0.6)
    page.set_header(f"&L{title.replace('&', '&&')}&RPage &P sur &N")
    page.repeat_rows(0)
    page.freeze_panes(1, 0)
    page.autofilter(0, 0, len(sheet.rows), len(sheet.titles) - 1)
    for column, title in enumerate(sheet.titles):
        longest = max((len(str(row[column] or "")) for row in sheet.rows), default=0)
        page.set_column(column, column, min(max(longest, len(title)) + 2, _WIDEST), plain)


def _name(name: str, taken: set[str]) -> str:
    """A name that a sheet may have, and none has yet."""
    base = _NOT_IN_NAMES.sub("-", name).strip("' ")[:_NAME_MAX] or "feuille"
    names = (base, *(f"{base[: _NAME_MAX - 4]} {number}" for number in range(2, 999)))
    found = next(name for name in names if name.lower() not in taken)
    taken.add(found.lower())
    return found
