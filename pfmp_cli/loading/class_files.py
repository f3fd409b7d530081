"""Class files and placements of the disk → pupils with their placements."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from datetime import date
from itertools import zip_longest
from pathlib import Path
from typing import TypeAlias

from pfmp_cli.diagnostics import Diagnostic, InputRefused
from pfmp_cli.domain.projet import Projet
from pfmp_cli.domain.referentiel import Classe, Referentiel
from pfmp_cli.domain.selection import Selection
from pfmp_cli.lists.class_file import read_eleves
from pfmp_cli.lists.columns import Period, Vocabulary
from pfmp_cli.lists.enrolment import enrol
from pfmp_cli.lists.formats.archive import LARGEST, open_archive, read_member
from pfmp_cli.lists.formats.detection import ZIP
from pfmp_cli.lists.placements.matching import attach_placements
from pfmp_cli.lists.placements.placement_rows import read_placements_file
from pfmp_cli.lists.pupils import LeftOut, Roster
from pfmp_cli.lists.value_checks import start_of_year
from pfmp_cli.loading.school import School
from pfmp_cli.rules import loading_rules as rules
from pfmp_cli.text import fold, propose

# A school's diploma, and the choice of the command line; None where it has no such class or option.
Asked: TypeAlias = tuple[School, Selection | None]

_GUARDIANS = "les responsables des élèves : le XML de SIECLE"
_LAST_DAY = (6, 30)  # of a school year
LISTS = (".csv", ".txt", ".xlsx", ".ods", ".xls", ".xml", ".zip")


def load_classes(path: Path, stages: Path | None, asked: Sequence[Asked]) -> list[Roster]:
    """The pupils of a class file, enrolled, of each diploma that is asked for, with the placements
    of a second file if there is one.

    Raises InputRefused where one of the files as a whole cannot be used.
    """
    problems: list[Diagnostic] = []
    rosters: list[Roster] = []
    placements = None
    try:
        rosters = _load_pupils(path, asked)
    except InputRefused as exception:
        problems += exception.diagnostics
    try:
        if stages:
            content = _read_list(stages, "le fichier des stages : CSV ou classeur")
            schema = make_schema(asked[0][0].referentiel, asked[0][0].projet)
            placements = read_placements_file(str(stages), content, schema)
    except InputRefused as exception:
        problems += exception.diagnostics
    if problems:
        raise InputRefused(problems)
    chosen = [
        attach_placements(roster, placements, school.referentiel, school.projet, choice.periode)
        for roster, (school, choice) in zip(rosters, asked, strict=True)
        if choice
    ]
    return _count_once(chosen) if len(asked) > 1 else chosen


def _load_pupils(path: Path, asked: Sequence[Asked]) -> list[Roster]:
    content = _read_list(path, "la liste des élèves : CSV, classeur ou XML")
    guardians = _find_guardians(path, content)
    schemas = [make_schema(of.referentiel, of.projet, choice, of.diplomas) for of, choice in asked]
    read = [read_eleves(str(path), content, schema, guardians) for schema in schemas]
    return [
        enrol(one, of.referentiel, of.projet.divisions, choice or Selection())
        for one, (of, choice) in zip(_leave_to_others(read), asked, strict=True)
    ]


def _find_guardians(path: Path, content: bytes) -> tuple[str, bytes] | None:
    """SIECLE's `ResponsablesAvecAdresses.xml`, bare or in a zip: in that of the pupils, or beside
    it, as SIECLE names them. Raises InputRefused."""
    if path.suffix.lower() not in (".xml", ".zip"):
        return None
    if content.startswith(ZIP) and (found := _take_out(str(path), content)):
        return found
    beside = [one for one in path.parent.iterdir() if one != path and _is_of_guardians(one)]
    for one in sorted(beside, key=lambda one: (one.suffix.lower() != ".xml", one.name)):
        content = _read_list(one, _GUARDIANS)
        found = _take_out(str(one), content) if content.startswith(ZIP) else (str(one), content)
        if found:
            return found
    return None


def _take_out(file: str, content: bytes) -> tuple[str, bytes] | None:
    archive = open_archive(file, content)
    names = [name for name in archive.namelist() if _is_of_guardians(Path(name))]
    return (f"{file}/{names[0]}", read_member(file, archive, names[0])) if names else None


def _is_of_guardians(path: Path) -> bool:
    name = fold(path.stem)
    return name.startswith("responsablesavecadresses") and path.suffix.lower() in (".xml", ".zip")


def _leave_to_others(rosters: Sequence[Roster]) -> list[Roster]:
    """The lists of a file, where nobody is of another course of study who is of one of ours."""
    lines = [{one.line for one in roster.others} for roster in rosters]
    of_nobody = set.intersection(*lines)
    return [
        replace(roster, left_out=_without(roster.left_out, some - of_nobody))
        for roster, some in zip(rosters, lines, strict=True)
    ]


def _without(left_out: Iterable[LeftOut], lines: Collection[int]) -> tuple[LeftOut, ...]:
    return tuple(one for one in left_out if one.line not in lines)


def _count_once(rosters: Sequence[Roster]) -> list[Roster]:
    """The lists of a file, of which the first tells who is of none, and what the placements are:
    not of whom, for those of a pupil of another diploma seem to be of a pupil left out."""
    first, *others = rosters
    lines = {one.line for one in first.others}
    count = first.placements and replace(first.placements, left_out=0)
    return [
        replace(first, placements=count),
        *(replace(one, left_out=_without(one.left_out, lines), placements=None) for one in others),
    ]


def _read_list(path: Path, what: str) -> bytes:
    """The bytes of a list; `what` it is ends « donnez … ». Raises InputRefused."""
    try:
        with path.open("rb") as file:
            return file.read(LARGEST + 1)
    except OSError as exception:
        raise InputRefused([_diagnose_missing(path, exception, what)]) from exception


def make_schema(
    referentiel: Referentiel,
    projet: Projet | None = None,
    selection: Selection | None = None,
    diplomas: Sequence[Referentiel] = (),
) -> Vocabulary:
    """What the référentiel, `pfmp.yaml` and the command line say of a class file, whose columns
    are those of all `diplomas`."""
    projet, selection = projet or Projet(), selection or Selection()
    year_start = start_of_year(projet.annee_scolaire)
    calendar = {
        classe.code: _list_periods(classe, projet, year_start) for classe in referentiel.classes
    }
    every = diplomas or (referentiel,)
    anyone = dict.fromkeys(period for periods in calendar.values() for period in periods)
    mef, apprentices = (referentiel.formations(key) for key in ("mef", "mef_apprentis"))
    return Vocabulary(
        classes={c.code: (c.libelle, *c.graphies) for c in referentiel.classes},
        options=[option.code for option in referentiel.options],
        variantes=[variante.code for one in every for variante in one.variantes],
        periodes=max(len(classe.periodes) for one in every for classe in one.classes),
        mef=apprentices | mef,
        apprentices=() if projet.apprentis else apprentices.keys() - mef.keys(),
        labels={
            fold(libelle): formation
            for libelle, formation in referentiel.formations("mef_libelles").items()
        },
        divisions={name: division.classe for name, division in projet.divisions.items()},
        by_division=bool(diplomas),
        year_start=year_start,
        calendar=calendar | {"": calendar.get(selection.classe or "", tuple(anyone))},
        chosen=selection.periode,
    )


def _list_periods(classe: Classe, projet: Projet, year_start: date | None) -> tuple[Period, ...]:
    """The periods by the calendar; one without dates may be any day from now on."""
    dated = zip_longest(classe.periodes, projet.calendrier.periodes.get(classe.code, ()))
    now = date.today()
    if year_start:
        now = min(max(now, year_start), date(year_start.year + 1, *_LAST_DAY))
    return tuple(
        (one.code, *((dates.du, dates.au) if dates else (now, date.max)), one.variante)
        for one, dates in dated
        if one
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
