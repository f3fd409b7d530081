"""Which periods a pupil does: those of a variant, and those that they are « non concerné » by."""

from collections import defaultdict
from collections.abc import Collection
from functools import cache, partial

from pfmp_cli.calendar.weeks import PeriodeDatee
from pfmp_cli.diagnostics import Diagnostic, Position
from pfmp_cli.domain.projet import Projet
from pfmp_cli.domain.referentiel import Referentiel
from pfmp_cli.lists.cells import Refusal, cite, is_unconcerned
from pfmp_cli.lists.columns import FIRST_DAY, PERIOD, rank_of
from pfmp_cli.lists.placements.placement_periods import Periods, build_periods, find_period
from pfmp_cli.lists.placements.placement_rows import PlacementRow
from pfmp_cli.lists.pupils import Eleve, Enrolment, Roster
from pfmp_cli.rules.placement_rules import (
    NOT_THEIR_PERIOD,
    PLACED_ALL_THE_SAME,
    TAKEN_FOR,
    UNCONCERNED,
)
from pfmp_cli.text import fold


class Concerned:
    """Finds the period of each placement; a pupil who is placed in the period of a variant that
    the list has no column for is taken for one of it. What there is to say is in `diagnostics`."""

    def __init__(self, roster: Roster, referentiel: Referentiel, projet: Projet) -> None:
        self.roster, self.referentiel = roster, referentiel
        self.diagnostics: list[Diagnostic] = []
        self.periods_of = cache(partial(build_periods, referentiel, projet))
        self._variants = frozenset(variante.code for variante in referentiel.variantes)
        # By the rank of a period, the columns that the list has for it.
        self._columns: dict[str, list[str]] = defaultdict(list)
        for name in roster.columns:
            self._columns[rank_of(name)].append(name)
        self._taken: dict[int, set[str]] = defaultdict(set)  # by the line of a pupil
        self._without: dict[int, dict[str, PlacementRow]] = defaultdict(dict)

    def find_period(
        self, row: PlacementRow, line: int, enrolment: Enrolment, chosen: str | None
    ) -> str:
        """The rank of the period that a row is of. Raises Refusal."""
        every = self._all_periods(enrolment)
        try:
            return find_period(row, self.periods_of(enrolment), chosen)
        except Refusal as refusal:
            try:
                rank = find_period(row, every, chosen)
            except Refusal:
                raise refusal from None
        self._take(line, every[rank], row.record.position(PERIOD, FIRST_DAY))
        return rank

    def set_aside(self, row: PlacementRow, line: int, rank: str) -> bool:
        """Whether the row says that the pupil is not concerned by its period."""
        if not is_unconcerned(row.values.get("entreprise", "")):
            return False
        self._without[line][rank] = row
        return True

    def complete(self, eleve: Eleve, placed: Collection[str]) -> Eleve:
        """The pupil with the variants and the absences that placements tell of; `placed` are the
        ranks of the periods in which the file has some."""
        if eleve.enrolment is None:
            return eleve
        own, every = self.periods_of(eleve.enrolment), self._all_periods(eleve.enrolment)
        for rank in (rank for rank in every if rank not in own and rank in self._columns):
            self._read_listed(eleve, rank, every[rank])
        if taken := self._taken.get(eleve.line):
            variantes = eleve.enrolment.variantes | taken
            eleve = eleve._replace(enrolment=eleve.enrolment._replace(variantes=variantes))
        said = self._columns.keys() | self._without[eleve.line].keys()
        for rank in (rank for rank in every if rank in said):
            eleve = self._leave_out(eleve, rank, every[rank], rank in placed)
        return eleve

    def is_idle(self, eleve: Eleve) -> bool:
        """Whether no period concerns the pupil."""
        if eleve.enrolment is None or eleve.dates:
            return False
        codes = (period.code for period in self.periods_of(eleve.enrolment).values())
        return all((eleve.enrolment.classe, code) in eleve.absences for code in codes)

    def _all_periods(self, enrolment: Enrolment) -> Periods:
        """Those of all variants, too."""
        return self.periods_of(enrolment._replace(variantes=self._variants))

    def _read_listed(self, eleve: Eleve, rank: str, period: PeriodeDatee) -> None:
        """What a list's own columns say of the period of a variant that the pupil is not of."""
        field = next((name for name in self._columns[rank] if name in eleve.values), None)
        if field is None or is_unconcerned(eleve.values[field]):
            return
        position = self.roster.position(eleve, field)
        try:
            self._take(eleve.line, period, position)
        except Refusal as refusal:
            self.diagnostics.append(refusal.at(position))

    def _take(self, line: int, period: PeriodeDatee, position: Position) -> None:
        """Take a pupil for one of the period's variant. Raises Refusal where the list has it."""
        variante = next(v for v in self.referentiel.variantes if v.code == period.variante)
        said = {"periode": period.code, "variante": variante.libelle, "column": variante.code}
        if f"eleve.{variante.code}" in self.roster.columns:
            raise Refusal(NOT_THEIR_PERIOD, **said)
        if variante.code not in self._taken[line]:
            self._taken[line].add(variante.code)
            self.diagnostics.append(TAKEN_FOR.at(position, **said))

    def _leave_out(self, eleve: Eleve, rank: str, period: PeriodeDatee, placed: bool) -> Eleve:
        """The pupil without a period of which a company's cell says « non concerné »."""
        assert eleve.enrolment is not None
        row = self._without[eleve.line].get(rank)
        columns = (name for name in self._columns[rank] if name.endswith(".entreprise"))
        listed = [name for name in columns if name in eleve.values]
        without = [name for name in listed if is_unconcerned(eleve.values[name])]
        if row:
            said, place = row.values["entreprise"], row.record.position("stage.entreprise")
        elif without:
            said, place = eleve.values[without[0]], self.roster.position(eleve, without[0])
        else:
            return eleve
        stages = tuple(name.removesuffix("entreprise") for name in without)
        beside = [name for name in eleve.values if stages and name.startswith(stages)]
        told = {"text": cite(said), "periode": period.code}
        if placed or len(without) < len(listed):
            self.diagnostics.append(PLACED_ALL_THE_SAME.at(place, **told))
            rest = {name: text for name, text in eleve.values.items() if name not in beside}
            return eleve._replace(values=rest)
        says_more = len(beside) > len(without) or (row and (len(row.values) > 1 or row.dates))
        if fold(said) == "nc" or says_more:
            self.diagnostics.append(UNCONCERNED.at(place, **told))
        absences = eleve.absences | {(eleve.enrolment.classe, period.code)}
        return eleve.placed(rank, {})._replace(absences=absences)
