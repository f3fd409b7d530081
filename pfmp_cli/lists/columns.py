"""The columns of a class file: what they are called, and what is wrong with a header."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import product

from pfmp_cli.diagnostics import Diagnostic, InputRefused, error, warning
from pfmp_cli.lists.cells import cite
from pfmp_cli.lists.formats.table import Row, Table
from pfmp_cli.text import fold, suggest

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
    titles = {fold(code): f"eleve.{code}" for code in schema.variantes}
    for nom, variantes in (*COLONNES_LUES.items(), *COLONNES_ELEVE.items()):
        titles |= {fold(title): f"eleve.{nom}" for title in (nom, *variantes)}
    stage = {fold(title): nom for nom, others in COLONNES_STAGE.items() for title in (nom, *others)}
    for number, periode in product(range(1, schema.periodes + 1), PERIODES):
        for title, nom in stage.items():
            titles[f"{periode}{number}{title}"] = f"pfmp{number}.{nom}"
            titles[f"{title}{periode}{number}"] = f"pfmp{number}.{nom}"
    return titles


def is_ignored(title: str) -> bool:
    """Whether it is a column of the usual exports that nothing is made of."""
    return fold(title) in IGNOREES


def _column_of(champ: str) -> str:
    return champ.removeprefix("eleve.").removeprefix("stage.").replace(".", "_")


def match_columns(
    table: Table,
    titles: Mapping[str, str],
    schema: Vocabulary,
    find_missing: Missing | None = None,
) -> tuple[dict[str, int], list[Diagnostic]]:
    """The column of each field, and warnings. Raises InputRefused.

    `find_missing` says which columns are missing, where it is not a class file.
    """
    columns: dict[str, int] = {}
    diagnostics = []
    proposes = _proposals(titles)
    for index in range(table.width):
        champ = titles.get(fold(table.title(index)))
        if champ is None and is_ignored(table.title(index)):
            continue
        if champ is None:
            diagnostics.append(_unknown_column(table, index, proposes, schema))
        elif champ in columns:
            diagnostics.append(_column_twice(table, index, columns[champ], champ))
        else:
            columns[champ] = index
    diagnostics += (find_missing or _missing_columns)(table, columns)
    if table.header.bad_quote and table.header.line:
        diagnostics.append(wrong_quotes(table, table.header))
    if any(diagnostic.is_error for diagnostic in diagnostics):
        raise InputRefused([*table.diagnostics, *diagnostics])
    return columns, diagnostics


def _proposals(titles: Mapping[str, str]) -> dict[str, str]:
    """The titles to look among for one that is misspelt: of a period's, the column's name only."""
    noms = {fold(champ): champ for champ in set(titles.values()) if champ.startswith("pfmp")}
    return noms | {t: champ for t, champ in titles.items() if not champ.startswith("pfmp")}


def _unknown_column(
    table: Table, index: int, proposes: Mapping[str, str], schema: Vocabulary
) -> Diagnostic:
    title = table.title(index)
    position = table.position(table.header.line, index)
    if not title:
        message = f"la colonne {index + 1} n'a pas de titre : elle est ignorée"
        return warning(message, position, "donnez-lui un titre si elle sert")
    help = "la liste des colonnes est dans docs/colonnes.md"
    word, number = fold(title), NUMERO.search(fold(title))
    if number and not 1 <= int(number[1]) <= schema.periodes:
        help = f"les périodes vont de 1 à {schema.periodes}"
    elif near := suggest(word, proposes):
        help = f"vouliez-vous dire « {_column_of(proposes[near])} » ?"
    return warning(f"la colonne {cite(title)} est inconnue : elle est ignorée", position, help)


def _column_twice(table: Table, index: int, premier: int, champ: str) -> Diagnostic:
    return error(
        f"les colonnes {cite(table.title(premier))} ({premier + 1}) et "
        f"{cite(table.title(index))} ({index + 1}) sont toutes deux « {_column_of(champ)} »",
        table.position(table.header.line, index),
        "supprimez ou renommez l'une des deux",
    )


def _missing_columns(table: Table, columns: Mapping[str, int]) -> Iterator[Diagnostic]:
    names = () if NOM_PRENOM in columns else IDENTITE[:2]
    manquantes = [champ for champ in names if champ not in columns]
    if len(manquantes) == 2 and len(columns) < 2:
        yield error(
            "le fichier n'a pas de ligne de titres : « nom » et « prenom » sont introuvables",
            table.first_position(),
            "donnez un titre à chaque colonne, par exemple : nom;prenom;division",
        )
        return
    for champ in manquantes:
        yield error(
            f"la colonne « {_column_of(champ)} » manque",
            table.row_position(table.header.line),
            "ajoutez-la, ou renommez ainsi celle qui en tient lieu",
        )


def wrong_quotes(table: Table, row: Row) -> Diagnostic:
    """What is said of a row that is `mal_citee`, at its last cell."""
    return error(
        "les guillemets droits de cette cellule ne sont pas fermés, ou pas à sa fin",
        table.position(row.line, len(row.cells) - 1),
        "supprimez-les, ou refaites l'export depuis le tableur",
    )
