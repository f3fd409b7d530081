"""Placements of a file → the pupils whose they are, with the dates that are their own."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from itertools import combinations

from pfmp_cli.calendar.unlikely_dates import check_periode
from pfmp_cli.calendar.weeks import PeriodeDatee, redate
from pfmp_cli.diagnostics import Diagnostic, Position
from pfmp_cli.domain.projet import Projet
from pfmp_cli.domain.referentiel import Referentiel
from pfmp_cli.lists.cells import Refusal, cite
from pfmp_cli.lists.columns import FIRST_DAY, FULL_NAME, INE, PERIOD
from pfmp_cli.lists.directory import Directory, Person
from pfmp_cli.lists.formats.table import Cell
from pfmp_cli.lists.placement_periods import Days, Periods, build_periods, find_period
from pfmp_cli.lists.placements import Placements, Stage
from pfmp_cli.lists.pupils import Eleve, Enrolment, PlacementCount, Roster
from pfmp_cli.rules.placement_rules import (
    CONTRADICTED,
    OVERLAPS_A_ROW,
    OVERLAPS_CALENDAR,
    PERIOD_TWICE,
)
from pfmp_cli.text import fold


def attach_placements(
    roster: Roster,
    placements: Placements,
    referentiel: Referentiel,
    projet: Projet,
    periode: str | None = None,
) -> Roster:
    """The enrolled pupils with their placements; those with something wrong in one are left out.

    `periode` is the only one that the command line asks for. What is of no pupil of the list,
    or of no period, is told.
    """
    found = _Matching(roster, placements, referentiel, projet, periode)
    found.place_all()
    eleves = tuple(found.complete_all())
    return replace(
        roster,
        eleves=eleves,
        diagnostics=(*roster.diagnostics, *placements.diagnostics, *found.diagnostics),
        rows_left_out=roster.rows_left_out + len(roster.eleves) - len(eleves),
        sources=found.sources,
        placements=PlacementCount(placements.table.file, found.read, found.left_out),
    )


@dataclass(frozen=True, slots=True)
class _Span:
    """The days of a period of a pupil: their own, from a row, or their class's."""

    code: str
    days: Days
    stage: Stage | None = None

    def meets(self, other: _Span) -> bool:
        return self.days[0] <= other.days[1] and other.days[0] <= self.days[1]

    def __str__(self) -> str:
        return f"du {self.days[0]:%d/%m/%Y} au {self.days[1]:%d/%m/%Y}"


class _Matching:
    """Whose each placement is and in which period, and what is wrong with that."""

    def __init__(
        self,
        roster: Roster,
        placements: Placements,
        referentiel: Referentiel,
        projet: Projet,
        chosen: str | None,
    ) -> None:
        self.roster, self.placements = roster, placements
        self.referentiel, self.projet, self.chosen = referentiel, projet, chosen
        self.diagnostics: list[Diagnostic] = []
        self.sources: dict[tuple[int, str], Cell] = {}
        self.read = self.left_out = 0
        self._periods: dict[Enrolment, Periods] = {}
        self._refused: set[int] = set()  # lines of pupils
        self._places: dict[int, dict[str, Stage]] = defaultdict(dict)

    def place_all(self) -> None:
        """Find the pupil and the period of each row."""
        directory = Directory(self.roster)
        for stage in self.placements.stages:
            if stage.is_empty:
                self.diagnostics += stage.faults
                continue
            self.read += 1
            field, found = directory.find(stage.identity)
            if isinstance(found, Refusal):
                self.diagnostics += stage.faults
                self._tell(found, stage, field, FULL_NAME)
            elif found.eleve is None or found.eleve.enrolment is None:
                self.left_out += 1
            else:
                self.diagnostics += stage.faults
                self._place(stage, found, self._periods_of(found.eleve.enrolment))

    def _periods_of(self, enrolment: Enrolment) -> Periods:
        if enrolment not in self._periods:
            self._periods[enrolment] = build_periods(enrolment, self.referentiel, self.projet)
        return self._periods[enrolment]

    def _place(self, stage: Stage, person: Person, periods: Periods) -> None:
        if stage.is_refused:
            self._refused.add(person.line)
            return
        try:
            rank = find_period(stage, self.placements, periods, self.chosen)
        except Refusal as refusal:
            self._refuse(person, refusal, stage, PERIOD, FIRST_DAY)
            return
        first = self._places[person.line].setdefault(rank, stage)
        if first is not stage:
            name, line = cite(person.full_name), self.placements.line_number(first)
            twice = Refusal(PERIOD_TWICE, name=name, periode=periods[rank].code, line=line)
            self._refuse(person, twice, stage, "eleve.nom", FULL_NAME, INE)

    def complete_all(self) -> Iterator[Eleve]:
        """The pupils of the list, with what the file of placements says."""
        for eleve in self.roster.eleves:
            places = self._places.get(eleve.line)
            complete = self._complete(eleve, places) if places else eleve
            if eleve.line not in self._refused:
                yield complete

    def _complete(self, eleve: Eleve, places: Mapping[str, Stage]) -> Eleve:
        values = dict(eleve.values)
        for rank, stage in places.items():
            for name, text in stage.values.items():
                field = f"pfmp{rank}.{name}"
                said = values.get(field)
                if said and fold(said) != fold(text):
                    self._contradict(eleve, field, stage, name)
                values[field] = text
                self.sources[eleve.line, field] = self.placements.cell(stage, name)
        return replace(eleve, values=values, dates=tuple(self._own_dates(eleve, places)))

    def _contradict(self, eleve: Eleve, field: str, stage: Stage, name: str) -> None:
        contradicted = Refusal(
            CONTRADICTED,
            here=cite(stage.values[name]),
            there=cite(eleve.values[field]),
            place=self.roster.position(eleve, field),
            field=field.replace(".", "_"),
        )
        self._refuse(eleve, contradicted, stage, stage.origins[name])

    def _own_dates(
        self, eleve: Eleve, places: Mapping[str, Stage]
    ) -> Iterator[tuple[str, date, date]]:
        """The dates that are not the calendar's, in the order of the periods."""
        assert eleve.enrolment is not None
        spans: list[_Span] = []
        for rank, period in self._periods_of(eleve.enrolment).items():
            stage = places.get(rank)
            of_class = (period.du, period.au) if period.du and period.au else None
            if stage and stage.dates and stage.dates != of_class:
                spans.append(_Span(period.code, stage.dates, stage))
                self._doubt(redate(period, *stage.dates), stage)
                yield (period.code, *stage.dates)
            elif of_class:
                spans.append(_Span(period.code, of_class))
        for first, second in combinations(spans, 2):
            if first.meets(second):
                if second.stage:
                    self._overlap(eleve, second.stage, second, first)
                elif first.stage:
                    self._overlap(eleve, first.stage, first, second)

    def _doubt(self, period: PeriodeDatee, stage: Stage) -> None:
        """What is unlikely in dates of a pupil's own."""

        def locate(end: str) -> Position:
            return self.placements.position(stage, f"stage.{end}")

        self.diagnostics += check_periode(period, self.projet, locate)

    def _overlap(self, eleve: Eleve, stage: Stage, span: _Span, other: _Span) -> None:
        values = {"periode": span.code, "days": str(span), "other": other.code}
        values["other_days"] = str(other)
        if other.stage:
            line = self.placements.line_number(other.stage)
            refusal = Refusal(OVERLAPS_A_ROW, **values, line=line)
        else:
            refusal = Refusal(OVERLAPS_CALENDAR, **values)
        self._refuse(eleve, refusal, stage, FIRST_DAY)

    def _refuse(self, whose: Eleve | Person, refusal: Refusal, stage: Stage, *fields: str) -> None:
        """Tell it, and leave the pupil out."""
        self._refused.add(whose.line)
        self._tell(refusal, stage, *fields)

    def _tell(self, refusal: Refusal, stage: Stage, *fields: str) -> None:
        self.diagnostics.append(refusal.at(self.placements.position(stage, *fields)))
