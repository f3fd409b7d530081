"""The titles of a list → the column of each field, and what is wrong with them."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from difflib import get_close_matches

from pfmp_cli.diagnostics import Diagnostic, InputRefused
from pfmp_cli.lists.cells import cite
from pfmp_cli.lists.columns import BETTER, FULL_NAME, IDENTITY, INE, Vocabulary, fold_title
from pfmp_cli.lists.formats.table import Table
from pfmp_cli.lists.formats.titles import make_finder
from pfmp_cli.lists.rows import read_cell, wrong_quotes
from pfmp_cli.rules import list_rules as rules
from pfmp_cli.rules.placement_rules import NO_PLACEMENTS, NOBODYS_PLACEMENTS
from pfmp_cli.text import fold, suggest

# A list of pupils has addresses and telephones too, theirs: these columns tell it from placements.
_PROOFS = {
    *("stage.entreprise", "stage.denomination", "stage.siret", "stage.tuteur"),
    *("stage.du", "stage.au"),
}
# What may stand beside the title without it: the other is then the one that is read.
_KIND = re.compile("portable|fixe")
_NUMBER = re.compile(r"(?:pfmp|periode|stage)n?([0-9]{1,4})")
# In SIECLE's « base complète », which has a hundred columns more, only those are told to be unknown
# that a school has added: for a period, or nearly for a variant or a teacher.
_OF_SIECLE = "eleve.type_structure"
_NEARLY = 0.85  # « Profession » is no teacher


def match_columns(
    table: Table,
    titles: Mapping[str, str],
    vocabulary: Vocabulary,
    find_missing: Callable[[Table, Mapping[str, int]], Iterable[Diagnostic]],
) -> tuple[dict[str, int], list[Diagnostic]]:
    """The column of each field, and warnings; `titles`, folded, lead to fields.

    Raises InputRefused where a column stands twice and says two things, or one that `find_missing`
    asks for is not there.
    """
    columns: dict[str, int] = {}
    unknown, diagnostics = [], []
    find_field = make_finder(titles)
    words = [fold_title(table.title(index)) for index in range(table.width)]
    plain = {word for word in words if word in titles and not _KIND.search(word)}
    exact = {titles[word] for word in plain}
    for index, word in enumerate(words):
        field = find_field(table.title(index))
        if field and word not in plain and (field in exact or field in columns):
            field = None  # « Téléphone portable » beside « Téléphone », or beside « Tél. (fixe) »
        if field is None:
            unknown.append(index)
        elif field in columns and field in BETTER.values():
            continue  # « Prénom 1 » beside « Premier prénom »
        elif field in columns:
            if not _says_no_more(table, index, columns[field]):
                diagnostics.append(_column_twice(table, index, columns[field], field))
        elif field:
            columns[field] = index
    if _OF_SIECLE in columns:
        added = _titles_of_a_school(titles, vocabulary)
        unknown = [
            index
            for index in unknown
            if _NUMBER.search(words[index])
            or get_close_matches(words[index], added, n=1, cutoff=_NEARLY)
        ]
    if unknown:
        proposals = _proposals(titles)
        periods = vocabulary.periodes
        diagnostics += [_unknown_column(table, index, proposals, periods) for index in unknown]
    _choose_names(columns)
    diagnostics += find_missing(table, columns)
    if table.header.bad_quote:
        diagnostics.append(wrong_quotes(table, table.header))
    if any(diagnostic.is_error for diagnostic in diagnostics):
        raise InputRefused([*table.diagnostics, *diagnostics])
    return columns, diagnostics


def _says_no_more(table: Table, index: int, first: int) -> bool:
    """Whether each cell of a column has nothing, or what that of the first has."""
    texts = ([read_cell(row, one).casefold() for one in (index, first)] for row in table.rows())
    return all(text in ("", other) for text, other in texts)


def _choose_names(columns: dict[str, int]) -> None:
    """Beside a birth name, a name is of use; of first names, the first counts; a name of use
    alone is the name."""
    for field, better in BETTER.items():
        usual = f"{field}_usage"
        if better in columns:
            if field in columns and field == "eleve.nom":
                columns.setdefault(usual, columns[field])
            columns[field] = columns.pop(better)
        elif usual in columns and columns.keys().isdisjoint((field, FULL_NAME)):
            columns[field] = columns.pop(usual)


def find_missing_in_class_file(table: Table, columns: Mapping[str, int]) -> Iterator[Diagnostic]:
    """The columns of the names, where they are not in one."""
    names = () if FULL_NAME in columns else IDENTITY[:2]
    missing = [field for field in names if field not in columns]
    if len(missing) == 2 and len(columns) < 2:
        yield rules.NO_TITLES.at(table.first_position())
        return
    for field in missing:
        position = table.row_position(table.header.line)
        yield rules.MISSING_COLUMN.at(position, field=_column_of(field))


def find_missing_in_placements(table: Table, columns: Mapping[str, int]) -> Iterator[Diagnostic]:
    """A column that says whose placement it is, or else one that says something of it."""
    header = table.header.line
    position = table.row_position(header) if header else table.first_position()
    if not (columns.keys() >= set(IDENTITY[:2]) or FULL_NAME in columns or INE in columns):
        yield NOBODYS_PLACEMENTS.at(position)
    elif columns.keys().isdisjoint(_PROOFS):
        yield NO_PLACEMENTS.at(position)


def _titles_of_a_school(titles: Mapping[str, str], vocabulary: Vocabulary) -> list[str]:
    """Of variants and teachers, which no export has."""
    variants = {f"eleve.{code}" for code in vocabulary.variantes}
    return [t for t, f in titles.items() if f in variants or f.startswith("eleve.professeur")]


def _column_of(field: str) -> str:
    return field.removeprefix("eleve.").removeprefix("stage.").replace(".", "_")


def _proposals(titles: Mapping[str, str]) -> dict[str, str]:
    """The titles to look among for one that is misspelt: of a period's, the column's name only."""
    names = {fold_title(field): field for field in set(titles.values()) if field.startswith("pfmp")}
    return names | {t: field for t, field in titles.items() if field[:4] not in ("", "pfmp")}


def _unknown_column(
    table: Table, index: int, proposals: Mapping[str, str], periods: int
) -> Diagnostic:
    title = table.title(index)
    position = table.position(table.header.line, index)
    if not title:
        return rules.UNTITLED_COLUMN.at(position, number=index + 1)
    advice = "la liste des colonnes est dans docs/colonnes.md"
    word, number = fold_title(title), _NUMBER.search(fold(title))
    if number and not 1 <= int(number[1]) <= periods:
        advice = f"les périodes vont de 1 à {periods}"
    elif near := suggest(word, proposals):
        advice = f"vouliez-vous dire « {_column_of(proposals[near])} » ?"
    return rules.UNKNOWN_COLUMN.at(position, title=cite(title), advice=advice)


def _column_twice(table: Table, index: int, first: int, field: str) -> Diagnostic:
    return rules.COLUMN_TWICE.at(
        table.position(table.header.line, index),
        first=cite(table.title(first)),
        first_number=first + 1,
        second=cite(table.title(index)),
        second_number=index + 1,
        field=_column_of(field),
    )
