"""Tables that school software exports under the name `.xls`: a web page, and « XML 2003 ».

Both are read by their tags, whatever else is wrong with them. `html.parser` is not used: on a
damaged page, that of Python 3.11 takes hours.
"""

import re
from contextlib import suppress
from datetime import datetime
from html import escape, unescape
from typing import Any

from pfmp_cli.diagnostics import InputRefused, Position
from pfmp_cli.lists.formats.archive import LARGEST
from pfmp_cli.lists.formats.extent import MOST_CELLS
from pfmp_cli.lists.formats.table import MOST_COLUMNS
from pfmp_cli.lists.formats.workbook import RawSheet
from pfmp_cli.rules.file_rules import WORKBOOK_TOO_LARGE

DEEPEST = 20
WEIGHT = LARGEST // MOST_CELLS  # of a cell, in characters
# A quoted attribute may have a « > »; nothing goes beyond the next « < », and so no text is
# searched twice. What stands in comments, a page's or a cell's, and in scripts is no tag.
TOKEN = re.compile(
    r"<!--.*?(?:-->|\Z)|<(?:script|style|comment)\b.*?(?:</(?:script|style|comment)\b[^<>]*>?|\Z)"
    r"|<[!?][^<>]*>|\Z"
    r"""|<(/?)(?:\w+:)?([a-z][a-z0-9]*)((?:"[^"<]*"|'[^'<]*'|[^<>])*+)>""",
    re.IGNORECASE | re.DOTALL,
)
ATTRIBUTE = re.compile(
    r"(?<![\w:-])(?:\w+:)?(colspan|rowspan|(?<=:)(?:Index|MergeAcross|MergeDown|Name|Type|Formula))"
    r"""\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""",
    re.IGNORECASE,
)
CDATA = re.compile(r"<!\[CDATA\[(.*?)(?:\]\]>|\Z)", re.DOTALL)
PARTS = {part: part for part in ("worksheet", "table", "row", "cell", "data", "visible")}
PARTS |= {"tr": "row", "td": "cell", "th": "cell"}
NEW_LINES = {"br", "p", "div", "li"}
BLANKS = str.maketrans("\t\n\r\f", "    ")
LONGEST = 5000  # of a table's text that a cell has: already too long to be printed
HEAD = 3  # of the rows of a table, one is its titles


class _Table:
    """A table that is written cell by cell, of which each may take the place of several."""

    def __init__(self, name: str) -> None:
        self.sheet = RawSheet(name, [], [])
        self.said: dict[str, str] = {}  # by the tags of the row or the cell that is open
        self.text: list[str] | None = None  # of that cell
        self.has_row = False
        self._taken: dict[int, int] = {}  # column → the last row of a cell from above

    def begin_row(self) -> int:
        """How many rows this makes."""
        blank = max(0, self._number("index") - len(self.sheet.values) - 1)
        self.sheet.values.extend([] for _ in range(blank + 1))
        self.has_row = True
        return blank + 1

    def end_cell(self) -> int:
        """Put the cell that is open in the first free column; how many this makes.

        None where it is too far to be read.
        """
        if self.text is None:
            return 0
        lines = (filter(None, line.split(" ")) for line in "".join(self.text).split("\n"))
        text, self.text = "\n".join(filter(None, map(" ".join, lines))), None
        row, line = self.sheet.values[-1], len(self.sheet.values)
        column = max(self._number("index") - 1, len(row))
        while self._taken.get(column, 0) >= line:
            column += 1
        if column >= MOST_COLUMNS:
            return 0
        across = max(self._number("colspan"), self._number("mergeacross") + 1)
        down = max(self._number("rowspan"), self._number("mergedown") + 1)
        cells = [self._read(text), *[""] * (min(across, MOST_COLUMNS) - 1)]
        row += [""] * (column - len(row)) + cells
        if down > 1:
            self.sheet.merged.append(((line - 1, column), (line + down - 2, column)))
            self._taken |= dict.fromkeys(range(column, len(row)), line + down - 1)
        return len(cells)

    def _number(self, name: str) -> int:
        text = self.said.get(name, "")
        return min(int(text), MOST_CELLS) if text.isdecimal() and len(text) < 10 else 0

    def _read(self, text: str) -> Any:
        kind = self.said.get("type")
        with suppress(ValueError):
            if kind == "Number":
                return float(text)
            if kind == "DateTime":
                return datetime.fromisoformat(text)
        if kind == "Boolean":
            return text == "1"
        return text or ("=…" if "formula" in self.said else "")


def read_tables(file: str, text: str) -> tuple[list[RawSheet], bool]:
    """The tables of a page, or the visible sheets of a workbook; and whether they have an end.

    Raises InputRefused.
    """
    text = CDATA.sub(lambda found: escape(found[1]), text)
    tables: list[_Table] = []  # each in a cell of the one before
    sheets: list[RawSheet] = []
    name, place, left = "", 0, LARGEST
    for token in TOKEN.finditer(text):
        before, place = text[place : token.start()], token.end()
        is_start, tag = not token[1], (token[2] or "").lower()
        part, table = PARTS.get(tag), tables[-1] if tables else None
        said = _read_attributes(token[3]) if part and is_start else {}
        if table and table.text is not None:
            left -= len(before)
            table.text += unescape(before.translate(BLANKS)), "\n" * (tag in NEW_LINES)
        if part == "worksheet":
            name = said.get("name", name)
        elif part == "visible" and "Hidden" in before and sheets and sheets[-1].name == name:
            sheets[-1].values.clear()
        elif part == "table" and is_start and not token[3].endswith("/"):
            tables.append(_Table(name or f"tableau {len(sheets) + len(tables) + 1}"))
            left -= WEIGHT
        elif part == "table" and table and not is_start:
            _end_last(tables, sheets)
        elif part == "data" and table:
            table.said |= said
        elif part in ("row", "cell") and table:
            left -= WEIGHT * table.end_cell()
            if is_start and (part == "row" or not table.has_row):
                table.said = said if part == "row" else {}
                left -= WEIGHT * table.begin_row()
            if is_start and part == "cell":
                table.said, table.text = said, []
            table.has_row &= is_start or part == "cell"
        if left < 0 or len(tables) > DEEPEST:
            raise InputRefused([WORKBOOK_TOO_LARGE.at(Position(file))])
    is_whole = not tables
    while tables:
        _end_last(tables, sheets)
    return _join(sheets), is_whole


def _read_attributes(text: str) -> dict[str, str]:
    found = ATTRIBUTE.findall(text)
    return {name.lower(): unescape("".join(values)) for name, *values in found}


def _end_last(tables: list[_Table], sheets: list[RawSheet]) -> None:
    """End the innermost table, whose text is that of the cell that it stands in, too."""
    table = tables.pop()
    table.end_cell()
    sheets.append(table.sheet)
    if tables and (text := tables[-1].text) is not None:
        text.append("\n".join(" ".join(map(str, row)) for row in table.sheet.values)[:LONGEST])


def _join(sheets: list[RawSheet]) -> list[RawSheet]:
    """Tables that have a row of titles in common are one list, as where each class has its own."""
    found: dict[tuple[str, ...], RawSheet] = {}
    for sheet in sheets:
        heads = [tuple(map(str, row)) for row in sheet.values[:HEAD] if sum(map(bool, row)) > 1]
        first = next((found[head] for head in heads if head in found), sheet)
        found |= dict.fromkeys(heads or [(sheet.name,)], first)
        if first is not sheet:
            down = len(first.values)
            first.values.extend(sheet.values)
            first.merged.extend(((a + down, b), (c + down, d)) for (a, b), (c, d) in sheet.merged)
    return list({id(sheet): sheet for sheet in found.values()}.values())
