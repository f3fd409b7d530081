"""A school's file → that of another year, with its comments: the same school, no dates yet."""

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import accumulate
from typing import Any, TypeAlias

from pfmp_cli.yaml_files.source import Loc, YamlSource

# A part of the text, and what stands in its place.
Edit: TypeAlias = tuple[int, int, str]
# How many weeks each period of a class lasts, by its code.
Weeks: TypeAlias = Mapping[str, Sequence[int]]

_DATE, _DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}"), "AAAA-MM-JJ"
_CLOSING = re.compile(r"[\]}]")
_YEAR, _LETTER_DATE = ("annee_scolaire",), ("lettre", "date")
_PERIODS, _MAKING = ("calendrier", "periodes"), ("fabrication",)
_DIPLOMAS = ("diplomes",)
_FOLDER, _LISTS = (*_MAKING, "dossier"), (*_MAKING, "listes")


class _Text:
    """A file's text, with the place of each of its values in it."""

    def __init__(self, source: YamlSource) -> None:
        self.source = source
        lines = source.text.splitlines(keepends=True)
        self.lines, self.starts = lines, [0, *accumulate(map(len, lines))]

    def set(self, loc: Loc, value: str) -> Edit:
        """A key given a value, in place of its own or as the first of its group."""
        if loc in self.source:
            return (*self.span(loc), value)
        group, line = loc[:-1], f"{loc[-1]}: {value}"
        if group not in self.source:
            return self.set(group, f"{{{line}}}") if group else (0, 0, f"{line}\n")
        start, end = self.span(group)
        if self.source.text[start : start + 1] == "{":
            return start + 1, start + 1, f"{line}, "
        margin = " " * self.source.marks[group].start.column
        return start, start, f"{line}\n{margin}" if start < end else f"\n  {line}"

    def span(self, loc: Loc) -> tuple[int, int]:
        """Where a value begins and ends, without the blank lines and comments behind it."""
        start = self._at(self.source.marks[loc].start)
        inside = [
            (self._at(mark.end), len(place) - len(loc))
            for place, mark in self.source.marks.items()
            if place[: len(loc)] == loc and mark.simple
        ]
        end, depth = max(inside, default=(start, 0))
        if self.source.text[start : start + 1] in ("[", "{"):
            for _ in range(depth):  # what closes the last value, and all that it is in
                closing = _CLOSING.search(self.source.text, end)
                end = closing.end() if closing else end
        return start, end

    def empty_dates(self, loc: Loc, weeks: Sequence[int]) -> Iterator[Edit]:
        """The dates of a class as lines of comment, to be filled in."""
        mark = self.source.marks[loc]
        assert mark.key is not None  # a class's dates stand under its code
        start, end = self.span(loc)
        first, last = mark.start.line, self._line(end)
        asked = " + ".join(map(str, weeks))
        hint = f"# {asked} semaines : mettez les dates, puis enlevez le « # » devant les tirets\n"
        if mark.key.start_mark.line < first:  # a list of lines under its key
            margin = mark.start.column
            begun = self.starts[first]
            block = [_comment(line, margin) for line in self.lines[first : last + 1]]
            yield begun, self.starts[last + 1], " " * margin + hint + "".join(block)
        else:
            margin = mark.key.start_mark.column + 2
            rows = [f"# - {{du: {_DAY}, au: {_DAY}}}\n" for _ in weeks]
            yield start, end, ""
            after = self.starts[last + 1]
            yield after, after, "".join(" " * margin + line for line in (hint, *rows))

    def _at(self, mark: Any) -> int:
        place: int = self.starts[mark.line] + mark.column
        return place

    def _line(self, place: int) -> int:
        return max(n for n, start in enumerate(self.starts) if start <= place)


def write_next_year(source: YamlSource, year: str, folder: str, weeks: Sequence[Weeks]) -> str:
    """The text of the file of `year`, whose documents go to `folder`.

    The dates of a class become lines to fill in; `weeks` has those that each of its periods
    lasts, by the référentiel of each diploma. Files of lists named after the old year are named
    after `year`.
    """
    text = source.text
    for start, end, new in sorted(_list_edits(_Text(source), year, folder, weeks), reverse=True):
        text = text[:start] + new + text[end:]
    return re.sub("\r?\n", "\r\n", text) if "\r\n" in source.text else text


def _list_edits(text: _Text, year: str, folder: str, weeks: Sequence[Weeks]) -> Iterator[Edit]:
    old = text.source.data
    before = str(old.get(*_YEAR, "")) if isinstance(old, dict) else ""
    yield text.set(_YEAR, year)
    yield text.set(_FOLDER, folder)
    for loc, mark in text.source.marks.items():
        rank, inside = (loc[1], loc[2:]) if loc[:1] == _DIPLOMAS and loc[1:] else (0, loc)
        if inside == _LETTER_DATE:
            yield (*text.span(loc), "")
        if inside[:2] == _PERIODS and len(inside) == 3 and (*loc, 0) in text.source:
            yield from text.empty_dates(loc, weeks[int(rank)].get(str(inside[2]), ()))
        if before and mark.simple and loc[:2] == _LISTS:
            start, end = text.span(loc)
            if before in (name := text.source.text[start:end]):
                yield start, end, name.replace(before, year)


def _comment(line: str, margin: int) -> str:
    """A line with its dates to fill in, and none of it in force; what is a comment stays."""
    if not line.strip() or line.lstrip().startswith("#"):
        return line
    return f"{line[:margin]}# {_DATE.sub(_DAY, line[margin:])}"
