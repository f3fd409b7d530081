"""The columns of a class file: what they are called, and what is wrong with a header."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import product

from pfmp_cli.diagnostics import Diagnostic, InputRefused, error, suggest, warning
from pfmp_cli.lists.cells import cite
from pfmp_cli.lists.formats.csv import Row, fold
from pfmp_cli.lists.formats.sheet import Table

# A column's name → the other titles that schools give it.
COLONNES_ELEVE: dict[str, tuple[str, ...]] = {
    "nom": ("nom de famille", "nom de l'élève", "nom élève"),
    "prenom": ("prénoms", "prénom 1", "prénom de l'élève", "prénom élève"),
    "date_naissance": ("né(e) le", "né le", "née le", "date de naissance", "naissance"),
    "sexe": ("genre", "sexe biologique"),
    "division": ("div.", "code division", "label_classe"),
    "classe": ("niveau", "niveau de classe"),
    "option": ("option du bac", "option du diplôme"),
    "adresse": ("rue", "adresse de l'élève", "adresse postale"),
    "code_postal": ("cp",),
    "ville": ("commune",),
    "telephone": ("tél.", "téléphone de l'élève"),
    "courriel": ("e-mail", "mail", "mél", "adresse e-mail", "courriel de l'élève"),
    "responsable_nom": (
        "responsable",
        "responsable légal",
        "nom du responsable",
        "nom de famille repr. légal",
    ),
    "responsable_telephone": ("téléphone du responsable", "tél. du responsable"),
    "responsable_courriel": (
        "courriel du responsable",
        "e-mail du responsable",
        "courriel repr. légal",
    ),
    "professeur_referent": ("professeur", "enseignant référent", "prof référent"),
    "professeur_telephone": ("téléphone du professeur", "tél. du professeur"),
    "professeur_courriel": ("courriel du professeur", "e-mail du professeur"),
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
    "tuteur_telephone": ("téléphone du tuteur", "tél. du tuteur"),
    "tuteur_courriel": ("courriel du tuteur", "e-mail du tuteur"),
}
# Columns that give others, or say whose row it is; they are not printed.
COLONNES_LUES: dict[str, tuple[str, ...]] = {
    "nom_prenom": ("élève", "élèves", "nom prénom", "nom et prénom", "nom et prénoms"),
    "code_mef": ("mef_code", "code du mef"),
    "mef": ("libellé mef", "libellé du mef"),
    "date_sortie": ("date de sortie",),
    "responsable_prenom": ("prénom repr. légal", "prénom du responsable"),
    "autre_responsable_nom": ("nom de famille autre repr. légal",),
    "autre_responsable_prenom": ("prénom autre repr. légal",),
    "autre_responsable_courriel": ("courriel autre repr. légal",),
}
# Columns of the usual exports that are passed over without a word.
COLONNES_IGNOREES = (
    *("nom d'usage", "prénom 2", "prénom 3", "groupe", "groupes", "rég.", "div. préc."),
    *("doublant", *(f"opt{numero}" for numero in range(1, 13))),
    *("année_scolaire", "date_début", "date_fin"),
    *("code insee de ville de naissance", "code insee de pays de naissance"),
)
PERIODES = ("pfmp", "pfmpn", "periode", "stage")
NUMERO = re.compile(r"(?:pfmp|periode|stage)n?([0-9]{1,4})")
NOM_PRENOM = "eleve.nom_prenom"
IDENTITE = ("eleve.nom", "eleve.prenom", "eleve.date_naissance")
Missing = Callable[[Table, Mapping[str, int]], Iterable[Diagnostic]]
IGNOREES = frozenset(map(fold, COLONNES_IGNOREES))


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What the référentiel says of a class file.

    `classes`: for each code, the ways to write it beside the code itself. `periodes`: the
    greatest number of periods of a class. `mef` (ten digits) and `libelles` (folded) lead to
    a class and an option, '' where it is common to all. `divisions` are those of `pfmp.yaml`,
    `rentree` is the first day of its school year.
    """

    classes: Mapping[str, Sequence[str]]
    options: Sequence[str]
    variantes: Sequence[str]
    periodes: int
    mef: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    labels: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    divisions: Collection[str] = ()
    year_start: date | None = None


def known_titles(schema: Vocabulary) -> dict[str, str]:
    """Every title that a column may have, folded → the name of its field."""
    titres = {fold(code): f"eleve.{code}" for code in schema.variantes}
    for nom, variantes in (*COLONNES_LUES.items(), *COLONNES_ELEVE.items()):
        titres |= {fold(titre): f"eleve.{nom}" for titre in (nom, *variantes)}
    stage = {fold(titre): nom for nom, autres in COLONNES_STAGE.items() for titre in (nom, *autres)}
    for numero, periode in product(range(1, schema.periodes + 1), PERIODES):
        for titre, nom in stage.items():
            titres[f"{periode}{numero}{titre}"] = f"pfmp{numero}.{nom}"
            titres[f"{titre}{periode}{numero}"] = f"pfmp{numero}.{nom}"
    return titres


def is_ignored(titre: str) -> bool:
    """Whether it is a column of the usual exports that nothing is made of."""
    return fold(titre) in IGNOREES


def _column_of(champ: str) -> str:
    return champ.removeprefix("eleve.").removeprefix("stage.").replace(".", "_")


def match_columns(
    tableau: Table,
    titres: Mapping[str, str],
    schema: Vocabulary,
    find_missing: Missing | None = None,
) -> tuple[dict[str, int], list[Diagnostic]]:
    """The column of each field, and warnings. Raises InputRefused.

    `find_missing` says which columns are missing, where it is not a class file.
    """
    colonnes: dict[str, int] = {}
    diagnostics = []
    proposes = _proposals(titres)
    for index in range(tableau.width):
        champ = titres.get(fold(tableau.title(index)))
        if champ is None and is_ignored(tableau.title(index)):
            continue
        if champ is None:
            diagnostics.append(_unknown_column(tableau, index, proposes, schema))
        elif champ in colonnes:
            diagnostics.append(_column_twice(tableau, index, colonnes[champ], champ))
        else:
            colonnes[champ] = index
    diagnostics += (find_missing or _missing_columns)(tableau, colonnes)
    if tableau.header.bad_quote and tableau.header.line:
        diagnostics.append(wrong_quotes(tableau, tableau.header))
    if any(diagnostic.is_error for diagnostic in diagnostics):
        raise InputRefused([*tableau.diagnostics, *diagnostics])
    return colonnes, diagnostics


def _proposals(titres: Mapping[str, str]) -> dict[str, str]:
    """The titles to look among for one that is misspelt: of a period's, the column's name only."""
    noms = {fold(champ): champ for champ in set(titres.values()) if champ.startswith("pfmp")}
    return noms | {t: champ for t, champ in titres.items() if not champ.startswith("pfmp")}


def _unknown_column(
    tableau: Table, index: int, proposes: Mapping[str, str], schema: Vocabulary
) -> Diagnostic:
    titre = tableau.title(index)
    position = tableau.position(tableau.header.line, index)
    if not titre:
        message = f"la colonne {index + 1} n'a pas de titre : elle est ignorée"
        return warning(message, position, "donnez-lui un titre si elle sert")
    aide = "la liste des colonnes est dans docs/colonnes.md"
    mot, numero = fold(titre), NUMERO.search(fold(titre))
    if numero and not 1 <= int(numero[1]) <= schema.periodes:
        aide = f"les périodes vont de 1 à {schema.periodes}"
    elif proche := suggest(mot, proposes):
        aide = f"vouliez-vous dire « {_column_of(proposes[proche])} » ?"
    return warning(f"la colonne {cite(titre)} est inconnue : elle est ignorée", position, aide)


def _column_twice(tableau: Table, index: int, premier: int, champ: str) -> Diagnostic:
    return error(
        f"les colonnes {cite(tableau.title(premier))} ({premier + 1}) et "
        f"{cite(tableau.title(index))} ({index + 1}) sont toutes deux « {_column_of(champ)} »",
        tableau.position(tableau.header.line, index),
        "supprimez ou renommez l'une des deux",
    )


def _missing_columns(tableau: Table, colonnes: Mapping[str, int]) -> Iterator[Diagnostic]:
    names = () if NOM_PRENOM in colonnes else IDENTITE[:2]
    manquantes = [champ for champ in names if champ not in colonnes]
    if len(manquantes) == 2 and len(colonnes) < 2:
        yield error(
            "le fichier n'a pas de ligne de titres : « nom » et « prenom » sont introuvables",
            tableau.first_position(),
            "donnez un titre à chaque colonne, par exemple : nom;prenom;division",
        )
        return
    for champ in manquantes:
        yield error(
            f"la colonne « {_column_of(champ)} » manque",
            tableau.row_position(tableau.header.line),
            "ajoutez-la, ou renommez ainsi celle qui en tient lieu",
        )


def wrong_quotes(tableau: Table, rangee: Row) -> Diagnostic:
    """What is said of a row that is `mal_citee`, at its last cell."""
    return error(
        "les guillemets droits de cette cellule ne sont pas fermés, ou pas à sa fin",
        tableau.position(rangee.line, len(rangee.cells) - 1),
        "supprimez-les, ou refaites l'export depuis le tableur",
    )
