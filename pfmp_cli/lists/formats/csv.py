"""A text file as a table: its encoding, separator and header, and where each cell stands.

The `csv` module cuts a row that ends with its line. It says neither the column of a cell nor how
to go on after a quote that is never closed: the others are cut here, as it would cut them.
"""

from __future__ import annotations

import csv
import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, replace

from pfmp_cli.diagnostics import InputRefused, Position
from pfmp_cli.lists.formats.cell_text import tidy_cell
from pfmp_cli.lists.formats.encoding import decode
from pfmp_cli.lists.formats.table import LEAST_TITLES, LINES_SEARCHED, MOST_COLUMNS, Row, Table
from pfmp_cli.lists.formats.titles import FindField
from pfmp_cli.rules import file_rules as rules

SEPARATORS = {";": "« ; »", ",": "« , »", "\t": "une tabulation"}
LINES_OF_A_CELL = 20
MOST_JOINED = 100
LONGEST_EXCERPT = 20_000
MOST_LINES = 100_000  # a cell of a pupil's has a few
# What Excel is told of a file by its first line; a line that is one quoted cell.
SEPARATOR_LINE = re.compile(r'"?sep=[^\n"]"?(?=\n)', re.IGNORECASE)
WHOLE_LINE = re.compile(r'\s*+"([^"]*+(?:""[^"]*+)*+)"[;,\s]*')

SIGNATURES = {
    b"PK\x03\x04": "un classeur ou une archive",
    b"%PDF": "un PDF",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class TextTable(Table):
    """The text, where its lines begin, and the header row under which the data stand."""

    text: str
    starts: tuple[int, ...]

    def rows(self, until: int | None = None) -> Iterator[Row]:
        """The rows under the header that begin by line `until`, blank ones left out."""
        line, last = self.header.next_line, min(until or len(self.starts), len(self.starts))
        blank = self.separator + " "
        while line <= last:
            text = self.line(line)
            if not text.strip(blank):
                line += 1
                continue
            row = self._cut(line, text)
            line = row.next_line
            if row.line in self.skipped:
                continue
            if row.bad_quote or any(map(tidy_cell, row.cells)):
                yield row

    def position(self, line: int, index: int) -> Position:
        cells, _ = self._spans(line, index)
        start, end = cells[index] if index < len(cells) else (cells[-1][1],) * 2
        line = bisect_right(self.starts, start)
        length = min(end, self._end(line)) - start
        return Position(
            self.file,
            line,
            start - self.starts[line - 1] + 1,
            self._excerpt(line),
            max(1, length),
            self.title(index) or None,
        )

    def row_position(self, line: int) -> Position:
        text = self._excerpt(line)
        return Position(self.file, line, excerpt=text, length=max(1, len(text or "")))

    def first_position(self) -> Position:
        numbers = range(1, len(self.starts) + 1)
        return self.row_position(next((n for n in numbers if self.line(n).strip()), 1))

    def line(self, line: int) -> str:
        return self.text[self.starts[line - 1] : self._end(line)]

    def _excerpt(self, line: int) -> str | None:
        """The line, unless each of its faults would bring a book along."""
        length = self._end(line) - self.starts[line - 1]
        return self.line(line) if length <= LONGEST_EXCERPT else None

    def _end(self, line: int) -> int:
        return self.starts[line] - 1 if line < len(self.starts) else len(self.text)

    def _cut(self, line: int, text: str) -> Row:
        if text.startswith('"') or f'{self.separator}"' in text:
            cells = _cut_line(text, self.separator)
            return Row(line, line + 1, cells) if cells else self._cut_quoted(line)
        return Row(line, line + 1, text.split(self.separator))

    def _cut_quoted(self, line: int) -> Row:
        spans, bad_quote = self._spans(line)
        next_line = line + 1 if bad_quote else bisect_right(self.starts, spans[-1][1]) + 1
        cells = [_unquote(self.text[start:end]) for start, end in spans]
        return Row(line, next_line, cells, bad_quote)

    def _spans(self, line: int, last: int | None = None) -> tuple[list[tuple[int, int]], bool]:
        """Where the cells of a row stand in the text, up to that index; and whether the last is
        wrongly quoted."""
        pattern = _cell_pattern(self.separator)
        place = self.starts[line - 1]
        spans = []
        while cell := pattern.match(self.text, place):
            if self.text.count("\n", *cell.span(1)) >= LINES_OF_A_CELL:
                break
            spans.append(cell.span(1))
            place = cell.end()
            if cell[2] != self.separator or len(spans) - 1 == last:
                return spans, False
        end = self._end(bisect_right(self.starts, place))
        return [*spans, (place, end)], True


def _cut_line(text: str, separator: str) -> list[str]:
    """The cells of a row that ends with its line, as most do; none where it may go on."""
    try:
        return next(csv.reader([text], delimiter=separator, strict=True))
    except csv.Error:
        return []


def _unquote(raw: str) -> str:
    return raw[1:-1].replace('""', '"') if raw.startswith('"') else raw


def _cell_pattern(separator: str) -> re.Pattern[str]:
    s = re.escape(separator)
    return re.compile(rf'("[^"]*+(?:""[^"]*+)*+"|(?!")[^{s}\n]*)({s}|\n|\Z)')


def open_text_table(file: str, content: bytes, find_field: FindField) -> TextTable:
    """Decode, then find the header: the first of the rows with most known columns.

    The header's `line` is 0 when no row of the beginning has a known column.
    Raises InputRefused when the content is not text, or nothing but blanks.
    """
    raw = _part_joined_files(_decode(file, content), find_field)
    if not raw.text.strip():
        raise InputRefused([rules.EMPTY_FILE.at(Position(file))])
    best, score = raw, 0
    for table in filter(None, (raw, _unwrap_lines(raw))):
        for separator in SEPARATORS:
            candidate = replace(table, separator=separator)
            for row in candidate.rows(until=LINES_SEARCHED):
                known = sum(map(bool, map(find_field, row.cells[:MOST_COLUMNS])))
                if known > score:
                    best, score = replace(candidate, header=row), known
    return best


def _part_joined_files(table: TextTable, find_field: FindField) -> TextTable:
    """A second file's byte order mark and titles begin a line, also where the first ended none."""

    def part(found: re.Match[str]) -> str:
        cells = re.split("[;,\t]", found[1], maxsplit=MOST_COLUMNS)
        titles = sum(map(bool, map(find_field, cells)))
        return f"\n{found[1]}" if titles >= LEAST_TITLES else found[0]

    if "\ufeff" not in table.text:
        return table
    joined = re.sub("(?<!\n)\ufeff([^\n\ufeff]+)", part, table.text, count=MOST_JOINED)
    return _with_text(table, joined)


def _unwrap_lines(table: TextTable) -> TextTable | None:
    """The table without the quotes around whole lines, where every line of cells has them."""
    lines = table.text.split("\n")
    cells = [line for line in lines if any(separator in line for separator in SEPARATORS)]
    if not all(map(WHOLE_LINE.fullmatch, cells)):
        return None
    bare = (
        found[1].replace('""', '"') if (found := WHOLE_LINE.fullmatch(line)) else line
        for line in lines
    )
    return _with_text(table, "\n".join(bare))


def _decode(file: str, content: bytes) -> TextTable:
    for signature, nature in SIGNATURES.items():
        if content.startswith(signature):
            raise InputRefused([rules.NOT_TEXT.at(Position(file), nature=nature)])
    decoded = decode(file, content)
    table = _cut_lines(file, decoded.encoding, decoded.text)
    return replace(table, diagnostics=decoded.tell(_place(table, decoded.offset)))


def _place(table: TextTable, offset: int, length: int = 1) -> Position:
    line = bisect_right(table.starts, offset)
    column = offset - table.starts[line - 1] + 1
    return Position(table.file, line, column, table.line(line), length)


def _cut_lines(file: str, encoding: str, text: str) -> TextTable:
    if found := SEPARATOR_LINE.match(text):
        text = " " * found.end() + text[found.end() :]
    if text.count("\n") > MOST_LINES:
        _refuse_too_many(file, text)
    return _with_text(TextTable(file, encoding=encoding, text="", starts=()), text)


def _with_text(table: TextTable, text: str) -> TextTable:
    starts = (0, *(end.end() for end in re.finditer("\n", text)))
    return replace(table, text=text, starts=starts)


def _refuse_too_many(file: str, text: str) -> None:
    """Spreadsheets export a million blank lines under a list: these do not count."""
    blank = " ".join(SEPARATORS)
    if (lines := sum(1 for line in text.split("\n") if line.strip(blank))) > MOST_LINES:
        raise InputRefused([rules.TOO_MANY_LINES.at(Position(file), lines=lines, limit=MOST_LINES)])
