"""`fabrication`, in `pfmp.yaml`: what `pfmp build` makes, of whom, and where."""

from __future__ import annotations

from typing import Literal

from pfmp_cli.domain.model import key, model


@model("Liste d'élèves")
class Liste:
    """A list of pupils and what each of them gets; `stages` is the file of their placements.

    `classe`, `option` and `periode` choose, as on the command line. Paths start from the folder
    of `pfmp.yaml`.
    """

    fichier: str = key("Fichier", "La liste : CSV, classeur ou export de SIECLE.")
    stages: str | None = key(
        "Stages", "Le fichier des entreprises, des tuteurs et des dates.", default=None
    )
    classe: str | None = key(
        "Classe", "Comme --class : ce que la liste ne dit pas, ou y choisir.", default=None
    )
    option: str | None = key("Option", "Comme --option.", default=None)
    periode: str | None = key("Période", "Comme --period : une seule période.", default=None)
    documents: tuple[str, ...] = key(
        "Documents", "Leurs noms ; le livret, sans précision.", default=("livret",), min_length=1
    )
    impression: Literal["a4", "livret-a5"] | None = key(
        "Impression", "Un PDF par classe pour le copieur : a4 ou livret-a5.", default=None
    )
    archives: bool = key("Archives", "true pour un zip par division.", default=False, strict=True)


@model("Documents vierges")
class Vierges:
    """Documents without a pupil; what is left out (None) means all of them."""

    documents: tuple[str, ...] | None = key(
        "Documents", "Leurs noms ; tous, sans précision ; aucun, avec [].", default=None
    )
    classes: tuple[str, ...] | None = key(
        "Classes", "Les codes des classes ; toutes, sans précision.", default=None
    )
    options: tuple[str, ...] | None = key(
        "Options", "Les codes des options ; toutes, sans précision.", default=None
    )


@model("Fabrication", "Ce que fait « pfmp build » ; chemins depuis le dossier du fichier.")
class Fabrication:
    """What is made of a school, in `dossier`."""

    dossier: str = key("Dossier", "Où écrire.", default="documents")
    listes: tuple[Liste, ...] = key(
        "Listes", "Les listes d'élèves, et ce que chacun reçoit.", default=()
    )
    vierges: Vierges = key(
        "Documents vierges",
        "Ceux à faire, dans « vierges » ; tous, sans précision.",
        default=Vierges(),
    )
