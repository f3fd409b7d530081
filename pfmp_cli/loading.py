"""Paths of the command line → what a run works with, every problem of the files at once."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from pfmp_cli.diagnostics import Diagnostic, InputRefused, Position, error, suggest
from pfmp_cli.shipped import shipped

if TYPE_CHECKING:
    from pfmp_cli.inputs.colonnes import Schema
    from pfmp_cli.inputs.eleves import Lecture
    from pfmp_cli.inputs.projet import Projet
    from pfmp_cli.inputs.referentiel import Referentiel
    from pfmp_cli.press.workshop import Workshop

PROJET = "pfmp.yaml"
ANNEE = "2025-2026"  # of invented pupils, where the school says none: the clock is not asked
LISTES = (".csv", ".txt", ".xlsx", ".xml", ".zip")


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
    from pfmp_cli.inputs.referentiel import load_referentiel
    from pfmp_cli.press.template import Templates, image_address
    from pfmp_cli.press.workshop import Workshop

    referentiel = load_referentiel(sources.referentiel or shipped("referentiel.yaml"))
    path = _find_projet(sources.projet)
    projet, doutes = _load_projet(path, referentiel)
    logo = find_logo(path, projet)
    folders = [_existing_folder(sources.templates)] if sources.templates else []
    address = image_address(logo) if logo else None
    return Workshop(referentiel, projet, Templates(folders), address, doutes)


def load_eleves(
    path: Path,
    referentiel: Referentiel,
    divisions: Collection[str] = (),
    annee_scolaire: str | None = None,
) -> Lecture:
    """The pupils of a class file; the divisions and the year are those of `pfmp.yaml`.

    Raises InputRefused where the file as a whole cannot be used.
    """
    from pfmp_cli.inputs.archive import TAILLE_MAXIMALE
    from pfmp_cli.inputs.eleves import read_eleves

    try:
        with path.open("rb") as file:
            content = file.read(TAILLE_MAXIMALE + 1)
    except OSError as exception:
        raise InputRefused([_diagnose_missing(path, exception)]) from exception
    return read_eleves(str(path), content, make_schema(referentiel, divisions, annee_scolaire))


def load_anonymes(load: Callable[[], Lecture], workshop: Workshop) -> Lecture:
    """What `load` reads, with invented pupils, and messages that show nothing of the files.

    Raises as `load`.
    """
    from pfmp_cli.inputs.anonymat import anonymise, hide_refusals
    from pfmp_cli.inputs.colonnes import known_titles

    referentiel, projet = workshop.referentiel, workshop.projet
    schema = make_schema(referentiel, projet.divisions)
    publics = [*known_titles(schema), *schema.classes, *schema.options, *schema.divisions]
    with hide_refusals(publics):
        lecture = load()
    annee = int((projet.annee_scolaire or ANNEE)[:4])
    return anonymise(lecture, annee, publics)


def make_schema(
    referentiel: Referentiel, divisions: Collection[str] = (), annee_scolaire: str | None = None
) -> Schema:
    """What the référentiel, and the divisions and year of `pfmp.yaml`, say of a class file."""
    from pfmp_cli.inputs.colonnes import Schema
    from pfmp_cli.inputs.regles import start_of_year
    from pfmp_cli.inputs.tableau import fold

    return Schema(
        classes={c.code: (c.libelle, *c.graphies) for c in referentiel.classes},
        options=[option.code for option in referentiel.options],
        variantes=[variante.code for variante in referentiel.variantes],
        periodes=max(len(classe.periodes) for classe in referentiel.classes),
        mef=referentiel.formations("mef") | referentiel.formations("mef_apprentis"),
        libelles={
            fold(libelle): formation
            for libelle, formation in referentiel.formations("mef_libelles").items()
        },
        divisions=divisions,
        rentree=start_of_year(annee_scolaire),
    )


def _find_projet(path: Path | None) -> Path | None:
    if path is not None:
        return path
    usual = Path(PROJET)
    return usual if usual.exists() else None


def _load_projet(
    path: Path | None, referentiel: Referentiel
) -> tuple[Projet, tuple[Diagnostic, ...]]:
    """`pfmp.yaml`, and the warnings about it."""
    from pfmp_cli.inputs.calendrier import check_calendrier
    from pfmp_cli.inputs.messages import in_order
    from pfmp_cli.inputs.projet import Projet, find_doubts, read_projet

    if path is None:
        return Projet(), ()
    projet, source = read_projet(path, referentiel)
    doutes = [*find_doubts(projet, source), *check_calendrier(projet, referentiel, source)]
    return projet, tuple(in_order(doutes))


def find_logo(path: Path | None, projet: Projet) -> Path | None:
    if path is None or not projet.etablissement.logo:
        return None
    logo = path.parent / projet.etablissement.logo
    if not logo.is_file():
        raise InputRefused([
            error(
                f"le logo « {projet.etablissement.logo} » n'existe pas",
                Position(str(path), repere="etablissement.logo"),
                "le chemin se lit à partir du dossier de pfmp.yaml",
            )
        ])  # fmt: skip
    return logo


def _existing_folder(path: Path) -> Path:
    if not path.is_dir():
        raise InputRefused([error(f"le dossier de modèles « {path} » n'existe pas",
                                  aide="vérifiez --templates")])  # fmt: skip
    return path


def _diagnose_missing(path: Path, exception: OSError) -> Diagnostic:
    if not isinstance(exception, FileNotFoundError):
        reason = "c'est un dossier" if path.is_dir() else exception.strerror
        return error(f"le fichier « {path} » ne peut pas être lu ({reason})",
                     aide="donnez la liste des élèves : CSV, classeur ou XML")  # fmt: skip
    here = path.parent.iterdir() if path.parent.is_dir() else ()
    names = sorted(found.name for found in here if found.suffix.lower() in LISTES)
    near = suggest(path.name, names)
    if near:
        aide = f"vouliez-vous dire « {near} » ?"
    else:
        aide = "listes possibles de ce dossier : " + (", ".join(names[:8]) or "aucun")
    return error(f"le fichier « {path} » n'existe pas", aide=aide)
