"""Rows that are not of our pupils: those who have left, and those of other courses of study."""

from __future__ import annotations

from collections.abc import Mapping

from pfmp_cli.lists.columns import Vocabulary
from pfmp_cli.lists.formats.csv import Row, clean_cell
from pfmp_cli.lists.formats.sheet import Table
from pfmp_cli.lists.mef import Clue, OtherPupil, in_order_of_trust, read_mef

CHAMPS_MEF = ("eleve.code_mef", "eleve.mef")
CHAMPS_CLASSE = ("eleve.division", "eleve.classe", "eleve.option")
CHAMP_SORTIE = "eleve.date_sortie"


class RowFilter:
    """Sets rows aside, and counts them: `autres` of other courses, `sortis` who have left."""

    def __init__(self, tableau: Table, colonnes: Mapping[str, int], schema: Vocabulary) -> None:
        self.table, self.columns, self.schema = tableau, colonnes, schema
        self.others: list[OtherPupil] = []
        self.leavers = 0
        self._mefs: dict[tuple[str, str], Clue | None] = {}
        # Where the list has some of our divisions, a pupil of none of them is not ours.
        self._has_our_divisions = bool(schema.divisions) and any(
            self._cell(rangee, "eleve.division") in schema.divisions for rangee in tableau.rows()
        )

    def sets_aside(self, rangee: Row) -> bool:
        """The titles again, a pupil who has left, or one of another course of study."""
        if rangee.bad_quote:
            return False
        if self._cell(rangee, CHAMP_SORTIE):
            self.leavers += 1
            return True
        indices = self.read_mefs(rangee)
        if indices and not indices[0].classe:
            champ, division = indices[0].field, self._cell(rangee, "eleve.division")
            self.others.append(OtherPupil(rangee.line, champ, self._cell(rangee, champ), division))
            return True
        if not indices and self._is_of_another_division(rangee):
            division = self._cell(rangee, "eleve.division")
            self.others.append(OtherPupil(rangee.line, "eleve.division", "", division))
            return True
        return list(rangee.cells) == list(self.table.header.cells)

    def read_mefs(self, rangee: Row) -> list[Clue]:
        """What the MEF of a row says, a code before a label."""
        textes = [(champ, texte) for champ in CHAMPS_MEF if (texte := self._cell(rangee, champ))]
        for cle in textes:
            if cle not in self._mefs:
                self._mefs[cle] = read_mef(*cle, self.schema)
        textes.sort(key=lambda cle: in_order_of_trust(*cle))
        return [indice for cle in textes if (indice := self._mefs[cle])]

    def _is_of_another_division(self, rangee: Row) -> bool:
        """Another division than ours, and nothing in the row that says a class or an option."""
        if not self._has_our_divisions:
            return False
        division, *said = (self._cell(rangee, champ) for champ in CHAMPS_CLASSE)
        return bool(division) and division not in self.schema.divisions and not any(said)

    def _cell(self, rangee: Row, champ: str) -> str:
        index = self.columns.get(champ)
        if index is None or index >= len(rangee.cells):
            return ""
        return clean_cell(rangee.cells[index])
