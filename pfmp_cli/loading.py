"""Paths of the command line → what a run works with, every problem of the files at once."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from pfmp_cli.diagnostics import Diagnostic, InputRefused, Position, error
from pfmp_cli.shipped import shipped
from pfmp_cli.text import propose

if TYPE_CHECKING:
    from pfmp_cli.domain.projet import Projet
    from pfmp_cli.domain.referentiel import Referentiel
    from pfmp_cli.domain.selection import Selection
    from pfmp_cli.lists.columns import Vocabulary
    from pfmp_cli.lists.placements import Placements
    from pfmp_cli.lists.pupils import Roster
    from pfmp_cli.press.workshop import Workshop

PROJET = "pfmp.yaml"
REFERENTIEL = "referentiel.yaml"
MODELES = "modeles"
AIDE_ACCES = "fermez-le s'il est ouvert dans un tableur ; vérifiez vos droits sur le fichier"
LISTES = (".csv", ".txt", ".xlsx", ".ods", ".xls", ".xml", ".zip")


@dataclass(frozen=True, slots=True)
class Sources:
    """The files that all commands share; None: the usual place, or the shipped one."""

    projet: Path | None = None
    referentiel: Path | None = None
    templates: Path | None = None


def load_workshop(sources: Sources) -> Workshop:
    """The référentiel, the school's `pfmp.yaml` and the templates.

    Raises InputRefused.
    """
    from pfmp_cli.review.readers import load_referentiel

    path = find_projet(sources.projet)
    referentiel = load_referentiel(find_referentiel(sources.referentiel, path))
    projet, doubts = _load_projet(path, referentiel)
    return build_workshop(referentiel, path, projet, sources, doubts)


def build_workshop(
    referentiel: Referentiel,
    path: Path | None,
    projet: Projet,
    sources: Sources,
    doubts: tuple[Diagnostic, ...] = (),
) -> Workshop:
    """`path` is the projet's file: the logo is beside it."""
    from pfmp_cli.press.template.render import Templates, image_address
    from pfmp_cli.press.workshop import Workshop

    logo = find_logo(path, projet)
    folders = find_templates(sources.templates, path)
    address = image_address(logo) if logo else None
    return Workshop(referentiel, projet, Templates(folders), address, doubts)


def load_eleves(
    path: Path,
    referentiel: Referentiel,
    divisions: Collection[str] = (),
    annee_scolaire: str | None = None,
) -> Roster:
    """The pupils of a class file; the divisions and the year are those of `pfmp.yaml`.

    Raises InputRefused where the file as a whole cannot be used.
    """
    from pfmp_cli.lists.class_file import read_eleves

    content = _read_list(path, "la liste des élèves : CSV, classeur ou XML")
    schema = make_schema(referentiel, divisions, annee_scolaire)
    return read_eleves(str(path), content, schema)


def load_class(path: Path, stages: Path | None, workshop: Workshop, selection: Selection) -> Roster:
    """The pupils of a class file, enrolled, with the placements of a second file if there is one.

    Raises InputRefused where one of the files as a whole cannot be used.
    """
    from pfmp_cli.lists.enrolment import enrol
    from pfmp_cli.lists.matching import attach_placements

    referentiel, projet = workshop.referentiel, workshop.projet
    problems: list[Diagnostic] = []
    try:
        read = load_eleves(path, referentiel, projet.divisions, projet.annee_scolaire)
        roster = enrol(read, referentiel, projet.divisions, selection)
    except InputRefused as exception:
        problems += exception.diagnostics
    try:
        placements = load_placements(stages, referentiel) if stages else None
    except InputRefused as exception:
        problems += exception.diagnostics
    if problems:
        raise InputRefused(problems)
    if placements is None:
        return roster
    return attach_placements(roster, placements, referentiel, projet, selection.periode)


def load_placements(path: Path, referentiel: Referentiel) -> Placements:
    """A file of placements, which `attach_stages` gives to its pupils.

    Raises InputRefused where the file as a whole cannot be used.
    """
    from pfmp_cli.lists.placements import read_placements_file

    content = _read_list(path, "le fichier des stages : CSV ou classeur")
    return read_placements_file(str(path), content, make_schema(referentiel))


def _read_list(path: Path, what: str) -> bytes:
    """The bytes of a list; `what` it is ends « donnez … ». Raises InputRefused."""
    from pfmp_cli.lists.formats.archive import LARGEST

    try:
        with path.open("rb") as file:
            return file.read(LARGEST + 1)
    except OSError as exception:
        raise InputRefused([_diagnose_missing(path, exception, what)]) from exception


def make_schema(
    referentiel: Referentiel, divisions: Collection[str] = (), annee_scolaire: str | None = None
) -> Vocabulary:
    """What the référentiel, and the divisions and year of `pfmp.yaml`, say of a class file."""
    from pfmp_cli.lists.columns import Vocabulary
    from pfmp_cli.lists.value_checks import start_of_year
    from pfmp_cli.text import fold

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


def find_projet(path: Path | None) -> Path | None:
    """The school's file: the one that is named, or that of the current folder."""
    if path is not None:
        return path
    usual = Path(PROJET)
    return usual if usual.exists() else None


def _load_projet(
    path: Path | None, referentiel: Referentiel
) -> tuple[Projet, tuple[Diagnostic, ...]]:
    """`pfmp.yaml`, and the warnings about it."""
    from pfmp_cli.domain.projet import Projet
    from pfmp_cli.review.doubts import find_projet_doubts
    from pfmp_cli.review.period_dates import check_calendrier
    from pfmp_cli.review.readers import read_projet
    from pfmp_cli.yaml_files.model_errors import in_order

    if path is None:
        return Projet(), ()
    projet, source = read_projet(path, referentiel)
    doubts = [*find_projet_doubts(projet, source), *check_calendrier(projet, referentiel, source)]
    return projet, tuple(in_order(doubts))


def find_logo(path: Path | None, projet: Projet) -> Path | None:
    """The image that `pfmp.yaml`, at `path`, names. Raises InputRefused where it is not there."""
    if path is None or not projet.etablissement.logo:
        return None
    logo = path.parent / projet.etablissement.logo
    if not logo.is_file():
        raise InputRefused([
            error(
                f"le logo « {projet.etablissement.logo} » n'existe pas",
                Position(str(path), label="etablissement.logo"),
                "le chemin se lit à partir du dossier de pfmp.yaml",
            )
        ])  # fmt: skip
    return logo


def find_referentiel(given: Path | None, projet: Path | None) -> Path:
    """The référentiel: the one given, the school's beside its `pfmp.yaml`, or the shipped one.

    Without a `pfmp.yaml`, the school's folder is the current one.
    """
    if given is not None:
        return given
    beside = (projet or Path(PROJET)).parent / REFERENTIEL
    return beside if beside.is_file() else shipped(REFERENTIEL)


def find_modeles(folder: Path) -> Path | None:
    """The school's templates: the folder `modeles` beside its `pfmp.yaml`."""
    modeles = folder / MODELES
    return modeles if modeles.is_dir() else None


def find_templates(given: Path | None, projet: Path | None) -> list[Path]:
    """The school's templates, where it has any. Raises InputRefused where those given are not."""
    if given is not None:
        return [_existing_folder(given)]
    found = find_modeles((projet or Path(PROJET)).parent)
    return [found] if found else []


def _existing_folder(path: Path) -> Path:
    if not path.is_dir():
        raise InputRefused([error(f"le dossier de modèles « {path} » n'existe pas",
                                  help="vérifiez --templates")])  # fmt: skip
    return path


def _diagnose_missing(path: Path, exception: OSError, what: str) -> Diagnostic:
    if not isinstance(exception, FileNotFoundError):
        message = f"le fichier « {path} » ne peut pas être lu"
        if isinstance(exception, PermissionError) and not path.is_dir():
            return error(f"{message} (accès refusé)", help=AIDE_ACCES)
        reason = "c'est un dossier" if path.is_dir() else exception.strerror
        return error(f"{message} ({reason})", help=f"donnez {what}")
    here = path.parent.iterdir() if path.parent.is_dir() else ()
    names = sorted(found.name for found in here if found.suffix.lower() in LISTES)
    possible = "listes possibles de ce dossier : " + (", ".join(names[:8]) or "aucune")
    help = propose(path.name, names, possible)
    return error(f"le fichier « {path} » n'existe pas", help=help)
