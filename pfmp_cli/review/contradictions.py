"""What contradicts what in a référentiel whose keys and values are right."""

import re
from collections.abc import Iterable, Iterator

from pfmp_cli.diagnostics import Diagnostic, InputRefused
from pfmp_cli.domain.complements import LISTS
from pfmp_cli.domain.referentiel import COMMUNE, Referentiel
from pfmp_cli.review.reviewed import Reviewed
from pfmp_cli.rules import referentiel_rules as rules
from pfmp_cli.text import fold, slug
from pfmp_cli.yaml_files.model_errors import in_order, validate
from pfmp_cli.yaml_files.source import Loc, YamlSource

# Codes go into file names, addresses inside a document and names of form fields.
CODE = re.compile(r"\w+(?:[.-]\w+)*", re.ASCII)
_CODES = ("options", "classes", "variantes", "activites", "classes.*.periodes")
_MEFS = ("mef", "mef_apprentis", "mef_libelles")
_SCALES = ("evaluation.niveaux", "evaluation.attitudes.niveaux")


def check_referentiel(source: YamlSource) -> Referentiel:
    """The référentiel of a file. Raises InputRefused with all that is wrong: the keys and values,
    or, where these are right, what contradicts what."""
    referentiel = validate(Referentiel, source)
    if contradictions := find_contradictions(referentiel, source):
        raise InputRefused(contradictions)
    return referentiel


def find_contradictions(referentiel: Referentiel, source: YamlSource) -> list[Diagnostic]:
    """Codes twice or misplaced, references to nothing, weeks that do not add up, empty lists."""
    reviewed = Reviewed(referentiel, source)
    finders = (
        _check_codes,
        _check_references,
        _check_items,
        _check_classes,
        _check_options,
        _check_mefs,
        _check_contexte,
        _check_weeks,
    )
    return in_order(problem for find in finders for problem in find(referentiel, reviewed))


def check_codes(places: Iterable[str], reviewed: Reviewed) -> Iterator[Diagnostic]:
    """Codes with a space, an accent or a sign, and those that two things of a list bear."""
    for place in places:
        yield from reviewed.twice(f"{place}.*.code", rules.SAME_CODE)
        for code, loc in reviewed.words(f"{place}.*.code"):
            if not CODE.fullmatch(code):
                yield rules.ODD_CODE.at(
                    reviewed.position(code, loc), code=code, example=slug(code) or "X-1"
                )


def _check_codes(_: Referentiel, reviewed: Reviewed) -> Iterator[Diagnostic]:
    yield from check_codes((*_CODES, *_SCALES, "evaluation.attitudes.liste"), reviewed)
    for scale in _SCALES:
        yield from reviewed.twice(f"{scale}.*.libelle", rules.SAME_NIVEAU)
    for name in ("options", "activites"):
        yield from reviewed.twice(f"classes.*.{name}", rules.REPEATED_CODE)


def _check_references(referentiel: Referentiel, reviewed: Reviewed) -> Iterator[Diagnostic]:
    options, variantes, activites = (
        [one.code for one in things]
        for things in (referentiel.options, referentiel.variantes, referentiel.activites)
    )
    for place in ("classes.*.options", "activites.*.option"):
        yield from reviewed.unknown(place, options, rules.UNKNOWN_OPTION)
    for key in _MEFS:
        yield from reviewed.unknown(f"classes.*.{key}", [COMMUNE, *options], rules.UNKNOWN_OPTION)
    yield from reviewed.unknown("classes.*.activites", activites, rules.UNKNOWN_ACTIVITE)
    place = "classes.*.periodes.*.variante"
    yield from reviewed.unknown(place, variantes, rules.UNKNOWN_VARIANTE)
    yield from reviewed.unknown("activites.*.lacunes", LISTS, rules.UNKNOWN_LIST)
    for place in ("lettre.objet", "lettre.introduction", "lettre.corps"):
        yield from reviewed.braces(place)


def _check_items(referentiel: Referentiel, reviewed: Reviewed) -> Iterator[Diagnostic]:
    """Codes that are not that of their activity and list, and a number; lists that are empty."""
    for name, letters in LISTS.items():
        yield from reviewed.twice(f"activites.*.{name}.*.code", rules.SAME_CODE)
        for code, loc in reviewed.words(f"activites.*.{name}.*.code"):
            start = f"{referentiel.activites[int(loc[1])].code}.{letters}"
            if not re.fullmatch(re.escape(start) + "[0-9]+", code):
                number = int(loc[3]) + 1
                position = reviewed.position(code, loc)
                yield rules.ITEM_CODE.at(position, code=code, start=start, number=number)
        for loc, activite in reviewed.each("activites.*"):
            empty, declared = not getattr(activite, name), name in activite.lacunes
            if empty and not declared:
                yield rules.EMPTY_LIST.at(reviewed.source.position((*loc, name)), name=name)
            if declared and not empty:
                position = reviewed.source.position((*loc, "lacunes", name))
                yield rules.FILLED_GAP.at(position, name=name)


def _check_classes(referentiel: Referentiel, reviewed: Reviewed) -> Iterator[Diagnostic]:
    """Ways to write a class (label, `graphies`) that another class has already."""
    seen: dict[str, str] = {}
    for c, classe in enumerate(referentiel.classes):
        seen.setdefault(fold(classe.code), classe.code)
        spellings: list[tuple[str, Loc]] = [(classe.libelle, ("libelle",))]
        spellings += [(text, ("graphies", i)) for i, text in enumerate(classe.graphies)]
        for text, place in spellings:
            other = seen.setdefault(fold(text), classe.code)
            if other != classe.code:
                position = reviewed.source.position(("classes", c, *place))
                yield rules.AMBIGUOUS_CLASSE.at(position, text=text, other=other)


def _check_options(referentiel: Referentiel, reviewed: Reviewed) -> Iterator[Diagnostic]:
    """Activities of an option that their class does not have."""
    options = {option.code for option in referentiel.options}
    of_activite = {activite.code: activite.option for activite in referentiel.activites}
    for code, loc in reviewed.words("classes.*.activites"):
        option = of_activite.get(code)
        if option in options and option not in referentiel.classes[int(loc[1])].options:
            yield rules.OPTION_NOT_OF_CLASSE.at(
                reviewed.position(code, loc), activite=code, option=option
            )


def _check_mefs(_: Referentiel, reviewed: Reviewed) -> Iterator[Diagnostic]:
    """Codes of another shape, and codes or labels that would mean two things."""
    seen: dict[str, Loc] = {}
    mefs = (one for key in _MEFS for one in reviewed.words(f"classes.*.{key}.*"))
    for mef, loc in sorted(mefs, key=lambda one: one[1][1]):
        if "mef_libelles" not in loc and not re.fullmatch("[0-9]{10}", mef):
            yield rules.BAD_MEF.at(reviewed.position(mef, loc), mef=mef)
        elif (first := seen.setdefault(fold(mef), loc)) != loc:
            line = reviewed.source.position(first).line
            yield rules.SAME_MEF.at(reviewed.position(mef, loc), word=mef, line=line)


def _check_contexte(referentiel: Referentiel, reviewed: Reviewed) -> Iterator[Diagnostic]:
    options = [option.code for option in referentiel.options]
    sections = list(reviewed.each("contexte.sections.*"))
    for loc, section in sections:
        sections += [((*loc, "sections", rank), one) for rank, one in enumerate(section.sections)]
        for rank, bloc in enumerate(section.blocs):
            place = (*loc, "blocs", rank)
            where = (*place, "option")
            yield from reviewed.unknown_one(bloc.option, where, options, rules.UNKNOWN_OPTION)
            if not (bloc.titre or bloc.texte or bloc.liste):
                yield rules.EMPTY_BLOC.at(reviewed.source.position(place))


def _check_weeks(referentiel: Referentiel, reviewed: Reviewed) -> Iterator[Diagnostic]:
    given = sum(
        periode.semaines
        for _, periode in reviewed.each("classes.*.periodes.*")
        if periode.variante is None and periode.certificative
    )
    asked = referentiel.diplome.semaines
    if asked is not None and given != asked:
        position = reviewed.source.position(("diplome", "semaines"))
        yield rules.WEEKS_OF_DIPLOMA.at(position, given=given, asked=asked)
