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

    ligne: int
    valeurs: dict[str, str]
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
        return f"Eleve(ligne={self.ligne})"


@dataclass(frozen=True, slots=True)
class PlacementCount:
    """Of the placements of a file, how many are read, and are of pupils left out."""

    fichier: str
    lus: int
    ecartes: int


@dataclass(frozen=True, slots=True)
class Roster:
    """A class file as read; `lignes_ecartees` counts the rows that an error leaves out.

    `autres` are the rows of other courses of study, `sortis` counts the pupils who have left.
    `sources` has the cells of values that come from another file, by the pupil's `ligne` and
    the field; `stages` says what became of that file.
    """

    eleves: tuple[Eleve, ...]
    diagnostics: tuple[Diagnostic, ...]
    lignes_ecartees: int
    tableau: Table = field(repr=False)
    colonnes: Mapping[str, int] = field(repr=False)
    autres: tuple[OtherPupil, ...] = field(default=(), repr=False)
    sortis: int = 0
    sources: Mapping[tuple[int, str], Cell] = field(default_factory=dict, repr=False)
    stages: PlacementCount | None = None

    @property
    def lus(self) -> int:
        """How many pupils the file has, those who have left aside."""
        return len(self.eleves) + len(self.autres) + self.lignes_ecartees

    @property
    def encodage(self) -> str:
        """`utf-8`, `utf-8-sig` (with a BOM) or `cp1252`; '' for what is not plain text."""
        return self.tableau.encodage

    def position(self, eleve: Eleve | OtherPupil, champ: str) -> Position:
        """The cell of a field; the pupil's row where the file has no such column."""
        if source := self.sources.get((eleve.ligne, champ)):
            return source.position
        if champ not in self.colonnes:
            return self.tableau.row_position(eleve.ligne)
        return self.tableau.position(eleve.ligne, self.colonnes[champ])


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
    tri = lecteur.tri
    if not (eleves or lecteur.ecartees or tri.autres or tri.sortis):
        entete.append(warning("le fichier ne contient aucun élève", Position(name)))
    diagnostics = (*tableau.diagnostics, *entete, *lecteur.diagnostics)
    return Roster(
        eleves,
        diagnostics,
        lecteur.ecartees,
        tableau,
        lecteur.places(),
        tuple(tri.autres),
        tri.sortis,
    )


class _Reader:
    """Turns rows into pupils, and gathers what is wrong with them."""

    def __init__(self, tableau: Table, colonnes: dict[str, int], schema: Vocabulary) -> None:
        self.tableau, self.colonnes, self.schema = tableau, colonnes, schema
        self.diagnostics: list[Diagnostic] = []
        self.ecartees = 0
        self._largeur = tableau.largeur
        self._lexique = Spellings(schema)
        self._take_classe_for_division()
        self.tri = RowFilter(tableau, colonnes, schema)
        self._regles = rules_of(colonnes)
        self._vus: dict[tuple[str, str, date | None], int] = {}

    def _take_classe_for_division(self) -> None:
        """Where no division is given, a column of classes that are none is the divisions."""
        index = self.colonnes.get("eleve.classe")
        if index is None or "eleve.division" in self.colonnes:
            return
        rangees = self.tableau.rangees()
        textes = {clean_cell(r.cellules[index]) for r in rangees if index < len(r.cellules)} - {""}
        if textes and not any(map(self._lexique.find_classe, textes)):
            del self.colonnes["eleve.classe"]
            self.colonnes["eleve.division"] = index
            self.diagnostics.append(
                warning(
                    f"la colonne {cite(self.tableau.titre(index))} est lue comme la division : "
                    "aucune de ses valeurs n'est une classe",
                    self.tableau.position(self.tableau.entete.ligne, index),
                    "renommez-la « division », ou écrivez-y " + either(self.schema.classes),
                )
            )

    def read_rows(self) -> Iterator[Eleve]:
        for rangee in self.tableau.rangees():
            if self.tri.sets_aside(rangee):
                continue
            if rangee.mal_citee:
                fautes = [wrong_quotes(self.tableau, rangee)]
            else:
                fautes = check_width(self.tableau, rangee, self._largeur)
                eleve = self._read_row(rangee, fautes)
            self.diagnostics += fautes
            if any(faute.is_error for faute in fautes):
                self.ecartees += 1
            else:
                yield eleve

    def places(self) -> dict[str, int]:
        """The column that each field comes from, also where one column gives several."""
        index = self.colonnes.get(NOM_PRENOM)
        composes = {} if index is None else dict.fromkeys(IDENTITE[:2], index)
        return {**composes, **self.colonnes}

    def _read_row(self, rangee: Row, fautes: list[Diagnostic]) -> Eleve:
        refus: dict[str, Refusal] = {}
        valeurs = read_texts(rangee.cellules, self.colonnes, refus)
        doutes = find_doubts(valeurs, self._regles)
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
            if doute := check_naissance(naissance, self.schema.rentree):
                doutes["eleve.date_naissance"] = doute
        eleve = Eleve(
            rangee.ligne,
            valeurs,
            valeurs.get("eleve.nom", ""),
            valeurs.get("eleve.prenom", ""),
            naissance,
            valeurs.get("eleve.division", ""),
            typed("eleve.classe", self._lexique.read_classe, ""),
            typed("eleve.option", self._lexique.read_option, ""),
            frozenset(v for v in self.schema.variantes if typed(f"eleve.{v}", read_oui, False)),
            tuple(indice for indice in self.tri.read_mefs(rangee) if indice.classe),
        )
        self._check_identity(eleve, refus)
        if found := doutes | refus:
            fautes += list_faults(self.tableau, rangee.ligne, found, self.places())
        return eleve

    def _read_sexe(self, rangee: Row, valeurs: dict[str, str], fautes: list[Diagnostic]) -> None:
        """`F` or `M` in place of what is written; what is neither does not hold the pupil up."""
        if texte := valeurs.pop("eleve.sexe", None):
            try:
                valeurs["eleve.sexe"] = read_sexe(texte)
            except Refusal as faute:
                position = self.tableau.position(rangee.ligne, self.colonnes["eleve.sexe"])
                fautes.append(warning(faute.message, position, faute.aide))

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
        ligne = self._vus.setdefault(identite, eleve.ligne)
        if ligne != eleve.ligne:
            refus["eleve.nom"] = Refusal(
                f"le même élève est déjà à la ligne {self.tableau.row_position(ligne).ligne}",
                "supprimez l'une des deux lignes ; si ce sont deux élèves, "
                "donnez leurs dates de naissance",
            )
