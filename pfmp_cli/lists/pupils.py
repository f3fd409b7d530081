"""Class files → pupils, with the cell that every value comes from.

Standard library only: this runs once a pupil, and must run wherever Python does.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar

from pfmp_cli.diagnostics import Diagnostic, Position, either, warning
from pfmp_cli.lists.cells import Refusal, cite, read_date, read_oui, read_sexe
from pfmp_cli.lists.columns import (
    IDENTITE,
    NOM_PRENOM,
    Vocabulary,
    known_titles,
    match_columns,
    wrong_quotes,
)
from pfmp_cli.lists.composition import compose_fields
from pfmp_cli.lists.formats.csv import Row, clean_cell, fold
from pfmp_cli.lists.formats.detection import open_table
from pfmp_cli.lists.formats.sheet import Cell, Table
from pfmp_cli.lists.mef import Clue, OtherPupil
from pfmp_cli.lists.row_checks import check_width, find_doubts, list_faults, read_texts, rules_of
from pfmp_cli.lists.row_filter import RowFilter
from pfmp_cli.lists.spellings import Spellings
from pfmp_cli.lists.value_checks import check_naissance

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
    titres = known_titles(schema)
    tableau = open_table(name, content, titres)
    colonnes, entete = match_columns(tableau, titres, schema)
    lecteur = _Reader(tableau, colonnes, schema)
    eleves = tuple(lecteur.read_rows())
    tri = lecteur.row_filter
    if not (eleves or lecteur.left_out or tri.others or tri.leavers):
        entete.append(warning("le fichier ne contient aucun élève", Position(name)))
    diagnostics = (*tableau.diagnostics, *entete, *lecteur.diagnostics)
    return Roster(
        eleves,
        diagnostics,
        lecteur.left_out,
        tableau,
        lecteur.places(),
        tuple(tri.others),
        tri.leavers,
    )


class _Reader:
    """Turns rows into pupils, and gathers what is wrong with them."""

    def __init__(self, tableau: Table, colonnes: dict[str, int], schema: Vocabulary) -> None:
        self.table, self.columns, self.schema = tableau, colonnes, schema
        self.diagnostics: list[Diagnostic] = []
        self.left_out = 0
        self._width = tableau.width
        self._spellings = Spellings(schema)
        self._take_classe_for_division()
        self.row_filter = RowFilter(tableau, colonnes, schema)
        self._checks = rules_of(colonnes)
        self._seen: dict[tuple[str, str, date | None], int] = {}

    def _take_classe_for_division(self) -> None:
        """Where no division is given, a column of classes that are none is the divisions."""
        index = self.columns.get("eleve.classe")
        if index is None or "eleve.division" in self.columns:
            return
        rangees = self.table.rows()
        textes = {clean_cell(r.cells[index]) for r in rangees if index < len(r.cells)} - {""}
        if textes and not any(map(self._spellings.find_classe, textes)):
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
        for rangee in self.table.rows():
            if self.row_filter.sets_aside(rangee):
                continue
            if rangee.bad_quote:
                fautes = [wrong_quotes(self.table, rangee)]
            else:
                fautes = check_width(self.table, rangee, self._width)
                eleve = self._read_row(rangee, fautes)
            self.diagnostics += fautes
            if any(faute.is_error for faute in fautes):
                self.left_out += 1
            else:
                yield eleve

    def places(self) -> dict[str, int]:
        """The column that each field comes from, also where one column gives several."""
        index = self.columns.get(NOM_PRENOM)
        composes = {} if index is None else dict.fromkeys(IDENTITE[:2], index)
        return {**composes, **self.columns}

    def _read_row(self, rangee: Row, fautes: list[Diagnostic]) -> Eleve:
        refus: dict[str, Refusal] = {}
        valeurs = read_texts(rangee.cells, self.columns, refus)
        doutes = find_doubts(valeurs, self._checks)
        compose_fields(valeurs, refus)
        self._read_sexe(rangee, valeurs, fautes)

        def typed(champ: str, convert: Callable[[str], T], absent: T) -> T:
            texte = valeurs.get(champ)
            try:
                return convert(texte) if texte else absent
            except Refusal as faute:
                refus.setdefault(champ, faute)
                return absent

        naissance = typed("eleve.date_naissance", read_date, None)
        if naissance:
            valeurs["eleve.date_naissance"] = f"{naissance:%d/%m/%Y}"
            if doute := check_naissance(naissance, self.schema.year_start):
                doutes["eleve.date_naissance"] = doute
        eleve = Eleve(
            rangee.line,
            valeurs,
            valeurs.get("eleve.nom", ""),
            valeurs.get("eleve.prenom", ""),
            naissance,
            valeurs.get("eleve.division", ""),
            typed("eleve.classe", self._spellings.read_classe, ""),
            typed("eleve.option", self._spellings.read_option, ""),
            frozenset(v for v in self.schema.variantes if typed(f"eleve.{v}", read_oui, False)),
            tuple(indice for indice in self.row_filter.read_mefs(rangee) if indice.classe),
        )
        self._check_identity(eleve, refus)
        if found := doutes | refus:
            fautes += list_faults(self.table, rangee.line, found, self.places())
        return eleve

    def _read_sexe(self, rangee: Row, valeurs: dict[str, str], fautes: list[Diagnostic]) -> None:
        """`F` or `M` in place of what is written; what is neither does not hold the pupil up."""
        if texte := valeurs.pop("eleve.sexe", None):
            try:
                valeurs["eleve.sexe"] = read_sexe(texte)
            except Refusal as faute:
                position = self.table.position(rangee.line, self.columns["eleve.sexe"])
                fautes.append(warning(faute.message, position, faute.help))

    def _check_identity(self, eleve: Eleve, refus: dict[str, Refusal]) -> None:
        """Names are there, and no other row has the same names and birth date."""
        if NOM_PRENOM in refus:
            return
        if not eleve.nom:
            refus["eleve.nom"] = Refusal("le nom manque", AIDE_NOM)
        if not eleve.prenom:
            refus["eleve.prenom"] = Refusal("le prénom manque", AIDE_NOM)
        if not refus.keys().isdisjoint(IDENTITE):
            return
        identite = (fold(eleve.nom), fold(eleve.prenom), eleve.date_naissance)
        ligne = self._seen.setdefault(identite, eleve.line)
        if ligne != eleve.line:
            refus["eleve.nom"] = Refusal(
                f"le même élève est déjà à la ligne {self.table.row_position(ligne).line}",
                "supprimez l'une des deux lignes ; si ce sont deux élèves, "
                "donnez leurs dates de naissance",
            )
