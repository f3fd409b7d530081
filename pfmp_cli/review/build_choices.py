"""What `fabrication` chooses and does not exist, in a `pfmp.yaml` whose keys are right."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pfmp_cli.diagnostics import Diagnostic
from pfmp_cli.domain.fabrication import Fabrication, Liste
from pfmp_cli.domain.referentiel import Referentiel
from pfmp_cli.review.contradictions import unknown
from pfmp_cli.rules import school_key_rules as rules
from pfmp_cli.yaml_files.model_errors import proposal
from pfmp_cli.yaml_files.source import Loc, YamlSource


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
        position = source.position((*loc, "option"))
        yield rules.LIST_OF_COMMON_CLASS.at(position, classe=liste.classe)
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
                advice = proposal(name, known, "existent")
                position = source.position((*loc, rank))
                yield rules.UNKNOWN_DOCUMENT.at(position, document=name, advice=advice)
