"""The school that the page asks for, where its bundle has none: name, address, year, dates."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import partial
from itertools import takewhile
from typing import Any

from pfmp_cli.calendar.unlikely_dates import check_periode
from pfmp_cli.calendar.weeks import LONGEST, Intervalle, build_periodes, redate
from pfmp_cli.diagnostics import Diagnostic, InputRefused, Position
from pfmp_cli.domain.projet import DatesPeriode, Projet
from pfmp_cli.domain.referentiel import Classe, Referentiel
from pfmp_cli.domain.shapes import Misshapen, read_years
from pfmp_cli.lists.pupils import Eleve
from pfmp_cli.rules.school_rules import ENDS_FIRST, MORE_THAN_A_YEAR


@dataclass(frozen=True)
class SchoolForm:
    """What was filled in: the school, `values` that documents print, and by class and period the
    `dates` that there are."""

    projet: Projet
    values: dict[str, str] = field(default_factory=dict)
    dates: dict[str, dict[str, Intervalle]] = field(default_factory=dict)

    def date(self, eleve: Eleve, referentiel: Referentiel) -> Eleve:
        """The pupil with these dates, for periods that have none of their own: masters without a
        school have room for a pupil's own."""
        if not (eleve.enrolment and self.dates):
            return eleve
        classe, variantes = eleve.enrolment.classe, (None, *eleve.enrolment.variantes)
        known = self.dates.get(classe, {})
        dates = {
            one.code: (known[one.code],)
            for one in referentiel.classe(classe).periodes
            if one.code in known and one.variante in variantes
        }
        return eleve._replace(dates=tuple((dates | dict(eleve.dates)).items()))

    def doubt(self, referentiel: Referentiel) -> Iterator[Diagnostic]:
        """Warnings about the dates."""
        for code, known in self.dates.items():
            classe = referentiel.classe(code)
            every = classe.variantes
            for periode in build_periodes(classe, self.projet.calendrier, every):
                if days := known.get(periode.code):
                    place = _place(classe, periode.code)
                    dated = redate(periode, [days])
                    yield from check_periode(dated, self.projet, partial(_at, place))


def read_form(told: dict[str, Any], projet: Projet, referentiel: Referentiel) -> SchoolForm:
    """`told`: the `texts` by name, and by class the `dates` of each period, or null.

    Raises InputRefused.
    """
    texts = {name: text for name, text in told["texts"].items() if text}
    whole = [texts[name] for name in ("nom", "adresse", "commune") if name in texts]
    values = {f"ecole.{name}": text for name, text in texts.items()}
    dates, periodes = {}, {}
    for code, given in told["dates"].items():
        classe = referentiel.classe(code)
        codes = [one.code for one in classe.periodes]
        days = [
            one and _read_days(one, _place(classe, period))
            for period, one in zip(codes, given, strict=True)
        ]
        dates[code] = {one: found for one, found in zip(codes, days, strict=True) if found}
        first = takewhile(bool, days)  # those of a calendar are in order, without a gap
        periodes[code] = tuple(DatesPeriode(du=one.du, au=one.au) for one in first)
    calendrier = replace(projet.calendrier, periodes=periodes)
    projet = replace(projet, annee_scolaire=_read_year(texts.get("annee")), calendrier=calendrier)
    return SchoolForm(projet, values | {"ecole.complet": ", ".join(whole)}, dates)


def _at(place: Position, _: object) -> Position:
    return place


def _place(classe: Classe, periode: str) -> Position:
    return Position("dates", label=f"{classe.libelle}, période {periode}")


def _read_days(told: Sequence[str], place: Position) -> Intervalle:
    """From the first to the last day. Raises InputRefused where they are not in order, or so far
    apart that nobody wants all the days between."""
    du, au = map(date.fromisoformat, told)
    if du > au:
        raise InputRefused([ENDS_FIRST.at(place, du=du, au=au)])
    if au - du > LONGEST:
        raise InputRefused([MORE_THAN_A_YEAR.at(place, du=du, au=au)])
    return Intervalle(du, au)


def _read_year(text: str | None) -> str | None:
    try:
        return read_years(text) if text else None
    except Misshapen as fault:
        place = Position("établissement", label="année scolaire")
        raise InputRefused([replace(fault.diagnostic, position=place)]) from fault
