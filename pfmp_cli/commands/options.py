"""The options that commands share, and the exit codes."""

from pathlib import Path
from typing import Annotated, Any

import typer

from pfmp_cli.domain.selection import PupilChoice

DONE, REFUSED, USAGE, PARTIAL, INTERRUPTED = 0, 1, 2, 3, 130


# The parts of the help that options stand in; without one, « Options ».
PARTAGE, PRUDENCE = "Pour imprimer et partager", "Avant d'écrire et d'effacer"
FICHIERS = "Autres fichiers"


def flag(*names: str, metavar: str | None = None, text: str, partie: str | None = None) -> Any:
    """An option; `partie` is the part of the help that it stands in."""
    return typer.Option(
        *names,
        metavar=metavar,
        help=text,
        show_default=False,
        rich_help_panel=partie,
        readable=False,  # whoever opens the file says why it cannot be read
    )


def choose_words(eleve: list[str] | None, division: list[str] | None) -> PupilChoice:
    """The words of `--eleve` and `--division`."""
    names = [name.strip() for text in division or () for name in text.split(",")]
    return PupilChoice(tuple(dict.fromkeys(eleve or ())), tuple(dict.fromkeys(names)))


Classe = Annotated[
    str | None, flag("--class", metavar="CLASSE", text="Le code d'une classe du référentiel.")
]
Option = Annotated[
    str | None, flag("--option", metavar="CODE", text="Le code d'une option du diplôme.")
]
Documents = Annotated[
    str, flag("--documents", metavar="NOMS", text="Lesquels, par exemple livret,grille.")
]
Projet = Annotated[
    Path | None,
    flag("--projet", metavar="FICHIER",
         text="L'établissement (pfmp.yaml du dossier courant, ou à côté de la liste).",
         partie=FICHIERS),
]  # fmt: skip
ReferentielPath = Annotated[
    Path | None,
    flag(
        "--referentiel",
        metavar="FICHIER",
        text="Le référentiel (referentiel.yaml à côté de pfmp.yaml, sinon celui fourni).",
        partie=FICHIERS,
    ),
]
TemplatesPath = Annotated[
    Path | None,
    flag("--templates", metavar="DOSSIER",
         text="Vos modèles, qui remplacent ceux fournis (modeles, à côté de pfmp.yaml).",
         partie=FICHIERS),
]  # fmt: skip
Periode = Annotated[
    str | None, flag("--period", metavar="CODE", text="Une seule des périodes de l'année.")
]
Variante = Annotated[
    list[str] | None,
    flag("--variante", metavar="CODE", text="Le code d'une variante du référentiel."),
]
Sortie = Annotated[
    Path | None, flag("-o", "--output", metavar="FICHIER", text="Le PDF à écrire, ou son dossier.")
]
Eleves = Annotated[
    list[str] | None, flag("--eleve", metavar="NOM", text="Cet élève seulement ; se répète.")
]
Divisions = Annotated[
    list[str] | None,
    flag("--division", metavar="NOMS", text="Ces divisions seulement, par exemple TMCV1,TMCV2."),
]
Stages = Annotated[
    Path | None, flag("--stages", metavar="FICHIER", text="Les stages : une ligne par stage.")
]
Strict = Annotated[
    bool, flag("--strict", text="S'il y a un seul problème, ne rien écrire.", partie=PRUDENCE)
]
