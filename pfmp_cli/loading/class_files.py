"""Class files and placements of the disk → pupils with their placements."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

from pfmp_cli.diagnostics import Diagnostic, InputRefused
from pfmp_cli.domain.projet import Projet
from pfmp_cli.domain.referentiel import Referentiel
from pfmp_cli.domain.selection import Selection
from pfmp_cli.lists.class_file import read_eleves
from pfmp_cli.lists.columns import Vocabulary
from pfmp_cli.lists.enrolment import enrol
from pfmp_cli.lists.formats.archive import LARGEST
from pfmp_cli.lists.matching import attach_placements
from pfmp_cli.lists.placements import Placements, read_placements_file
from pfmp_cli.lists.pupils import Roster
from pfmp_cli.lists.value_checks import start_of_year
from pfmp_cli.rules import loading_rules as rules
from pfmp_cli.text import fold, propose

LISTS = (".csv", ".txt", ".xlsx", ".ods", ".xls", ".xml", ".zip")


def load_eleves(
    path: Path,
    referentiel: Referentiel,
    divisions: Collection[str] = (),
    annee_scolaire: str | None = None,
) -> Roster:
    """The pupils of a class file; the divisions and the year are those of `pfmp.yaml`.

    Raises InputRefused where the file as a whole cannot be used.
    """

    content = _read_list(path, "la liste des élèves : CSV, classeur ou XML")
    schema = make_schema(referentiel, divisions, annee_scolaire)
    return read_eleves(str(path), content, schema)


def load_class(
    path: Path, stages: Path | None, referentiel: Referentiel, projet: Projet, selection: Selection
) -> Roster:
    """The pupils of a class file, enrolled, with the placements of a second file if there is one.

    Raises InputRefused where one of the files as a whole cannot be used.
    """

    problems: list[Diagnostic] = []
    try:
        read = load_eleves(path, referentiel, projet.divisions, projet.annee_scolaire)
        roster = enrol(read, referentiel, projet.divisions, selection)
    except InputRefused as exception:
        problems += exception.diagnostics
    try:
        annee = projet.annee_scolaire
        placements = load_placements(stages, referentiel, annee) if stages else None
    except InputRefused as exception:
        problems += exception.diagnostics
    if problems:
        raise InputRefused(problems)
    if placements is None:
        return roster
    return attach_placements(roster, placements, referentiel, projet, selection.periode)


def load_placements(
    path: Path, referentiel: Referentiel, annee_scolaire: str | None = None
) -> Placements:
    """A file of placements, which `attach_placements` gives to its pupils.

    Raises InputRefused where the file as a whole cannot be used.
    """

    content = _read_list(path, "le fichier des stages : CSV ou classeur")
    return read_placements_file(
        str(path), content, make_schema(referentiel, annee_scolaire=annee_scolaire)
    )


def _read_list(path: Path, what: str) -> bytes:
    """The bytes of a list; `what` it is ends « donnez … ». Raises InputRefused."""

    try:
        with path.open("rb") as file:
            return file.read(LARGEST + 1)
    except OSError as exception:
        raise InputRefused([_diagnose_missing(path, exception, what)]) from exception


def make_schema(
    referentiel: Referentiel, divisions: Collection[str] = (), annee_scolaire: str | None = None
) -> Vocabulary:
    """What the référentiel, and the divisions and year of `pfmp.yaml`, say of a class file."""

    return Vocabulary(
        classes={c.code: (c.libelle, *c.graphies) for c in referentiel.classes},
        options=[option.code for option in referentiel.options],
        variantes=[variante.code for variante in referentiel.variantes],
        periodes=max(len(classe.periodes) for classe in referentiel.classes),
        mef=referentiel.formations("mef") | referentiel.formations("mef_apprentis"),
        labels={
            fold(libelle): formation
            for libelle, formation in referentiel.formations("mef_libelles").items()
        },
        divisions=divisions,
        year_start=start_of_year(annee_scolaire),
    )


def _diagnose_missing(path: Path, exception: OSError, expected: str) -> Diagnostic:
    if isinstance(exception, FileNotFoundError):
        here = path.parent.iterdir() if path.parent.is_dir() else ()
        names = sorted(found.name for found in here if found.suffix.lower() in LISTS)
        possible = "listes possibles de ce dossier : " + (", ".join(names[:8]) or "aucune")
        return rules.NO_LIST.at(path=path, advice=propose(path.name, names, possible))
    if isinstance(exception, PermissionError) and not path.is_dir():
        return rules.LIST_DENIED.at(path=path)
    reason = "c'est un dossier" if path.is_dir() else exception.strerror
    return rules.LIST_UNREADABLE.at(path=path, reason=reason, expected=expected)
