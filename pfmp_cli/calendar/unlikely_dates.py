"""Dates of one period, in a school's file or a pupil's row, that are possible and unlikely."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta

from pfmp_cli.calendar.school_holidays import find_school_holidays
from pfmp_cli.calendar.weeks import (
    DAYS_A_WEEK,
    MISSING,
    USUAL_DAYS,
    PeriodeDatee,
    count_semaines,
    format_date,
    format_intervalle,
)
from pfmp_cli.diagnostics import Diagnostic, Position
from pfmp_cli.domain.projet import Projet
from pfmp_cli.rules.school_rules import (
    ENDS_OFF,
    FEW_DAYS,
    FEW_WEEKS,
    IN_HOLIDAYS,
    MANY_DAYS,
    MANY_WEEKS,
    OUTSIDE_YEAR,
    STARTS_OFF,
)
from pfmp_cli.text import DAYS, count

Locate = Callable[[str], Position]


def check_periode(periode: PeriodeDatee, projet: Projet, locate: Locate) -> Iterator[Diagnostic]:
    """Warnings about the dates of one period; `locate` says where an end (`du`, `au`) stands."""
    yield from check_length(periode, locate)
    yield from check_days(periode, projet, locate)


def check_days(periode: PeriodeDatee, projet: Projet, locate: Locate) -> Iterator[Diagnostic]:
    """The same, but of their length: of one stage of several."""
    if periode.du is None or periode.au is None:
        return
    year, zone = projet.annee_scolaire, projet.calendrier.zone
    yield from _check_ends(periode, locate)
    if zone is not None:
        yield from _check_school_holidays(periode, zone, locate)
    if year is not None:
        yield from _check_year(periode.du, periode.au, year, locate)


def check_length(periode: PeriodeDatee, locate: Locate) -> Iterator[Diagnostic]:
    """A period that is shorter or longer than the référentiel asks; in weeks where it is in one
    piece, in days where it is in several."""
    if periode.du is None or periode.au is None:
        return
    given, asked = count_semaines(periode), periode.semaines
    if len(periode.intervalles) > 1:
        days = {"days": len(periode.jours), "periode": periode.code, "asked": asked}
        usual = asked * min(len(periode.worked.jours), USUAL_DAYS)
        if len(periode.jours) < usual - MISSING:
            yield FEW_DAYS.at(locate("au"), **days)
        elif len(periode.jours) > asked * DAYS_A_WEEK:
            yield MANY_DAYS.at(locate("au"), **days)
    elif given < asked:
        yield FEW_WEEKS.at(locate("au"), periode=periode.code, given=given, asked=asked)
    elif periode.au - periode.du >= timedelta(weeks=asked):
        yield MANY_WEEKS.at(locate("au"), periode=periode.code, asked=asked)


def _check_ends(periode: PeriodeDatee, locate: Locate) -> Iterator[Diagnostic]:
    for rule, key, day, near in (
        (STARTS_OFF, "du", periode.du, periode.jours[:1]),
        (ENDS_OFF, "au", periode.au, periode.jours[-1:]),
    ):
        if day and (day,) != near:
            of_week = day.weekday() in periode.worked.jours
            why = "jour férié" if of_week else DAYS[day.weekday()]
            advice = f"écrivez {near[0]}" if near else "vérifiez les deux dates"
            yield rule.at(locate(key), why=why, day=format_date(day), advice=advice)


def _check_school_holidays(
    periode: PeriodeDatee, zone: str, locate: Locate
) -> Iterator[Diagnostic]:
    for found in find_school_holidays(periode.jours, zone):
        first, last = found.days[0], found.days[-1]
        one = len(found.days) == 1
        yield IN_HOLIDAYS.at(
            locate("du"),
            periode=periode.code,
            days=count(len(found.days), "jour"),
            holidays=found.name.replace("V", "v"),
            zone=zone,
            when=f"le {format_date(first)}" if one else format_intervalle(first, last),
        )


def _check_year(du: date, au: date, year: str, locate: Locate) -> Iterator[Diagnostic]:
    """The school year goes from 1 September to 31 August."""
    first, last = (int(one) for one in year.split("-"))
    for key, day in (("du", du), ("au", au)):
        if not date(first, 9, 1) <= day <= date(last, 8, 31):
            yield OUTSIDE_YEAR.at(locate(key), day=format_date(day), year=year)
