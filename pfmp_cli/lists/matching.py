"""Placements of a file → the pupils whose they are, with the dates that are their own."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from itertools import combinations
from typing import TYPE_CHECKING

from pfmp_cli.diagnostics import Diagnostic, Position
from pfmp_cli.lists.cells import Refusal, cite
from pfmp_cli.lists.columns import NOM_PRENOM
from pfmp_cli.lists.directory import Directory, Person
from pfmp_cli.lists.formats.table import Cell
from pfmp_cli.lists.placement_columns import DU, INE, NUMERO_STAGE
from pfmp_cli.lists.placements import Placements, Stage
from pfmp_cli.lists.pupils import Eleve, PlacementCount, Roster
from pfmp_cli.text import either, fold

if TYPE_CHECKING:
    from pfmp_cli.calendar.weeks import PeriodeDatee

# « 2 », « PFMP n° 2 », « 2e période », « P2 ».
NUMERO = re.compile(
    r"(?:pfmp|periode|stage|p)?(?:no?|numero)?0*([0-9]{1,3})"
    r"(?:re|ere|e|eme|nd|nde|de|d)?(?:pfmp|periode|stage)?"
)
Jours = tuple[date, date]
Periodes = Mapping[str, "PeriodeDatee"]
Locate = Callable[[str], Position]


@dataclass(frozen=True)
class Reperes:
    """What a run knows beside the two files.

    `periodes_of`: the periods of a pupil, by the number that their fields have (`pfmp1.…`);
    None for one whom the run leaves out. `periode`: the code of the only one that the run
    makes. `doubts_of`: what is unlikely in a period that a pupil has dates of their own for;
    it is given where each end stands (`du`, `au`).
    """

    periodes_of: Callable[[Eleve], Periodes | None]
    periode: str | None = None
    doubts_of: Callable[[PeriodeDatee, Jours, Locate], Iterable[Diagnostic]] = lambda *_: ()


def attach_placements(roster: Roster, stages: Placements, reperes: Reperes) -> Roster:
    """The pupils with their placements; those with something wrong in a placement are left out.

    What is of no pupil of the list, or of no period, is told.
    """
    found = _Matching(roster, stages, reperes)
    found.place_all()
    eleves = tuple(found.complete_all())
    return replace(
        roster,
        eleves=eleves,
        diagnostics=(*roster.diagnostics, *stages.diagnostics, *found.diagnostics),
        rows_left_out=roster.rows_left_out + len(roster.eleves) - len(eleves),
        sources=found.sources,
        placements=PlacementCount(stages.table.file, found.read, found.left_out),
    )


@dataclass(frozen=True, slots=True)
class _Span:
    """The days of a period of a pupil: their own, from a row, or their class's."""

    code: str
    days: Jours
    stage: Stage | None = None

    def meets(self, other: _Span) -> bool:
        return self.days[0] <= other.days[1] and other.days[0] <= self.days[1]

    def __str__(self) -> str:
        return f"du {self.days[0]:%d/%m/%Y} au {self.days[1]:%d/%m/%Y}"


class _Matching:
    """Whose each placement is and in which period, and what is wrong with that."""

    def __init__(self, roster: Roster, stages: Placements, reperes: Reperes) -> None:
        self.roster, self.placements, self.periods = roster, stages, reperes
        self.diagnostics: list[Diagnostic] = []
        self.sources: dict[tuple[int, str], Cell] = {}
        self.read = self.left_out = 0
        self._refuses: set[int] = set()  # lines of pupils
        self._places: dict[int, dict[str, Stage]] = defaultdict(dict)

    def place_all(self) -> None:
        """Find the pupil and the period of each row."""
        directory = Directory(self.roster)
        for stage in self.placements.stages:
            if stage.is_empty:
                continue
            self.read += 1
            field, found = directory.find(stage.identity)
            if isinstance(found, Refusal):
                self.diagnostics += stage.faults
                self._refuse(found, stage, field, NOM_PRENOM)
            else:
                self._place(stage, found)

    def _place(self, stage: Stage, person: Person) -> None:
        periodes = self.periods.periodes_of(person.eleve) if person.eleve else None
        if periodes is None:
            self.left_out += 1
            return
        self.diagnostics += stage.faults
        if stage.refuse:
            self._refuses.add(person.line)
            return
        number = self._find_period(stage, periodes)
        if isinstance(number, Refusal):
            self._refuses.add(person.line)
            self._refuse(number, stage, NUMERO_STAGE, DU)
            return
        first = self._places[person.line].setdefault(number, stage)
        if first is not stage:
            self._refuses.add(person.line)
            fault = self._twice(first, person, periodes[number].code)
            self._refuse(fault, stage, "eleve.nom", NOM_PRENOM, INE)

    def _twice(self, first: Stage, person: Person, code: str) -> Refusal:
        return Refusal(
            f"{cite(person.full_name)} a déjà un stage pour la période {code}, "
            f"à la ligne {self.placements.line_number(first)}",
            "supprimez l'une des deux lignes, ou corrigez sa période",
        )

    def _find_period(self, stage: Stage, periodes: Periodes) -> str | Refusal:
        """The number of the period: from its column, its dates, or because there is one."""
        if stage.number:
            return self._read_period(stage.number, periodes)
        touched = [number for number, p in periodes.items() if _touches(stage.dates, p)]
        chosen = self.periods.periode
        only = [number for number, p in periodes.items() if chosen in (None, p.code)]
        if len(found := touched or only) == 1:
            return found[0]
        return Refusal("on ne sait pas de quelle période est ce stage", self._which(periodes))

    def _read_period(self, text: str, periodes: Periodes) -> str | Refusal:
        """The number of the period that is written so: by its code, or by its number."""
        by_code = {fold(periode.code): number for number, periode in periodes.items()}
        found = NUMERO.fullmatch(fold(text))
        number = by_code.get(fold(text)) or (found[1] if found else "")
        if number in periodes:
            return number
        message = f"{cite(text)} n'est pas une période de cet élève"
        return Refusal(message, self._which(periodes))

    def _which(self, periodes: Periodes) -> str:
        codes = either(periode.code for periode in periodes.values())
        if NUMERO_STAGE in self.placements.columns:
            return f"écrivez {codes}"
        return f"ajoutez une colonne « période », et écrivez-y {codes}"

    def complete_all(self) -> Iterator[Eleve]:
        """The pupils of the list, with what the file of placements says."""
        for eleve in self.roster.eleves:
            places = self._places.get(eleve.line, {})
            complete = self._complete(eleve, places) if places else eleve
            if eleve.line not in self._refuses:
                yield complete

    def _complete(self, eleve: Eleve, places: Mapping[str, Stage]) -> Eleve:
        values = dict(eleve.values)
        for number, stage in places.items():
            for nom, text in stage.values.items():
                field = f"pfmp{number}.{nom}"
                said = values.get(field)
                if said and fold(said) != fold(text):
                    self._contradict(eleve, field, stage, nom)
                values[field] = text
                self.sources[eleve.line, field] = self.placements.cell(stage, nom)
        return replace(eleve, values=values, dates=tuple(self._own_dates(eleve, places)))

    def _contradict(self, eleve: Eleve, field: str, stage: Stage, nom: str) -> None:
        ici, la_bas = stage.values[nom], eleve.values[field]
        fault = Refusal(
            f"{cite(ici)} ici, {cite(la_bas)} dans {self.roster.position(eleve, field)} "
            f"({field.replace('.', '_')})",
            "corrigez l'un des deux, ou videz-le",
        )
        self._refuses.add(eleve.line)
        self._refuse(fault, stage, stage.origins[nom])

    def _own_dates(
        self, eleve: Eleve, places: Mapping[str, Stage]
    ) -> Iterator[tuple[str, date, date]]:
        """The dates that are not the calendar's, in the order of the periods."""
        spans: list[_Span] = []
        for number, periode in (self.periods.periodes_of(eleve) or {}).items():
            stage = places.get(number)
            of_class = (periode.du, periode.au) if periode.du and periode.au else None
            if stage and stage.dates and stage.dates != of_class:
                spans.append(_Span(periode.code, stage.dates, stage))
                self._doubt(periode, stage.dates, stage)
                yield (periode.code, *stage.dates)
            elif of_class:
                spans.append(_Span(periode.code, of_class))
        for first, second in combinations(spans, 2):
            if (first.stage or second.stage) and first.meets(second):
                self._overlap(eleve, *((second, first) if second.stage else (first, second)))

    def _doubt(self, periode: PeriodeDatee, jours: Jours, stage: Stage) -> None:
        def locate(end: str) -> Position:
            return self.placements.position(stage, f"stage.{end}")

        self.diagnostics += self.periods.doubts_of(periode, jours, locate)

    def _overlap(self, eleve: Eleve, span: _Span, other: _Span) -> None:
        assert span.stage is not None
        line = self.placements.line_number(other.stage) if other.stage else None
        fault = Refusal(
            f"la période {span.code}, {span}, chevauche la période {other.code}, {other} "
            + (f"à la ligne {line}" if other.stage else "dans pfmp.yaml"),
            "corrigez ces dates, ou donnez aussi celles de l'autre période",
        )
        self._refuses.add(eleve.line)
        self._refuse(fault, span.stage, DU)

    def _refuse(self, fault: Refusal, stage: Stage, *fields: str) -> None:
        position = self.placements.position(stage, *fields)
        self.diagnostics.append(fault.at(position))


def _touches(jours: Jours | None, periode: PeriodeDatee) -> bool:
    """Whether some of these days are of the period, by the calendar."""
    if not (jours and periode.du and periode.au):
        return False
    return periode.du <= jours[1] and jours[0] <= periode.au
