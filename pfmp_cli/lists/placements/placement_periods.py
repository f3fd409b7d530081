"""Which period of a pupil's year a placement is of: by its column, its dates, or no other."""

import re
from collections.abc import Mapping
from typing import TypeAlias

from pfmp_cli.calendar.weeks import Intervalle, PeriodeDatee, build_periodes
from pfmp_cli.domain.projet import Projet
from pfmp_cli.domain.referentiel import Referentiel
from pfmp_cli.lists.cells import Refusal, cite
from pfmp_cli.lists.columns import PERIOD
from pfmp_cli.lists.placements.placement_rows import PlacementRow
from pfmp_cli.lists.pupils import Enrolment
from pfmp_cli.rules.placement_rules import UNCLEAR_PERIOD, UNKNOWN_PERIOD
from pfmp_cli.text import either, fold

# « 2 », « PFMP n° 2 », « 2e période », « P2 ».
_NUMBER = re.compile(
    r"(?:pfmp|periode|stage|p)?(?:no?|numero)?0*([0-9]{1,3})"
    r"(?:re|ere|e|eme|nd|nde|de|d)?(?:pfmp|periode|stage)?"
)
# By their rank in the class, which the fields of a placement have (`pfmp1.…`).
Periods: TypeAlias = Mapping[str, PeriodeDatee]


def build_periods(referentiel: Referentiel, projet: Projet, enrolment: Enrolment) -> Periods:
    """The periods of a pupil's class that they do, with the dates of `pfmp.yaml`."""
    classe = referentiel.classe(enrolment.classe)
    periods = build_periodes(classe, projet.calendrier, enrolment.variantes)
    return {str(period.rank): period for period in periods}


def find_period(row: PlacementRow, periods: Periods, chosen: str | None) -> str:
    """The rank of the period that a placement is of; `chosen` is the only one that is made.

    Raises Refusal.
    """
    if row.number:
        return _read_number(row, periods)
    touched = [rank for rank, period in periods.items() if _touches(row.dates, period)]
    only = [rank for rank, period in periods.items() if chosen in (None, period.code)]
    if len(found := touched or only) == 1:
        return found[0]
    raise Refusal(UNCLEAR_PERIOD, advice=_advise(row, periods))


def _read_number(row: PlacementRow, periods: Periods) -> str:
    """The rank of the period that is written so: by its code, or by its rank."""
    by_code = {fold(period.code): rank for rank, period in periods.items()}
    text = fold(row.number)
    found = _NUMBER.fullmatch(text)
    rank = by_code.get(text) or (found[1] if found else "")
    if rank in periods:
        return rank
    raise Refusal(UNKNOWN_PERIOD, text=cite(row.number), advice=_advise(row, periods))


def _advise(row: PlacementRow, periods: Periods) -> str:
    codes = either(period.code for period in periods.values())
    if PERIOD in row.record.columns:
        return f"écrivez {codes}"
    return f"ajoutez une colonne « période », et écrivez-y {codes}"


def _touches(days: Intervalle | None, period: PeriodeDatee) -> bool:
    """Whether some of these days are of the period, by the calendar."""
    return days is not None and any(
        one.du <= days.au and days.du <= one.au for one in period.intervalles
    )
