"""The pupils of a class file, as read and as enrolled."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from pfmp_cli.diagnostics import Diagnostic, Position
from pfmp_cli.lists.formats.table import Cell, Table


@dataclass(frozen=True, slots=True)
class Clue:
    """What one source says of a pupil; '' where it says nothing.

    `field` is where it stands in the row, '' where that is as it says. `source` ends « la
    classe est X … ».
    """

    field: str
    source: str
    classe: str = ""
    option: str = ""


@dataclass(frozen=True, slots=True)
class Enrolment:
    """The codes of a pupil's class, option (None where the class has none) and variants.

    Only the variants that change something in that class.
    """

    classe: str
    option: str | None
    variantes: frozenset[str]


@dataclass(frozen=True, slots=True, repr=False)
class Eleve:
    """A pupil: what is printed, by field name (`eleve.nom`, `pfmp1.siret`), and what is typed.

    `values` has no empty text. `line` is the first line of the row. `classe`, `option`
    and `variantes` are codes of the référentiel; '' is where the file says nothing. `mef` is
    what the MEF says of them, the most trusted first. `enrolment` is what is made of all that.
    `dates` are the pupil's own: the code of a period, its first and its last day.
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
    dates: tuple[tuple[str, date, date], ...] = ()

    def __repr__(self) -> str:
        """Without the pupil's data, which no log or traceback may show."""
        return f"Eleve(line={self.line})"


@dataclass(frozen=True, slots=True)
class OtherPupil:
    """A row of somebody else's pupil: its MEF, or else its division, is none of ours.

    `field` is the one that says so; `mef` is '' where it is the division.
    """

    line: int
    field: str
    mef: str
    division: str


@dataclass(frozen=True, slots=True)
class PlacementCount:
    """Of the placements of a file, how many are read, and are of pupils left out."""

    file: str
    read: int
    left_out: int


@dataclass(frozen=True, slots=True)
class Roster:
    """A class file as read; `rows_left_out` counts the rows that an error leaves out.

    `others` are the rows of other courses of study, `leavers` counts the pupils who have left.
    `unclear` is what enrolling them has to say, `not_chosen` counts those whom the command line
    leaves out. `sources` has the cells of values that come from another file, by the pupil's
    `line` and the field; `placements` says what became of that file.
    """

    eleves: tuple[Eleve, ...]
    diagnostics: tuple[Diagnostic, ...]
    rows_left_out: int
    table: Table = field(repr=False)
    columns: Mapping[str, int] = field(repr=False)
    others: tuple[OtherPupil, ...] = field(default=(), repr=False)
    leavers: int = 0
    unclear: tuple[Diagnostic, ...] = ()
    not_chosen: int = 0
    sources: Mapping[tuple[int, str], Cell] = field(default_factory=dict, repr=False)
    placements: PlacementCount | None = None

    @property
    def rows_read(self) -> int:
        """How many pupils the file has, those who have left aside."""
        return len(self.eleves) + len(self.others) + self.rows_left_out

    @property
    def encoding(self) -> str:
        """`utf-8`, `utf-8-sig` (with a BOM) or `cp1252`; '' for what is not plain text."""
        return self.table.encoding

    def position(self, eleve: Eleve | OtherPupil, field: str) -> Position:
        """The cell of a field; the pupil's row where the file has no such column."""
        if source := self.sources.get((eleve.line, field)):
            return source.position
        if field not in self.columns:
            return self.table.row_position(eleve.line)
        return self.table.position(eleve.line, self.columns[field])
