"""Dates of a school's periods that are possible and unlikely."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from pfmp_cli.calendar.school_holidays import last_known_day
from pfmp_cli.calendar.unlikely_dates import Locate, check_periode
from pfmp_cli.calendar.weeks import build_periodes, format_date
from pfmp_cli.diagnostics import Diagnostic
from pfmp_cli.domain.projet import DatesPeriode, Projet
from pfmp_cli.domain.referentiel import Classe, Referentiel
from pfmp_cli.rules import school_rules as rules
from pfmp_cli.yaml_files.model_errors import in_order
from pfmp_cli.yaml_files.source import Loc, YamlSource


def check_calendrier(
    projet: Projet, referentiel: Referentiel, source: YamlSource
) -> list[Diagnostic]:
    """Warnings about the dates of all periods; `source` is the projet's file."""
    calendrier = projet.calendrier
    doubts = [
        doubt
        for code, dates in calendrier.periodes.items()
        for doubt in _check_classe(referentiel.classe(code), dates, projet, source)
    ]
    last = max((one.au for dates in calendrier.periodes.values() for one in dates), default=None)
    if calendrier.zone is not None and last is not None and last > (known := last_known_day()):
        position = source.position(("calendrier", "zone"))
        doubts.append(
            rules.HOLIDAYS_UNKNOWN.at(position, day=format_date(known), zone=calendrier.zone)
        )
    return in_order(doubts)


def _check_classe(
    classe: Classe, dates: Sequence[DatesPeriode], projet: Projet, source: YamlSource
) -> Iterator[Diagnostic]:
    loc: Loc = ("calendrier", "periodes", classe.code)
    variantes = classe.variantes
    for i, periode in enumerate(build_periodes(classe, projet.calendrier, variantes)):
        if periode.du is not None:
            yield from check_periode(periode, projet, _locator(source, (*loc, i)))
        elif dates and periode.variante is None:
            yield rules.NO_DATES.at(source.position(loc), periode=periode.code)
    for i, (before, after) in enumerate(pairwise(dates), start=1):
        if after.du <= before.au:
            position = source.position((*loc, i, "du"))
            yield rules.OVERLAP.at(position, du=format_date(after.du), au=format_date(before.au))


def _locator(source: YamlSource, loc: Loc) -> Locate:
    return lambda end: source.position((*loc, end))
