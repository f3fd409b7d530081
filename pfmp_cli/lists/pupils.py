"""The pupils of a class file, as read and as enrolled."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import Enum
from typing import NamedTuple, TypeAlias

from pfmp_cli.calendar.weeks import Intervalle
from pfmp_cli.diagnostics import Diagnostic, Position
from pfmp_cli.lists.columns import rank_of
from pfmp_cli.lists.formats.table import Table
from pfmp_cli.lists.rows import Record

Source: TypeAlias = tuple[Record, str]  # a row, and the field in it


class Clue(NamedTuple):
    """What one source says of a pupil; '' where it says nothing.

    `field` is where it stands in the row, '' where that is as it says. `source` ends « la
    classe est X … ».
    """

    field: str
    source: str
    classe: str = ""
    option: str = ""


class Enrolment(NamedTuple):
    """The codes of a pupil's class, option (None where the class has none) and variants.

    Only the variants that change something in that class.
    """

    classe: str
    option: str | None
    variantes: frozenset[str]


@dataclass(frozen=True, slots=True, repr=False)
class Stage:
    """One of a pupil's placements: a company, for a period or a part of it.

    `code` and `rank` are those of the period. `letter` tells the stages of one period apart: ''
    for the first, then `b`, `c`… `values` are what is printed, by column.
    """

    code: str
    rank: str
    letter: str
    values: Mapping[str, str]
    intervalles: tuple[Intervalle, ...]


class Eleve(NamedTuple):
    """A pupil: what is printed, by field name (`eleve.nom`, `pfmp1.siret`), and what is typed.

    Its `repr` shows nothing of it, which no log or traceback may.
    `values` has no empty text. `line` is the first line of the row. `classe`, `option`
    and `variantes` are codes of the référentiel; '' is where the file says nothing. `mef` is
    what the MEF says of them, the most trusted first. `enrolment` is what is made of all that.
    `dates` are the pupil's own, by the code of a period: its intervals, none where nobody can
    tell. `stages` are those of the periods that have several; `letter` is that of the one that
    is alone in `values`, where one is. `absences` are the periods, by class and code, in which
    the pupil is not there yet, or no more.
    """

    line: int
    values: dict[str, str]
    nom: str
    prenom: str
    date_naissance: date | None
    division: str
    classe: str
    option: str
    variantes: frozenset[str]
    mef: tuple[Clue, ...] = ()
    enrolment: Enrolment | None = None
    dates: tuple[tuple[str, tuple[Intervalle, ...]], ...] = ()
    stages: tuple[Stage, ...] = ()
    letter: str = ""
    absences: frozenset[tuple[str, str]] = frozenset()

    def __repr__(self) -> str:
        return f"Eleve(line={self.line})"

    @property
    def name(self) -> str:
        """Family name, first name."""
        return f"{self.nom} {self.prenom}"

    def at(self, stage: Stage) -> Eleve:
        """The pupil in that stage alone of its period."""
        alone = self.placed(stage.rank, stage.values)
        dates = dict(self.dates) | {stage.code: stage.intervalles}
        return alone._replace(dates=tuple(dates.items()), letter=stage.letter)

    def placed(self, rank: str, values: Mapping[str, str]) -> Eleve:
        """The pupil with these values, by column, in a period, and no other there."""
        rest = {name: text for name, text in self.values.items() if rank_of(name) != rank}
        return self._replace(values=rest | {f"pfmp{rank}.{n}": t for n, t in values.items()})


class Reason(Enum):
    """Why a pupil of the list gets nothing, whatever the command line chooses."""

    OTHER = "of another course of study"
    APPRENTICE = "an apprentice"
    LEFT = "who has left before the periods"
    TO_COME = "who comes after the periods"
    UNCONCERNED = "whom no period concerns"


@dataclass(frozen=True, slots=True, repr=False)
class LeftOut:
    """A pupil who gets nothing. `field` is what says so, `day` the last or the first one there.

    `mef` is '' where it is not the MEF that says so.
    """

    line: int
    field: str
    reason: Reason
    name: str
    mef: str
    division: str
    day: date | None = None


@dataclass(frozen=True, slots=True)
class PlacementCount:
    """Of the placements of a file, how many are read, and are of pupils left out."""

    file: str
    read: int
    left_out: int


@dataclass(frozen=True, slots=True)
class Roster:
    """A class file as read; `rows_refused` counts the rows that an error leaves out.

    `left_out` are the pupils who get nothing, for a reason that is no error, `passed_over` the
    lines of rows that do not count. `unclear` is what enrolling them has to say, `not_chosen`
    counts those whom the command line leaves out.
    `sources` says where values come from that come from another file, by the pupil's `line` and the
    field; `placements` says what became of that file. `chosen` are the lines of the only pupils
    to make documents of, None for all; what is said of those at `silent` lines is not told.
    """

    eleves: tuple[Eleve, ...]
    diagnostics: tuple[Diagnostic, ...]
    rows_refused: int
    table: Table = field(repr=False)
    columns: Mapping[str, int] = field(repr=False)
    left_out: tuple[LeftOut, ...] = field(default=(), repr=False)
    passed_over: Collection[int] = ()
    unclear: tuple[Diagnostic, ...] = ()
    not_chosen: int = 0
    sources: Mapping[tuple[int, str], Source] = field(default_factory=dict, repr=False)
    placements: PlacementCount | None = None
    chosen: frozenset[int] | None = None
    silent: frozenset[int] = frozenset()

    def is_chosen(self, pupil: Eleve | LeftOut) -> bool:
        return self.chosen is None or pupil.line in self.chosen

    def of_chosen(self) -> Roster:
        """The list as if it had no other pupils."""
        eleves = tuple(one for one in self.eleves if self.is_chosen(one))
        left_out = tuple(one for one in self.left_out if self.is_chosen(one))
        return replace(self, eleves=eleves, left_out=left_out)

    def left_out_as(self, *reasons: Reason) -> list[LeftOut]:
        return [one for one in self.left_out if one.reason in reasons]

    @property
    def others(self) -> list[LeftOut]:
        """The pupils of other courses of study."""
        return self.left_out_as(Reason.OTHER)

    @property
    def rows_read(self) -> int:
        """How many pupils the file has, those who are not there aside."""
        return len(self.eleves) + len(self.others) + self.rows_refused

    def position(self, eleve: Eleve | LeftOut, field: str) -> Position:
        """The cell of a field; the pupil's row where the file has no such column."""
        letter = eleve.letter if isinstance(eleve, Eleve) else ""
        if letter and field.startswith("pfmp"):
            field = field.replace(".", f"{letter}.")
        if source := self.sources.get((eleve.line, field)):
            return source[0].position(source[1])
        if field not in self.columns:
            return self.table.row_position(eleve.line)
        return self.table.position(eleve.line, self.columns[field])
