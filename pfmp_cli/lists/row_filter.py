"""Rows that are not of our pupils: those who have left, and those of other courses of study.

A MEF, the ministry's name of a course of study, says so; of our pupils, it says the class.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from pfmp_cli.lists.cells import cite
from pfmp_cli.lists.columns import Vocabulary
from pfmp_cli.lists.formats.table import Row, Table
from pfmp_cli.lists.pupils import Clue, OtherPupil
from pfmp_cli.lists.rows import read_cell
from pfmp_cli.text import fold

_MEFS = ("eleve.code_mef", "eleve.mef")
# Ten digits, and an eleventh that SIECLE adds to check the others.
_CODE = re.compile(r"([0-9]{10})[0-9]?")


class RowFilter:
    """Sets rows aside, and counts them: `others` of other courses, `leavers` who have left."""

    def __init__(self, table: Table, columns: Mapping[str, int], vocabulary: Vocabulary) -> None:
        self.table, self.columns, self.vocabulary = table, columns, vocabulary
        self.others: list[OtherPupil] = []
        self.leavers = 0
        self._clues: dict[tuple[str, str], Clue | None] = {}
        # Where the list has some of our divisions, a pupil of none of them is not ours.
        self._has_our_divisions = bool(vocabulary.divisions) and any(
            self._cell(row, "eleve.division") in vocabulary.divisions for row in table.rows()
        )

    def sets_aside(self, row: Row) -> bool:
        """The titles again, a pupil who has left, or one of another course of study."""
        if row.bad_quote:
            return False
        if self._cell(row, "eleve.date_sortie"):
            self.leavers += 1
            return True
        clues = self.read_mefs(row)
        if clues and not clues[0].classe:
            self._set_aside(row, clues[0].field, self._cell(row, clues[0].field))
            return True
        if not clues and self._is_of_another_division(row):
            self._set_aside(row, "eleve.division", "")
            return True
        return list(row.cells) == list(self.table.header.cells)

    def read_mefs(self, row: Row) -> list[Clue]:
        """What the MEF of a row says, a code before a label, wherever it stands."""
        texts = [(field, text) for field in _MEFS if (text := self._cell(row, field))]
        for key in texts:
            if key not in self._clues:
                self._clues[key] = _read_mef(*key, self.vocabulary)
        texts.sort(key=lambda key: (_find_code(key[1]) is None, key[0]))
        return [clue for key in texts if (clue := self._clues[key])]

    def _set_aside(self, row: Row, field: str, mef: str) -> None:
        division = self._cell(row, "eleve.division")
        self.others.append(OtherPupil(row.line, field, mef, division))

    def _is_of_another_division(self, row: Row) -> bool:
        """Another division than ours, and nothing in the row that says a class or an option."""
        division = self._cell(row, "eleve.division")
        if not (division and self._has_our_divisions) or division in self.vocabulary.divisions:
            return False
        return not (self._cell(row, "eleve.classe") or self._cell(row, "eleve.option"))

    def _cell(self, row: Row, field: str) -> str:
        return read_cell(row, self.columns, field)


def _find_code(text: str) -> str | None:
    found = _CODE.fullmatch(text.replace(" ", ""))
    return found[1] if found else None


def _read_mef(field: str, text: str, vocabulary: Vocabulary) -> Clue | None:
    """What a code or a label says; no class where it is another course of study.

    None where the référentiel knows no MEF of that kind, and so cannot tell.
    """
    code = _find_code(text)
    known = vocabulary.mef if code else vocabulary.labels
    if not known:
        return None
    source = f"pour le {'code' if code else 'libellé'} de MEF {cite(text)}"
    return Clue(field, source, *known.get(code or fold(text), ("", "")))
