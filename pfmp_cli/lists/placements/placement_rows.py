"""A file of placements, one row a stage → its rows, with the cell of every value.

Standard library only, like the reading of pupils. Whose they are is for `matching`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import NamedTuple

from pfmp_cli.calendar.weeks import LONGEST, Intervalle, PeriodeDatee, redate
from pfmp_cli.diagnostics import Diagnostic, Position
from pfmp_cli.lists.cells import (
    Refusal,
    cite,
    read_date,
    read_day,
    read_weekdays,
    split_name,
)
from pfmp_cli.lists.columns import (
    FIRST_DAY,
    FULL_NAME,
    IDENTITY,
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
from pfmp_cli.lists.formats.table import Table
from pfmp_cli.lists.header import find_missing_in_placements, match_columns
from pfmp_cli.lists.pupils import Eleve, Roster
from pfmp_cli.lists.rows import Record, read_records
from pfmp_cli.lists.value_checks import is_abroad
from pfmp_cli.rules import placement_rules as rules
from pfmp_cli.rules.value_rules import ON_SUNDAYS

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
    """Who a row is about, as it says. `nom_prenom` is what could not be split."""

    ine: str = ""
    nom: str = ""
    prenom: str = ""
    nom_prenom: str = ""
    date_naissance: date | None = None
    usual: tuple[str, ...] = ("", "")

    @property
    def full_name(self) -> str:
        return self.nom_prenom or " ".join(filter(None, (self.nom, self.prenom)))


class PlacementRow(NamedTuple):
    """A row: `values` by column of the class file's periods, `origins` the field of each.

    `record` is where it stands; `number` the period as it is written, `jours` the days of the
    week. `faults` are what is wrong with the row: with an error among them, it serves only to know
    whose it is.
    """

    record: Record
    identity: Identity
    number: str
    dates: Intervalle | None
    jours: tuple[int, ...]
    values: dict[str, str]
    origins: dict[str, str]
    faults: tuple[Diagnostic, ...]

    def __repr__(self) -> str:
        """Without data, which no log or traceback may show."""
        return f"PlacementRow(line={self.record.line})"

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
            return self._replace(dates=self.dates._replace(jours=self.jours))
        days = redate(period, [one._replace(jours=self.jours) for one in period.intervalles]).days
        return self._replace(dates=Intervalle(days[0], days[-1], self.jours)) if days else self


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
    for record in read_records(table, columns):
        if record.bad_quote:
            diagnostics += record.told
        else:
            born = record.read(IDENTITY[2], partial(read_date, year_start=start))
            yield _make_row(record, read_identity(record.values, born), start)


def _make_row(record: Record, identity: Identity, start: date | None) -> PlacementRow:
    jours, dates = _read_weekdays(record), _read_dates(record, start)
    values, origins = _compose(record.values)
    faults = tuple(record.list_faults())
    return PlacementRow(record, identity, record.get(PERIOD), dates, jours, values, origins, faults)


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
        record = Record(roster.table, columns, eleve.line, texts)
        yield rank, _make_row(record, Identity(nom=eleve.nom), start)


def read_identity(texts: Mapping[str, str], born: date | None) -> Identity:
    """Who the texts of a row name, by field."""
    names = ("eleve.nom", "eleve.prenom", "eleve.nom_usage", "eleve.prenom_usage")
    nom, prenom, *usual = (texts.get(name, "") for name in names)
    full = "" if nom and prenom else texts.get(FULL_NAME, "")
    if split := split_name(full):
        (nom, prenom), full = split, ""
    return Identity(texts.get(INE, ""), nom, prenom, full, born, tuple(usual))


def _read_weekdays(record: Record) -> tuple[int, ...]:
    """The days of the week of a stage; none where it has those of the period."""
    jours = record.read(WEEKDAYS, read_weekdays) or ()
    if _SUNDAY in jours:
        record.doubts[WEEKDAYS] = Refusal(ON_SUNDAYS, text=cite(record.values[WEEKDAYS]))
    return jours


def _read_dates(record: Record, start: date | None) -> Intervalle | None:
    """First and last day, where both are there, in order, and not too far apart."""
    faults, read = record.faults, partial(read_day, year_start=start)
    given = [end for end in (FIRST_DAY, LAST_DAY) if end in record.values]
    days = [day for end in given if (day := record.read_date(end, read))]
    if len(given) == 1:
        faults.setdefault(given[0], Refusal(rules.NO_OTHER_DATE))
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
