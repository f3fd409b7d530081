"""Dates of one period, in a school's file or a pupil's row, that are possible and unlikely."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta

from pfmp_cli.calendar.school_holidays import find_school_holidays
from pfmp_cli.calendar.weeks import (
    DAYS_A_WEEK,
    USUAL_DAYS,
    PeriodeDatee,
    format_date,
    format_intervalle,
)
from pfmp_cli.diagnostics import Diagnostic, Position
from pfmp_cli.domain.projet import Projet
from pfmp_cli.rules import school_rules as rules
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
    piece, in days where it is in several. Of a part of the week, more weeks are not more days."""
    if periode.du is None or periode.au is None:
        return
    given, asked = len(periode.semaines_calendaires), periode.semaines
    a_week = min(len(periode.worked.jours), USUAL_DAYS)
    if len(periode.intervalles) > 1:
        days = {"days": len(periode.days), "periode": periode.code, "asked": asked}
        if len(periode.days) < asked * a_week - periode.worked.missing:
            yield rules.FEW_DAYS.at(locate("au"), **days)
        elif len(periode.days) > asked * DAYS_A_WEEK:
            yield rules.MANY_DAYS.at(locate("au"), **days)
    elif given < asked:
        yield rules.FEW_WEEKS.at(locate("au"), periode=periode.code, given=given, asked=asked)
    elif periode.au - periode.du >= timedelta(weeks=asked) and (
        a_week == USUAL_DAYS or len(periode.days) > asked * USUAL_DAYS
    ):
        yield rules.MANY_WEEKS.at(locate("au"), periode=periode.code, asked=asked)


def _check_ends(periode: PeriodeDatee, locate: Locate) -> Iterator[Diagnostic]:
    own = any(one.jours for one in periode.intervalles)  # a part of the week, from Monday on
    for rule, key, day, near in (
        (rules.STARTS_OFF, "du", periode.du, periode.days[:1]),
        (rules.ENDS_OFF, "au", periode.au, periode.days[-1:]),
    ):
        of_week = day and day.weekday() in periode.worked.jours
        if day and (day,) != near and (of_week or not own):
            why = "jour férié" if of_week else DAYS[day.weekday()]
            advice = f"écrivez {near[0]}" if near else "vérifiez les deux dates"
            yield rule.at(locate(key), why=why, day=format_date(day), advice=advice)


def _check_school_holidays(
    periode: PeriodeDatee, zone: str, locate: Locate
) -> Iterator[Diagnostic]:
    for found in find_school_holidays(periode.days, zone):
        first, last = found.days[0], found.days[-1]
        one = len(found.days) == 1
        yield rules.IN_HOLIDAYS.at(
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
            yield rules.OUTSIDE_YEAR.at(locate(key), day=format_date(day), year=year)
