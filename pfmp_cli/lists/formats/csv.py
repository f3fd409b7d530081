"""A text file as a table: its encoding, separator and header, and where each cell stands.

The `csv` module says neither the column of a cell nor how to go on after a quote that is never
closed: rows are cut here, as it would cut them.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import replace
from functools import cache, partial
from itertools import islice, product
from sys import intern
from typing import NamedTuple

from pfmp_cli.diagnostics import InputRefused, Position
from pfmp_cli.lists.formats.encoding import decode
from pfmp_cli.lists.formats.table import (
    LINES_SEARCHED,
    Row,
    Table,
    find_header,
    leave_out_blank,
)
from pfmp_cli.lists.formats.titles import FindField
from pfmp_cli.rules import file_rules as rules

SEPARATORS = {";": "« ; »", ",": "« , »", "\t": "une tabulation"}
LINES_OF_A_CELL = 20
LONGEST_EXCERPT = 20_000
MOST_LINES = 100_000  # a cell of a pupil's has a few
# What Excel is told of a file by its first line; a line that is one quoted cell.
SEPARATOR_LINE = re.compile(r'\A"?sep=[^\n"]"?(?=\n)', re.IGNORECASE)
WHOLE_LINE = re.compile(r'\s*+"([^"]*+(?:""[^"]*+)*+)"[;,\s]*')


def open_text_table(file: str, content: bytes, find_field: FindField) -> Table:
    """Decode, then cut by the separator that shows most known titles, or else most cells.

    Raises InputRefused when the content is not text, or nothing but blanks.
    """
    decoded = decode(file, content)
    if not decoded.text.strip():
        raise InputRefused([rules.EMPTY_FILE.at(Position(file))])
    _check_lines(file, decoded.text)
    texts = [_Text.of(file, one) for one in _readings(decoded.text)]
    text, separator = max(
        product(texts, SEPARATORS), key=lambda one: _count(one[0], one[1], find_field)
    )
    rows = list(leave_out_blank(text.cut(separator)))
    header, _ = find_header(rows, find_field)
    said = decoded.tell(_Text.of(file, decoded.text).place)
    return Table(file, rows, partial(text.locate, separator), header, said, separator)


def _count(text: _Text, separator: str, find_field: FindField) -> tuple[int, int]:
    """How many titles are known; and without any, how many cells the first two rows have."""
    rows = list(islice(leave_out_blank(text.cut(separator)), LINES_SEARCHED))
    _, known = find_header(rows, find_field)
    return known, 0 if known else sum(len(row.cells) for row in rows[:2])


class _Text(NamedTuple):
    """The text of a file, and where its lines begin."""

    file: str
    text: str
    starts: tuple[int, ...]

    @classmethod
    def of(cls, file: str, text: str) -> _Text:
        return cls(file, text, (0, *(end.end() for end in re.finditer("\n", text))))

    def place(self, offset: int, length: int = 1, label: str | None = None) -> Position:
        """A part of a line, which is shown unless each of its faults would bring a book along."""
        line = bisect_right(self.starts, offset)
        start, end = self.starts[line - 1], self._end(line)
        # Once in memory, however many faults the line has.
        text = intern(self.text[start:end]) if end - start <= LONGEST_EXCERPT else None
        length = max(1, min(length, end - offset))
        return Position(self.file, line, offset - start + 1, text, length, label)

    def locate(self, separator: str, line: int, index: int | None, title: str) -> Position:
        start = self.starts[line - 1]
        if index is None:
            return replace(self.place(start, self._end(line) - start), column=None)
        spans, _ = self._cut_quoted(separator, line, index)
        start, end = spans[index] if index < len(spans) else (spans[-1][1],) * 2
        return self.place(start, end - start, title or None)

    def _end(self, line: int) -> int:
        return self.starts[line] - 1 if line < len(self.starts) else len(self.text)

    def cut(self, separator: str) -> Iterator[Row]:
        line, quote, blank = 0, f'{separator}"', f"{separator} "
        while line < len(self.starts):
            line += 1
            text = self.text[self.starts[line - 1] : self._end(line)]
            if not (text.startswith('"') or quote in text):
                if text.strip(blank):
                    yield Row(line, text.split(separator))
            else:
                spans, bad_quote = self._cut_quoted(separator, line)
                yield Row(line, [_unquote(self.text[s:e]) for s, e in spans], bad_quote)
                line = line if bad_quote else bisect_right(self.starts, spans[-1][1])

    def _cut_quoted(
        self, separator: str, line: int, last: int | None = None
    ) -> tuple[list[tuple[int, int]], bool]:
        """Where the cells of a row stand in the text, up to that index; and whether the last is
        wrongly quoted."""
        match, place, end = _cell_pattern(separator).match, self.starts[line - 1], self._end(line)
        spans = []
        while cell := match(self.text, place):
            if cell.end(1) > end and self.text.count("\n", *cell.span(1)) >= LINES_OF_A_CELL:
                break
            spans.append(cell.span(1))
            place = cell.end()
            if cell[2] != separator or len(spans) - 1 == last:
                return spans, False
        return [*spans, (place, self._end(bisect_right(self.starts, place)))], True


def _unquote(raw: str) -> str:
    return raw[1:-1].replace('""', '"') if raw.startswith('"') else raw


@cache
def _cell_pattern(separator: str) -> re.Pattern[str]:
    s = re.escape(separator)
    return re.compile(rf'("[^"]*+(?:""[^"]*+)*+"|(?!")[^{s}\n]*)({s}|\n|\Z)')


def _check_lines(file: str, text: str) -> None:
    """Spreadsheets export a million blank lines under a list: these do not count."""
    blank, lines = " ".join(SEPARATORS), text.count("\n")
    if lines > MOST_LINES:
        lines = sum(1 for line in text.split("\n") if line.strip(blank))
    if lines > MOST_LINES:
        raise InputRefused([rules.TOO_MANY_ROWS.at(Position(file), limit=MOST_LINES)])


def _readings(text: str) -> Iterator[str]:
    """The text, and without the quotes around whole lines, where all lines of cells have them."""
    text = SEPARATOR_LINE.sub("", text)
    yield text
    lines = text.split("\n")
    cells = [line for line in lines if any(separator in line for separator in SEPARATORS)]
    if all(map(WHOLE_LINE.fullmatch, cells)):
        found = zip(lines, map(WHOLE_LINE.fullmatch, lines), strict=True)
        yield "\n".join(whole[1].replace('""', '"') if whole else line for line, whole in found)
