"""YAML text → plain data, and the place of every value in the text.

Stricter than YAML where YAML surprises. A scalar without quotes is text exactly as it was
typed, but for plain decimal integers, `true`/`false` and nothing (`null`, `~`). What YAML 1.1
reads otherwise and a person would not (`8:30`, `on`) is refused, as are duplicate keys,
anchors, aliases, tags and a second document.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple, TypeAlias

import yaml

from pfmp_cli.diagnostics import Diagnostic, InputRefused, Position, Rule, line_and_column
from pfmp_cli.rules import yaml_rules as rules
from pfmp_cli.yaml_files.scalars import NO_BREAK, find_oddities, read_scalar
from pfmp_cli.yaml_files.syntax import explain

Loc: TypeAlias = tuple[str | int, ...]
Data: TypeAlias = "bool | int | str | list[Data] | dict[str, Data] | None"

LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
SIZE_MAX = 2**20  # a référentiel takes 50 kB
DEPTH_MAX = 40
PROBLEMS_MAX = 100

_ENDLESS_WORD = re.compile(r"\b[^\W\d_]{1000,}")
_CONTROL = re.compile("[^\t\n\r -~\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class Mark(NamedTuple):
    """Where a value is: the event of its key, if it has one, and the marks of its two ends."""

    key: Any | None
    start: Any
    end: Any
    simple: bool


@dataclass(frozen=True)
class YamlSource:
    """A YAML file as read; `problems` did not stop the reading, `doubts` are warnings.

    Of a part of a file, values at `own` stand under `place` in the whole.
    """

    path: Path
    text: str = field(repr=False)
    data: Data
    marks: Mapping[Loc, Mark] = field(repr=False)
    problems: tuple[Diagnostic, ...] = ()
    doubts: tuple[Diagnostic, ...] = ()
    place: Loc = ()
    own: frozenset[Loc] = frozenset()

    @cached_property
    def lines(self) -> Sequence[str]:
        return self.text.splitlines()

    def __contains__(self, loc: Loc) -> bool:
        return loc in self.marks

    def position(self, loc: Loc) -> Position:
        """The place of the value at `loc`; of the nearest parent where there is no such value.

        A mapping or list under a key, and a parent, are shown by their key.
        """
        present = next((loc[:n] for n in range(len(loc), -1, -1) if loc[:n] in self.marks), None)
        if present is None:
            return Position(str(self.path), label=self._label(loc))
        mark = self.marks[present]
        if mark.key is not None and not (mark.simple and present == loc):
            return self._span(mark.key.start_mark, mark.key.end_mark, loc)
        return self._span(mark.start, mark.end, loc)

    def key_position(self, loc: Loc) -> Position:
        """The place of the key that leads to `loc`."""
        mark = self.marks.get(loc)
        if mark is None or mark.key is None:
            return self.position(loc)
        return self._span(mark.key.start_mark, mark.key.end_mark, loc)

    def _span(self, start: Any, end: Any, loc: Loc) -> Position:
        return locate(self.path, self.lines, start, end, self._label(loc))

    def _label(self, loc: Loc) -> str | None:
        return dotted(loc if self.own.isdisjoint((loc[:1], loc[:2])) else self.place + loc)


def dotted(loc: Loc) -> str | None:
    """`("activites", 0, "libelle")` → `activites[1].libelle`, counted as people do; None for the
    whole file."""
    path = "".join(f"[{step + 1}]" if isinstance(step, int) else f".{step}" for step in loc)
    return path.removeprefix(".") or None


def locate(
    path: Path, lines: Sequence[str], start: Any, end: Any = None, label: str | None = None
) -> Position:
    """PyYAML's marks (from 0) → a Position (from 1), underlined on its first line only."""
    excerpt = lines[start.line] if start.line < len(lines) else ""
    last = end.column if end is not None and end.line == start.line else len(excerpt.rstrip())
    length = max(1, last - start.column) if end is not None else 1
    return Position(str(path), start.line + 1, start.column + 1, excerpt, length, label)


def read_yaml(path: Path) -> YamlSource:
    """Read a YAML file; what is wrong and does not stop the reading is left in `problems`.

    Raises InputRefused where no data can be had: unreadable, not UTF-8, broken syntax.
    """
    return parse_yaml(decode(_read_bytes(path), path), path)


def parse_yaml(text: str, path: Path, loader: Any = LOADER) -> YamlSource:
    """YAML text → YamlSource; `path` only names the file. Raises as `read_yaml`."""
    _refuse_signs(text, path)
    builder = _Builder(text.splitlines(), path)
    try:
        data = builder.build(yaml.parse(text, Loader=loader))
    except yaml.MarkedYAMLError as exc:
        mark, rule = explain(exc, builder.lines, builder.quoted)
        position = locate(path, builder.lines, mark) if mark is not None else Position(str(path))
        line = position.line or 0
        others = (one for one in builder.problems if line_and_column(one)[0] != line)
        raise InputRefused([*others, rule.at(position)]) from exc
    problems, doubts = tuple(builder.problems), tuple(builder.doubts)
    return YamlSource(path, text, data, builder.marks, problems, doubts)


def _read_bytes(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            content = file.read(SIZE_MAX + 1)
        if len(content) <= SIZE_MAX:
            return content
        found = rules.TOO_BIG
    except FileNotFoundError:
        found = rules.NO_FILE
    except OSError:
        found = rules.A_FOLDER if path.is_dir() else rules.UNREADABLE
    raise InputRefused([found.at(Position(str(path)), path=path)])


def decode(content: bytes, path: Path) -> str:
    """The text of a file; `path` only names it. Raises InputRefused where it is not UTF-8."""
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as exc:
        before = content[: exc.start].decode("utf-8-sig").splitlines(keepends=True)
        whole = before[-1] if before and not before[-1].endswith(("\n", "\r")) else ""
        rest = content[exc.start :].splitlines()[0].decode("cp1252", "replace")
        line = len(before) + (not whole)
        position = Position(str(path), line, len(whole) + 1, whole + rest)
        raise InputRefused([rules.NOT_UTF8.at(position)]) from exc


def _refuse_signs(text: str, path: Path) -> None:
    """What no text has. A layout looks for the place to break a word in all of it, again and
    again."""
    for regex, rule in ((_CONTROL, rules.CONTROL_CHARACTER), (_ENDLESS_WORD, rules.ENDLESS_WORD)):
        if found := regex.search(text):
            lines = text[: found.start()].split("\n")
            excerpt, length = text.split("\n")[len(lines) - 1], len(found[0])
            place = Position(str(path), len(lines), len(lines[-1]) + 1, excerpt, length)
            raise InputRefused([rule.at(place, code=f"{ord(found[0][0]):04X}", length=length)])


class _Builder:
    """One pass over the parser's events: data, marks and problems together."""

    def __init__(self, lines: Sequence[str], path: Path) -> None:
        self.lines, self.path = lines, path
        self.marks: dict[Loc, Mark] = {}
        self.problems: list[Diagnostic] = []
        self.doubts: list[Diagnostic] = []
        self.quoted: Any = None

    def build(self, events: Iterator[Any]) -> Data:
        data: Data = None
        for rank, start in enumerate(e for e in events if type(e) is yaml.DocumentStartEvent):
            if rank:
                self._refuse(start, rules.SECOND_DOCUMENT)
                break
            self.events = events
            data = self._node(next(events), (), None)
        return data

    def _refuse(self, event: Any, rule: Rule, loc: Loc = (), **values: object) -> None:
        position = locate(self.path, self.lines, event.start_mark, event.end_mark, dotted(loc))
        found = rule.at(position, **values)
        (self.problems if found.is_error else self.doubts).append(found)
        if len(self.problems) >= PROBLEMS_MAX:
            raise InputRefused(self.problems)

    def _node(self, event: Any, loc: Loc, key: Any | None) -> Data:
        kind, mark = type(event), event.start_mark
        if kind is yaml.AliasEvent or event.anchor or event.tag:
            typed = self.lines[mark.line][mark.column : mark.column + 40].split()[0].rstrip(",]}")
            self._refuse(event, rules.INDICATOR, loc, typed=typed)
        simple = kind is yaml.ScalarEvent or kind is yaml.AliasEvent
        self.marks[loc] = Mark(key, mark, event.end_mark, simple)
        if simple:
            return self._scalar(event, loc) if kind is yaml.ScalarEvent else None
        if len(loc) >= DEPTH_MAX:
            self._refuse(event, rules.TOO_DEEP)
            raise InputRefused(self.problems)
        return self._mapping(loc) if kind is yaml.MappingStartEvent else self._sequence(loc)

    def _scalar(self, event: Any, loc: Loc) -> Data:
        """Its value; what is odd about it is said, and the last quotes that span lines kept."""
        for rule, values in find_oddities(event, self.lines):
            self._refuse(event, rule, loc, **values)
        if event.style in ("'", '"') and event.start_mark.line < event.end_mark.line:
            self.quoted = event
        return read_scalar(event)

    def _sequence(self, loc: Loc) -> Data:
        items: list[Data] = []
        for event in self.events:
            if type(event) is yaml.SequenceEndEvent:
                break
            items.append(self._node(event, (*loc, len(items)), None))
        return items

    def _mapping(self, loc: Loc) -> Data:
        items: dict[str, Data] = {}
        lines: dict[str, int] = {}
        for event in self.events:
            if type(event) is yaml.MappingEndEvent:
                break
            key = self._key(event, loc)
            if key in lines:
                self._refuse(event, rules.KEY_TWICE, (*loc, key), key=key, line=lines[key])
            lines[key] = event.start_mark.line + 1
            items[key] = self._node(next(self.events), (*loc, key), event)
        return items

    def _key(self, event: Any, loc: Loc) -> str:
        if type(event) is yaml.ScalarEvent and not (event.anchor or event.tag):
            key: str = event.value
            if key.startswith(tuple(NO_BREAK)):
                self._refuse(event, rules.NO_BREAK_SPACE, loc)
            return key
        self._refuse(event, rules.NOT_A_KEY, loc)
        if type(event) in (yaml.MappingStartEvent, yaml.SequenceStartEvent):
            self._node(event, (*loc, "?"), None)
        return "?"
