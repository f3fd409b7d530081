"""Rows that are not of our pupils: those who have left, and those of other courses of study."""

from __future__ import annotations

from collections.abc import Mapping

from pfmp_cli.lists.columns import Vocabulary
from pfmp_cli.lists.formats.table import Row, Table, clean_cell
from pfmp_cli.lists.mef import Clue, OtherPupil, in_order_of_trust, read_mef

CHAMPS_MEF = ("eleve.code_mef", "eleve.mef")
CHAMPS_CLASSE = ("eleve.division", "eleve.classe", "eleve.option")
CHAMP_SORTIE = "eleve.date_sortie"


class RowFilter:
    """Sets rows aside, and counts them: `autres` of other courses, `sortis` who have left."""

    def __init__(self, table: Table, columns: Mapping[str, int], schema: Vocabulary) -> None:
        self.table, self.columns, self.schema = table, columns, schema
        self.others: list[OtherPupil] = []
        self.leavers = 0
        self._mefs: dict[tuple[str, str], Clue | None] = {}
        # Where the list has some of our divisions, a pupil of none of them is not ours.
        self._has_our_divisions = bool(schema.divisions) and any(
            self._cell(row, "eleve.division") in schema.divisions for row in table.rows()
        )

    def sets_aside(self, row: Row) -> bool:
        """The titles again, a pupil who has left, or one of another course of study."""
        if row.bad_quote:
            return False
        if self._cell(row, CHAMP_SORTIE):
            self.leavers += 1
            return True
        clues = self.read_mefs(row)
        if clues and not clues[0].classe:
            field, division = clues[0].field, self._cell(row, "eleve.division")
            self.others.append(OtherPupil(row.line, field, self._cell(row, field), division))
            return True
        if not clues and self._is_of_another_division(row):
            division = self._cell(row, "eleve.division")
            self.others.append(OtherPupil(row.line, "eleve.division", "", division))
            return True
        return list(row.cells) == list(self.table.header.cells)

    def read_mefs(self, row: Row) -> list[Clue]:
        """What the MEF of a row says, a code before a label."""
        texts = [(field, text) for field in CHAMPS_MEF if (text := self._cell(row, field))]
        for key in texts:
            if key not in self._mefs:
                self._mefs[key] = read_mef(*key, self.schema)
        texts.sort(key=lambda key: in_order_of_trust(*key))
        return [clue for key in texts if (clue := self._mefs[key])]

    def _is_of_another_division(self, row: Row) -> bool:
        """Another division than ours, and nothing in the row that says a class or an option."""
        if not self._has_our_divisions:
            return False
        division, *said = (self._cell(row, field) for field in CHAMPS_CLASSE)
        return bool(division) and division not in self.schema.divisions and not any(said)

    def _cell(self, row: Row, field: str) -> str:
        index = self.columns.get(field)
        if index is None or index >= len(row.cells):
            return ""
        return clean_cell(row.cells[index])
