"""Class files → pupils, with the cell that every value comes from.

Standard library only: this runs once a pupil, and must run wherever Python does.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar

from pfmp_cli.diagnostics import Diagnostic, Position, error, suggest, warning
from pfmp_cli.inputs.colonnes import (
    IDENTITE,
    Schema,
    cite,
    either,
    known_titles,
    match_columns,
    wrong_quotes,
)
from pfmp_cli.inputs.tableau import SEPARATEURS, Rangee, Tableau, clean_cell, fold, open_tableau

T = TypeVar("T")

ABREVIATIONS = {
    "seconde": ("2nde", "2de"),
    "premiere": ("1ere", "1re"),
    "terminale": ("tle", "tale"),
}
OUI_OU_NON = {
    **dict.fromkeys(("oui", "o", "x", "1", "vrai"), True),
    **dict.fromkeys(("non", "n", "0", "faux"), False),
}
LONGUEUR_MAXIMALE = 2000
CONTROLE = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f]")
AIDE_NOM = "complétez la cellule, ou supprimez la ligne"
DATE = re.compile(r"([0-9]{2})/([0-9]{2})/([0-9]{4})")
DATE_ISO = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")


@dataclass(frozen=True, slots=True, repr=False)
class Eleve:
    """A pupil: what is printed, by field name (`eleve.nom`, `pfmp1.siret`), and what is typed.

    `valeurs` has no empty text. `ligne` is the first line of the row. `classe`, `option`
    and `variantes` are codes of the référentiel; '' is where the file says nothing.
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

    def __repr__(self) -> str:
        """Without the pupil's data, which no log or traceback may show."""
        return f"Eleve(ligne={self.ligne})"


@dataclass(frozen=True, slots=True)
class Lecture:
    """A class file as read; `lignes_ecartees` counts the rows that an error leaves out."""

    eleves: tuple[Eleve, ...]
    diagnostics: tuple[Diagnostic, ...]
    lignes_ecartees: int
    tableau: Tableau = field(repr=False)
    colonnes: Mapping[str, int] = field(repr=False)

    @property
    def encodage(self) -> str:
        """`utf-8`, `utf-8-sig` (with a BOM) or `cp1252`."""
        return self.tableau.encodage

    def position(self, eleve: Eleve, champ: str) -> Position:
        """The cell of a field; the pupil's row where the file has no such column."""
        if champ not in self.colonnes:
            return self.tableau.row_position(eleve.ligne)
        return self.tableau.position(eleve.ligne, self.colonnes[champ])


def read_eleves(name: str, content: bytes, schema: Schema) -> Lecture:
    """Read a class file; `name` is what messages call it.

    Raises InputRefused when the file as a whole cannot be used (not text, no header, a
    column missing or twice). What is wrong with a row is a diagnostic, and leaves it out.
    """
    titres = known_titles(schema)
    tableau = open_tableau(name, content, lambda titre: fold(titre) in titres)
    colonnes, entete = match_columns(tableau, titres, schema)
    lecteur = _Lecteur(tableau, colonnes, schema)
    lecteur.take_classe_for_division()
    eleves = tuple(lecteur.read_rows())
    if not eleves and not lecteur.ecartees:
        entete.append(warning("le fichier ne contient aucun élève", Position(name)))
    diagnostics = (*tableau.diagnostics, *entete, *lecteur.diagnostics)
    return Lecture(eleves, diagnostics, lecteur.ecartees, tableau, lecteur.colonnes)


class _Refus(Exception):
    """What is wrong with a cell, and what to do about it."""

    def __init__(self, message: str, aide: str) -> None:
        super().__init__(message)
        self.message, self.aide = message, aide


class _Lecteur:
    """Turns rows into pupils, and gathers what is wrong with them."""

    def __init__(self, tableau: Tableau, colonnes: dict[str, int], schema: Schema) -> None:
        self.tableau, self.colonnes, self.schema = tableau, colonnes, schema
        self.diagnostics: list[Diagnostic] = []
        self.ecartees = 0
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

    def read_rows(self) -> Iterator[Eleve]:
        for rangee in self.tableau.rangees():
            if rangee.mal_citee:
                fautes = [wrong_quotes(self.tableau, rangee)]
            else:
                fautes = self._check_width(rangee)
                eleve = self._read_row(rangee, fautes)
            self.diagnostics += fautes
            if any(faute.is_error for faute in fautes):
                self.ecartees += 1
            else:
                yield eleve

    def _check_width(self, rangee: Rangee) -> list[Diagnostic]:
        cellules, titres = len(rangee.cellules), self.tableau.entete.cellules
        de_trop = range(len(titres), cellules)
        premiere = next((i for i in de_trop if clean_cell(rangee.cellules[i])), None)
        if premiere is not None:
            return [
                error(
                    f"la ligne a {cellules} cellules pour {len(titres)} colonnes",
                    self.tableau.position(rangee.ligne, premiere),
                    "entourez de guillemets droits le texte qui contient "
                    f"{SEPARATEURS[self.tableau.separateur]}",
                )
            ]
        if cellules < self._largeur:
            return [
                warning(
                    f"la ligne a {cellules} cellules pour {self._largeur} colonnes : "
                    "les dernières sont lues comme vides",
                    self.tableau.position(rangee.ligne, cellules),
                    "vérifiez qu'elle n'est pas coupée en deux",
                )
            ]
        return []

    def _read_row(self, rangee: Rangee, fautes: list[Diagnostic]) -> Eleve:
        refus: dict[str, _Refus] = {}
        valeurs = self._values(rangee.cellules, refus)

        def typed(champ: str, convert: Callable[[str], T], absent: T) -> T:
            texte = valeurs.get(champ)
            try:
                return convert(texte) if texte else absent
            except _Refus as faute:
                refus.setdefault(champ, faute)
                return absent

        naissance = typed("eleve.date_naissance", _read_date, None)
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
            frozenset(v for v in self.schema.variantes if typed(f"eleve.{v}", _read_oui, False)),
        )
        self._check_identity(eleve, refus)
        for champ in sorted(refus, key=self.colonnes.__getitem__):
            position = self.tableau.position(rangee.ligne, self.colonnes[champ])
            fautes.append(error(refus[champ].message, position, refus[champ].aide))
        return eleve

    def _values(self, cellules: Sequence[str], refus: dict[str, _Refus]) -> dict[str, str]:
        valeurs = {}
        for champ, index in self.colonnes.items():
            if index < len(cellules) and (texte := clean_cell(cellules[index])):
                valeurs[champ] = texte
                if len(texte) > LONGUEUR_MAXIMALE or not texte.isprintable():
                    _check_text(champ, texte, refus)
        return valeurs

    def _check_identity(self, eleve: Eleve, refus: dict[str, _Refus]) -> None:
        """Names are there, and no other row has the same names and birth date."""
        if not eleve.nom:
            refus["eleve.nom"] = _Refus("le nom manque", AIDE_NOM)
        if not eleve.prenom:
            refus["eleve.prenom"] = _Refus("le prénom manque", AIDE_NOM)
        if not refus.keys().isdisjoint(IDENTITE):
            return
        identite = (fold(eleve.nom), fold(eleve.prenom), eleve.date_naissance)
        premiere = self._vus.setdefault(identite, eleve.ligne)
        if premiere != eleve.ligne:
            refus["eleve.nom"] = _Refus(
                f"le même élève est déjà à la ligne {premiere}",
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
            raise _Refus(f"classe {cite(texte)} inconnue", "écrivez " + either(choix))
        return code

    def _read_option(self, texte: str) -> str:
        code = self._options.get(fold(texte).removeprefix("option"))
        if code is None:
            choix = self._options.values()
            raise _Refus(
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


def _check_text(champ: str, texte: str, refus: dict[str, _Refus]) -> None:
    if controle := CONTROLE.search(texte):
        refus[champ] = _Refus(
            f"le texte contient un caractère de contrôle (U+{ord(controle[0]):04X})",
            "retapez le texte de la cellule",
        )
    elif len(texte) > LONGUEUR_MAXIMALE:
        refus[champ] = _Refus(
            f"le texte fait {len(texte)} caractères ; {LONGUEUR_MAXIMALE} au plus sont lus",
            "raccourcissez-le",
        )


def _read_date(texte: str) -> date:
    if trouve := DATE.fullmatch(texte):
        jour, mois, annee = map(int, trouve.groups())
    elif trouve := DATE_ISO.fullmatch(texte):
        annee, mois, jour = map(int, trouve.groups())
    else:
        message = f"{cite(texte)} n'est pas une date de la forme JJ/MM/AAAA"
        raise _Refus(message, "écrivez par exemple 05/03/2008")
    try:
        naissance = date(annee, mois, jour)
    except ValueError:
        raise _Refus(
            f"« {texte} » n'est pas au calendrier", "corrigez le jour ou le mois"
        ) from None
    if annee < 1900:
        raise _Refus(f"personne n'est né le « {texte} »", "corrigez l'année")
    return naissance


def _read_oui(texte: str) -> bool:
    reponse = OUI_OU_NON.get(fold(texte))
    if reponse is None:
        raise _Refus(f"{cite(texte)} ne dit ni oui ni non", "écrivez oui ou non")
    return reponse
