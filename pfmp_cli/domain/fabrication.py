"""`fabrication`, in `pfmp.yaml`: what `pfmp build` makes, of whom, and where."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from pfmp_cli.domain.referentiel import Modele, Texte

Vrai = Annotated[bool, Field(strict=True)]


class Liste(Modele):
    """A list of pupils and what each of them gets; `stages` is the file of their placements.

    `classe`, `option` and `periode` choose, as on the command line. Paths start from the folder
    of `pfmp.yaml`.
    """

    fichier: Texte
    stages: Texte | None = None
    classe: Texte | None = None
    option: Texte | None = None
    periode: Texte | None = None
    documents: tuple[Texte, ...] = Field(("livret",), min_length=1)
    impression: Literal["a4", "livret-a5"] | None = None
    archives: Vrai = False


class Vierges(Modele):
    """Documents without a pupil; what is left out (None) means all of them."""

    documents: tuple[Texte, ...] | None = None
    classes: tuple[Texte, ...] | None = None
    options: tuple[Texte, ...] | None = None


class Fabrication(Modele):
    """What is made of a school, in `dossier`."""

    dossier: Texte = "documents"
    listes: tuple[Liste, ...] = ()
    vierges: Vierges = Vierges()
