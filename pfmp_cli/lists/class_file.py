"""Class files → pupils, with the cell that every value comes from.

Standard library only: this runs once a pupil, and must run wherever Python does.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import partial

from pfmp_cli.diagnostics import Diagnostic, Position
from pfmp_cli.lists.cells import (
    Refusal,
    cite,
    read_date,
    read_day,
    read_sexe,
    read_yes_no,
    split_name,
)
from pfmp_cli.lists.columns import (
    FULL_NAME,
    IDENTITY,
    INE,
    READ_COLUMNS,
    Vocabulary,
    class_file_titles,
)
from pfmp_cli.lists.formats.detection import open_table
from pfmp_cli.lists.formats.table import Table
from pfmp_cli.lists.header import find_missing_in_class_file, match_columns
from pfmp_cli.lists.pupils import Eleve, Roster
from pfmp_cli.lists.row_filter import RowFilter
from pfmp_cli.lists.rows import Record, read_cell, read_records
from pfmp_cli.lists.spellings import Spellings
from pfmp_cli.lists.value_checks import check_birth_date, is_abroad
from pfmp_cli.rules import list_rules as rules
from pfmp_cli.text import count, either, fold

_YEAR = re.compile(r"(20[0-9]{2})(?:[ /-]+(?:20)?[0-9]{2})?$")

_READ_FIELDS = frozenset(f"eleve.{name}" for name in READ_COLUMNS)


def read_eleves(
    name: str, content: bytes, vocabulary: Vocabulary, guardians: tuple[str, bytes] | None = None
) -> Roster:
    """Read a class file; `name` is what messages call it.

    `guardians` are the name and the bytes of SIECLE's file of those responsible for the pupils.

    Raises InputRefused when the file as a whole cannot be used (not text, no header, a
    column missing or twice). What is wrong with a row is a diagnostic, and leaves it out.
    """
    titles = class_file_titles(vocabulary)
    table = open_table(name, content, titles, guardians=guardians)
    columns, diagnostics = match_columns(table, titles, vocabulary, find_missing_in_class_file)
    reader = _Reader(table, columns, vocabulary)
    diagnostics += reader.find_other_year()
    eleves = tuple(reader.read_rows())
    rest = reader.row_filter
    if not (eleves or reader.refused or rest.left_out):
        diagnostics.append(rules.NO_PUPIL.at(Position(name)))
    return Roster(
        eleves,
        (*table.diagnostics, *diagnostics, *reader.diagnostics),
        reader.refused,
        table,
        reader.places,
        tuple(rest.left_out),
        rest.passed_over,
    )


class _Reader:
    """Turns rows into pupils, and gathers what is wrong with them."""

    def __init__(self, table: Table, columns: dict[str, int], vocabulary: Vocabulary) -> None:
        self.table, self.columns, self.vocabulary = table, columns, vocabulary
        self.diagnostics: list[Diagnostic] = []
        self.refused = 0
        self._countries = [field for field in columns if field.endswith(".pays")]
        self._spellings = Spellings(vocabulary)
        self._read_day = partial(read_day, year_start=vocabulary.year_start)
        self._read_date = partial(read_date, year_start=vocabulary.year_start)
        self._take_classe_for_division()
        # One column may give several fields.
        full_name = columns.get(FULL_NAME)
        names = {} if full_name is None else dict.fromkeys(IDENTITY[:2], full_name)
        self.places = names | columns
        self.rows = list(read_records(table, columns, names))
        self.row_filter = RowFilter(self.rows, columns, vocabulary, self._spellings)
        self._seen: dict[tuple[str, str, date | None], Record] = {}
        self._owners: dict[str, Eleve] = {}  # of an INE

    def _take_classe_for_division(self) -> None:
        """Where no division is given, a column of classes that are none is the divisions."""
        index = self.columns.get("eleve.classe")
        if index is None or "eleve.division" in self.columns:
            return
        texts = {read_cell(row, index) for row in self.table.rows()} - {""}
        if texts and not any(map(self._spellings.find_classe, texts)):
            del self.columns["eleve.classe"]
            self.columns["eleve.division"] = index
            position = self.table.position(self.table.header.line, index)
            title, classes = cite(self.table.title(index)), either(self.vocabulary.classes)
            self.diagnostics.append(
                rules.READ_AS_DIVISION.at(position, title=title, classes=classes)
            )

    def find_other_year(self) -> Iterator[Diagnostic]:
        """Rows that say to be of another school year."""
        field, start = "eleve.annee_scolaire", self.vocabulary.year_start
        if start is None:
            return
        found = ((row, _YEAR.match(row.get(field))) for row in self.rows)
        others = [(row, int(year[1])) for row, year in found if year and int(year[1]) != start.year]
        for row, year in others[:1]:
            said = {"rows": count(len(others), "ligne"), "year": f"{year}-{year + 1}"}
            position = self.table.position(row.line, self.columns[field])
            yield rules.OTHER_YEAR.at(position, **said, ours=f"{start.year}-{start.year + 1}")

    def read_rows(self) -> Iterator[Eleve]:
        for row in self.rows:
            eleve = None
            if not row.bad_quote:
                if self.row_filter.sets_aside(row):
                    continue
                eleve = self._read_row(row)
            faults = list(row.list_faults())
            self.diagnostics += faults
            if eleve is None or any(fault.is_error for fault in faults):
                self.refused += 1
            else:
                yield eleve

    def _read_row(self, row: Record) -> Eleve:
        values, read = row.values, row.read
        division, mefs = self.row_filter.division(row), self.row_filter.read_mefs(row)
        row.put("eleve.division", division)
        _name_countries(values, self._countries)
        usual = {field: values.pop(f"{field}_usage", "") for field in IDENTITY[:2]}
        for field in ("eleve.date_entree", "eleve.date_sortie"):
            read(field, self._read_day)
        _compose(row)
        row.put("eleve.sexe", read("eleve.sexe", read_sexe) or "")
        born = self._read_birth(row)
        eleve = Eleve(
            row.line,
            values,
            row.get("eleve.nom"),
            row.get("eleve.prenom"),
            born,
            division,
            read("eleve.classe", self._spellings.read_classe) or "",
            read("eleve.option", self._spellings.read_option) or "",
            frozenset(v for v in self.vocabulary.variantes if read(f"eleve.{v}", read_yes_no)),
            tuple(clue for clue in mefs if clue.classe),
            absences=self.row_filter.find_absences(row.line),
        )
        self._check_identity(eleve, row)
        _add_usual_names(eleve, usual, row)
        return eleve

    def _read_birth(self, row: Record) -> date | None:
        field = IDENTITY[2]
        born = row.read_date(field, self._read_date)
        if born:
            if doubt := check_birth_date(born, self.vocabulary.year_start):
                row.doubts.setdefault(field, doubt)
            row.values[field] = f"{born.day:02}/{born.month:02}/{born.year}"
        return born

    def _check_identity(self, eleve: Eleve, row: Record) -> None:
        """Names are there, and no other row has the same names and birth date, or the same INE."""
        faults = row.faults
        if FULL_NAME in faults:
            return
        if not eleve.nom:
            faults["eleve.nom"] = Refusal(rules.NO_NOM)
        if not eleve.prenom:
            faults["eleve.prenom"] = Refusal(rules.NO_PRENOM)
        if not faults.keys().isdisjoint(IDENTITY):
            return
        identity = (fold(eleve.nom), fold(eleve.prenom), eleve.date_naissance)
        twin = self._seen.setdefault(identity, row)
        if twin is not row:
            faults["eleve.nom"] = Refusal(rules.PUPIL_TWICE, line=twin.number)
        elif ine := eleve.values.get(INE):
            first = self._owners.setdefault(fold(ine), eleve)
            if first is not eleve:
                owner = {"name": cite(first.name), "ine": cite(ine)}
                number = self.table.row_position(first.line).line
                row.doubts[INE] = Refusal(rules.INE_REPEATED, line=number, **owner)


def _name_countries(values: dict[str, str], countries: Iterable[str]) -> None:
    """Print the country of a company abroad after its town; `countries` are the fields of any."""
    for name in countries:
        country, town = values.pop(name, ""), name.replace("pays", "ville")
        if is_abroad(country):
            values[town] = ", ".join(filter(None, (values.get(town), country)))


def _add_usual_names(eleve: Eleve, usual: Mapping[str, str], row: Record) -> None:
    """Print the name that a pupil goes by after that of the register."""
    for field, name in usual.items():
        registered = eleve.values.get(field, "")
        if name and fold(name) != fold(registered):
            eleve.values[field] = f"{registered} (usage : {name})"
            printed = cite(eleve.values[field])
            said = Refusal(rules.USUAL_NAME, name=cite(name), printed=printed)
            row.doubts[f"{field}_usage"] = said


def _compose(row: Record) -> None:
    """Make the printed fields that several columns give, or one column with others."""
    values, faults = row.values, row.faults
    read = {field: values.pop(field) for field in _READ_FIELDS & values.keys()}
    if not read:
        return
    if (text := read.get(FULL_NAME)) and FULL_NAME not in faults:
        if names := split_name(text):
            for field, name in zip(IDENTITY, names, strict=False):
                values.setdefault(field, name)
        elif not all(values.get(field) for field in IDENTITY[:2]):
            faults[FULL_NAME] = Refusal(rules.UNSPLIT_NAME, name=cite(text))
    parts = [values.get("eleve.adresse"), *(read.get(f"eleve.adresse_{n}") for n in range(1, 5))]
    if address := ", ".join(filter(None, parts)):
        values["eleve.adresse"] = address
    for field in ("eleve.telephone", "eleve.responsable_telephone"):
        if other := read.get(f"{field}_personnel"):
            values.setdefault(field, other)
    if "eleve.responsable_nom" in values:
        whose, nom = "eleve.", values["eleve.responsable_nom"]
    else:
        whose, nom = "eleve.autre_", read.get("eleve.autre_responsable_nom", "")
        if courriel := read.get("eleve.autre_responsable_courriel"):
            values.setdefault("eleve.responsable_courriel", courriel)
    if full := " ".join(filter(None, (nom, read.get(f"{whose}responsable_prenom")))):
        values["eleve.responsable_nom"] = full
