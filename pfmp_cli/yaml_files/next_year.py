"""A school's file → that of another year, with its comments: the same school, no dates yet."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import TypeAlias

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


def _set(source: YamlSource, loc: Loc, value: str) -> Edit:
    """A key given a value, in place of its own or as the first of its group."""
    if loc in source:
        return (*_span(source, loc), value)
    group, line = loc[:-1], f"{loc[-1]}: {value}"
    if group not in source:
        return _set(source, group, f"{{{line}}}") if group else (0, 0, f"{line}\n")
    start, end = _span(source, group)
    if source.text[start : start + 1] == "{":
        return start + 1, start + 1, f"{line}, "
    margin = " " * source.marks[group].start.column
    return start, start, f"{line}\n{margin}" if start < end else f"\n  {line}"


def _span(source: YamlSource, loc: Loc) -> tuple[int, int]:
    """Where a value begins and ends, without the blank lines and comments behind it."""
    start = source.marks[loc].start.index
    inside = [
        (mark.end.index, len(place) - len(loc))
        for place, mark in source.marks.items()
        if place[: len(loc)] == loc and mark.simple
    ]
    end, depth = max(inside, default=(start, 0))
    if source.text[start : start + 1] in ("[", "{"):
        for _ in range(depth):  # what closes the last value, and all that it is in
            closing = _CLOSING.search(source.text, end)
            end = closing.end() if closing else end
    return start, end


def _empty_dates(source: YamlSource, loc: Loc, weeks: Sequence[int]) -> Iterator[Edit]:
    """The dates of a class as lines of comment, to be filled in."""
    mark = source.marks[loc]
    assert mark.key is not None  # a class's dates stand under its code
    start, end = _span(source, loc)
    behind = source.text.find("\n", end) + 1 or len(source.text)
    asked = " + ".join(map(str, weeks))
    hint = f"# {asked} semaines : mettez les dates, puis enlevez le « # » devant les tirets\n"
    if mark.key.start_mark.line < mark.start.line:  # a list of lines under its key
        margin = mark.start.column
        block = source.text[start - margin : behind].splitlines(keepends=True)
        lines = "".join(_comment(line, margin) for line in block)
        yield start - margin, behind, " " * margin + hint + lines
    else:
        margin = mark.key.start_mark.column + 2
        rows = [f"# - {{du: {_DAY}, au: {_DAY}}}\n" for _ in weeks]
        yield start, end, ""
        yield behind, behind, "".join(" " * margin + line for line in (hint, *rows))


def write_next_year(source: YamlSource, year: str, folder: str, weeks: Sequence[Weeks]) -> str:
    """The text of the file of `year`, whose documents go to `folder`.

    The dates of a class become lines to fill in; `weeks` has those that each of its periods
    lasts, by the référentiel of each diploma. Files of lists named after the old year are named
    after `year`.
    """
    text = source.text
    for start, end, new in sorted(_list_edits(source, year, folder, weeks), reverse=True):
        text = text[:start] + new + text[end:]
    return re.sub("\r?\n", "\r\n", text) if "\r\n" in source.text else text


def _list_edits(
    source: YamlSource, year: str, folder: str, weeks: Sequence[Weeks]
) -> Iterator[Edit]:
    old = source.data
    before = str(old.get(*_YEAR, "")) if isinstance(old, dict) else ""
    yield _set(source, _YEAR, year)
    yield _set(source, _FOLDER, folder)
    for loc, mark in source.marks.items():
        rank, inside = (loc[1], loc[2:]) if loc[:1] == _DIPLOMAS and loc[1:] else (0, loc)
        if inside == _LETTER_DATE:
            yield (*_span(source, loc), "")
        if inside[:2] == _PERIODS and len(inside) == 3 and (*loc, 0) in source:
            yield from _empty_dates(source, loc, weeks[int(rank)].get(str(inside[2]), ()))
        if before and mark.simple and loc[:2] == _LISTS:
            start, end = _span(source, loc)
            if before in (name := source.text[start:end]):
                yield start, end, name.replace(before, year)


def _comment(line: str, margin: int) -> str:
    """A line with its dates to fill in, and none of it in force; what is a comment stays."""
    if not line.strip() or line.lstrip().startswith("#"):
        return line
    return f"{line[:margin]}# {_DATE.sub(_DAY, line[margin:])}"
