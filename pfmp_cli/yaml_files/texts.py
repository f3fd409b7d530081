"""The texts of a YAML file, and where each of their characters stands in it."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import TypeAlias

from pfmp_cli.diagnostics import Position
from pfmp_cli.yaml_files.source import Data, Loc, YamlSource, dotted

Place: TypeAlias = tuple[int, int]
"""Line and column of the file, from 0."""


@dataclass(frozen=True)
class SourceText:
    """A text of the file: what it says, and where it is."""

    loc: Loc
    value: str
    source: YamlSource

    @cached_property
    def places(self) -> list[Place]:
        """The place of each character; none where the text is not in the file as it reads (with
        escapes). A blank is behind what is before it, wherever the line is broken."""
        places: list[Place] = []
        written = self._read_signs()
        for sign in self.value:
            if sign.isspace():
                line, column = places[-1] if places else next(self._read_signs())[0]
                places.append((line, column + 1))
                continue
            place, found = next(written, ((0, 0), ""))
            if found != sign:
                return []
            places.append(place)
        return places

    def _read_signs(self) -> Iterator[tuple[Place, str]]:
        """All that is not blank from where the text begins on."""
        start, lines = self.source.marks[self.loc].start, self.source.lines
        style = lines[start.line][start.column : start.column + 1]
        line = start.line + (style in ("|", ">"))
        first = start.column + (style in ("'", '"')) if line == start.line else 0
        for number in range(line, len(lines)):
            for column, sign in enumerate(lines[number]):
                if not sign.isspace() and (number > line or column >= first):
                    yield (number, column), sign

    def position(self, start: int, end: int) -> Position:
        """The place of the characters from `start` to `end`, on the first line they are on."""
        if not self.places:
            return self.source.position(self.loc)
        line, column = self.places[start]
        excerpt = self.source.lines[line]
        length = max(1, min(end - start, len(excerpt) - column))
        label = dotted(self.loc)
        return Position(str(self.source.path), line + 1, column + 1, excerpt, length, label)


def list_texts(source: YamlSource) -> Iterator[SourceText]:
    """The texts of the file, in its order."""
    yield from _walk(source.data, (), source)


def _walk(data: Data, loc: Loc, source: YamlSource) -> Iterator[SourceText]:
    if isinstance(data, str):
        yield SourceText(loc, data, source)
    elif isinstance(data, dict | list):
        for key, child in data.items() if isinstance(data, dict) else enumerate(data):
            yield from _walk(child, (*loc, key), source)
