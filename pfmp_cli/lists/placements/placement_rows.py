"""A file of placements, one row a stage → its rows, with the cell of every value.

Standard library only, like the reading of pupils. Whose they are is for `matching`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import NamedTuple, TypeVar

from pfmp_cli.calendar.weeks import LONGEST, Intervalle, PeriodeDatee, redate
from pfmp_cli.diagnostics import Diagnostic, Position
from pfmp_cli.lists.cells import (
    Refusal,
    cite,
    doubt_date,
    read_date,
    read_day,
    read_weekdays,
    split_name,
)
from pfmp_cli.lists.columns import (
    FIRST_DAY,
    FULL_NAME,
    INE,
    LAST_DAY,
    PERIOD,
    PLACEMENT_COLUMNS,
    STAGE_FIELD,
    WEEKDAYS,
    Vocabulary,
    placement_titles,
)
from pfmp_cli.lists.formats.detection import open_table
from pfmp_cli.lists.formats.table import Cell, Row, Table
from pfmp_cli.lists.header import find_missing_in_placements, match_columns
from pfmp_cli.lists.pupils import Eleve, Roster
from pfmp_cli.lists.rows import (
    check_width,
    list_faults,
    read_field,
    read_texts,
    wrong_quotes,
)
from pfmp_cli.lists.value_checks import is_abroad
from pfmp_cli.rules import placement_rules as rules
from pfmp_cli.rules.value_rules import ON_SUNDAYS

T = TypeVar("T")

_SUNDAY = 6

# A printed value → the columns that give it together, or else the one that serves instead.
_TOGETHER = {
    "adresse": (("adresse", *(f"adresse_{n}" for n in range(1, 5))), ", "),
    "ville": (("ville", "pays"), ", "),
    "responsable": (("responsable", "responsable_prenom"), " "),
    "tuteur": (("tuteur", "tuteur_prenom"), " "),
}
_INSTEAD = {
    "entreprise": "denomination",
    "telephone": "responsable_telephone",
    "courriel": "responsable_courriel",
    "activite": "ape",
}


@dataclass(frozen=True, slots=True, repr=False)
class Identity:
    """Whose placement it is: what the row says. `nom_prenom` is what could not be split."""

    ine: str = ""
    nom: str = ""
    prenom: str = ""
    nom_prenom: str = ""
    date_naissance: date | None = None
    usual: tuple[str, str] = ("", "")

    @property
    def full_name(self) -> str:
        return self.nom_prenom or " ".join(filter(None, (self.nom, self.prenom)))


@dataclass(frozen=True, slots=True, repr=False)
class PlacementRow:
    """A row: `values` by column of the class file's periods, `origins` the field of each.

    `table` and `columns` say where it stands; `number` is the period as it is written, `jours`
    the days of the week. `faults` are what is wrong with the row: with an error among them, it
    serves only to know whose it is.
    """

    table: Table
    columns: Mapping[str, int]
    line: int
    identity: Identity
    number: str
    dates: Intervalle | None
    jours: tuple[int, ...]
    values: dict[str, str]
    origins: dict[str, str]
    faults: tuple[Diagnostic, ...]

    def __repr__(self) -> str:
        """Without data, which no log or traceback may show."""
        return f"PlacementRow(line={self.line})"

    @property
    def is_refused(self) -> bool:
        return any(fault.is_error for fault in self.faults)

    @property
    def is_empty(self) -> bool:
        """A pupil who has no placement yet."""
        return not (self.values or self.dates or self.jours or self.is_refused)

    def in_period(self, period: PeriodeDatee) -> PlacementRow:
        """The row with its days of the week in its dates, or else from the first of them that
        the period has to the last."""
        if not self.jours:
            return self
        if self.dates:
            return replace(self, dates=self.dates._replace(jours=self.jours))
        days = redate(period, [one._replace(jours=self.jours) for one in period.intervalles]).days
        return replace(self, dates=Intervalle(days[0], days[-1], self.jours)) if days else self

    def position(self, *fields: str) -> Position:
        """The cell of the first of the fields that is a column; else the row."""
        for name in fields:
            if name in self.columns:
                return self.table.position(self.line, self.columns[name])
        return self.table.row_position(self.line)

    def cell(self, name: str) -> Cell:
        """The cell that a value comes from."""
        return Cell(self.table, self.line, self.columns[self.origins[name]])

    @property
    def line_number(self) -> int | None:
        """The line of the row, as messages say it."""
        return self.table.row_position(self.line).line


class Placements(NamedTuple):
    """A file of placements as read."""

    file: str
    rows: tuple[PlacementRow, ...]
    diagnostics: tuple[Diagnostic, ...]


def read_placements_file(name: str, content: bytes, vocabulary: Vocabulary) -> Placements:
    """Read a file of placements; `name` is what messages call it.

    Raises InputRefused when the file as a whole cannot be used. What is wrong with a row is a
    diagnostic.
    """
    titles = placement_titles()
    table = open_table(name, content, titles, untitled=False)
    columns, header = match_columns(table, titles, vocabulary, find_missing_in_placements)
    diagnostics = [*table.diagnostics, *header]
    rows = tuple(_read_rows(table, columns, diagnostics, vocabulary.year_start))
    if not rows and not any(diagnostic.is_error for diagnostic in diagnostics):
        diagnostics.append(rules.EMPTY_PLACEMENTS.at(Position(name)))
    return Placements(table.file, rows, tuple(diagnostics))


def _read_rows(
    table: Table, columns: dict[str, int], diagnostics: list[Diagnostic], start: date | None
) -> Iterator[PlacementRow]:
    width = table.width
    for row in table.rows():
        if row.bad_quote:
            diagnostics.append(wrong_quotes(table, row))
        elif list(row.cells) != list(table.header.cells):
            yield _read_row(table, row, columns, check_width(table, row, width), start)


def _read_row(
    table: Table,
    row: Row,
    columns: dict[str, int],
    told: list[Diagnostic],
    start: date | None,
) -> PlacementRow:
    texts, faults, doubts = read_texts(row, columns)
    identity = _read_identity(texts, faults, start)
    jours = _read_weekdays(texts, doubts)
    dates = _read_dates(texts, faults, doubts, start)
    told += list_faults(table, row.line, doubts, faults, columns)
    values, origins = _compose(texts)
    number, said = texts.get(PERIOD, ""), tuple(told)
    where = (table, columns, row.line)
    return PlacementRow(*where, identity, number, dates, jours, values, origins, said)


def has_stages(roster: Roster) -> bool:
    """Whether a class file says more of a period than one company: dates, or a second one."""
    found = filter(None, map(STAGE_FIELD.fullmatch, roster.columns))
    return any(one[2] or one[3] in ("du", "au", "jours") for one in found)


def read_class_rows(
    roster: Roster, eleve: Eleve, start: date | None
) -> Iterator[tuple[str, PlacementRow]]:
    """What a class file says of a pupil's stages (`pfmp1_entreprise`, `pfmp1b_du`): the rank of
    the period, and the row that a file of placements would have."""
    groups: dict[tuple[str, str], dict[str, str]] = defaultdict(dict)
    for name, text in eleve.values.items():
        if found := STAGE_FIELD.fullmatch(name):
            groups[found[1], found[2]][f"stage.{found[3]}"] = text
    for (rank, letter), texts in sorted(groups.items()):
        columns = {
            field: roster.columns[name]
            for field in (*texts, FIRST_DAY, LAST_DAY, WEEKDAYS)
            if (name := field.replace("stage", f"pfmp{rank}{letter}")) in roster.columns
        }
        faults: dict[str, Refusal] = {}
        doubts: dict[str, Refusal] = {}
        jours = _read_weekdays(texts, doubts)
        dates = _read_dates(texts, faults, doubts, start)
        told = tuple(list_faults(roster.table, eleve.line, doubts, faults, columns))
        where, whose = (roster.table, columns, eleve.line), Identity(nom=eleve.nom)
        yield rank, PlacementRow(*where, whose, rank, dates, jours, *_compose(texts), told)


def _read_identity(
    texts: Mapping[str, str], faults: dict[str, Refusal], start: date | None
) -> Identity:
    born = read_field(texts, "eleve.date_naissance", lambda text: read_date(text, start), faults)
    ine, full = texts.get(INE, ""), texts.get(FULL_NAME, "")
    nom, prenom = texts.get("eleve.nom", ""), texts.get("eleve.prenom", "")
    usual = (texts.get("eleve.nom_usage", ""), texts.get("eleve.prenom_usage", ""))
    if nom and prenom:
        return Identity(ine, nom, prenom, "", born, usual)
    if names := split_name(full):
        return Identity(ine, *names, "", born, usual)
    return Identity(ine, nom, prenom, full, born, usual)


def _read_weekdays(texts: Mapping[str, str], doubts: dict[str, Refusal]) -> tuple[int, ...]:
    """The days of the week of a stage; none where it has those of the period."""
    jours = read_field(texts, WEEKDAYS, read_weekdays, doubts) or ()
    if _SUNDAY in jours:
        doubts[WEEKDAYS] = Refusal(ON_SUNDAYS, text=cite(texts[WEEKDAYS]))
    return jours


def _read_dates(
    texts: Mapping[str, str],
    faults: dict[str, Refusal],
    doubts: dict[str, Refusal],
    start: date | None,
) -> Intervalle | None:
    """First and last day, where both are there, in order, and not too far apart."""
    given = [end for end in (FIRST_DAY, LAST_DAY) if end in texts]
    days: list[date] = []
    for end in given:
        if day := read_field(texts, end, lambda text: read_day(text, start), faults):
            days.append(day)
            if doubt := doubt_date(texts[end], day):
                doubts[end] = doubt
    if len(given) == 1:
        missing = rules.NO_LAST_DAY if FIRST_DAY in given else rules.NO_FIRST_DAY
        faults.setdefault(given[0], Refusal(missing))
    if len(days) < 2:
        return None
    first, last = days
    if last < first or last - first > LONGEST:
        rule = rules.ENDS_BEFORE if last < first else rules.OVER_A_YEAR
        said = {"first": f"{first:%d/%m/%Y}", "last": f"{last:%d/%m/%Y}"}
        faults.setdefault(LAST_DAY, Refusal(rule, **said))
        return None
    return Intervalle(first, last)


def _compose(texts: Mapping[str, str]) -> tuple[dict[str, str], dict[str, str]]:
    """The printed values of a row, by column of `PLACEMENT_COLUMNS`; and the field of each."""
    read = {field[6:]: text for field, text in texts.items() if field.startswith("stage.")}
    if not is_abroad(read.get("pays", "")):
        read.pop("pays", None)
    values = {name: text for name, text in read.items() if name in PLACEMENT_COLUMNS}
    origins = {name: name for name in values}
    for name, (parts, separator) in _TOGETHER.items():
        if given := [part for part in parts if part in read]:
            values[name] = separator.join(read[part] for part in given)
            origins[name] = given[0]
    for name, other in _INSTEAD.items():
        if name not in values and other in read:
            values[name] = f"APE {read[other]}" if other == "ape" else read[other]
            origins[name] = other
    return values, {name: f"stage.{origin}" for name, origin in origins.items()}
