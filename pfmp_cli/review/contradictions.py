"""What contradicts what in a référentiel whose keys and values are right."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain

from pfmp_cli.diagnostics import Diagnostic
from pfmp_cli.domain.complements import LISTS
from pfmp_cli.domain.referentiel import COMMUNE, Referentiel, Section
from pfmp_cli.review.codes import (
    MEF,
    find_ambiguous_classes,
    find_misplaced_items,
    find_odd_codes,
    find_same_codes,
    find_wrong_mefs,
)
from pfmp_cli.review.references import (
    find_same,
    find_same_niveaux,
    find_unknown,
    find_unknown_braces,
    find_unknown_one,
)
from pfmp_cli.rules.referentiel_rules import (
    EMPTY_BLOC,
    EMPTY_LIST,
    FILLED_GAP,
    OPTION_NOT_OF_CLASSE,
    REPEATED_CODE,
    UNKNOWN_ACTIVITE,
    UNKNOWN_LIST,
    UNKNOWN_OPTION,
    UNKNOWN_VARIANTE,
    WEEKS_OF_DIPLOMA,
)
from pfmp_cli.yaml_files.model_errors import in_order
from pfmp_cli.yaml_files.source import Loc, YamlSource


def find_contradictions(referentiel: Referentiel, source: YamlSource) -> list[Diagnostic]:
    """Codes twice or misplaced, references to nothing, weeks that do not add up, empty lists."""
    finders = (
        find_odd_codes,
        find_same_codes,
        _find_same_levels,
        find_ambiguous_classes,
        _check_classes,
        find_wrong_mefs,
        find_misplaced_items,
        _check_activites,
        _check_contexte,
        _check_lettre,
        _check_weeks,
    )
    return in_order(chain.from_iterable(find(referentiel, source) for find in finders))


def _find_same_levels(referentiel: Referentiel, source: YamlSource) -> Iterator[Diagnostic]:
    evaluation = referentiel.evaluation
    yield from find_same_niveaux(evaluation.niveaux, source, ("evaluation", "niveaux"))
    if evaluation.attitudes is not None:
        loc = ("evaluation", "attitudes", "niveaux")
        yield from find_same_niveaux(evaluation.attitudes.niveaux, source, loc)


def _check_classes(referentiel: Referentiel, source: YamlSource) -> Iterator[Diagnostic]:
    options = _list_options(referentiel)
    activites = {activite.code: activite for activite in referentiel.activites}
    variantes = [variante.code for variante in referentiel.variantes]
    for c, classe in enumerate(referentiel.classes):
        loc: Loc = ("classes", c)
        yield from find_unknown(UNKNOWN_OPTION, classe.options, options, source, (*loc, "options"))
        place = (*loc, "activites")
        yield from find_unknown(UNKNOWN_ACTIVITE, classe.activites, activites, source, place)
        for key in ("options", "activites"):
            words = [(code, (*loc, key, i)) for i, code in enumerate(getattr(classe, key))]
            yield from find_same(REPEATED_CODE, words, source)
        for p, periode in enumerate(classe.periodes):
            place = (*loc, "periodes", p, "variante")
            yield from find_unknown_one(
                UNKNOWN_VARIANTE, periode.variante, variantes, source, place
            )
        for i, code in enumerate(classe.activites):
            option = activites[code].option if code in activites else None
            if option in options and option not in classe.options:
                position = source.position((*loc, "activites", i))
                yield OPTION_NOT_OF_CLASSE.at(position, activite=code, option=option)
        for key in MEF:
            mefs = getattr(classe, key)
            yield from find_unknown(UNKNOWN_OPTION, mefs, [COMMUNE, *options], source, (*loc, key))


def _check_activites(referentiel: Referentiel, source: YamlSource) -> Iterator[Diagnostic]:
    options = _list_options(referentiel)
    for a, activite in enumerate(referentiel.activites):
        loc: Loc = ("activites", a)
        place = (*loc, "option")
        yield from find_unknown_one(UNKNOWN_OPTION, activite.option, options, source, place)
        for name in LISTS:
            empty, declared = not getattr(activite, name), name in activite.lacunes
            if empty and not declared:
                yield EMPTY_LIST.at(source.position((*loc, name)), name=name)
            if declared and not empty:
                yield FILLED_GAP.at(source.position((*loc, "lacunes", name)), name=name)
        yield from find_unknown(UNKNOWN_LIST, activite.lacunes, LISTS, source, (*loc, "lacunes"))


def _check_contexte(referentiel: Referentiel, source: YamlSource) -> Iterator[Diagnostic]:
    if (contexte := referentiel.contexte) is None:
        return
    options = _list_options(referentiel)
    for section, loc in _walk(contexte.sections, ("contexte",)):
        for b, bloc in enumerate(section.blocs):
            here = (*loc, "blocs", b)
            place = (*here, "option")
            yield from find_unknown_one(UNKNOWN_OPTION, bloc.option, options, source, place)
            if not (bloc.titre or bloc.texte or bloc.liste):
                yield EMPTY_BLOC.at(source.position(here))


def _walk(sections: Iterable[Section], loc: Loc) -> Iterator[tuple[Section, Loc]]:
    for s, section in enumerate(sections):
        place = (*loc, "sections", s)
        yield section, place
        yield from _walk(section.sections, place)


def _check_lettre(referentiel: Referentiel, source: YamlSource) -> Iterator[Diagnostic]:
    if (lettre := referentiel.lettre) is None:
        return
    yield from find_unknown_braces(lettre.objet, source, ("lettre", "objet"))
    for name in ("introduction", "corps"):
        for i, paragraphe in enumerate(getattr(lettre, name)):
            yield from find_unknown_braces(paragraphe, source, ("lettre", name, i))


def _check_weeks(referentiel: Referentiel, source: YamlSource) -> Iterator[Diagnostic]:
    given = sum(
        periode.semaines
        for classe in referentiel.classes
        for periode in classe.periodes
        if periode.variante is None and periode.certificative
    )
    asked = referentiel.diplome.semaines
    if asked is not None and given != asked:
        position = source.position(("diplome", "semaines"))
        yield WEEKS_OF_DIPLOMA.at(position, given=given, asked=asked)


def _list_options(referentiel: Referentiel) -> list[str]:
    return [option.code for option in referentiel.options]
