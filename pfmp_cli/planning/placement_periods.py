"""What a run knows that tells a placement's period: the class of each pupil, and the calendar."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from pfmp_cli.calendar.unlikely_dates import Locate, check_periode
from pfmp_cli.calendar.weeks import PeriodeDatee, build_periodes, redate
from pfmp_cli.lists.matching import Reperes
from pfmp_cli.planning.editions import Edition, Selection
from pfmp_cli.planning.plan import find_edition

if TYPE_CHECKING:
    from pfmp_cli.diagnostics import Diagnostic
    from pfmp_cli.domain.projet import Projet
    from pfmp_cli.domain.referentiel import Referentiel
    from pfmp_cli.lists.pupils import Eleve, Roster


def find_reperes(
    roster: Roster, referentiel: Referentiel, projet: Projet, selection: Selection
) -> Reperes:
    """The periods of each pupil, those of the class but for the dates that are their own."""
    known: dict[Edition, dict[str, PeriodeDatee]] = {}

    def periodes_of(eleve: Eleve) -> dict[str, PeriodeDatee] | None:
        edition = find_edition(eleve, roster, referentiel, projet.divisions, selection)
        if not isinstance(edition, Edition):
            return None
        if edition not in known:
            known[edition] = _build(edition, referentiel, projet)
        return known[edition]

    def doubts_of(
        periode: PeriodeDatee, jours: tuple[date, date], locate: Locate
    ) -> Iterator[Diagnostic]:
        return check_periode(redate(periode, *jours), projet, locate)

    return Reperes(periodes_of, selection.periode, doubts_of)


def _build(edition: Edition, referentiel: Referentiel, projet: Projet) -> dict[str, PeriodeDatee]:
    """The periods of an edition, by their rank among the periods of the class."""
    classe = referentiel.classe(edition.classe)
    dates = projet.calendrier.periodes.get(edition.classe, ())
    ranks = {periode.code: str(rank) for rank, periode in enumerate(classe.periodes, start=1)}
    periodes = build_periodes(classe, dates, edition.variantes)
    return {ranks[periode.code]: periode for periode in periodes}
