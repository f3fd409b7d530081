"""What contradicts what in a `pfmp.yaml` whose keys and values are right."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pfmp_cli.diagnostics import Diagnostic, in_order
from pfmp_cli.domain.projet import LONGEST_PLACEMENT, DatesPeriode, Division, Projet
from pfmp_cli.domain.referentiel import Referentiel
from pfmp_cli.review.build_choices import find_useless_choices
from pfmp_cli.review.complements import find_useless_complements
from pfmp_cli.review.contradictions import find_same_niveaux, find_unknown_places, unknown
from pfmp_cli.rules import school_key_rules as rules
from pfmp_cli.yaml_files.source import Loc, YamlSource


def find_doubts(projet: Projet, source: YamlSource) -> list[Diagnostic]:
    """Warnings about what is right in form and out of date."""
    if "96-241" not in (projet.lettre.convention or ""):
        return []
    return [rules.OUTDATED_CONVENTION.at(source.position(("lettre", "convention")))]


def check_projet(projet: Projet, referentiel: Referentiel, source: YamlSource) -> list[Diagnostic]:
    """All that contradicts something, in the file's order."""
    return in_order(_find_contradictions(projet, referentiel, source))


def _find_contradictions(
    projet: Projet, referentiel: Referentiel, source: YamlSource
) -> Iterator[Diagnostic]:
    classes = [classe.code for classe in referentiel.classes]
    for code, dates in projet.calendrier.periodes.items():
        loc: Loc = ("calendrier", "periodes", code)
        if code in classes:
            yield from _check_dates(dates, len(referentiel.classe(code).periodes), source, loc)
        else:
            yield unknown("classe", code, classes, source, loc, key=True)
    for name, division in projet.divisions.items():
        yield from _check_division(division, referentiel, source, ("divisions", name))
    yield from find_unknown_places(projet.lettre.objet or "", source, ("lettre", "objet"))
    yield from find_same_niveaux(projet.niveaux, source, ("niveaux",))
    if projet.attitudes is not None:
        yield from find_same_niveaux(projet.attitudes.niveaux, source, ("attitudes", "niveaux"))
    yield from find_useless_complements(projet, referentiel, source)
    yield from find_useless_choices(projet.fabrication, referentiel, source)


def _check_dates(
    dates: Sequence[DatesPeriode], periodes: int, source: YamlSource, loc: Loc
) -> Iterator[Diagnostic]:
    if len(dates) > periodes:
        position = source.position((*loc, periodes))
        yield rules.TOO_MANY_DATES.at(position, count=len(dates), periodes=periodes)
    for i, one in enumerate(dates):
        if one.au < one.du:
            yield rules.ENDS_TOO_SOON.at(source.position((*loc, i, "au")), du=one.du, au=one.au)
        elif (one.au - one.du).days > LONGEST_PLACEMENT:
            yield rules.LASTS_TOO_LONG.at(source.position((*loc, i, "du")), du=one.du, au=one.au)


def _check_division(
    division: Division, referentiel: Referentiel, source: YamlSource, loc: Loc
) -> Iterator[Diagnostic]:
    classes = [classe.code for classe in referentiel.classes]
    if division.classe not in classes:
        yield unknown("classe", division.classe, classes, source, (*loc, "classe"))
        return
    options, place = referentiel.classe(division.classe).options, (*loc, "option")
    if division.option is None and options:
        choices = " ou ".join(f"« option: {option} »" for option in options)
        position = source.position(loc)
        yield rules.DIVISION_WITHOUT_OPTION.at(position, division=loc[-1], choices=choices)
    elif division.option is not None and not options:
        position = source.position(place)
        yield rules.DIVISION_OF_COMMON_CLASS.at(position, classe=division.classe)
    elif division.option is not None and division.option not in options:
        yield unknown("option", division.option, options, source, place)
