"""The rows of a pupil → their stages: the companies of each period, and the days in each."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import NamedTuple

from pfmp_cli.calendar.unlikely_dates import check_days, check_length
from pfmp_cli.calendar.weeks import (
    ONE_DAY,
    USUAL_DAYS,
    Intervalle,
    PeriodeDatee,
    redate,
    working_days,
)
from pfmp_cli.diagnostics import Diagnostic, Position, Rule
from pfmp_cli.domain.projet import Projet
from pfmp_cli.lists.cells import cite
from pfmp_cli.lists.columns import FIRST_DAY, FULL_NAME, INE, LETTERS
from pfmp_cli.lists.placements.placement_periods import Periods
from pfmp_cli.lists.placements.placement_rows import PlacementRow
from pfmp_cli.lists.pupils import Eleve, Roster, Source, Stage
from pfmp_cli.rules import placement_rules as rules
from pfmp_cli.text import fold

ANY_PERIOD = ""  # in the place of a rank that nobody can tell


@dataclass(slots=True)
class _Place:
    """A company, by the rows that contradict nothing of each other; `dated` has those with dates,
    the last one of each."""

    rows: list[PlacementRow] = field(default_factory=list)
    dated: dict[Intervalle, PlacementRow] = field(default_factory=dict)
    values: dict[str, str] = field(default_factory=dict)
    sources: dict[str, Source] = field(default_factory=dict)

    def takes(self, row: PlacementRow) -> bool:
        """Whether the row is of the same company, as far as it says: one with days of its own that
        does not say which is of none that is known."""
        is_named = "entreprise" in row.values
        if row.dates and self.dated and is_named != ("entreprise" in self.values):
            return False
        return not self.find_contradicted(row)

    def find_contradicted(self, row: PlacementRow) -> list[str]:
        """The columns in which the row says something else."""
        known = ((name, text, self.values.get(name, text)) for name, text in row.values.items())
        return [name for name, here, there in known if fold(here) != fold(there)]

    def add(self, row: PlacementRow) -> None:
        self.rows.append(row)
        if row.dates:
            self.dated[row.dates] = row
        self.values |= row.values
        for name, origin in row.origins.items():
            if origin in row.record.columns:
                self.sources[name] = row.record, origin

    @property
    def intervalles(self) -> tuple[Intervalle, ...]:
        return tuple(sorted(self.dated))


class _Span(NamedTuple):
    """Days of a pupil in a period: of a row, or of the calendar."""

    period: PeriodeDatee
    dates: Intervalle
    row: PlacementRow | None = None

    @property
    def jours(self) -> tuple[int, ...]:
        return self.dates.jours or self.period.worked.jours

    def __str__(self) -> str:
        return f"du {self.dates.du:%d/%m/%Y} au {self.dates.au:%d/%m/%Y}"


class Stages:
    """Finds the stages of one pupil; what is wrong with them is in `diagnostics`.

    `sources` says where values come from that come from a row.
    """

    def __init__(self, eleve: Eleve, roster: Roster, projet: Projet) -> None:
        self.eleve, self.roster, self.projet = eleve, roster, projet
        self.diagnostics: list[Diagnostic] = []
        self.sources: dict[tuple[int, str], Source] = {}

    def settle(
        self, rows: Mapping[str, Sequence[PlacementRow]], refused: set[str], periods: Periods
    ) -> Eleve:
        """The pupil with the stages of these rows, by the rank of their period.

        A period that is `refused` and has no other row is printed without company and dates.
        """
        eleve, spans = self.eleve, list[_Span]()
        for rank, period in periods.items():
            theirs = [row.in_period(period) for row in rows.get(rank, ())]
            places = self._find_places(theirs, period)
            given = tuple(sorted({days for place in places for days in place.intervalles}))
            if places:
                eleve = self._place(eleve, rank, places, period)
            elif theirs or not refused.isdisjoint((rank, ANY_PERIOD)):
                eleve = eleve.placed(rank, {})._replace(dates=(*eleve.dates, (period.code, ())))
                continue
            if given and given != period.intervalles:
                eleve = eleve._replace(dates=(*eleve.dates, (period.code, given)))
                self._doubt(redate(period, given), places)
            own = [_Span(period, *one) for place in places for one in place.dated.items()]
            spans += own or (_Span(period, days) for days in period.intervalles)
        if any(span.row for span in spans):  # those of the calendar are told there
            self._find_overlaps(spans)
        return eleve

    def _find_places(self, rows: Sequence[PlacementRow], period: PeriodeDatee) -> list[_Place]:
        """The companies of a period, the first one first; where there are several, each needs
        days of its own."""
        places: list[_Place] = []
        for row in rows:
            place = next((place for place in places if place.takes(row)), None)
            if place is None and len(places) == len(LETTERS):
                self._tell(rules.MANY_STAGES, row, periode=period.code, most=len(LETTERS))
                continue
            if place is None:
                places.append(place := _Place())
            place.add(row)
        dated = [place for place in places if place.dated]
        if len(places) < 2 or len(dated) == len(places):
            return sorted(places, key=lambda place: place.intervalles)
        first, second = places[0], places[1]
        is_of_list = first.rows[0].record.table is self.roster.table
        if is_of_list and first not in dated and len(places) == 2:
            self._contradict(first, second.rows[0])
            return []
        for place in places:
            if place not in dated:
                other = second if place is first else first
                said = {"periode": period.code, "line": other.rows[0].record.number}
                self._tell(rules.PERIOD_TWICE, place.rows[0], name=cite(self.eleve.name), **said)
        return sorted(dated, key=lambda place: place.intervalles)

    def _contradict(self, listed: _Place, row: PlacementRow) -> None:
        for name in listed.find_contradicted(row):
            said = {"here": cite(row.values[name]), "there": cite(listed.values[name])}
            here, there = (one.record.position(one.origins[name]) for one in (row, listed.rows[0]))
            self.diagnostics.append(rules.CONTRADICTED.at(here, **said, place=there))

    def _place(
        self, eleve: Eleve, rank: str, places: Sequence[_Place], period: PeriodeDatee
    ) -> Eleve:
        """The pupil in a period, in each of its companies where there are several."""
        for letter, place in zip(LETTERS, places, strict=False):
            for name, source in place.sources.items():
                self.sources[eleve.line, f"pfmp{rank}{letter}.{name}"] = source
                self.sources.setdefault((eleve.line, f"pfmp{rank}.{name}"), source)
        names = dict.fromkeys(name for place in places for name in place.values)
        values = {name: _join(place.values.get(name) for place in places) for name in names}
        stages = [
            Stage(period.code, rank, letter, place.values, place.intervalles)
            for letter, place in zip(LETTERS, places, strict=False)
        ]
        eleve = eleve.placed(rank, values)
        return eleve._replace(stages=(*eleve.stages, *stages)) if len(stages) > 1 else eleve

    def _doubt(self, period: PeriodeDatee, places: Sequence[_Place]) -> None:
        """What is unlikely in days of a pupil's own."""
        rows = {days: row for place in places for days, row in place.dated.items()}
        self.diagnostics += check_length(period, _locate(rows[max(rows)]))
        for days, row in rows.items():
            self.diagnostics += check_days(redate(period, [days]), self.projet, _locate(row))
        for before, after in pairwise(places):
            self._find_gap(period, before, after)

    def _find_gap(self, period: PeriodeDatee, before: _Place, after: _Place) -> None:
        """Worked days between two companies; a Saturday is none."""
        last, first = before.intervalles[-1].au, after.intervalles[0].du
        between = working_days(last + ONE_DAY, first - ONE_DAY, period.worked)
        if days := [day for day in between if day.weekday() < USUAL_DAYS]:
            said = {"last": f"{last:%d/%m/%Y}", "first": f"{first:%d/%m/%Y}", "days": len(days)}
            self._tell(rules.GAP, after.rows[0], **said, periode=period.code)

    def _find_overlaps(self, spans: Iterable[_Span]) -> None:
        """Days of one pupil in two places; of spans in order, each with the one that ends last of
        those on its days of the week."""
        last: dict[int, _Span] = {}
        for span in sorted(spans, key=lambda span: span.dates):
            before = [last[day] for day in span.jours if day in last]
            other = max(before, key=lambda other: other.dates.au, default=span)
            if other is not span and span.dates.du <= other.dates.au and (span.row or other.row):
                self._overlap(*((span, other) if span.row else (other, span)))
            for day in span.jours:
                last[day] = max(last.get(day, span), span, key=lambda span: span.dates.au)

    def _overlap(self, span: _Span, other: _Span) -> None:
        codes = {"periode": span.period.code, "other": other.period.code}
        where = f"à la ligne {other.row.record.number}" if other.row else "dans pfmp.yaml"
        assert span.row
        self._tell(rules.OVERLAP, span.row, days=span, other_days=other, **codes, where=where)

    def _tell(self, rule: Rule, row: PlacementRow, **values: object) -> None:
        self.diagnostics.append(
            rule.at(row.record.position(FIRST_DAY, "eleve.nom", FULL_NAME, INE), **values)
        )


def _locate(row: PlacementRow) -> Callable[[str], Position]:
    return lambda end: row.record.position(f"stage.{end}")


def _join(texts: Iterable[str | None]) -> str:
    """What a document of the whole period says of several companies."""
    return " ; ".join(dict.fromkeys(filter(None, texts)))
