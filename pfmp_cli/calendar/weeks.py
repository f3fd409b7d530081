"""Periods in time: their days, their weeks, and how dates are written."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache
from itertools import chain, groupby, zip_longest
from typing import NamedTuple

from pfmp_cli.calendar.public_holidays import find_public_holidays
from pfmp_cli.domain.projet import Calendrier, DatesPeriode
from pfmp_cli.domain.referentiel import Classe
from pfmp_cli.text import DAYS, MONTHS

DAYS_A_WEEK = 6  # at most, on an attendance sheet
USUAL_DAYS = 5  # of a week, that a placement has at least
ONE_DAY = timedelta(days=1)
LONGEST = timedelta(days=366)  # of a placement: beyond, a year is mistyped


class Intervalle(NamedTuple):
    """First and last day, both included; `jours` are those of the week (0 is Monday) that are
    worked in it, where they are not those of the period."""

    du: date
    au: date
    jours: tuple[int, ...] = ()


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

    def on(self, jours: tuple[int, ...]) -> Worked:
        """The same on these days of the week, where there are some."""
        return replace(self, jours=jours) if jours else self

    @property
    def missing(self) -> int:
        """The days that dates may lack of whole weeks: less than half a week. Of six, they are
        a Saturday, and the day beside a holiday."""
        return (len(self.jours) - 1) // 2


USUAL = Worked()


@dataclass(frozen=True, slots=True)
class Semaine:
    """A week: its ISO number, its Monday, and those of its days that are worked."""

    numero: int
    lundi: date
    days: tuple[date, ...]


@dataclass(frozen=True, slots=True)
class PeriodeDatee:
    """A placement of a class, with its dates where the school has given them.

    It has several `intervalles` where it was broken off, or is spread over the weeks. `days` are
    those that are `worked`; empty without dates. `rank` is its place in the year of
    the class, which the fields of a placement have (`pfmp1.…`).
    """

    code: str
    semaines: int
    variante: str | None
    intervalles: tuple[Intervalle, ...] = ()
    days: tuple[date, ...] = ()
    rank: int = 1
    worked: Worked = USUAL
    certificative: bool = True

    @property
    def du(self) -> date | None:
        return min((one.du for one in self.intervalles), default=None)

    @property
    def au(self) -> date | None:
        return max((one.au for one in self.intervalles), default=None)

    @property
    def semaines_calendaires(self) -> tuple[Semaine, ...]:
        """The weeks of the calendar that the period has days in."""
        return tuple(
            Semaine(monday.isocalendar().week, monday, tuple(days))
            for monday, days in groupby(self.days, key=_monday)
        )

    @property
    def duree(self) -> int | None:
        """Its weeks, as a document says them: those that its dates have, which may not be
        the référentiel's; None where the dates are no whole weeks."""
        if not self.intervalles:
            return self.semaines
        if len(self.intervalles) > 1:
            return None
        ((du, au, _),) = self.intervalles
        weeks = (au - du).days // 7 + 1
        whole = working_days(du, du + timedelta(days=7 * weeks - 1), self.worked)
        return weeks if len(whole) - len(self.days) <= self.worked.missing else None


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
    """The same period, on other days; of the week too, where all the intervals say which."""
    days = {
        day
        for du, au, jours in intervalles
        for day in working_days(du, au, periode.worked.on(jours))
    }
    merged, jours = _merge(intervalles), _unite(one.jours for one in intervalles)
    worked = periode.worked.on(jours)
    return replace(periode, intervalles=merged, days=tuple(sorted(days)), worked=worked)


def _merge(intervalles: Iterable[Intervalle]) -> tuple[Intervalle, ...]:
    """Those that are at the same time, on other days of the week, as one."""
    merged: list[Intervalle] = []
    for one in sorted(intervalles):
        if merged and one.du <= merged[-1].au:
            last = merged.pop()
            one = Intervalle(last.du, max(last.au, one.au), _unite((last.jours, one.jours)))
        merged.append(one)
    return tuple(merged)


def _unite(several: Iterable[tuple[int, ...]]) -> tuple[int, ...]:
    """The days of the week of all; none where some have those of the period."""
    listed = list(several)
    return tuple(sorted(set(chain(*listed)))) if all(listed) else ()


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
            yield redate(undated, [Intervalle(given.du, given.au)]) if given else undated


def _find_worked(calendrier: Calendrier, dates: DatesPeriode | None) -> Worked:
    jours = (dates and dates.jours) or calendrier.jours or USUAL.jours
    return Worked(jours, calendrier.territoire, calendrier.feries, calendrier.travailles)


def weeks_of(intervalles: Iterable[Intervalle]) -> int:
    """How many weeks an attendance sheet needs for them at most, where a day of the week is not
    worked: rows for all, and a total for each week of the longest one."""
    days = longest = 0
    for one in intervalles:
        weeks, rest = divmod((one.au - one.du).days + 1, 7)
        a_week = len(one.jours) or DAYS_A_WEEK
        days += weeks * a_week + min(rest, a_week)
        longest = max(longest, weeks + bool(rest))
    return max(weeks_of_room(days), longest)


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
    several = len({day.year for one in intervalles for day in (one.du, one.au)}) > 1
    last = len(intervalles) - 1
    said = (
        f"le {format_date(du, True, several or n == last)}"
        if du == au
        else format_intervalle(du, au, several or n == last)
        for n, (du, au, _) in enumerate(intervalles)
    )
    return ", puis ".join(said)


def format_intervalle(du: date, au: date, avec_annee: bool = True) -> str:
    """« du lundi 24 novembre au vendredi 12 décembre 2026 »."""
    start = format_date(du, avec_jour=True, avec_annee=du.year != au.year)
    return f"du {start} au {format_date(au, avec_jour=True, avec_annee=avec_annee)}"
