"""Class files → pupils, with the cell that every value comes from.

Standard library only: this runs once a pupil, and must run wherever Python does.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from typing import TypeVar

from pfmp_cli.diagnostics import (
    Diagnostic,
    InputRefused,
    Position,
    error,
    suggest,
    warning,
)
from pfmp_cli.inputs.tableau import Rangee, Tableau, clean_cell, fold, open_tableau

T = TypeVar("T")

# A column's name, then the other titles that schools give it.
COLONNES_ELEVE: dict[str, tuple[str, ...]] = {
    "nom": ("nom de famille", "nom de l'élève", "nom élève"),
    "prenom": ("prénoms", "prénom 1", "prénom de l'élève", "prénom élève"),
    "date_naissance": ("né(e) le", "né le", "née le", "date de naissance", "naissance"),
    "sexe": ("genre", "sexe biologique"),
    "division": ("div.", "code division"),
    "classe": ("niveau", "niveau de classe"),
    "option": ("option du bac", "option du diplôme"),
    "adresse": ("rue", "adresse de l'élève", "adresse postale"),
    "code_postal": ("cp",),
    "ville": ("commune",),
    "telephone": ("tél.", "téléphone de l'élève"),
    "courriel": ("e-mail", "mail", "mél", "adresse e-mail", "courriel de l'élève"),
    "responsable_nom": (
        *("responsable", "responsable légal", "représentant légal"),
        *("nom du responsable", "nom du responsable légal"),
    ),
    "responsable_telephone": (
        *("téléphone du responsable", "téléphone responsable", "tél. responsable"),
        *("téléphone du responsable légal", "responsable tél."),
    ),
    "responsable_courriel": (
        *("courriel du responsable", "courriel responsable", "e-mail du responsable"),
        *("courriel du responsable légal", "mail responsable"),
    ),
    "professeur_referent": ("professeur", "enseignant référent", "prof référent"),
    "professeur_telephone": ("téléphone du professeur", "tél. professeur"),
    "professeur_courriel": ("courriel du professeur", "e-mail du professeur", "mail professeur"),
    "ine": ("n° INE", "identifiant national"),
}
COLONNES_STAGE: dict[str, tuple[str, ...]] = {
    "entreprise": ("raison sociale", "nom de l'entreprise", "société"),
    "adresse": ("adresse de l'entreprise", "rue"),
    "code_postal": ("cp",),
    "ville": ("commune",),
    "telephone": ("tél.",),
    "courriel": ("e-mail", "mail", "mél"),
    "siret": ("n° SIRET",),
    "activite": ("secteur d'activité", "secteur"),
    "responsable": ("nom du responsable", "responsable de l'entreprise"),
    "responsable_fonction": ("fonction du responsable",),
    "tuteur": ("nom du tuteur", "tutrice", "maître de stage"),
    "tuteur_fonction": ("fonction du tuteur",),
    "tuteur_telephone": ("téléphone du tuteur", "tél. du tuteur", "tél. tuteur"),
    "tuteur_courriel": ("courriel du tuteur", "e-mail du tuteur", "mail tuteur"),
}
PERIODES = ("pfmp", "pfmp n°", "période", "stage")
NUMERO = re.compile(r"(?:pfmp|periode|stage)n?([0-9]{1,4})")
ABREVIATIONS = {
    "seconde": ("2nde", "2de", "2nd"),
    "premiere": ("1ère", "1re"),
    "terminale": ("tle", "tale"),
}
OUI_OU_NON = {
    **dict.fromkeys(("oui", "o", "x", "1", "vrai"), True),
    **dict.fromkeys(("non", "n", "0", "faux"), False),
}
LONGUEUR_MAXIMALE = 2000
CONTROLE = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f]")
DATES = (
    re.compile(r"(?P<jour>[0-9]{2})/(?P<mois>[0-9]{2})/(?P<annee>[0-9]{4})"),
    re.compile(r"(?P<annee>[0-9]{4})-(?P<mois>[0-9]{2})-(?P<jour>[0-9]{2})"),
)


@dataclass(frozen=True, slots=True)
class Schema:
    """What the référentiel says of a class file.

    `classes`: for each code, the ways to write it beside the code itself. `periodes`: the
    greatest number of periods of a class.
    """

    classes: Mapping[str, Sequence[str]]
    options: Sequence[str]
    variantes: Sequence[str]
    periodes: int


@dataclass(frozen=True, slots=True, repr=False)
class Eleve:
    """A pupil: what is printed, by field name (`eleve.nom`, `pfmp1.siret`), and what is typed.

    `valeurs` has no empty text. `ligne` is the first line of the row. `classe`, `option`
    and `variantes` are codes of the référentiel, '' where the file says nothing.
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
    titres = _known_titles(schema)
    tableau = open_tableau(name, content, lambda titre: fold(titre) in titres)
    colonnes, avis = _match_columns(tableau, titres, schema)
    lecteur = _Lecteur(tableau, colonnes, schema)
    avis += lecteur.take_classe_for_division()
    eleves = tuple(lecteur.read_all())
    if not eleves and not lecteur.ecartees:
        avis.append(warning("le fichier ne contient aucun élève", Position(name)))
    diagnostics = (*tableau.diagnostics, *avis, *lecteur.diagnostics)
    return Lecture(eleves, diagnostics, lecteur.ecartees, tableau, lecteur.colonnes)


def _known_titles(schema: Schema) -> dict[str, str]:
    """Folded title → field name, for every title that a column may have."""
    titres = {fold(code): f"eleve.{code}" for code in schema.variantes}
    for nom, variantes in COLONNES_ELEVE.items():
        titres |= {fold(titre): f"eleve.{nom}" for titre in (nom, *variantes)}
    for numero in range(1, schema.periodes + 1):
        for nom, variantes in COLONNES_STAGE.items():
            for titre, periode in product((nom, *variantes), PERIODES):
                champ = f"pfmp{numero}.{nom}"
                titres[fold(f"{periode}{numero}{titre}")] = champ
                titres[fold(f"{titre}{periode}{numero}")] = champ
    return titres


def _column_name(champ: str) -> str:
    return champ.removeprefix("eleve.").replace(".", "_")


def _match_columns(
    tableau: Tableau, titres: Mapping[str, str], schema: Schema
) -> tuple[dict[str, int], list[Diagnostic]]:
    """Field name → index of its column, and warnings. Raises InputRefused."""
    colonnes: dict[str, int] = {}
    diagnostics = []
    for index in range(tableau.largeur):
        champ = titres.get(fold(tableau.titre(index)))
        if champ is None:
            diagnostics.append(_unknown_column(tableau, index, titres, schema))
        elif champ in colonnes:
            diagnostics.append(_column_twice(tableau, index, colonnes[champ], champ))
        else:
            colonnes[champ] = index
    diagnostics += _check_header(tableau, colonnes)
    if any(diagnostic.is_error for diagnostic in diagnostics):
        raise InputRefused([*tableau.diagnostics, *diagnostics])
    return colonnes, diagnostics


def _check_header(tableau: Tableau, colonnes: Mapping[str, int]) -> list[Diagnostic]:
    manquantes = [nom for nom in ("nom", "prenom") if f"eleve.{nom}" not in colonnes]
    if len(manquantes) == 2 and len(colonnes) < 2:
    	...
