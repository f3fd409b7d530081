"""Where the files of a run are: those that the command line names, or those of the school's folder.

The school's folder is that of its `pfmp.yaml`, here or beside the list; without one, the current
folder.
"""

import os
from dataclasses import dataclass
from pathlib import Path

from pfmp_cli.shipped import shipped

PROJET = "pfmp.yaml"
REFERENTIEL = "referentiel.yaml"
TEMPLATES = "modeles"
YAML = (".yaml", ".yml")


@dataclass(frozen=True, slots=True)
class Sources:
    """The files that all commands share; None: the usual place, or the shipped one."""

    projet: Path | None = None
    referentiel: Path | None = None
    templates: Path | None = None


def is_inside(path: Path, folder: Path) -> bool:
    """Whether it is a file, links followed, of the folder or of one in it."""
    real = Path(os.path.realpath(path))
    return real.is_file() and real.is_relative_to(os.path.realpath(folder))


def find_projet(path: Path | None, *lists: Path) -> Path | None:
    """The school's file: the one that is named, or one of the current folder, or beside a list."""
    if path is not None:
        return path
    usual = (Path(PROJET), *(liste.parent / PROJET for liste in lists))
    return next((one for one in usual if one.exists()), None)


def tell_projet(given: Path | None, found: Path | None) -> str:
    """Where the school's file was found, where nobody said so and it is not right here."""
    away = found is not None and given is None and found != Path(PROJET)
    return f"L'établissement est celui qui est à côté de la liste : {found}" if away else ""


def find_referentiel(given: Path | None, projet: Path | None) -> Path:
    """The référentiel: the one given, the school's beside its `pfmp.yaml`, or the shipped one."""
    if given is not None:
        return given
    beside = (projet or Path(PROJET)).parent / REFERENTIEL
    return beside if beside.is_file() else shipped(REFERENTIEL)


def find_diploma(name: str | None, projet: Path) -> Path:
    """The référentiel that a diploma of the school's file names, or else the usual one."""
    return projet.parent / name if name else find_referentiel(None, projet)


def find_templates(given: Path | None, projet: Path | None) -> tuple[Path, ...]:
    """The school's templates: the folder given, or the folder `modeles` beside `pfmp.yaml`."""
    if given is not None:
        return (given,)
    beside = (projet or Path(PROJET)).parent / TEMPLATES
    return (beside,) if beside.is_dir() else ()
