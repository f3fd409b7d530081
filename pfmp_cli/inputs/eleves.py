"""Class files → pupils, with the cell that every value comes from.

Standard library only: this runs once a pupil, and must run wherever Python does.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar

from pfmp_cli.diagnostics import Diagnostic, Position, error, suggest, warning
from pfmp_cli.inputs.cellules import Refus, cite, read_date, read_oui
from pfmp_cli.inputs.colonnes import (
    IDENTITE,
    NOM_PRENOM,
    Schema,
    either,
    known_titles,
    match_columns,
    wrong_quotes,
)
from pfmp_cli.inputs.composition import compose_fields
from pfmp_cli.inputs.feuille import Cellule, Table
from pfmp_cli.inputs.formation import Autre, Indice, in_order_of_trust, read_mef
from pfmp_cli.inputs.ouverture import open_table
from pfmp_cli.inputs.rangees import check_width, read_texts
from pfmp_cli.inputs.tableau import Rangee, clean_cell, fold

T = TypeVar("T")

ABREVIATIONS = {
    "seconde": ("2nde", "2de"),
    "premiere": ("1ere", "1re"),
    "terminale": ("tle", "tale"),
}
AIDE_NOM = "complétez la cellule, ou supprimez la ligne"
CHAMPS_MEF = ("eleve.code_mef", "eleve.mef")
CHAMPS_CLASSE = ("eleve.division", "eleve.classe", "eleve.option")
CHAMP_SORTIE = "eleve.date_sortie"


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
    mef: tuple[Indice, ...] = ()
    dates: tuple[tuple[str, date, date], ...] = ()

    def __repr__(self) -> str:
        """Without the pupil's data, which no log or traceback may show."""
        return f"Eleve(ligne={self.ligne})"


@dataclass(frozen=True, slots=True)
class BilanStages:
    """Of the placements of a file, how many are read, and are of pupils left out."""

    fichier: str
    lus: int
    ecartes: int


@dataclass(frozen=True, slots=True)
class Lecture:
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
    autres: tuple[Autre, ...] = field(default=(), repr=False)
    sortis: int = 0
    sources: Mapping[tuple[int, str], Cellule] = field(default_factory=dict, repr=False)
    stages: BilanStages | None = None

    @property
    def lus(self) -> int:
        """How many pupils the file has, those who have left aside."""
        return len(self.eleves) + len(self.autres) + self.lignes_ecartees

    @property
    def encodage(self) -> str:
        """`utf-8`, `utf-8-sig` (with a BOM) or `cp1252`; '' for what is not plain text."""
        return self.tableau.encodage

    def position(self, eleve: Eleve | Autre, champ: str) -> Position:
        """The cell of a field; the pupil's row where the file has no such column."""
        if source := self.sources.get((eleve.ligne, champ)):
            return source.position
        if champ not in self.colonnes:
            return self.tableau.row_position(eleve.ligne)
        return self.tableau.position(eleve.ligne, self.colonnes[champ])


def read_eleves(name: str, content: bytes, schema: Schema) -> Lecture:
    """Read a class file; `name` is what messages call it.

    Raises InputRefused when the file as a whole cannot be used (not text, no header, a
    column missing or twice). What is wrong with a row is a diagnostic, and leaves it out.
    """
    titres = known_titles(schema)
    tableau = open_table(name, content, titres)
    colonnes, entete = match_columns(tableau, titres, schema)
    lecteur = _Lecteur(tableau, colonnes, schema)
    lecteur.take_classe_for_division()
    lecteur.look_for_our_divisions()
    eleves = tuple(lecteur.read_rows())
    if not (eleves or lecteur.ecartees or lecteur.autres or lecteur.sortis):
        entete.append(warning("le fichier ne contient aucun élève", Position(name)))
    diagnostics = (*tableau.diagnostics, *entete, *lecteur.diagnostics)
    return Lecture(
        eleves,
        diagnostics,
        lecteur.ecartees,
        tableau,
        lecteur.places(),
        tuple(lecteur.autres),
        lecteur.sortis,
    )


class _Lecteur:
    """Turns rows into pupils, and gathers what is wrong with them."""

    def __init__(self, tableau: Table, colonnes: dict[str, int], schema: Schema) -> None:
        self.tableau, self.colonnes, self.schema = tableau, colonnes, schema
        self.diagnostics: list[Diagnostic] = []
        self.ecartees = self.sortis = 0
        self.autres: list[Autre] = []
        self._has_our_divisions = False
        self._mefs: dict[tuple[str, str], Indice | None] = {}
        self._largeur = tableau.largeur
        self._graphies = _spellings(schema)
        self._options = {fold(code): code for code in schema.options}
        self._vus: dict[tuple[str, str, date | None], int] = {}

    def take_classe_for_division(self) -> None:
        """Where no division is given, a column of classes that are none is the divisions."""
        index = self.colonnes.get("eleve.classe")
        if index is None or "eleve.division" in self.colonnes:
            return
        rangees = self.tableau.rangees()
        textes = {clean_cell(r.cellules[index]) for r in rangees if index < len(r.cellules)} - {""}
        if textes and not any(map(self._find_classe, textes)):
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

    def look_for_our_divisions(self) -> None:
        """Where the list has some of them, a pupil of none of them is not ours."""
        self._has_our_divisions = bool(self.schema.divisions) and any(
            self._cell(rangee, "eleve.division") in self.schema.divisions
            for rangee in self.tableau.rangees()
        )

    def read_rows(self) -> Iterator[Eleve]:
        for rangee in self.tableau.rangees():
            if self._is_set_aside(rangee):
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

    def _is_set_aside(self, rangee: Rangee) -> bool:
        """The titles again, a pupil who has left, or one of another course of study."""
        if rangee.mal_citee:
            return False
        if self._cell(rangee, CHAMP_SORTIE):
            self.sortis += 1
            return True
        indices = self._read_mefs(rangee)
        if indices and not indices[0].classe:
            champ, division = indices[0].champ, self._cell(rangee, "eleve.division")
            self.autres.append(Autre(rangee.ligne, champ, self._cell(rangee, champ), division))
            return True
        if not indices and self._is_of_another_division(rangee):
            division = self._cell(rangee, "eleve.division")
            self.autres.append(Autre(rangee.ligne, "eleve.division", "", division))
            return True
        return list(rangee.cellules) == list(self.tableau.entete.cellules)

    def _is_of_another_division(self, rangee: Rangee) -> bool:
        """Another division than ours, and nothing in the row that says a class or an option."""
        if not self._has_our_divisions:
            return False
        division, *said = (self._cell(rangee, champ) for champ in CHAMPS_CLASSE)
        return bool(division) and division not in self.schema.divisions and not any(said)

    def _cell(self, rangee: Rangee, champ: str) -> str:
        index = self.colonnes.get(champ)
        if index is None or index >= len(rangee.cellules):
            return ""
        return clean_cell(rangee.cellules[index])

    def _read_mefs(self, rangee: Rangee) -> list[Indice]:
        """What the MEF of a row says, a code before a label."""
        textes = [(champ, texte) for champ in CHAMPS_MEF if (texte := self._cell(rangee, champ))]
        for cle in textes:
            if cle not in self._mefs:
                self._mefs[cle] = read_mef(*cle, self.schema)
        textes.sort(key=lambda cle: in_order_of_trust(*cle))
        return [indice for cle in textes if (indice := self._mefs[cle])]

    def places(self) -> dict[str, int]:
        """The column that each field comes from, also where one column gives several."""
        index = self.colonnes.get(NOM_PRENOM)
        composes = {} if index is None else dict.fromkeys(IDENTITE[:2], index)
        return {**composes, **self.colonnes}

    def _read_row(self, rangee: Rangee, fautes: list[Diagnostic]) -> Eleve:
        refus: dict[str, Refus] = {}
        valeurs = read_texts(rangee.cellules, self.colonnes, refus)
        compose_fields(valeurs, refus)

        def typed(champ: str, convert: Callable[[str], T], absent: T) -> T:
            texte = valeurs.get(champ)
            try:
                return convert(texte) if texte else absent
            except Refus as faute:
                refus.setdefault(champ, faute)
                return absent

        naissance = typed("eleve.date_naissance", read_date, None)
        if naissance:
            valeurs["eleve.date_naissance"] = f"{naissance:%d/%m/%Y}"
        eleve = Eleve(
            rangee.ligne,
            valeurs,
            valeurs.get("eleve.nom", ""),
            valeurs.get("eleve.prenom", ""),
            naissance,
            valeurs.get("eleve.division", ""),
            typed("eleve.classe", self._read_classe, ""),
            typed("eleve.option", self._read_option, ""),
            frozenset(v for v in self.schema.variantes if typed(f"eleve.{v}", read_oui, False)),
            tuple(indice for indice in self._read_mefs(rangee) if indice.classe),
        )
        self._check_identity(eleve, refus)
        places = self.places() if refus else {}
        for champ in sorted(refus, key=places.__getitem__):
            position = self.tableau.position(rangee.ligne, places[champ])
            fautes.append(error(refus[champ].message, position, refus[champ].aide))
        return eleve

    def _check_identity(self, eleve: Eleve, refus: dict[str, Refus]) -> None:
        """Names are there, and no other row has the same names and birth date."""
        if NOM_PRENOM in refus:
            return
        if not eleve.nom:
            refus["eleve.nom"] = Refus("le nom manque", AIDE_NOM)
        if not eleve.prenom:
            refus["eleve.prenom"] = Refus("le prénom manque", AIDE_NOM)
        if not refus.keys().isdisjoint(IDENTITE):
            return
        identite = (fold(eleve.nom), fold(eleve.prenom), eleve.date_naissance)
        premiere = self._vus.setdefault(identite, eleve.ligne)
        if premiere != eleve.ligne:
            refus["eleve.nom"] = Refus(
                f"le même élève est déjà à la ligne {self.tableau.row_position(premiere).ligne}",
                "supprimez l'une des deux lignes ; si ce sont deux élèves, "
                "donnez leurs dates de naissance",
            )

    def _find_classe(self, texte: str) -> str | None:
        """The class written so, or the only one that begins so, from three letters on."""
        mot = fold(texte)
        if mot in self._graphies or len(mot) < 3:
            return self._graphies.get(mot)
        codes = {code for graphie, code in self._graphies.items() if graphie.startswith(mot)}
        return codes.pop() if len(codes) == 1 else None

    def _read_classe(self, texte: str) -> str:
        code = self._find_classe(texte)
        if code is None:
            proche = suggest(fold(texte), self._graphies)
            choix = [self._graphies[proche]] if proche else self.schema.classes
            raise Refus(f"classe {cite(texte)} inconnue", "écrivez " + either(choix))
        return code

    def _read_option(self, texte: str) -> str:
        code = self._options.get(fold(texte).removeprefix("option"))
        if code is None:
            choix = self._options.values()
            raise Refus(
                f"option {cite(texte)} inconnue",
                "écrivez " + either(choix) if choix else "laissez la cellule vide",
            )
        return code


def _spellings(schema: Schema) -> dict[str, str]:
    """Every spelling of a class, folded → its code."""
    graphies: dict[str, str] = {}
    for code, autres in schema.classes.items():
        for mot in map(fold, (code, *autres)):
            graphies |= dict.fromkeys((mot, *ABREVIATIONS.get(mot, ())), code)
    return graphies
