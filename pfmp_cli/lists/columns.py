"""What the columns of a class file, and of a file of placements, are called."""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from itertools import product
from typing import TypeAlias

from pfmp_cli.text import fold

FULL_NAME, INE = "eleve.nom_prenom", "eleve.ine"
IDENTITY = ("eleve.nom", "eleve.prenom", "eleve.date_naissance")
# The columns of names that count more than these, where both are there.
BETTER = {"eleve.nom": "eleve.nom_naissance", "eleve.prenom": "eleve.premier_prenom"}
PERIOD, FIRST_DAY, LAST_DAY = "stage.periode", "stage.du", "stage.au"
WEEKDAYS = "stage.jours"

# A column's name → the other titles that schools give it.
PUPIL_COLUMNS: dict[str, tuple[str, ...]] = {
    "nom": ("nom de famille", "nom de l'élève", "nom élève"),
    "prenom": ("prénoms", "prénom de l'élève", "prénom élève"),
    "date_naissance": ("né(e) le", "né le", "née le", "date de naissance", "naissance"),
    "sexe": ("genre", "sexe biologique"),
    "division": ("div.", "code division", "label_classe", "code structure"),
    "classe": ("niveau", "niveau de classe"),
    "option": ("option du bac", "option du diplôme"),
    "adresse": ("rue", "adresse de l'élève", "adresse postale"),
    "code_postal": ("CP",),
    "ville": ("commune", "lib. postal"),
    "telephone": ("téléphone de l'élève", "téléphone portable"),
    "courriel": ("courriel de l'élève",),
    "responsable_nom": (
        "responsable",
        "responsable légal",
        "nom du responsable",
        "nom responsable",
        "nom de famille responsable",
    ),
    "responsable_telephone": ("téléphone du responsable", "téléphone portable responsable"),
    "responsable_courriel": ("courriel du responsable", "courriel responsable"),
    "professeur_referent": ("professeur", "enseignant référent", "prof référent"),
    "professeur_telephone": ("téléphone du professeur",),
    "professeur_courriel": ("courriel du professeur",),
    "ine": ("n° INE", "identifiant national", "id national"),
}
# Of a placement: a class file has these once a period, a file of placements once a row.
PLACEMENT_COLUMNS: dict[str, tuple[str, ...]] = {
    "entreprise": (
        "raison sociale",
        "nom de l'entreprise",
        "société",
        "organisme d'accueil",
        "lieu de stage",
    ),
    "adresse": ("adresse de l'entreprise", "rue"),
    "code_postal": ("CP", "code postal de l'entreprise", "CP de l'entreprise"),
    "ville": ("commune", "ville de l'entreprise", "commune de l'entreprise"),
    "telephone": ("téléphone fixe", "téléphone de l'entreprise"),
    "courriel": ("courriel de l'entreprise",),
    "siret": ("n° SIRET", "numéro SIRET", "SIRET de l'entreprise"),
    "activite": (
        "secteur d'activité",
        "secteur",
        "activité principale",
        "activité de l'entreprise",
    ),
    "responsable": ("nom du responsable", "responsable de l'entreprise"),
    "responsable_fonction": ("fonction du responsable",),
    "tuteur": ("nom du tuteur", "tutrice", "maître de stage"),
    "tuteur_fonction": ("fonction du tuteur",),
    "tuteur_telephone": ("téléphone du tuteur", "téléphone fixe du tuteur", "portable du tuteur"),
    "tuteur_courriel": ("courriel du tuteur",),
}
# Columns that give others, or say whose row it is; they are not printed.
READ_COLUMNS: dict[str, tuple[str, ...]] = {
    "nom_prenom": ("élève", "élèves", "nom prénom", "nom et prénom", "nom et prénoms"),
    "nom_naissance": ("nom de naissance", "nom de jeune fille"),
    "premier_prenom": ("prénom 1",),
    "nom_usage": ("nom d'usage", "nom usuel", "nom marital", "nom d'épouse"),
    "prenom_usage": ("prénom d'usage", "prénom usuel"),
    "code_mef": ("mef_code", "code du mef"),
    "mef": ("libellé mef", "libellé du mef", "lib. mef"),
    "date_entree": ("date d'entrée", "date_début"),
    "date_sortie": ("date de sortie", "date_fin"),
    "type_structure": ("type de structure",),
    "annee_scolaire": (),
    **{f"adresse_{n}": (f"ligne adresse {n}", f"ligne d'adresse {n}") for n in range(1, 5)},
    "telephone_personnel": (),
    "responsable_prenom": ("prénom responsable", "prénom du responsable"),
    "responsable_telephone_personnel": ("téléphone personnel responsable",),
    "autre_responsable_nom": ("nom autre responsable", "nom de famille autre responsable"),
    "autre_responsable_prenom": ("prénom autre responsable",),
    "autre_responsable_courriel": ("courriel autre responsable",),
}
# Of a file of placements: whose each is, and what is passed over because the class file says it.
OWNER_COLUMNS: dict[str, tuple[str, ...]] = {
    "nom": (*PUPIL_COLUMNS["nom"], "nom du stagiaire"),
    "prenom": (*PUPIL_COLUMNS["prenom"], "prénom du stagiaire"),
    "nom_prenom": (*READ_COLUMNS["nom_prenom"], "stagiaire", "nom et prénom de l'élève"),
    **{
        name: READ_COLUMNS[name]
        for name in ("nom_naissance", "premier_prenom", "nom_usage", "prenom_usage")
    },
    "date_naissance": (*PUPIL_COLUMNS["date_naissance"], "date de naissance de l'élève"),
    "ine": (*PUPIL_COLUMNS["ine"], "INE de l'élève"),
    "division": PUPIL_COLUMNS["division"],
    "classe": PUPIL_COLUMNS["classe"],
}
# What else there is; from `pays` on, it serves together with a printed column, or where that says
# nothing.
MORE_COLUMNS: dict[str, tuple[str, ...]] = {
    "periode": (
        "PFMP",
        "n° de période",
        "période n°",
        "n° de PFMP",
        "PFMP n°",
        "numéro de période",
    ),
    "du": ("date de début", "début", "date de début de stage", "début de la période"),
    "au": ("date de fin", "fin", "date de fin de stage", "fin de la période"),
    "jours": ("jours de présence", "jours travaillés", "jours de la semaine"),
    "pays": ("pays de l'entreprise",),
    "denomination": ("dénomination commerciale", "enseigne"),
    **{f"adresse_{n}": (f"ligne d'adresse {n}",) for n in range(1, 5)},
    "ape": ("code APE", "NAF", "code NAF"),
    "responsable_prenom": ("prénom du responsable",),
    "responsable_telephone": ("téléphone fixe du responsable", "téléphone du responsable"),
    "responsable_courriel": ("courriel du responsable",),
    "tuteur_prenom": ("prénom du tuteur",),
}
# Of a placement, in a class file.
STAGE_COLUMNS = PLACEMENT_COLUMNS | {
    name: MORE_COLUMNS[name] for name in ("pays", "du", "au", "jours")
}
# Where « 0 » is no answer.
PRINTED_TEXTS = (PUPIL_COLUMNS.keys() | PLACEMENT_COLUMNS.keys() | MORE_COLUMNS.keys()) - {
    *("sexe", "division", "classe", "option", "periode")
}
# Columns of the usual exports that are passed over without a word.
IGNORED = (
    *("prénom 2", "prénom 3", "groupe", "groupes", "rég.", "div. préc.", "doublant"),
    *(f"opt{number}" for number in range(1, 13)),
    *("code insee de ville de naissance", "code insee de pays de naissance"),
    *("code insee de ville de résidence", "code insee de pays de résidence"),
    "code postal de résidence",
)
# What titles shorten, or have another word for: their folded words, with « _ » between them.
_SHORT = re.compile(
    "(?<![a-z])(?:(?P<courriel>(?:adresse_?)?(?:e_?)?mail|mel)|(?P<telephone>tel)"
    "|(?P<autreresponsable>autre_repr_legal|resp_leg(?:al)?_?2)"
    "|(?P<responsablelegal>repr_legal|resp_leg(?:al)?_?1))(?![a-z])"
)
_GAP = re.compile(r"[\s_'’.:/()-]+")
_LINKS = ("d", "de", "des", "du", "l", "la")  # between two words they say nothing
# What stands before the number of a period in a title.
_PERIOD_WORDS = ("pfmp", "pfmpn", "periode", "stage")

LETTERS = ("", *"bcdefghi")  # of the stages of one period, in the names of files too
# `pfmp2b.siret`: the rank of the period, the letter of the stage, its column.
STAGE_FIELD = re.compile(rf"pfmp(\d+)([{''.join(LETTERS)}]?)\.(.+)")

Period: TypeAlias = tuple[str, date, date, str | None]  # code, first and last day, variant


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What the référentiel says of a class file.

    `classes`: for each code, the ways to write it beside the code itself. `periodes`: the
    greatest number of periods of a class. `mef` (ten digits) and `labels` (folded) lead to
    a class and an option, '' where it is common to all; those of `apprentices` get nothing.
    `divisions` are those of `pfmp.yaml` with their class; `by_division`: who is in none of them is
    not ours, whatever else is said. `year_start` is the first day of its school year, `calendar`
    the periods of each class, and of '', one that is not told; `chosen` is the code of the only one
    that is asked for.
    """

    classes: Mapping[str, Sequence[str]]
    options: Sequence[str]
    variantes: Sequence[str]
    periodes: int
    mef: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    labels: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    apprentices: Collection[str] = ()
    divisions: Mapping[str, str] = field(default_factory=dict)
    by_division: bool = False
    year_start: date | None = None
    calendar: Mapping[str, Sequence[Period]] = field(default_factory=dict)
    chosen: str | None = None


def fold_title(title: str) -> str:
    """What spellings of a title have in common: « Tél. tuteur », « Téléphone du tuteur »."""
    words = list(filter(None, map(fold, _GAP.split(title))))
    inner = [word for word in words[1:-1] if word not in _LINKS]
    spaced = "_".join([*words[:1], *inner, *words[1:][-1:]])
    return _SHORT.sub(lambda found: str(found.lastgroup), spaced).replace("_", "")


@cache
def rank_of(field: str) -> str:
    """The rank of the period that a field of a stage is of; '' of another."""
    found = STAGE_FIELD.fullmatch(field)
    return found[1] if found else ""


def class_file_titles(vocabulary: Vocabulary) -> dict[str, str]:
    """Every title that a column may have, folded → its field's name, '' if it is passed over."""
    titles = dict.fromkeys(map(fold_title, IGNORED), "")
    titles |= {fold_title(code): f"eleve.{code}" for code in vocabulary.variantes}
    for columns in (READ_COLUMNS, PUPIL_COLUMNS):
        titles |= {title: f"eleve.{name}" for title, name in _titles_of(columns)}
    titles |= {  # of a pupil, whoever is responsible is the legal representative
        title.replace("responsable", "responsablelegal"): field
        for title, field in titles.items()
        if field.startswith("eleve.responsable") and "legal" not in title
    }
    stage = list(_titles_of(STAGE_COLUMNS))
    numbers = [f"{n}{letter}" for n in range(1, vocabulary.periodes + 1) for letter in LETTERS[:4]]
    for number, word in product(numbers, _PERIOD_WORDS):
        for title, name in stage:
            titles[f"{word}{number}{title}"] = f"pfmp{number}.{name}"
            titles[f"{title}{word}{number}"] = f"pfmp{number}.{name}"
    return titles


def placement_titles() -> dict[str, str]:
    """Every title that a column of a file of placements may have, likewise."""
    titles = dict.fromkeys(map(fold_title, IGNORED), "")
    titles |= {title: f"eleve.{name}" for title, name in _titles_of(OWNER_COLUMNS)}
    for columns in (PLACEMENT_COLUMNS, MORE_COLUMNS):
        titles |= {title: f"stage.{name}" for title, name in _titles_of(columns)}
    return titles


def _titles_of(columns: Mapping[str, Sequence[str]]) -> Iterator[tuple[str, str]]:
    """Every title, folded, with the name of its column."""
    for name, others in columns.items():
        for title in (name, *others):
            yield fold_title(title), name
