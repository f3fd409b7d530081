"""Class files → pupils, with the cell that every value comes from.

Standard library only: this runs once a pupil, and must run wherever Python does.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar

from pfmp_cli.diagnostics import Diagnostic, Position, warning
from pfmp_cli.lists.cells import Refusal, cite, read_date, read_sexe, read_yes_no
from pfmp_cli.lists.columns import (
    IDENTITE,
    IGNOREES,
    NOM_PRENOM,
    Vocabulary,
    known_titles,
    match_columns,
    wrong_quotes,
)
from pfmp_cli.lists.composition import compose_fields
from pfmp_cli.lists.formats.detection import open_table
from pfmp_cli.lists.formats.table import Cell, Row, Table, clean_cell
from pfmp_cli.lists.mef import Clue, OtherPupil
from pfmp_cli.lists.row_checks import check_width, find_doubts, list_faults, read_texts, rules_of
from pfmp_cli.lists.row_filter import RowFilter
from pfmp_cli.lists.spellings import Spellings
from pfmp_cli.lists.value_checks import check_birth_date
from pfmp_cli.text import either, fold

T = TypeVar("T")

AIDE_NOM = "complétez la cellule, ou supprimez la ligne"


@dataclass(frozen=True, slots=True, repr=False)
class Eleve:
    """A pupil: what is printed, by field name (`eleve.nom`, `pfmp1.siret`), and what is typed.

    `valeurs` has no empty text. `ligne` is the first line of the row. `classe`, `option`
    and `variantes` are codes of the référentiel; '' is where the file says nothing. `mef` is
    what the MEF says of them, the most trusted first. `dates` are the pupil's own: the code
    of a period, its first and its last day.
    """

    line: int
    values: dict[str, str]
    nom: str
    prenom: str
    date_naissance: date | None
    division: str
    classe: str
    option: str
    variantes: frozenset[str]
    mef: tuple[Clue, ...] = ()
    dates: tuple[tuple[str, date, date], ...] = ()

    def __repr__(self) -> str:
        """Without the pupil's data, which no log or traceback may show."""
        return f"Eleve(ligne={self.line})"


@dataclass(frozen=True, slots=True)
class PlacementCount:
    """Of the placements of a file, how many are read, and are of pupils left out."""

    file: str
    read: int
    left_out: int


@dataclass(frozen=True, slots=True)
class Roster:
    """A class file as read; `lignes_ecartees` counts the rows that an error leaves out.

    `autres` are the rows of other courses of study, `sortis` counts the pupils who have left.
    `sources` has the cells of values that come from another file, by the pupil's `ligne` and
    the field; `stages` says what became of that file.
    """

    eleves: tuple[Eleve, ...]
    diagnostics: tuple[Diagnostic, ...]
    rows_left_out: int
    table: Table = field(repr=False)
    columns: Mapping[str, int] = field(repr=False)
    others: tuple[OtherPupil, ...] = field(default=(), repr=False)
    leavers: int = 0
    sources: Mapping[tuple[int, str], Cell] = field(default_factory=dict, repr=False)
    placements: PlacementCount | None = None

    @property
    def rows_read(self) -> int:
        """How many pupils the file has, those who have left aside."""
        return len(self.eleves) + len(self.others) + self.rows_left_out

    @property
    def encoding(self) -> str:
        """`utf-8`, `utf-8-sig` (with a BOM) or `cp1252`; '' for what is not plain text."""
        return self.table.encoding

    def position(self, eleve: Eleve | OtherPupil, champ: str) -> Position:
        """The cell of a field; the pupil's row where the file has no such column."""
        if source := self.sources.get((eleve.line, champ)):
            return source.position
        if champ not in self.columns:
            return self.table.row_position(eleve.line)
        return self.table.position(eleve.line, self.columns[champ])


def read_eleves(name: str, content: bytes, schema: Vocabulary) -> Roster:
    """Read a class file; `name` is what messages call it.

    Raises InputRefused when the file as a whole cannot be used (not text, no header, a
    column missing or twice). What is wrong with a row is a diagnostic, and leaves it out.
    """
    titles = known_titles(schema)
    table = open_table(name, content, titles, IGNOREES)
    columns, header = match_columns(table, titles, schema)
    lecteur = _Reader(table, columns, schema)
    eleves = tuple(lecteur.read_rows())
    tri = lecteur.row_filter
    if not (eleves or lecteur.left_out or tri.others or tri.leavers):
        header.append(warning("le fichier ne contient aucun élève", Position(name)))
    diagnostics = (*table.diagnostics, *header, *lecteur.diagnostics)
    return Roster(
        eleves,
        diagnostics,
        lecteur.left_out,
        table,
        lecteur.places(),
        tuple(tri.others),
        tri.leavers,
    )


class _Reader:
    """Turns rows into pupils, and gathers what is wrong with them."""

    def __init__(self, table: Table, columns: dict[str, int], schema: Vocabulary) -> None:
        self.table, self.columns, self.schema = table, columns, schema
        self.diagnostics: list[Diagnostic] = []
        self.left_out = 0
        self._width = table.width
        self._spellings = Spellings(schema)
        self._take_classe_for_division()
        self.row_filter = RowFilter(table, columns, schema)
        self._checks = rules_of(columns)
        self._seen: dict[tuple[str, str, date | None], int] = {}

    def _take_classe_for_division(self) -> None:
        """Where no division is given, a column of classes that are none is the divisions."""
        index = self.columns.get("eleve.classe")
        if index is None or "eleve.division" in self.columns:
            return
        rows = self.table.rows()
        texts = {clean_cell(r.cells[index]) for r in rows if index < len(r.cells)} - {""}
        if texts and not any(map(self._spellings.find_classe, texts)):
            del self.columns["eleve.classe"]
            self.columns["eleve.division"] = index
            self.diagnostics.append(
                warning(
                    f"la colonne {cite(self.table.title(index))} est lue comme la division : "
                    "aucune de ses valeurs n'est une classe",
                    self.table.position(self.table.header.line, index),
                    "renommez-la « division », ou écrivez-y " + either(self.schema.classes),
                )
            )

    def read_rows(self) -> Iterator[Eleve]:
        for row in self.table.rows():
            if self.row_filter.sets_aside(row):
                continue
            if row.bad_quote:
                faults = [wrong_quotes(self.table, row)]
            else:
                faults = check_width(self.table, row, self._width)
                eleve = self._read_row(row, faults)
            self.diagnostics += faults
            if any(fault.is_error for fault in faults):
                self.left_out += 1
            else:
                yield eleve

    def places(self) -> dict[str, int]:
        """The column that each field comes from, also where one column gives several."""
        index = self.columns.get(NOM_PRENOM)
        composes = {} if index is None else dict.fromkeys(IDENTITE[:2], index)
        return {**composes, **self.columns}

    def _read_row(self, row: Row, faults: list[Diagnostic]) -> Eleve:
        refusal: dict[str, Refusal] = {}
        values = read_texts(row.cells, self.columns, refusal)
        doubts = find_doubts(values, self._checks)
        compose_fields(values, refusal)
        self._read_sexe(row, values, faults)

        def typed(champ: str, convert: Callable[[str], T], absent: T) -> T:
            text = values.get(champ)
            try:
                return convert(text) if text else absent
            except Refusal as fault:
                refusal.setdefault(champ, fault)
                return absent

        naissance = typed("eleve.date_naissance", read_date, None)
        if naissance:
            values["eleve.date_naissance"] = f"{naissance:%d/%m/%Y}"
            if doubt := check_birth_date(naissance, self.schema.year_start):
                doubts["eleve.date_naissance"] = doubt
        eleve = Eleve(
            row.line,
            values,
            values.get("eleve.nom", ""),
            values.get("eleve.prenom", ""),
            naissance,
            values.get("eleve.division", ""),
            typed("eleve.classe", self._spellings.read_classe, ""),
            typed("eleve.option", self._spellings.read_option, ""),
            frozenset(v for v in self.schema.variantes if typed(f"eleve.{v}", read_yes_no, False)),
            tuple(clue for clue in self.row_filter.read_mefs(row) if clue.classe),
        )
        self._check_identity(eleve, refusal)
        if found := doubts | refusal:
            faults += list_faults(self.table, row.line, found, self.places())
        return eleve

    def _read_sexe(self, row: Row, values: dict[str, str], faults: list[Diagnostic]) -> None:
        """`F` or `M` in place of what is written; what is neither does not hold the pupil up."""
        if text := values.pop("eleve.sexe", None):
            try:
                values["eleve.sexe"] = read_sexe(text)
            except Refusal as fault:
                position = self.table.position(row.line, self.columns["eleve.sexe"])
                faults.append(fault.at(position))

    def _check_identity(self, eleve: Eleve, refusal: dict[str, Refusal]) -> None:
        """Names are there, and no other row has the same names and birth date."""
        if NOM_PRENOM in refusal:
            return
        if not eleve.nom:
            refusal["eleve.nom"] = Refusal("le nom manque", AIDE_NOM)
        if not eleve.prenom:
            refusal["eleve.prenom"] = Refusal("le prénom manque", AIDE_NOM)
        if not refusal.keys().isdisjoint(IDENTITE):
            return
        identite = (fold(eleve.nom), fold(eleve.prenom), eleve.date_naissance)
        line = self._seen.setdefault(identite, eleve.line)
        if line != eleve.line:
            refusal["eleve.nom"] = Refusal(
                f"le même élève est déjà à la ligne {self.table.row_position(line).line}",
                "supprimez l'une des deux lignes ; si ce sont deux élèves, "
                "donnez leurs dates de naissance",
            )
