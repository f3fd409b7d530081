"""Placements, of a file or of the list itself → the pupils whose they are, and their stages."""

from collections import defaultdict
from dataclasses import replace

from pfmp_cli.diagnostics import Diagnostic
from pfmp_cli.domain.projet import Projet
from pfmp_cli.domain.referentiel import Referentiel
from pfmp_cli.lists.cells import Refusal
from pfmp_cli.lists.columns import FIRST_DAY, FULL_NAME, PERIOD
from pfmp_cli.lists.placements.concerned import Concerned
from pfmp_cli.lists.placements.directory import Directory, Person
from pfmp_cli.lists.placements.placement_rows import (
    PlacementRow,
    Placements,
    has_stages,
    read_class_rows,
)
from pfmp_cli.lists.placements.stages import ANY_PERIOD, Stages
from pfmp_cli.lists.pupils import Eleve, Enrolment, LeftOut, PlacementCount, Reason, Roster, Source
from pfmp_cli.lists.value_checks import start_of_year
from pfmp_cli.rules.placement_rules import NOT_THEIR_PERIOD, UNKNOWN_PERIOD


def attach_placements(
    roster: Roster,
    placements: Placements | None,
    referentiel: Referentiel,
    projet: Projet,
    periode: str | None = None,
) -> Roster:
    """The enrolled pupils with their stages, of the file of placements and of the list itself.

    What is wrong with a row costs its stage, or those that it may be, and nothing else of the
    pupil. `periode` is the only one that the command line asks for. What is of no pupil of the
    list, or of no period, is told.
    """
    found = _Matching(roster, referentiel, projet, periode)
    if placements:
        found.place_all(placements)
    eleves = tuple(map(found.complete, roster.eleves))
    idle = (
        LeftOut(one.line, "eleve.nom", Reason.UNCONCERNED, one.name, "", one.division)
        for one in filter(found.concerned.is_idle, eleves)
    )
    return replace(
        roster,
        eleves=eleves,
        left_out=(*roster.left_out, *idle),
        diagnostics=(
            *roster.diagnostics,
            *(placements.diagnostics if placements else ()),
            *found.diagnostics,
            *found.concerned.diagnostics,
        ),
        sources=found.sources,
        placements=PlacementCount(placements.file, found.read, found.left_out)
        if placements
        else None,
    )


class _Matching:
    """Whose each row is and in which period, and what is wrong with that."""

    def __init__(
        self, roster: Roster, referentiel: Referentiel, projet: Projet, chosen: str | None
    ) -> None:
        self.roster, self.projet, self.chosen = roster, projet, chosen
        self._start = start_of_year(projet.annee_scolaire)
        self.diagnostics: list[Diagnostic] = []
        self.sources: dict[tuple[int, str], Source] = {}
        self.read = self.left_out = 0
        self.concerned = Concerned(roster, referentiel, projet)
        # By the line of a pupil, and the rank of a period.
        self._rows: dict[int, dict[str, list[PlacementRow]]] = defaultdict(
            lambda: defaultdict(list)
        )
        self._refused: dict[int, set[str]] = defaultdict(set)
        self._list_has_stages = has_stages(roster)

    def place_all(self, placements: Placements) -> None:
        """Find the pupil and the period of each row."""
        directory = Directory(self.roster)
        for row in placements.rows:
            if row.is_empty:
                self.diagnostics += row.faults
                continue
            self.read += 1
            field, found = directory.find(row.identity)
            if isinstance(found, Refusal):
                self.diagnostics += row.faults
                self.diagnostics.append(found.at(row.record.position(field, FULL_NAME)))
            elif found.eleve is None or found.eleve.enrolment is None:
                self.left_out += 1
            else:
                self.diagnostics += row.faults
                self._place(row, found, found.eleve.enrolment)

    def _place(self, row: PlacementRow, person: Person, enrolment: Enrolment) -> None:
        try:
            rank = self.concerned.find_period(row, person.line, enrolment, self.chosen)
        except Refusal as refusal:
            rank = ANY_PERIOD
            if not row.is_refused:
                self.diagnostics.append(refusal.at(row.record.position(PERIOD, FIRST_DAY)))
            if refusal.rule in (UNKNOWN_PERIOD, NOT_THEIR_PERIOD):
                return
        if row.is_refused or rank == ANY_PERIOD:
            self._refused[person.line].add(rank)
        elif not self.concerned.set_aside(row, person.line, rank):
            self._rows[person.line][rank].append(row)

    def complete(self, eleve: Eleve) -> Eleve:
        """The pupil with the stages that the rows say, those of the list itself too."""
        rows, refused = self._rows.get(eleve.line, {}), self._refused.get(eleve.line, set())
        eleve = self.concerned.complete(eleve, rows)
        if eleve.enrolment is None or not (rows or refused or self._list_has_stages):
            return eleve
        periods, listed = self.concerned.periods_of(eleve.enrolment), defaultdict(list)
        for rank, row in read_class_rows(self.roster, eleve, self._start):
            self.diagnostics += row.faults
            if row.is_refused:
                refused = refused | {rank}
            else:
                listed[rank].append(row)
        ranks = [*rows, *(listed if self._list_has_stages else ())]
        stages = Stages(eleve, self.roster, self.projet)
        complete = stages.settle(
            {rank: [*listed[rank], *rows.get(rank, ())] for rank in ranks}, refused, periods
        )
        self.diagnostics += stages.diagnostics
        self.sources |= stages.sources
        return complete
