"""YAML text → plain data, and the place of every value in the text.

Stricter than YAML where YAML surprises. A scalar without quotes is text exactly as it was
typed, but for plain decimal integers, `true`/`false` and nothing (`null`, `~`). What YAML 1.1
reads otherwise and a person would not (`8:30`, `on`) is refused, as are duplicate keys,
anchors, aliases, tags and a second document.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple, TypeAlias

import yaml

from pfmp_cli.diagnostics import Diagnostic, InputRefused, Position, error
from pfmp_cli.yaml_files.syntax import explain

Loc: TypeAlias = tuple[str | int, ...]
Data: TypeAlias = "bool | int | str | list[Data] | dict[str, Data] | None"

LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
TAILLE_MAX = 2**20  # a référentiel takes 50 kB
PROFONDEUR_MAX = 40
PROBLEMES_MAX = 100

_CONTROL = re.compile("[^\t\n\r -~\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_ENTIER = re.compile(r"0|-?[1-9][0-9]{0,17}")
_BASE_60 = re.compile(r"[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+(?:\.[0-9_]*)?")
_MOTS: dict[str, bool | None] = {
    "": None, "~": None, "null": None,
    "true": True, "True": True, "TRUE": True,
    "false": False, "False": False, "FALSE": False,
}  # fmt: skip
_VRAI, _FAUX, _RIEN = ("« vrai »", "true"), ("« faux »", "false"), ("une valeur vide", "rien")
_AMBIGUS = {
    **dict.fromkeys(("yes", "Yes", "YES", "on", "On", "ON"), _VRAI),
    **dict.fromkeys(("no", "No", "NO", "off", "Off", "OFF"), _FAUX),
    **dict.fromkeys(("Null", "NULL"), _RIEN),
}


class Mark(NamedTuple):
    """Where a value is: the event of its key, if it has one, and the marks of its two ends."""

    key: Any | None
    start: Any
    end: Any
    simple: bool


@dataclass(frozen=True)
class YamlSource:
    """A YAML file as read. `problemes` are errors that did not stop the reading."""

    path: Path
    text: str = field(repr=False)
    data: Data
    marks: Mapping[Loc, Mark] = field(repr=False)
    problems: tuple[Diagnostic, ...] = ()

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
            return Position(str(self.path), label=dotted(loc))
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
        return locate(self.path, self.lines, start, end, dotted(loc))


def dotted(loc: Loc) -> str | None:
    """`("activites", 1, "libelle")` → `activites[1].libelle`; None for the whole file."""
    path = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in loc)
    return path.removeprefix(".") or None


def locate(
    path: Path, lines: Sequence[str], start: Any, fin: Any = None, label: str | None = None
) -> Position:
    """PyYAML's marks (from 0) → a Position (from 1), underlined on its first line only."""
    excerpt = lines[start.line] if start.line < len(lines) else ""
    end = fin.column if fin is not None and fin.line == start.line else len(excerpt.rstrip())
    length = max(1, end - start.column) if fin is not None else 1
    return Position(str(path), start.line + 1, start.column + 1, excerpt, length, label)


def read_yaml(path: Path) -> YamlSource:
    """Read a YAML file; what is wrong and does not stop the reading is left in `problemes`.

    Raises InputRefused where no data can be had: unreadable, not UTF-8, broken syntax.
    """
    return parse_yaml(decode(_read_bytes(path), path), path)


def parse_yaml(text: str, path: Path, loader: Any = LOADER) -> YamlSource:
    """YAML text → YamlSource; `path` only names the file. Raises as `read_yaml`."""
    _refuse_control(text, path)
    builder = _Builder(text.splitlines(), path)
    try:
        data = builder.build(yaml.parse(text, Loader=loader))
    except yaml.MarkedYAMLError as exc:
        mark, message, help = explain(exc, text)
        position = locate(path, builder.lines, mark) if mark is not None else Position(str(path))
        raise InputRefused([*builder.problems, error(message, position, help)]) from exc
    return YamlSource(path, text, data, builder.marks, tuple(builder.problems))


def _read_bytes(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            content = file.read(TAILLE_MAX + 1)
        if len(content) <= TAILLE_MAX:
            return content
        message, help = "le fichier fait plus de 1 Mo", "vérifiez que c'est bien un fichier de pfmp"
    except FileNotFoundError:
        message, help = f"le fichier « {path} » n'existe pas", "vérifiez son nom et son dossier"
    except IsADirectoryError:
        message, help = f"« {path} » est un dossier", "donnez le nom d'un fichier YAML"
    except OSError:
        message, help = f"le fichier « {path} » ne peut pas être lu", "vérifiez ses droits d'accès"
    raise InputRefused([error(message, Position(str(path)), help)])


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
        help = "enregistrez-le en UTF-8 depuis votre éditeur de texte"
        raise InputRefused([error("le fichier n'est pas en UTF-8", position, help)]) from exc


def _refuse_control(text: str, path: Path) -> None:
    found = _CONTROL.search(text)
    if found is None:
        return
    shown = _CONTROL.sub("�", text)
    lines = shown[: found.end()].splitlines()
    excerpt = shown.splitlines()[len(lines) - 1]
    position = Position(str(path), len(lines), len(lines[-1]), excerpt)
    message = f"caractère invisible interdit (U+{ord(found[0]):04X})"
    raise InputRefused([error(message, position, "supprimez-le, ou retapez cette ligne")])


class _Builder:
    """One pass over the parser's events: data, marks and problems together."""

    def __init__(self, lines: Sequence[str], path: Path) -> None:
        self.lines, self.path = lines, path
        self.marks: dict[Loc, Mark] = {}
        self.problems: list[Diagnostic] = []

    def build(self, events: Iterator[Any]) -> Data:
        data: Data = None
        for rank, start in enumerate(e for e in events if type(e) is yaml.DocumentStartEvent):
            if rank:
                help = "supprimez cette ligne et ce qui la suit"
                self._refuse(start, "le fichier contient un second document YAML", help)
                break
            self.events = events
            data = self._node(next(events), (), None)
        return data

    def _refuse(self, event: Any, message: str, help: str, loc: Loc = ()) -> None:
        position = locate(self.path, self.lines, event.start_mark, event.end_mark, dotted(loc))
        self.problems.append(error(message, position, help))
        if len(self.problems) >= PROBLEMES_MAX:
            raise InputRefused(self.problems)

    def _node(self, event: Any, loc: Loc, key: Any | None) -> Data:
        if type(event) is yaml.AliasEvent or event.anchor or event.tag:
            self._refuse_indicator(event, loc)
        value: Data = None
        simple = type(event) is yaml.ScalarEvent or type(event) is yaml.AliasEvent
        self.marks[loc] = Mark(key, event.start_mark, event.end_mark, simple)
        if type(event) is yaml.ScalarEvent:
            value = self._scalar(event, loc) if event.implicit[0] else event.value
        elif not simple:
            value = self._collection(event, loc, key)
        return value

    def _refuse_indicator(self, event: Any, loc: Loc) -> None:
        mark = event.start_mark
        typed = self.lines[mark.line][mark.column : mark.column + 40].split()[0].rstrip(",]}")
        message = f"« {typed} » : les ancres, alias et étiquettes YAML ne sont pas admis"
        self._refuse(event, message, "mettez la valeur entre guillemets, ou répétez-la", loc)

    def _scalar(self, event: Any, loc: Loc) -> Data:
        text: str = event.value
        if text in _MOTS:
            return _MOTS[text]
        if _ENTIER.fullmatch(text):
            return int(text)
        if text in _AMBIGUS:
            reading, plain = _AMBIGUS[text]
            help = f'écrivez "{text}" entre guillemets, ou {plain}'
            self._refuse(event, f"« {text} » est ambigu : YAML y lit {reading}", help, loc)
        elif _BASE_60.fullmatch(text):
            message = f"« {text} » est ambigu : YAML y lit un nombre en base 60"
            self._refuse(event, message, f'écrivez "{text}" entre guillemets', loc)
        return text

    def _collection(self, event: Any, loc: Loc, key: Any | None) -> Data:
        if len(loc) >= PROFONDEUR_MAX:
            self._refuse(event, "les listes sont trop imbriquées", "simplifiez ce passage")
            raise InputRefused(self.problems)
        mapping = type(event) is yaml.MappingStartEvent
        return self._mapping(loc) if mapping else self._sequence(loc)

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
        for cle in self.events:
            if type(cle) is yaml.MappingEndEvent:
                break
            key = self._key(cle, loc)
            if key in lines:
                message = f"la clé « {key} » est déjà écrite ligne {lines[key]}"
                self._refuse(cle, message, "gardez-en une seule", (*loc, key))
            lines[key] = cle.start_mark.line + 1
            items[key] = self._node(next(self.events), (*loc, key), cle)
        return items

    def _key(self, event: Any, loc: Loc) -> str:
        if type(event) is yaml.ScalarEvent and not (event.anchor or event.tag):
            key: str = event.value
            return key
        self._refuse(event, "une clé doit être un texte simple", "écrivez « clé: valeur »", loc)
        if type(event) in (yaml.MappingStartEvent, yaml.SequenceStartEvent):
            self._node(event, (*loc, "?"), None)
        return "?"
