"""A text file as a table: its encoding, separator and header, and where each cell stands.

Cells are cut here and not by the `csv` module, which says neither the column of a cell nor
how to go on after a quote that is never closed. What it accepts is cut as it cuts it.
"""

from __future__ import annotations

import codecs
import re
import unicodedata
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from pfmp_cli.diagnostics import Diagnostic, InputRefused, Position, error, warning
from pfmp_cli.text import MISREAD_UTF8

SEPARATEURS = {";": "« ; »", ",": "« , »", "\t": "une tabulation"}
LIGNES_CHERCHEES = 50
LIGNES_PAR_CELLULE = 20
# A school has some thousands of pupils, and a cell of theirs a few lines.
LIGNES_MAXIMUM = 100_000

AIDE_CSV = "enregistrez-le depuis le tableur au format « CSV UTF-8 »"
SIGNATURES = {
    b"PK\x03\x04": "un classeur ou une archive",
    b"\xd0\xcf\x11\xe0": "un ancien classeur Excel",
    b"%PDF": "un PDF",
    b"\xff\xfe": "du texte en UTF-16",
    b"\xfe\xff": "du texte en UTF-16",
}

ESPACES = "\t\u00a0\u1680\u202f\u205f\u3000" + "".join(map(chr, range(0x2000, 0x200B)))
SENS_D_ECRITURE = "".join(map(chr, (*range(0x202A, 0x202F), *range(0x2066, 0x206A))))
INVISIBLES = "\u00ad\u200b\u200e\u200f\u2060\ufeff" + SENS_D_ECRITURE
BLANCS = str.maketrans(
    {"\u2028": "\n", "\u2029": "\n"} | dict.fromkeys(ESPACES, " ") | dict.fromkeys(INVISIBLES)
)
FORMULE = re.compile(r'="((?:[^"]|"")*)"')


def clean_cell(text: str) -> str:
    """The text of a cell as it will be printed: trimmed, ordinary spaces, composed accents."""
    if not text.isprintable():
        text = text.translate(BLANCS)
    text = unicodedata.normalize("NFC", text.strip(" \n"))
    if text.startswith('="') and (formule := FORMULE.fullmatch(text)):
        return formule[1].replace('""', '"').strip(" \n")
    return text


@dataclass(frozen=True, slots=True)
class Row:
    """A row: cells as typed (unquoted), its first line and the line after its last.

    With `mal_citee`, the quotes of its last cell are wrong: only the first line is taken for
    the row, whatever lines the quotes before swallowed.
    """

    line: int
    next_line: int
    cells: Sequence[str]
    bad_quote: bool = False


@dataclass(frozen=True, slots=True)
class TextTable:
    """The text, where its lines begin, and the header row under which the data stand."""

    file: str
    encoding: str
    diagnostics: tuple[Diagnostic, ...]
    text: str
    starts: tuple[int, ...]
    separator: str = ";"
    header: Row = Row(0, 1, ())

    @property
    def width(self) -> int:
        """How many columns there are, up to the last that has a title."""
        titles = enumerate(self.header.cells, 1)
        return max((number for number, title in titles if clean_cell(title)), default=0)

    def rows(self, jusque: int | None = None) -> Iterator[Row]:
        """The rows under the header that begin by line `jusque`, blank ones left out."""
        line, derniere = self.header.next_line, min(jusque or len(self.starts), len(self.starts))
        vide = self.separator + " "
        while line <= derniere:
            text = self.line(line)
            if not text.strip(vide):
                line += 1
                continue
            row = self._cut(line, text)
            line = row.next_line
            if row.bad_quote or any(map(clean_cell, row.cells)):
                yield row

    def position(self, line: int, index: int) -> Position:
        """The cell of that index in the row that begins on that line, or the end of the row."""
        cells, _ = self._spans(line)
        start, end = cells[index] if index < len(cells) else (cells[-1][1],) * 2
        line = bisect_right(self.starts, start)
        length = min(end, self._end(line)) - start
        return Position(
            self.file,
            line,
            start - self.starts[line - 1] + 1,
            self.line(line),
            max(1, length),
            self.title(index) or None,
        )

    def row_position(self, line: int) -> Position:
        """The whole first line of a row."""
        text = self.line(line)
        return Position(self.file, line, excerpt=text, length=max(1, len(text)))

    def first_position(self) -> Position:
        """The first line that is not blank."""
        numbers = range(1, len(self.starts) + 1)
        return self.row_position(next((n for n in numbers if self.line(n).strip()), 1))

    def title(self, index: int) -> str:
        """The header of a column as the file writes it, '' where it has none."""
        titles = self.header.cells
        return clean_cell(titles[index]) if index < len(titles) else ""

    def line(self, line: int) -> str:
        return self.text[self.starts[line - 1] : self._end(line)]

    def _end(self, line: int) -> int:
        return self.starts[line] - 1 if line < len(self.starts) else len(self.text)

    def _cut(self, line: int, text: str) -> Row:
        if text.startswith('"') or f'{self.separator}"' in text:
            return self._cut_quoted(line)
        return Row(line, line + 1, text.split(self.separator))

    def _cut_quoted(self, line: int) -> Row:
        spans, mal_citee = self._spans(line)
        suivante = line + 1 if mal_citee else bisect_right(self.starts, spans[-1][1]) + 1
        return Row(line, suivante, [self._unquote(*span) for span in spans], mal_citee)

    def _unquote(self, start: int, end: int) -> str:
        raw = self.text[start:end]
        return raw[1:-1].replace('""', '"') if raw.startswith('"') else raw

    def _spans(self, line: int) -> tuple[list[tuple[int, int]], bool]:
        """Where the cells of a row stand in the text, and whether the last is wrongly quoted."""
        motif = _cell_pattern(self.separator)
        place = self.starts[line - 1]
        spans = []
        while cell := motif.match(self.text, place):
            if self.text.count("\n", *cell.span(1)) >= LIGNES_PAR_CELLULE:
                break
            spans.append(cell.span(1))
            place = cell.end()
            if cell[2] != self.separator:
                return spans, False
        end = self._end(bisect_right(self.starts, place))
        return [*spans, (place, end)], True


def _cell_pattern(separator: str) -> re.Pattern[str]:
    s = re.escape(separator)
    return re.compile(rf'("[^"]*+(?:""[^"]*+)*+"|(?!")[^{s}\n]*)({s}|\n|\Z)')


def open_text_table(file: str, content: bytes, is_column: Callable[[str], bool]) -> TextTable:
    """Decode, then find the header: the first of the rows with most known columns.

    The header's `ligne` is 0 when no row of the beginning has a known column.
    Raises InputRefused when the content is not text, or nothing but blanks.
    """
    raw = _decode(file, content)
    if not raw.text.strip():
        raise InputRefused([error("le fichier est vide", Position(file), AIDE_CSV)])
    meilleur, score = raw, 0
    for separator in SEPARATEURS:
        candidate = replace(raw, separator=separator)
        for row in candidate.rows(jusque=LIGNES_CHERCHEES):
            connues = sum(map(is_column, row.cells))
            if connues > score:
                meilleur, score = replace(candidate, header=row), connues
    return meilleur


def _decode(file: str, content: bytes) -> TextTable:
    for signature, nature in SIGNATURES.items():
        if content.startswith(signature):
            message = f"le fichier n'est pas un CSV : c'est {nature}"
            raise InputRefused([error(message, Position(file), AIDE_CSV)])
    text = content.removeprefix(codecs.BOM_UTF8)
    encoding = "utf-8" if len(text) == len(content) else "utf-8-sig"
    try:
        table = _lines(file, encoding, text.decode("utf-8"))
    except UnicodeDecodeError as fault:
        table = _decode_cp1252(file, text, fault.start)
    return _with_encoding_doubt(table)


def _decode_cp1252(file: str, content: bytes, premier: int) -> TextTable:
    """Read as Windows-1252, with a warning at the first byte that is not UTF-8."""
    try:
        table = _lines(file, "cp1252", content.decode("cp1252"))
    except UnicodeDecodeError as fault:
        line = content.count(b"\n", 0, fault.start) + 1
        message = "le fichier n'est ni en UTF-8 ni en Windows-1252"
        raise InputRefused([error(message, Position(file, line), AIDE_CSV)]) from None
    avis = warning(
        "le fichier n'est pas en UTF-8 : il est lu comme du Windows-1252",
        _place(table, len(_unify_newlines(content[:premier].decode("cp1252")))),
        f"vérifiez les accents des noms, ou {AIDE_CSV}",
    )
    return replace(table, diagnostics=(avis,))


def _with_encoding_doubt(table: TextTable) -> TextTable:
    trouve = MISREAD_UTF8.search(table.text)
    if trouve is None:
        return table
    avis = warning(
        f"des accents semblent abîmés, à commencer par « {trouve[0]} »",
        _place(table, trouve.start(), len(trouve[0])),
        f"reprenez l'export d'origine et {AIDE_CSV}",
    )
    return replace(table, diagnostics=(*table.diagnostics, avis))


def _place(table: TextTable, offset: int, length: int = 1) -> Position:
    line = bisect_right(table.starts, offset)
    column = offset - table.starts[line - 1] + 1
    return Position(table.file, line, column, table.line(line), length)


def _lines(file: str, encoding: str, text: str) -> TextTable:
    text = _unify_newlines(text)
    if text.count("\n") > LIGNES_MAXIMUM:
        _refuse_too_many(file, text)
    debuts = (0, *(end.end() for end in re.finditer("\n", text)))
    return TextTable(file, encoding, (), text, debuts)


def _refuse_too_many(file: str, text: str) -> None:
    """Spreadsheets export a million blank lines under a list: these do not count."""
    vide = " ".join(SEPARATEURS)
    if (lines := sum(1 for line in text.split("\n") if line.strip(vide))) > LIGNES_MAXIMUM:
        message = f"le fichier a {lines} lignes ; {LIGNES_MAXIMUM} au plus sont lues"
        raise InputRefused([error(message, Position(file), "ne gardez que la liste")])


def _unify_newlines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")
