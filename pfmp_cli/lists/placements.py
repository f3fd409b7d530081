"""A file of placements, one row a pupil and period → placements, with the cell of every value.

Standard library only, like the reading of pupils. Whose they are is for `rapprochement`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from pfmp_cli.calendar.weeks import LONGEST
from pfmp_cli.diagnostics import Diagnostic, Position, warning
from pfmp_cli.lists.cells import Refusal, read_date, read_jour, split_name
from pfmp_cli.lists.columns import NOM_PRENOM, Vocabulary, match_columns, wrong_quotes
from pfmp_cli.lists.formats.csv import Row
from pfmp_cli.lists.formats.detection import open_table
from pfmp_cli.lists.formats.sheet import Cell, Table
from pfmp_cli.lists.placement_columns import (
    AU,
    DU,
    INE,
    NUMERO_STAGE,
    compose_placement,
    find_missing,
    placement_titles,
)
from pfmp_cli.lists.row_checks import check_width, find_doubts, list_faults, read_texts, rules_of


@dataclass(frozen=True, slots=True, repr=False)
class Identity:
    """Whose placement it is: what the row says. `nom_prenom` is what could not be split."""

    ine: str = ""
    nom: str = ""
    prenom: str = ""
    nom_prenom: str = ""
    date_naissance: date | None = None

    @property
    def full_name(self) -> str:
        return self.nom_prenom or " ".join(filter(None, (self.nom, self.prenom)))


@dataclass(frozen=True, slots=True, repr=False)
class Stage:
    """A row: `valeurs` by column of the class file's periods, `origines` the field of each.

    `numero` is the period as the file writes it. `fautes` are what is wrong with the row: with
    an error among them, it serves only to know whose it is.
    """

    line: int
    identity: Identity
    number: str
    dates: tuple[date, date] | None
    values: dict[str, str]
    origins: dict[str, str]
    faults: tuple[Diagnostic, ...]

    def __repr__(self) -> str:
        """Without data, which no log or traceback may show."""
        return f"Stage(ligne={self.line})"

    @property
    def refuse(self) -> bool:
        return any(fault.is_error for fault in self.faults)

    @property
    def is_empty(self) -> bool:
        """A pupil who has no placement yet."""
        return not (self.values or self.dates or self.refuse)


@dataclass(frozen=True, slots=True)
class Placements:
    """A file of placements as read."""

    stages: tuple[Stage, ...]
    diagnostics: tuple[Diagnostic, ...]
    table: Table = field(repr=False)
    columns: dict[str, int] = field(repr=False)

    def position(self, stage: Stage, *fields: str) -> Position:
        """The cell of the first of the fields that is a column; else the row."""
        for champ in fields:
            if champ in self.columns:
                return self.table.position(stage.line, self.columns[champ])
        return self.table.row_position(stage.line)

    def cell(self, stage: Stage, nom: str) -> Cell:
        """The cell that a value comes from."""
        index = self.columns[stage.origins[nom]]
        return Cell(self.table, stage.line, index)

    def line_number(self, stage: Stage) -> int | None:
        """The line of a row, as messages say it."""
        return self.table.row_position(stage.line).line


def read_placements_file(name: str, content: bytes, schema: Vocabulary) -> Placements:
    """Read a file of placements; `name` is what messages call it.

    Raises InputRefused when the file as a whole cannot be used. What is wrong with a row is a
    diagnostic.
    """
    titles = placement_titles()
    table = open_table(name, content, titles, sans_titres=False)
    columns, header = match_columns(table, titles, schema, find_missing)
    diagnostics = [*table.diagnostics, *header]
    stages = tuple(_read_rows(table, columns, diagnostics))
    if not stages and not any(diagnostic.is_error for diagnostic in diagnostics):
        diagnostics.append(warning("le fichier ne contient aucun stage", Position(name)))
    return Placements(stages, tuple(diagnostics), table, columns)


def _read_rows(
    table: Table, columns: dict[str, int], diagnostics: list[Diagnostic]
) -> Iterator[Stage]:
    width = table.width
    for row in table.rows():
        if list(row.cells) == list(table.header.cells):
            continue
        if row.bad_quote:
            diagnostics.append(wrong_quotes(table, row))
            continue
        yield _read_row(table, row, columns, check_width(table, row, width))


def _read_row(table: Table, row: Row, columns: dict[str, int], faults: list[Diagnostic]) -> Stage:
    refusal: dict[str, Refusal] = {}
    texts = read_texts(row.cells, columns, refusal)
    doubts = find_doubts(texts, rules_of(texts))
    identity = _read_qui(texts, refusal)
    dates = _read_dates(texts, refusal)
    faults += list_faults(table, row.line, doubts | refusal, columns)
    stage = {champ.removeprefix("stage."): t for champ, t in texts.items() if champ[:6] == "stage."}
    values, noms = compose_placement(stage)
    origins = {nom: f"stage.{other}" for nom, other in noms.items()}
    number = texts.get(NUMERO_STAGE, "")
    return Stage(row.line, identity, number, dates, values, origins, tuple(faults))


def _read_qui(texts: dict[str, str], refusal: dict[str, Refusal]) -> Identity:
    naissance = None
    if text := texts.get("eleve.date_naissance"):
        try:
            naissance = read_date(text)
        except Refusal as fault:
            refusal.setdefault("eleve.date_naissance", fault)
    ine = texts.get(INE, "")
    nom, prenom = texts.get("eleve.nom", ""), texts.get("eleve.prenom", "")
    if nom and prenom:
        return Identity(ine, nom, prenom, "", naissance)
    ensemble = texts.get(NOM_PRENOM, "")
    noms = split_name(ensemble)
    if noms:
        return Identity(ine, *noms, "", naissance)
    return Identity(ine, nom, prenom, ensemble, naissance)


def _read_dates(texts: dict[str, str], refusal: dict[str, Refusal]) -> tuple[date, date] | None:
    """First and last day, where both are there, in order, and not too far apart."""
    data = [champ for champ in (DU, AU) if champ in texts]
    jours: list[date] = []
    for champ in data:
        try:
            jours.append(read_jour(texts[champ]))
        except Refusal as fault:
            refusal.setdefault(champ, fault)
    if len(data) == 1:
        absente = "fin" if DU in data else "début"
        lack = Refusal(f"la date de {absente} manque", "donnez les deux dates, ou aucune")
        refusal.setdefault(data[0], lack)
    if len(jours) < 2:
        return None
    if faute_dates := _check_dates(*jours):
        refusal.setdefault(AU, faute_dates)
        return None
    return jours[0], jours[1]


def _check_dates(du: date, au: date) -> Refusal | None:
    if au < du:
        return Refusal(
            f"le stage finit le {au:%d/%m/%Y}, avant d'avoir commencé, le {du:%d/%m/%Y}",
            "corrigez l'une des deux dates",
        )
    if au - du > LONGEST:
        return Refusal(
            f"le stage dure plus d'un an, du {du:%d/%m/%Y} au {au:%d/%m/%Y}",
            "corrigez l'année de l'une des deux dates",
        )
    return None
