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
SANS_DECOMPOSITION = str.maketrans({"œ": "oe", "æ": "ae", "ł": "l", "ø": "o", "đ": "d", "ı": "i"})
FORMULE = re.compile(r'="((?:[^"]|"")*)"')
# « é » and its like, written in UTF-8 and then read as Windows-1252.
MAL_ENCODE = re.compile("Ã[" + re.escape(bytes(range(0x80, 0xC0)).decode("cp1252", "ignore")) + "]")


def clean_cell(texte: str) -> str:
    """The text of a cell as it will be printed: trimmed, ordinary spaces, composed accents."""
    if not texte.isprintable():
        texte = texte.translate(BLANCS)
    texte = unicodedata.normalize("NFC", texte.strip(" \n"))
    if texte.startswith('="') and (formule := FORMULE.fullmatch(texte)):
        return formule[1].replace('""', '"').strip(" \n")
    return texte


def fold(texte: str) -> str:
    """Letters and digits only, without case or accents: what two spellings have in common.

    Of a text so long that it is not read (`check_text`), the beginning only.
    """
    lettres = unicodedata.normalize("NFKD", texte[:2000].casefold()).translate(SANS_DECOMPOSITION)
    return "".join(c for c in lettres if c.isalnum() and unicodedata.category(c) != "Lm")


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
        titres = enumerate(self.header.cells, 1)
        return max((numero for numero, titre in titres if clean_cell(titre)), default=0)

    def rows(self, jusque: int | None = None) -> Iterator[Row]:
        """The rows under the header that begin by line `jusque`, blank ones left out."""
        ligne, derniere = self.header.next_line, min(jusque or len(self.starts), len(self.starts))
        vide = self.separator + " "
        while ligne <= derniere:
            texte = self.line(ligne)
            if not texte.strip(vide):
                ligne += 1
                continue
            rangee = self._cut(ligne, texte)
            ligne = rangee.next_line
            if rangee.bad_quote or any(map(clean_cell, rangee.cells)):
                yield rangee

    def position(self, ligne: int, index: int) -> Position:
        """The cell of that index in the row that begins on that line, or the end of the row."""
        cellules, _ = self._spans(ligne)
        debut, fin = cellules[index] if index < len(cellules) else (cellules[-1][1],) * 2
        ligne = bisect_right(self.starts, debut)
        longueur = min(fin, self._end(ligne)) - debut
        return Position(
            self.file,
            ligne,
            debut - self.starts[ligne - 1] + 1,
            self.line(ligne),
            max(1, longueur),
            self.title(index) or None,
        )

    def row_position(self, ligne: int) -> Position:
        """The whole first line of a row."""
        texte = self.line(ligne)
        return Position(self.file, ligne, excerpt=texte, length=max(1, len(texte)))

    def first_position(self) -> Position:
        """The first line that is not blank."""
        numeros = range(1, len(self.starts) + 1)
        return self.row_position(next((n for n in numeros if self.line(n).strip()), 1))

    def title(self, index: int) -> str:
        """The header of a column as the file writes it, '' where it has none."""
        titres = self.header.cells
        return clean_cell(titres[index]) if index < len(titres) else ""

    def line(self, ligne: int) -> str:
        return self.text[self.starts[ligne - 1] : self._end(ligne)]

    def _end(self, ligne: int) -> int:
        return self.starts[ligne] - 1 if ligne < len(self.starts) else len(self.text)

    def _cut(self, ligne: int, texte: str) -> Row:
        if texte.startswith('"') or f'{self.separator}"' in texte:
            return self._cut_quoted(ligne)
        return Row(ligne, ligne + 1, texte.split(self.separator))

    def _cut_quoted(self, ligne: int) -> Row:
        spans, mal_citee = self._spans(ligne)
        suivante = ligne + 1 if mal_citee else bisect_right(self.starts, spans[-1][1]) + 1
        return Row(ligne, suivante, [self._unquote(*span) for span in spans], mal_citee)

    def _unquote(self, debut: int, fin: int) -> str:
        brut = self.text[debut:fin]
        return brut[1:-1].replace('""', '"') if brut.startswith('"') else brut

    def _spans(self, ligne: int) -> tuple[list[tuple[int, int]], bool]:
        """Where the cells of a row stand in the text, and whether the last is wrongly quoted."""
        motif = _cell_pattern(self.separator)
        place = self.starts[ligne - 1]
        spans = []
        while cellule := motif.match(self.text, place):
            if self.text.count("\n", *cellule.span(1)) >= LIGNES_PAR_CELLULE:
                break
            spans.append(cellule.span(1))
            place = cellule.end()
            if cellule[2] != self.separator:
                return spans, False
        fin = self._end(bisect_right(self.starts, place))
        return [*spans, (place, fin)], True


def _cell_pattern(separateur: str) -> re.Pattern[str]:
    s = re.escape(separateur)
    return re.compile(rf'("[^"]*+(?:""[^"]*+)*+"|(?!")[^{s}\n]*)({s}|\n|\Z)')


def open_text_table(fichier: str, contenu: bytes, is_column: Callable[[str], bool]) -> TextTable:
    """Decode, then find the header: the first of the rows with most known columns.

    The header's `ligne` is 0 when no row of the beginning has a known column.
    Raises InputRefused when the content is not text, or nothing but blanks.
    """
    brut = _decode(fichier, contenu)
    if not brut.text.strip():
        raise InputRefused([error("le fichier est vide", Position(fichier), AIDE_CSV)])
    meilleur, score = brut, 0
    for separateur in SEPARATEURS:
        candidat = replace(brut, separator=separateur)
        for rangee in candidat.rows(jusque=LIGNES_CHERCHEES):
            connues = sum(map(is_column, rangee.cells))
            if connues > score:
                meilleur, score = replace(candidat, header=rangee), connues
    return meilleur


def _decode(fichier: str, contenu: bytes) -> TextTable:
    for signature, nature in SIGNATURES.items():
        if contenu.startswith(signature):
            message = f"le fichier n'est pas un CSV : c'est {nature}"
            raise InputRefused([error(message, Position(fichier), AIDE_CSV)])
    texte = contenu.removeprefix(codecs.BOM_UTF8)
    encodage = "utf-8" if len(texte) == len(contenu) else "utf-8-sig"
    try:
        tableau = _lines(fichier, encodage, texte.decode("utf-8"))
    except UnicodeDecodeError as faute:
        tableau = _decode_cp1252(fichier, texte, faute.start)
    return _with_encoding_doubt(tableau)


def _decode_cp1252(fichier: str, contenu: bytes, premier: int) -> TextTable:
    """Read as Windows-1252, with a warning at the first byte that is not UTF-8."""
    try:
        tableau = _lines(fichier, "cp1252", contenu.decode("cp1252"))
    except UnicodeDecodeError as faute:
        ligne = contenu.count(b"\n", 0, faute.start) + 1
        message = "le fichier n'est ni en UTF-8 ni en Windows-1252"
        raise InputRefused([error(message, Position(fichier, ligne), AIDE_CSV)]) from None
    avis = warning(
        "le fichier n'est pas en UTF-8 : il est lu comme du Windows-1252",
        _place(tableau, len(_unify_newlines(contenu[:premier].decode("cp1252")))),
        f"vérifiez les accents des noms, ou {AIDE_CSV}",
    )
    return replace(tableau, diagnostics=(avis,))


def _with_encoding_doubt(tableau: TextTable) -> TextTable:
    trouve = MAL_ENCODE.search(tableau.text)
    if trouve is None:
        return tableau
    avis = warning(
        f"des accents semblent abîmés, à commencer par « {trouve[0]} »",
        _place(tableau, trouve.start(), len(trouve[0])),
        f"reprenez l'export d'origine et {AIDE_CSV}",
    )
    return replace(tableau, diagnostics=(*tableau.diagnostics, avis))


def _place(tableau: TextTable, offset: int, longueur: int = 1) -> Position:
    ligne = bisect_right(tableau.starts, offset)
    colonne = offset - tableau.starts[ligne - 1] + 1
    return Position(tableau.file, ligne, colonne, tableau.line(ligne), longueur)


def _lines(fichier: str, encodage: str, texte: str) -> TextTable:
    texte = _unify_newlines(texte)
    if texte.count("\n") > LIGNES_MAXIMUM:
        _refuse_too_many(fichier, texte)
    debuts = (0, *(fin.end() for fin in re.finditer("\n", texte)))
    return TextTable(fichier, encodage, (), texte, debuts)


def _refuse_too_many(fichier: str, texte: str) -> None:
    """Spreadsheets export a million blank lines under a list: these do not count."""
    vide = " ".join(SEPARATEURS)
    if (lignes := sum(1 for ligne in texte.split("\n") if ligne.strip(vide))) > LIGNES_MAXIMUM:
        message = f"le fichier a {lignes} lignes ; {LIGNES_MAXIMUM} au plus sont lues"
        raise InputRefused([error(message, Position(fichier), "ne gardez que la liste")])


def _unify_newlines(texte: str) -> str:
    return texte.replace("\r\n", "\n").replace("\r", "\n")
