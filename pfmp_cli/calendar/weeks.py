"""Periods in time: their days, their weeks, and how dates are written."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache
from itertools import groupby, pairwise, zip_longest
from typing import TYPE_CHECKING

from pfmp_cli.calendar.public_holidays import feries
from pfmp_cli.diagnostics import Diagnostic, Position, in_order, warning

if TYPE_CHECKING:
    from pfmp_cli.domain.projet import DatesPeriode, Projet
    from pfmp_cli.domain.referentiel import Classe, Referentiel
    from pfmp_cli.yaml_files.source import Loc, YamlSource

JOURS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
MOIS = (
    "janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre",
    "octobre", "novembre", "décembre",
)  # fmt: skip
_SUNDAY = 6
Locate = Callable[[str], Position]


# Worked days that dates may lack of whole weeks: a Saturday, and the day beside a holiday.
_MISSING = 2


@dataclass(frozen=True, slots=True)
class Semaine:
    """A week: its ISO number, its Monday, and those of its days that are worked."""

    numero: int
    lundi: date
    jours: tuple[date, ...]


@dataclass(frozen=True, slots=True)
class PeriodeDatee:
    """A placement of a class, with its dates where the school has given them.

    `jours` are all its days but Sundays and public holidays; empty without dates.
    """

    code: str
    semaines: int
    variante: str | None
    du: date | None = None
    au: date | None = None
    jours: tuple[date, ...] = ()

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
        if self.du is None or self.au is None:
            return self.semaines
        weeks = (self.au - self.du).days // 7 + 1
        whole = working_days(self.du, self.du + timedelta(days=7 * weeks - 1))
        return weeks if len(whole) - len(self.jours) <= _MISSING else None


def build_periodes(
    classe: Classe,
    dates: Sequence[DatesPeriode],
    variantes: frozenset[str],
    propres: Iterable[tuple[str, date, date]] = (),
) -> tuple[PeriodeDatee, ...]:
    """The periods of a class for pupils of these `variantes`, dated in the order of `dates`.

    `propres` are dates of the pupils' own, by code, which count more.
    """
    own = {code: (du, au) for code, du, au in propres}
    return tuple(
        redate(periode, *own[periode.code]) if periode.code in own else periode
        for periode in _date_class(classe, dates, variantes)
    )


def redate(periode: PeriodeDatee, du: date, au: date) -> PeriodeDatee:
    """The same period, from another day to another."""
    return replace(periode, du=du, au=au, jours=working_days(du, au))


def _date_class(
    classe: Classe, dates: Sequence[DatesPeriode], variantes: frozenset[str]
) -> tuple[PeriodeDatee, ...]:
    return tuple(
        PeriodeDatee(
            periode.code,
            periode.semaines,
            periode.variante,
            given.du if given else None,
            given.au if given else None,
            working_days(given.du, given.au) if given else (),
        )
        for periode, given in zip_longest(classe.periodes, dates)
        if periode is not None and (periode.variante is None or periode.variante in variantes)
    )


def count_semaines(periode: PeriodeDatee) -> int:
    """In how many weeks of the calendar the period has days; 0 without dates."""
    return len(periode.semaines_calendaires)


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


@cache
def working_days(du: date, au: date) -> tuple[date, ...]:
    """The days from `du` to `au`, both included, without Sundays and French public holidays."""
    off = {day for year in range(du.year, au.year + 1) for day in feries(year)}
    days = (du + timedelta(days=n) for n in range((au - du).days + 1))
    return tuple(day for day in days if day.weekday() != _SUNDAY and day not in off)


def format_date(day: date, avec_jour: bool = False, avec_annee: bool = True) -> str:
    """« 24 novembre 2026 », « 1er mai 2026 », « lundi 24 novembre 2026 »."""
    parts = [JOURS[day.weekday()]] if avec_jour else []
    parts += ["1er" if day.day == 1 else str(day.day), MOIS[day.month - 1]]
    return " ".join([*parts, str(day.year)] if avec_annee else parts)


def format_intervalle(du: date, au: date) -> str:
    """« du lundi 24 novembre au vendredi 12 décembre 2026 »."""
    start = format_date(du, avec_jour=True, avec_annee=du.year != au.year)
    return f"du {start} au {format_date(au, avec_jour=True)}"


def check_calendrier(
    projet: Projet, referentiel: Referentiel, source: YamlSource
) -> list[Diagnostic]:
    """Warnings about dates that are possible and unlikely; `source` is the projet's file."""
    calendrier = projet.calendrier
    doubts = [
        doubt
        for code, dates in calendrier.periodes.items()
        for doubt in _check_classe(referentiel.classe(code), dates, projet, source)
    ]
    last = max((one.au for dates in calendrier.periodes.values() for one in dates), default=None)
    if calendrier.zone is not None and last is not None:
        doubts += _check_known(last, calendrier.zone, source)
    return in_order(doubts)


def _check_classe(
    classe: Classe, dates: Sequence[DatesPeriode], projet: Projet, source: YamlSource
) -> Iterator[Diagnostic]:
    loc: Loc = ("calendrier", "periodes", classe.code)
    variantes = frozenset(p.variante for p in classe.periodes if p.variante is not None)
    for i, periode in enumerate(build_periodes(classe, dates, variantes)):
        if periode.du is not None and periode.au is not None:
            yield from check_periode(periode, projet, _locator(source, (*loc, i)))
        elif dates and periode.variante is None:
            yield warning(f"la période « {periode.code} » n'a pas de dates", source.position(loc),
                          "ajoutez ses deux dates à la liste de la classe")  # fmt: skip
    for i, (before, after) in enumerate(pairwise(dates), start=1):
        if after.du <= before.au:
            yield warning(
                f"la période commence le {format_date(after.du)}, avant la fin de la précédente, "
                f"le {format_date(before.au)}",
                source.position((*loc, i, "du")),
                "vérifiez les deux dates",
            )


def _locator(source: YamlSource, loc: Loc) -> Locate:
    return lambda end: source.position((*loc, end))


def check_periode(periode: PeriodeDatee, projet: Projet, locate: Locate) -> Iterator[Diagnostic]:
    """Warnings about the dates of one period; `locate` says where an end (`du`, `au`) stands."""
    if periode.du is None or periode.au is None:
        return
    year, zone = projet.annee_scolaire, projet.calendrier.zone
    yield from _check_weeks(periode, periode.au - periode.du, locate)
    yield from _check_ends(periode.du, periode.au, periode.jours, locate)
    if zone is not None:
        yield from _check_vacances(periode, zone, locate)
    if year is not None:
        yield from _check_annee(periode.du, periode.au, year, locate)


def _check_weeks(periode: PeriodeDatee, duree: timedelta, locate: Locate) -> Iterator[Diagnostic]:
    given, asked = count_semaines(periode), periode.semaines
    if given < asked:
        yield warning(
            f"la période « {periode.code} » a des jours dans {given} semaine(s), "
            f"le référentiel en demande {asked}",
            locate("au"),
            "vérifiez les deux dates",
        )
    elif duree >= timedelta(weeks=asked):
        yield warning(
            f"la période « {periode.code} » dure plus de {asked} semaines",
            locate("au"),
            "vérifiez les deux dates",
        )


def _check_ends(
    du: date, au: date, jours: tuple[date, ...], locate: Locate
) -> Iterator[Diagnostic]:
    ends = (("du", "commence", du, jours[:1]), ("au", "finit", au, jours[-1:]))
    for key, verb, day, worked in ends:
        if (day,) != worked:
            why = "dimanche" if day.weekday() == _SUNDAY else "jour férié"
            yield warning(
                f"la période {verb} un {why}, le {format_date(day)}",
                locate(key),
                f"écrivez {worked[0]}" if worked else "vérifiez les deux dates",
            )


def _check_vacances(periode: PeriodeDatee, zone: str, locate: Locate) -> Iterator[Diagnostic]:
    from pfmp_cli.calendar.school_holidays import find_school_holidays

    for vacances in find_school_holidays(periode.jours, zone):
        first, last, number = vacances.days[0], vacances.days[-1], len(vacances.days)
        when = format_intervalle(first, last) if number > 1 else f"le {format_date(first)}"
        yield warning(
            f"la période « {periode.code} » a {number} jour{'s' if number > 1 else ''} dans les "
            f"{vacances.name.replace('V', 'v')} de la zone {zone}, {when}",
            locate("du"),
            "vérifiez les deux dates, et « zone »",
        )


def _check_known(last: date, zone: str, source: YamlSource) -> Iterator[Diagnostic]:
    """The calendar of the ministry is known some years ahead."""
    from pfmp_cli.calendar.school_holidays import last_known_day

    if last > (known := last_known_day()):
        yield warning(
            f"les vacances scolaires sont connues jusqu'au {format_date(known)} : les jours "
            "d'après ne leur sont pas comparés",
            source.position(("calendrier", "zone")),
            f"comparez-les vous-même au calendrier de la zone {zone}",
        )


def _check_annee(du: date, au: date, annee: str, locate: Locate) -> Iterator[Diagnostic]:
    """The school year goes from 1 September to 31 August."""
    first, last = (int(year) for year in annee.split("-"))
    for key, day in (("du", du), ("au", au)):
        if not date(first, 9, 1) <= day <= date(last, 8, 31):
            yield warning(
                f"le {format_date(day)} n'est pas dans l'année scolaire {annee}",
                locate(key),
                "vérifiez la date, ou « annee_scolaire »",
            )
