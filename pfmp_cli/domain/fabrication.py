"""`fabrication`, in `pfmp.yaml`: what `pfmp build` makes, of whom, and where."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Annotated, Literal

from pydantic import Field

from pfmp_cli.diagnostics import Diagnostic, error
from pfmp_cli.domain.referentiel import Modele, Referentiel, Texte
from pfmp_cli.review.contradictions import unknown
from pfmp_cli.yaml_files.model_errors import proposal
from pfmp_cli.yaml_files.source import Loc, YamlSource

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


def find_useless_choices(
    fabrication: Fabrication, referentiel: Referentiel, source: YamlSource
) -> Iterator[Diagnostic]:
    """Classes, options and periods that are chosen and do not exist, or not together."""
    top: Loc = ("fabrication",)
    for rank, liste in enumerate(fabrication.listes):
        yield from _check_liste(liste, referentiel, source, (*top, "listes", rank))
    classes, options = [c.code for c in referentiel.classes], [o.code for o in referentiel.options]
    blanks, loc = fabrication.vierges, (*top, "vierges")
    yield from _known(blanks.classes or (), classes, "classe", source, (*loc, "classes"))
    yield from _known(blanks.options or (), options, "option", source, (*loc, "options"))


def _check_liste(
    liste: Liste, referentiel: Referentiel, source: YamlSource, loc: Loc
) -> Iterator[Diagnostic]:
    classes = {classe.code: classe for classe in referentiel.classes}
    if liste.classe is not None and liste.classe not in classes:
        yield unknown("classe", liste.classe, classes, source, (*loc, "classe"))
        return
    chosen = [classes[liste.classe]] if liste.classe else list(referentiel.classes)
    options = list(dict.fromkeys(option for classe in chosen for option in classe.options))
    if liste.option is not None and liste.classe and not options:
        message = f"la classe « {liste.classe} » est commune aux options"
        yield error(message, source.position((*loc, "option")), "enlevez l'option de cette liste")
    elif liste.option is not None and liste.option not in options:
        yield unknown("option", liste.option, options, source, (*loc, "option"))
    periodes = [periode.code for classe in chosen for periode in classe.periodes]
    if liste.periode is not None and liste.periode not in periodes:
        known = dict.fromkeys(periodes)
        yield unknown("période", liste.periode, known, source, (*loc, "periode"))


def _known(
    codes: Iterable[str], known: Iterable[str], what: str, source: YamlSource, loc: Loc
) -> Iterator[Diagnostic]:
    for rank, code in enumerate(codes):
        if code not in known:
            yield unknown(what, code, known, source, (*loc, rank))


def find_unknown_documents(
    fabrication: Fabrication, known: Iterable[str], source: YamlSource
) -> Iterator[Diagnostic]:
    """Documents that have no template."""
    lists: list[tuple[Loc, Iterable[str]]] = [
        (("fabrication", "listes", rank, "documents"), liste.documents)
        for rank, liste in enumerate(fabrication.listes)
    ]
    blanks: Loc = ("fabrication", "vierges", "documents")
    for loc, names in (*lists, (blanks, fabrication.vierges.documents or ())):
        for rank, name in enumerate(names):
            if name not in known:
                yield _unknown_document(name, known, source, (*loc, rank))


def _unknown_document(name: str, known: Iterable[str], source: YamlSource, loc: Loc) -> Diagnostic:
    return error(f"document inconnu « {name} »", source.position(loc),
                 proposal(name, known, "existent"))  # fmt: skip
