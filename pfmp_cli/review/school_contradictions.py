"""What contradicts the référentiel, or itself, in a `pfmp.yaml` whose keys and values are right."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence

from pfmp_cli.calendar.weeks import LONGEST
from pfmp_cli.diagnostics import Diagnostic
from pfmp_cli.domain.complements import LISTS
from pfmp_cli.domain.fabrication import Fabrication, Liste
from pfmp_cli.domain.projet import DatesPeriode, Division, Projet
from pfmp_cli.domain.referentiel import Referentiel
from pfmp_cli.review.references import (
    find_same_niveaux,
    find_unknown,
    find_unknown_braces,
    find_unknown_one,
)
from pfmp_cli.rules.referentiel_rules import (
    UNKNOWN_ACTIVITE,
    UNKNOWN_CLASSE,
    UNKNOWN_DOCUMENT,
    UNKNOWN_OPTION,
    UNKNOWN_PERIODE,
)
from pfmp_cli.rules.school_rules import (
    DIVISION_IN_COMMON,
    DIVISION_WITHOUT_OPTION,
    ENDS_FIRST,
    LIST_IN_COMMON,
    MORE_THAN_A_YEAR,
    NO_GAP,
    TOO_MANY_PERIODES,
)
from pfmp_cli.yaml_files.model_errors import in_order
from pfmp_cli.yaml_files.source import Loc, YamlSource


def check_projet(
    projet: Projet,
    referentiel: Referentiel,
    source: YamlSource,
    diplomas: Sequence[Referentiel] = (),
) -> list[Diagnostic]:
    """All of it, in the order of the file. What `fabrication` names may be of any of `diplomas`."""
    first, *others = (
        list(_check_fabrication(projet.fabrication, one, source))
        for one in diplomas or (referentiel,)
    )
    of_all = [one for one in first if all(_is_at(one, said) for said in others)]
    return in_order([*_find_contradictions(projet, referentiel, source), *of_all])


def _is_at(diagnostic: Diagnostic, others: Iterable[Diagnostic]) -> bool:
    return any(one.position == diagnostic.position for one in others)


def _find_contradictions(
    projet: Projet, referentiel: Referentiel, source: YamlSource
) -> Iterator[Diagnostic]:
    classes = {classe.code: classe for classe in referentiel.classes}
    dated, loc = projet.calendrier.periodes, ("calendrier", "periodes")
    yield from find_unknown(UNKNOWN_CLASSE, dated, classes, source, loc)
    for code in dated.keys() & classes.keys():
        yield from _check_dates(dated[code], len(classes[code].periodes), source, (*loc, code))
    for name, division in projet.divisions.items():
        yield from _check_division(division, referentiel, source, ("divisions", name))
    yield from find_unknown_braces(projet.lettre.objet, source, ("lettre", "objet"))
    yield from find_same_niveaux(projet.niveaux, source, ("niveaux",))
    if projet.attitudes is not None:
        yield from find_same_niveaux(projet.attitudes.niveaux, source, ("attitudes", "niveaux"))
    yield from _check_complements(projet, referentiel, source)


def _check_dates(
    dates: Sequence[DatesPeriode], periodes: int, source: YamlSource, loc: Loc
) -> Iterator[Diagnostic]:
    if len(dates) > periodes:
        position = source.position((*loc, periodes))
        yield TOO_MANY_PERIODES.at(position, given=len(dates), asked=periodes)
    for i, one in enumerate(dates):
        if one.au < one.du:
            yield ENDS_FIRST.at(source.position((*loc, i, "au")), du=one.du, au=one.au)
        elif one.au - one.du > LONGEST:
            yield MORE_THAN_A_YEAR.at(source.position((*loc, i, "du")), du=one.du, au=one.au)


def _check_division(
    division: Division, referentiel: Referentiel, source: YamlSource, loc: Loc
) -> Iterator[Diagnostic]:
    options = {classe.code: classe.options for classe in referentiel.classes}
    if division.classe not in options:
        place = (*loc, "classe")
        yield from find_unknown_one(UNKNOWN_CLASSE, division.classe, options, source, place)
        return
    known, place = options[division.classe], (*loc, "option")
    if division.option is None and known:
        choices = " ou ".join(f"« option: {option} »" for option in known)
        yield DIVISION_WITHOUT_OPTION.at(source.position(loc), division=loc[-1], choices=choices)
    elif division.option is not None and not known:
        yield DIVISION_IN_COMMON.at(source.position(place), classe=division.classe)
    else:
        yield from find_unknown_one(UNKNOWN_OPTION, division.option, known, source, place)


def _check_complements(
    projet: Projet, referentiel: Referentiel, source: YamlSource
) -> Iterator[Diagnostic]:
    """Complements of an activity that does not exist, or of a list that has no gap."""
    gaps = {activite.code: activite.lacunes for activite in referentiel.activites}
    given = projet.complements
    yield from find_unknown(UNKNOWN_ACTIVITE, given, gaps, source, ("complements",))
    for code in given.keys() & gaps.keys():
        for name in LISTS:
            if getattr(given[code], name) and name not in gaps[code]:
                position = source.key_position(("complements", code, name))
                yield NO_GAP.at(position, activite=code, name=name)


def _check_fabrication(
    fabrication: Fabrication, referentiel: Referentiel, source: YamlSource
) -> Iterator[Diagnostic]:
    """Classes, options and periods that are chosen and do not exist, or not together."""
    for rank, liste in enumerate(fabrication.listes):
        yield from _check_liste(liste, referentiel, source, ("fabrication", "listes", rank))
    blanks, loc = fabrication.vierges, ("fabrication", "vierges")
    classes = [classe.code for classe in referentiel.classes]
    options = [option.code for option in referentiel.options]
    place = (*loc, "classes")
    yield from find_unknown(UNKNOWN_CLASSE, blanks.classes or (), classes, source, place)
    place = (*loc, "options")
    yield from find_unknown(UNKNOWN_OPTION, blanks.options or (), options, source, place)


def _check_liste(
    liste: Liste, referentiel: Referentiel, source: YamlSource, loc: Loc
) -> Iterator[Diagnostic]:
    classes = {classe.code: classe for classe in referentiel.classes}
    if liste.classe is not None and liste.classe not in classes:
        place = (*loc, "classe")
        yield from find_unknown_one(UNKNOWN_CLASSE, liste.classe, classes, source, place)
        return
    chosen = [classes[liste.classe]] if liste.classe else [*classes.values()]
    options = dict.fromkeys(option for classe in chosen for option in classe.options)
    periodes = dict.fromkeys(periode.code for classe in chosen for periode in classe.periodes)
    place = (*loc, "option")
    if liste.option is not None and liste.classe and not options:
        yield LIST_IN_COMMON.at(source.position(place), classe=liste.classe)
    else:
        yield from find_unknown_one(UNKNOWN_OPTION, liste.option, options, source, place)
    place = (*loc, "periode")
    yield from find_unknown_one(UNKNOWN_PERIODE, liste.periode, periodes, source, place)


def find_unknown_documents(
    fabrication: Fabrication, known: Collection[str], source: YamlSource
) -> Iterator[Diagnostic]:
    """Documents that have no template."""
    for rank, liste in enumerate(fabrication.listes):
        loc = ("fabrication", "listes", rank, "documents")
        yield from find_unknown(UNKNOWN_DOCUMENT, liste.documents, known, source, loc)
    blanks, place = fabrication.vierges.documents or (), ("fabrication", "vierges", "documents")
    yield from find_unknown(UNKNOWN_DOCUMENT, blanks, known, source, place)
