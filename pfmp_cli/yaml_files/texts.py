"""The texts of a YAML file, and where each of their characters stands in it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from pfmp_cli.diagnostics import Position
from pfmp_cli.yaml_files.source import Data, Loc, YamlSource, dotted

Piece: TypeAlias = tuple[int, int, str]
"""Line and column of the file, from 0, and the text that stands there."""


@dataclass(frozen=True, slots=True)
class SourceText:
    """A text of the file: what it says, and where it is."""

    loc: Loc
    value: str
    source: YamlSource

    @property
    def key(self) -> str:
        """The last key that leads to it: `libelle`, `adresse`."""
        return str(next((step for step in reversed(self.loc) if isinstance(step, str)), ""))

    def spread(self) -> tuple[str, list[tuple[int, int]]]:
        """The text as it stands in the file, and the line and column of each character.

        It differs from `value` only where quotes or escapes are written in it.
        """
        pieces, joint = _read_pieces(self.source, self.loc)
        places = list[tuple[int, int]]()
        for line, column, piece in pieces:
            places += places[-1:]  # the joint
            places += [(line, column + n) for n in range(len(piece))]
        return joint.join(piece for _, _, piece in pieces), places

    def position(self, start: int, end: int, places: list[tuple[int, int]]) -> Position:
        """The place of the characters from `start` to `end`, on the first line they are on."""
        line, column = places[start]
        here = [place for place in places[start:end] if place[0] == line]
        return Position(
            str(self.source.path),
            line + 1,
            column + 1,
            self.source.lines[line],
            max(1, here[-1][1] - column + 1),
            dotted(self.loc),
        )


def list_texts(source: YamlSource) -> Iterator[SourceText]:
    """The texts of the file, in its order."""
    yield from _walk(source.data, (), source)


def _walk(data: Data, loc: Loc, source: YamlSource) -> Iterator[SourceText]:
    if isinstance(data, str):
        yield SourceText(loc, data, source)
    elif isinstance(data, dict):
        for key, child in data.items():
            yield from _walk(child, (*loc, key), source)
    elif isinstance(data, list):
        for number, child in enumerate(data):
            yield from _walk(child, (*loc, number), source)


def _read_pieces(source: YamlSource, loc: Loc) -> tuple[list[Piece], str]:
    """The lines of a text, without indentation, and what YAML joins them with."""
    mark = source.marks[loc]
    start, end, lines = mark.start, mark.end, source.lines
    style = lines[start.line][start.column : start.column + 1]
    if style in ("|", ">"):
        return _read_block(lines[start.line + 1 : end.line + 1], start.line + 1), (
            "\n" if style == "|" else " "
        )
    quote = 1 if style in ("'", '"') else 0
    pieces = []
    for number in range(start.line, end.line + 1):
        first = start.column + quote if number == start.line else 0
        last = end.column - quote if number == end.line else len(lines[number])
        pieces.append(_trim(number, first, lines[number][first:last], keep=number == end.line))
    return [piece for piece in pieces if piece[2]], " "


def _trim(line: int, column: int, text: str, keep: bool) -> Piece:
    """Without the spaces that folding drops: before a line's text, and after it but the last's."""
    shown = text if keep else text.rstrip()
    return line, column + len(shown) - len(shown.lstrip()), shown.lstrip()


def _read_block(lines: Sequence[str], first: int) -> list[Piece]:
    """The lines of a block text: those indented at least as its first."""
    indent: int | None = None
    pieces: list[Piece] = []
    for number, line in enumerate(lines, start=first):
        depth = len(line) - len(line.lstrip(" "))
        if not line.strip():
            continue
        indent = depth if indent is None else indent
        if depth < indent:
            break
        pieces.append((number, indent, line[indent:]))
    return pieces
