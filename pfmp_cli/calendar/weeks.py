"""Periods in time: their days, their weeks, and how dates are written."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache
from itertools import groupby, zip_longest
from typing import TypeAlias

from pfmp_cli.calendar.public_holidays import find_public_holidays
from pfmp_cli.domain.projet import Calendrier, DatesPeriode
from pfmp_cli.domain.referentiel import Classe
from pfmp_cli.text import DAYS, MONTHS

DAYS_A_WEEK = 6  # at most, on an attendance sheet
USUAL_DAYS = 5  # of a week, that a placement has at least
Intervalle: TypeAlias = tuple[date, date]  # first and last day, both included
LONGEST = timedelta(days=366)  # of a placement: beyond, a year is mistyped
# Worked days that dates may lack of whole weeks: a Saturday, and the day beside a holiday.
MISSING = 2


@dataclass(frozen=True, slots=True)
class Worked:
    """Which days are worked: those of the week (0 is Monday), but public holidays of the
    `territoire` and `feries`, the days off of the school or the town; `travailles` all the same."""

    jours: tuple[int, ...] = tuple(range(DAYS_A_WEEK))
    territoire: str | None = None
    feries: tuple[date, ...] = ()
    travailles: tuple[date, ...] = ()

    def is_worked(self, day: date) -> bool:
        if day.weekday() not in self.jours or day in self.feries:
            return False
        off = day in find_public_holidays(day.year, self.territoire)
        return not off or day in self.travailles


USUAL = Worked()


@dataclass(frozen=True, slots=True)
class Semaine:
    """A week: its ISO number, its Monday, and those of its days that are worked."""

    numero: int
    lundi: date
    jours: tuple[date, ...]


@dataclass(frozen=True, slots=True)
class PeriodeDatee:
    """A placement of a class, with its dates where the school has given them.

    It has several `intervalles` where it was broken off, or is spread over the weeks. `jours` are
    those of its days that are `worked`; empty without dates. `rank` is its place in the year of
    the class, which the fields of a placement have (`pfmp1.…`).
    """

    code: str
    semaines: int
    variante: str | None
    intervalles: tuple[Intervalle, ...] = ()
    jours: tuple[date, ...] = ()
    rank: int = 1
    worked: Worked = USUAL
    certificative: bool = True

    @property
    def du(self) -> date | None:
        return min((du for du, _ in self.intervalles), default=None)

    @property
    def au(self) -> date | None:
        return max((au for _, au in self.intervalles), default=None)

    @property
    def semaines_calendaires(self) -> tuple[Semaine, ...]:
        """The weeks of the calendar that the period has days in."""
        return tuple(
            Semaine(monday.isocalendar().week, monday, tuple(days))
            for monday, days in groupby(self.jours, key=_monday)
        )

    @property
    def duree(self) -> int | None:
        """Its weeks, as a document says them: those that its dates have, which may not be
        the référentiel's; None where the dates are no whole weeks."""
        if not self.intervalles:
            return self.semaines
        if len(self.intervalles) > 1:
            return None
        ((du, au),) = self.intervalles
        weeks = (au - du).days // 7 + 1
        whole = working_days(du, du + timedelta(days=7 * weeks - 1), self.worked)
        return weeks if len(whole) - len(self.jours) <= MISSING else None


def build_periodes(
    classe: Classe,
    calendrier: Calendrier,
    variantes: frozenset[str],
    own: Iterable[tuple[str, Sequence[Intervalle]]] = (),
) -> tuple[PeriodeDatee, ...]:
    """The periods of a class for pupils of these `variantes`, dated by the school's calendar.

    `own` are dates of the pupils' own, by code, which count more; none of a period whose dates
    nobody can tell.
    """
    known = dict(own)
    return tuple(
        redate(periode, known[periode.code]) if periode.code in known else periode
        for periode in _date_class(classe, calendrier, variantes)
    )


def redate(periode: PeriodeDatee, intervalles: Sequence[Intervalle]) -> PeriodeDatee:
    """The same period, on other days."""
    jours = {day for du, au in intervalles for day in working_days(du, au, periode.worked)}
    return replace(periode, intervalles=tuple(intervalles), jours=tuple(sorted(jours)))


def _date_class(
    classe: Classe, calendrier: Calendrier, variantes: frozenset[str]
) -> Iterator[PeriodeDatee]:
    dates = calendrier.periodes.get(classe.code, ())
    for rank, (periode, given) in enumerate(zip_longest(classe.periodes, dates), start=1):
        if periode and (periode.variante is None or periode.variante in variantes):
            undated = PeriodeDatee(
                periode.code,
                periode.semaines,
                periode.variante,
                rank=rank,
                worked=_find_worked(calendrier, given),
                certificative=periode.certificative,
            )
            yield redate(undated, [(given.du, given.au)]) if given else undated


def _find_worked(calendrier: Calendrier, dates: DatesPeriode | None) -> Worked:
    jours = (dates and dates.jours) or calendrier.jours or USUAL.jours
    return Worked(jours, calendrier.territoire, calendrier.feries, calendrier.travailles)


def count_semaines(periode: PeriodeDatee) -> int:
    """In how many weeks of the calendar the period has days; 0 without dates."""
    return len(periode.semaines_calendaires)


def most_days(intervalles: Iterable[Intervalle]) -> int:
    """How many days can be worked in them, where one of the week is not."""
    lengths = ((au - du).days + 1 for du, au in intervalles)
    return sum(days - days // 7 for days in lengths)


def weeks_of_room(days: int) -> int:
    """How many weeks' rows of an attendance sheet that many days take."""
    return -(-days // DAYS_A_WEEK)


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


@cache
def working_days(du: date, au: date, worked: Worked = USUAL) -> tuple[date, ...]:
    """The days from `du` to `au`, both included, that are worked."""
    days = (du + timedelta(days=n) for n in range((au - du).days + 1))
    return tuple(day for day in days if worked.is_worked(day))


def format_date(day: date, avec_jour: bool = False, avec_annee: bool = True) -> str:
    """« 24 novembre 2026 », « 1er mai 2026 », « lundi 24 novembre 2026 »."""
    parts = [DAYS[day.weekday()]] if avec_jour else []
    parts += ["1er" if day.day == 1 else str(day.day), MONTHS[day.month - 1]]
    return " ".join([*parts, str(day.year)] if avec_annee else parts)


def format_intervalles(intervalles: Sequence[Intervalle]) -> str:
    """« du lundi 12 janvier au samedi 17 janvier, puis le lundi 19 janvier 2026 »: the year once,
    where there is one."""
    several = len({day.year for days in intervalles for day in days}) > 1
    last = len(intervalles) - 1
    said = (
        f"le {format_date(du, True, several or n == last)}"
        if du == au
        else format_intervalle(du, au, several or n == last)
        for n, (du, au) in enumerate(intervalles)
    )
    return ", puis ".join(said)


def format_intervalle(du: date, au: date, avec_annee: bool = True) -> str:
    """« du lundi 24 novembre au vendredi 12 décembre 2026 »."""
    start = format_date(du, avec_jour=True, avec_annee=du.year != au.year)
    return f"du {start} au {format_date(au, avec_jour=True, avec_annee=avec_annee)}"
