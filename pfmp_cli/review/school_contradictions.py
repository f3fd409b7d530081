"""What contradicts the référentiel, or itself, in a `pfmp.yaml` whose keys and values are right."""

from collections.abc import Collection, Iterator, Sequence

from pfmp_cli.calendar.weeks import LONGEST
from pfmp_cli.diagnostics import Diagnostic
from pfmp_cli.domain.complements import LISTS
from pfmp_cli.domain.fabrication import Fabrication, Liste
from pfmp_cli.domain.projet import DatesPeriode, Division, Projet
from pfmp_cli.domain.referentiel import Referentiel
from pfmp_cli.review.contradictions import check_codes
from pfmp_cli.review.reviewed import Reviewed
from pfmp_cli.rules import referentiel_rules, school_rules
from pfmp_cli.yaml_files.model_errors import in_order
from pfmp_cli.yaml_files.source import Loc, YamlSource


def check_projet(
    projet: Projet,
    referentiel: Referentiel,
    source: YamlSource,
    diplomas: Sequence[Referentiel] = (),
) -> list[Diagnostic]:
    """All of it, in the order of the file. What `fabrication` names may be of any of `diplomas`."""
    reviewed = Reviewed(projet, source)
    first, *others = (list(_check_fabrication(one, reviewed)) for one in diplomas or (referentiel,))
    places = [{problem.position for problem in said} for said in others]
    of_all = [one for one in first if all(one.position in some for some in places)]
    finders = (_check_dates, _check_divisions, _check_scales, _check_complements)
    found = (problem for find in finders for problem in find(referentiel, reviewed))
    return in_order([*found, *of_all])


def _check_dates(referentiel: Referentiel, reviewed: Reviewed) -> Iterator[Diagnostic]:
    known = {classe.code: len(classe.periodes) for classe in referentiel.classes}
    for key in ("calendrier.periodes", "livret.allocations"):
        yield from reviewed.unknown(key, known, referentiel_rules.UNKNOWN_CLASSE)
    for loc, dates in reviewed.each("calendrier.periodes.*"):
        if (asked := known.get(str(loc[-1]))) and len(dates) > asked:
            position = reviewed.source.position((*loc, asked))
            yield school_rules.TOO_MANY_PERIODES.at(position, given=len(dates), asked=asked)
    for loc, one in reviewed.each("calendrier.periodes.*.*"):
        if loc[2] in known:
            yield from _check_interval(one, loc, reviewed)


def _check_interval(one: DatesPeriode, loc: Loc, reviewed: Reviewed) -> Iterator[Diagnostic]:
    if one.au < one.du:
        position = reviewed.source.position((*loc, "au"))
        yield school_rules.ENDS_FIRST.at(position, du=one.du, au=one.au)
    elif one.au - one.du > LONGEST:
        position = reviewed.source.position((*loc, "du"))
        yield school_rules.MORE_THAN_A_YEAR.at(position, du=one.du, au=one.au)


def _check_divisions(referentiel: Referentiel, reviewed: Reviewed) -> Iterator[Diagnostic]:
    options = {classe.code: classe.options for classe in referentiel.classes}
    for loc, division in reviewed.each("divisions.*"):
        yield from _check_choice(division, loc, referentiel, reviewed)
        if division.option is None and (known := options.get(division.classe)):
            choices = " ou ".join(f"« option: {option} »" for option in known)
            values = {"division": loc[-1], "choices": choices}
            yield school_rules.DIVISION_WITHOUT_OPTION.at(reviewed.source.position(loc), **values)


def _check_choice(
    choice: Division | Liste, loc: Loc, referentiel: Referentiel, reviewed: Reviewed
) -> Iterator[Diagnostic]:
    """A class and an option that do not exist, or not together."""
    known = [classe.code for classe in referentiel.classes]
    classes = [one for one in referentiel.classes if choice.classe in (None, one.code)]
    options = list(dict.fromkeys(option for one in classes for option in one.options))
    place = (*loc, "classe")
    yield from reviewed.unknown_one(choice.classe, place, known, referentiel_rules.UNKNOWN_CLASSE)
    place = (*loc, "option")
    if classes and choice.classe and choice.option and not options:
        position = reviewed.source.position(place)
        yield school_rules.OPTION_IN_COMMON.at(position, classe=choice.classe)
    elif classes:
        rule = referentiel_rules.UNKNOWN_OPTION
        yield from reviewed.unknown_one(choice.option, place, options, rule)


def _check_scales(_: Referentiel, reviewed: Reviewed) -> Iterator[Diagnostic]:
    yield from reviewed.braces("lettre.objet")
    scales = ("niveaux", "attitudes.niveaux")
    yield from check_codes((*scales, "attitudes.liste"), reviewed)
    for scale in scales:
        yield from reviewed.twice(f"{scale}.*.libelle", referentiel_rules.SAME_NIVEAU)


def _check_complements(referentiel: Referentiel, reviewed: Reviewed) -> Iterator[Diagnostic]:
    """Complements of an activity that does not exist, or of a list that has no gap."""
    gaps = {activite.code: activite.lacunes for activite in referentiel.activites}
    yield from reviewed.unknown("complements", gaps, referentiel_rules.UNKNOWN_ACTIVITE)
    for loc, given in reviewed.each("complements.*"):
        for name in LISTS:
            if getattr(given, name) and name not in gaps.get(str(loc[1]), LISTS):
                position = reviewed.source.key_position((*loc, name))
                yield school_rules.NO_GAP.at(position, activite=loc[1], name=name)


def _check_fabrication(referentiel: Referentiel, reviewed: Reviewed) -> Iterator[Diagnostic]:
    """Classes, options and periods that are chosen and do not exist, or not together."""
    for loc, liste in reviewed.each("fabrication.listes.*"):
        yield from _check_choice(liste, loc, referentiel, reviewed)
        classes = [one for one in referentiel.classes if liste.classe in (None, one.code)]
        if classes:
            known = [periode.code for classe in classes for periode in classe.periodes]
            place, rule = (*loc, "periode"), referentiel_rules.UNKNOWN_PERIODE
            yield from reviewed.unknown_one(liste.periode, place, dict.fromkeys(known), rule)
    for name, rule in (
        ("classes", referentiel_rules.UNKNOWN_CLASSE),
        ("options", referentiel_rules.UNKNOWN_OPTION),
    ):
        codes = [one.code for one in getattr(referentiel, name)]
        yield from reviewed.unknown(f"fabrication.vierges.{name}", codes, rule)


def find_unknown_documents(
    fabrication: Fabrication, known: Collection[str], source: YamlSource
) -> Iterator[Diagnostic]:
    """Documents that have no template."""
    reviewed = Reviewed(Projet(fabrication=fabrication), source)
    for place in ("fabrication.listes.*.documents", "fabrication.vierges.documents"):
        yield from reviewed.unknown(place, known, referentiel_rules.UNKNOWN_DOCUMENT)
