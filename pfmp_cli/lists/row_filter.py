"""Rows that are not of our pupils now: of other courses of study, or not there in the periods.

A MEF, the ministry's name of a course of study, says so; of our pupils, it says the class.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from datetime import date, timedelta
from itertools import pairwise
from typing import TypeAlias

from pfmp_cli.lists.cells import YES_OR_NO, Refusal, cite, read_day
from pfmp_cli.lists.columns import FULL_NAME, IDENTITY, INE, Period, Vocabulary
from pfmp_cli.lists.pupils import Clue, LeftOut, Reason
from pfmp_cli.lists.rows import Record
from pfmp_cli.lists.spellings import Names, Spellings, find_label
from pfmp_cli.text import fold

_STRUCTURE = "eleve.type_structure"
_MEFS = ("eleve.code_mef", "eleve.mef")
_DATES = ("eleve.date_entree", "eleve.date_sortie")
# Ten digits, and an eleventh that SIECLE adds to check the others.
_CODE = re.compile(r"([0-9]{10})[0-9]?")
# What SIECLE calls the structure that is one, or the row of a pupil who has none; else a group.
_DIVISION = ("", "d", "division")
_NAMES = (*IDENTITY[:2], FULL_NAME)

Days: TypeAlias = tuple[date, date]
_ALWAYS = ((date.min, date.max),)


class RowFilter:
    """Sets rows aside, and says whose they are and why: `left_out`, each pupil once.

    `passed_over` are the lines of rows that are no pupil, or one of whom another row counts.
    """

    def __init__(
        self,
        rows: Sequence[Record],
        columns: Mapping[str, int],
        vocabulary: Vocabulary,
        spellings: Spellings,
    ) -> None:
        self.rows, self.columns, self.vocabulary = rows, columns, vocabulary
        self.left_out: list[LeftOut] = []
        self.passed_over: set[int] = set()
        self._spellings = spellings
        self._divisions = Names(vocabulary.divisions)
        self._clues: dict[tuple[str, ...], list[Clue]] = {}
        # SIECLE's « base complète » has a row for each group of a pupil, beside the division's.
        self._groups = {row.line for row in rows if fold(row.get(_STRUCTURE)) not in _DIVISION}
        # Where the list has some of our divisions, a pupil of none of them is not ours.
        self._has_our_divisions = bool(vocabulary.divisions) and any(
            self.division(row) in vocabulary.divisions for row in rows
        )
        self._stays: dict[int, tuple[Days, ...]] = {}
        if not columns.keys().isdisjoint((_STRUCTURE, *_DATES)):
            self._choose_rows()

    def sets_aside(self, row: Record) -> bool:
        """A row that does not count, or a pupil who is not ours or not there."""
        if row.line in self.passed_over:
            return True
        stays = self._stays.get(row.line, ())
        found = self._find_reason(row, stays)
        if found is None:
            return False
        reason, field, day = found
        name = " ".join(filter(None, map(row.get, _NAMES)))
        mef = row.get(field) if field in _MEFS else ""
        self.left_out.append(LeftOut(row.line, field, reason, name, mef, self.division(row), day))
        return True

    def read_mefs(self, row: Record) -> list[Clue]:
        """What the MEF of a row says, a code before a label, wherever it stands."""
        texts = tuple(map(row.get, _MEFS))
        if texts not in self._clues:
            both = [(field, row.get(field)) for field in _MEFS if field in row.values]
            both.sort(key=lambda one: _find_code(one[1]) is None)
            self._clues[texts] = [clue for one in both if (clue := self._read_mef(*one))]
        return self._clues[texts]

    def division(self, row: Record) -> str:
        """The division as `pfmp.yaml` writes it, or else as the row does."""
        text = "" if row.line in self._groups else row.get("eleve.division")
        return self._divisions.find(text) or text

    def find_absences(self, line: int) -> frozenset[tuple[str, str]]:
        """The periods, by class and code, in which the pupil of a row is not there."""
        stays = self._stays.get(line)
        return frozenset(
            (classe, code)
            for classe, periods in (self.vocabulary.calendar.items() if stays else ())
            for code, *days, _ in periods
            if stays and not _meet(stays, days)
        )

    def _find_reason(
        self, row: Record, stays: Sequence[Days]
    ) -> tuple[Reason, str, date | None] | None:
        """Why a pupil gets nothing, the field that says so, and their last or first day."""
        clues = self.read_mefs(row)
        if clues and not clues[0].classe:
            return Reason.OTHER, clues[0].field, None
        if (self.vocabulary.by_division or not clues) and self._is_of_another_division(row):
            return Reason.OTHER, "eleve.division", None
        if clues and _find_code(row.get(clues[0].field)) in self.vocabulary.apprentices:
            return Reason.APPRENTICE, clues[0].field, None
        periods = [days for _, *days, _ in self._find_periods(row, clues)] if stays else []
        if not periods or any(_meet(stays, days) for days in periods):
            return None
        if stays[0][0] > max(last for _, last in periods):
            return Reason.TO_COME, "eleve.date_entree", stays[0][0]
        return Reason.LEFT, "eleve.date_sortie", stays[-1][1]

    def _find_periods(self, row: Record, clues: Sequence[Clue]) -> Sequence[Period]:
        """Those that are asked for of the pupil's class, or of all where it is not told."""
        classe = clues[0].classe if clues else self.vocabulary.divisions.get(self.division(row), "")
        classe = classe or self._spellings.find_classe(row.get("eleve.classe")) or ""
        chosen, periods = self.vocabulary.chosen, self.vocabulary.calendar.get(classe, ())
        return [one for one in periods if chosen in (None, one[0]) and self._does(row, one)]

    def _does(self, row: Record, period: Period) -> bool:
        """Whether a period is the pupil's: one of a variant where the row says so, or may be."""
        _, _, last, variante = period
        if variante is None:
            return True
        if (field := f"eleve.{variante}") in self.columns:
            return YES_OR_NO.get(fold(row.get(field)), False)
        return last < date.max

    def _choose_rows(self) -> None:
        """Of the rows of a pupil, those of groups do not count, but for the first where there are
        no others; and of schoolings one after another, one does."""
        pupils: dict[object, list[Record]] = defaultdict(list)
        for row in self.rows:
            if not row.bad_quote:
                pupils[self._identify(row)].append(row)
        for rows in pupils.values():
            own = [row for row in rows if row.line not in self._groups]
            counted = self._join_stays(own or rows[:1])
            self.passed_over |= {row.line for row in rows} - set(counted)
            # Who is there on any day is not looked at again.
            self._stays |= {line: days for line, days in counted.items() if days != _ALWAYS}

    def _join_stays(self, rows: Sequence[Record]) -> dict[int, tuple[Days, ...]]:
        """The lines that count of a pupil, and when they are there: where they are not there twice
        at once, the last row, of ours who are there in the periods if there are."""
        days = {row.line: self._read_days(row) for row in rows}
        stays = _order(days.values())
        if len(rows) == 1 or any(second[0] <= first[1] for first, second in pairwise(stays)):
            return {line: (own,) for line, own in days.items()}
        _, _, line = max(
            (self._find_reason(row, [days[row.line]]) is None, days[row.line][::-1], row.line)
            for row in rows
        )
        return {line: stays}

    def _identify(self, row: Record) -> object:
        """The INE, or else the names and the birth date; nobody else's where it has none of these,
        as a line that a file was cut in."""
        names = [row.get(field) for field in (*_NAMES, IDENTITY[2])]
        return fold(row.get(INE)) or tuple(map(fold, names)) if any(names) else row.line

    def _read_days(self, row: Record) -> Days:
        """The first and the last day of a schooling; what is no date is told with the row."""
        days = [date.min, date.max]
        for end, text in enumerate(row.get(field) for field in _DATES):
            with suppress(Refusal):
                days[end] = read_day(text, self.vocabulary.year_start) if text else days[end]
        return days[0], days[1]

    def _is_of_another_division(self, row: Record) -> bool:
        """Another division than ours, and nothing in the row that says a class or an option."""
        division = self.division(row)
        if self.vocabulary.by_division:
            return division not in self.vocabulary.divisions
        if not (division and self._has_our_divisions) or division in self.vocabulary.divisions:
            return False
        return not (row.get("eleve.classe") or row.get("eleve.option"))

    def _read_mef(self, field: str, text: str) -> Clue | None:
        """What a code or a label says; no class where it is another course of study.

        None where the référentiel knows no MEF of that kind, and so cannot tell.
        """
        code, mefs, labels = _find_code(text), self.vocabulary.mef, self.vocabulary.labels
        if not (mefs if code else labels):
            return None
        said = mefs.get(code, ("", "")) if code else find_label(labels, text)
        return Clue(field, f"pour le {'code' if code else 'libellé'} de MEF {cite(text)}", *said)


def _find_code(text: str) -> str | None:
    found = _CODE.fullmatch(text.replace(" ", ""))
    return found[1] if found else None


def _order(stays: Iterable[Days]) -> tuple[Days, ...]:
    """One after another; one without a beginning begins when the one before it ends."""
    ordered: list[Days] = []
    for first, last in sorted(stays, key=lambda days: days[1]):
        if ordered and first == date.min and ordered[-1][1] < last:
            first = ordered[-1][1] + timedelta(days=1)
        ordered.append((first, last))
    return tuple(ordered)


def _meet(stays: Iterable[Days], days: Sequence[date]) -> bool:
    return any(first <= days[1] and days[0] <= last for first, last in stays)
