"""The options that commands share, and the exit codes."""

from pathlib import Path
from typing import Annotated, Any

import typer

from pfmp_cli.domain.selection import PupilChoice

DONE, REFUSED, USAGE, PARTIAL, INTERRUPTED = 0, 1, 2, 3, 130


# The parts of the help that options stand in; without one, « Options ».
PARTAGE, PRUDENCE = "Pour imprimer et partager", "Avant d'écrire et d'effacer"
FICHIERS = "Autres fichiers"


def flag(written: str, text: str, partie: str | None = None) -> Any:
    """An option as the help has it: `-o, --output DOSSIER`; `partie` is the part of the help that
    it stands in."""
    words = written.replace(",", "").split()
    return typer.Option(
        *(word for word in words if word.startswith("-")),
        metavar=next((word for word in words if not word.startswith("-")), None),
        help=text,
        show_default=False,
        rich_help_panel=partie,
        readable=False,  # whoever opens the file says why it cannot be read
    )


def argument(metavar: str, text: str) -> Any:
    """What is typed without the name of an option before it."""
    return typer.Argument(metavar=metavar, help=text, readable=False)


def choose_words(eleve: list[str] | None, division: list[str] | None) -> PupilChoice:
    """The words of `--eleve` and `--division`."""
    names = [name.strip() for text in division or () for name in text.split(",")]
    return PupilChoice(tuple(dict.fromkeys(eleve or ())), tuple(dict.fromkeys(names)))


Classe = Annotated[str | None, flag("--class CLASSE", "Le code d'une classe du référentiel.")]
Option = Annotated[str | None, flag("--option CODE", "Le code d'une option du diplôme.")]
Documents = Annotated[str, flag("--documents NOMS", "Lesquels, par exemple livret,grille.")]
Projet = Annotated[
    Path | None,
    flag(
        "--projet FICHIER",
        "L'établissement (pfmp.yaml du dossier courant, ou à côté de la liste).",
        FICHIERS,
    ),
]
ReferentielPath = Annotated[
    Path | None,
    flag(
        "--referentiel FICHIER",
        "Le référentiel (referentiel.yaml à côté de pfmp.yaml, sinon celui fourni).",
        FICHIERS,
    ),
]
TemplatesPath = Annotated[
    Path | None,
    flag(
        "--templates DOSSIER",
        "Vos modèles, qui remplacent ceux fournis (modeles, à côté de pfmp.yaml).",
        FICHIERS,
    ),
]
Periode = Annotated[str | None, flag("--period CODE", "Une seule des périodes de l'année.")]
Variante = Annotated[
    list[str] | None, flag("--variante CODE", "Le code d'une variante du référentiel.")
]
Sortie = Annotated[Path | None, flag("-o, --output FICHIER", "Le PDF à écrire, ou son dossier.")]
Eleves = Annotated[list[str] | None, flag("--eleve NOM", "Cet élève seulement ; se répète.")]
Divisions = Annotated[
    list[str] | None, flag("--division NOMS", "Ces divisions seulement, par exemple TMCV1,TMCV2.")
]
Stages = Annotated[Path | None, flag("--stages FICHIER", "Les stages : une ligne par stage.")]
Lot = Annotated[
    Path | None, flag("--bundle FICHIER", "Le lot qui remplace les fichiers suivants.", FICHIERS)
]
Strict = Annotated[bool, flag("--strict", "S'il y a un seul problème, ne rien écrire.", PRUDENCE)]
