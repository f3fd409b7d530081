"""A model and the file that it was read from: its words by their place, and what is wrong there."""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from pfmp_cli.diagnostics import Diagnostic, Position, Rule
from pfmp_cli.rules.referentiel_rules import UNKNOWN_BRACES
from pfmp_cli.text import fold
from pfmp_cli.yaml_files.model_errors import proposal
from pfmp_cli.yaml_files.source import Loc, YamlSource

# What a school's letter fills in.
_BRACES = ("secteur", "convention")


@dataclass(frozen=True, slots=True)
class Reviewed:
    """`model` as it was read from `source`.

    A path is made of keys: `classes.*.periodes.*.code` leads to the codes of all periods.
    """

    model: Any
    source: YamlSource

    def each(self, path: str) -> Iterator[tuple[Loc, Any]]:
        """What a path leads to, where there is something."""
        return _follow(self.model, path.split("."), ())

    def words(self, path: str) -> Iterator[tuple[str, Loc]]:
        """The texts that a path leads to; of lists their elements, of mappings their keys."""
        for loc, value in self.each(path):
            if isinstance(value, str):
                yield value, loc
            elif isinstance(value, Mapping):
                yield from ((key, (*loc, key)) for key in value)
            else:
                yield from ((word, (*loc, rank)) for rank, word in enumerate(value))

    def position(self, word: str, loc: Loc) -> Position:
        """Where a word stands, which may be a key."""
        return self.source.key_position(loc) if loc[-1] == word else self.source.position(loc)

    def unknown(self, path: str, known: Collection[str], rule: Rule) -> Iterator[Diagnostic]:
        """The words that refer to nothing."""
        for word, loc in self.words(path):
            yield from self.unknown_one(word, loc, known, rule)

    def unknown_one(
        self, word: str | None, loc: Loc, known: Collection[str], rule: Rule
    ) -> Iterator[Diagnostic]:
        """The same of one word, which may be left out."""
        if word is not None and word not in known:
            advice = proposal(word, known, "existent")
            yield rule.at(self.position(word, loc), code=word, advice=advice)

    def twice(self, path: str, same: Rule | None, like: Rule | None = None) -> Iterator[Diagnostic]:
        """The words that stand twice in a list; with `like`, whatever their case and accents."""
        seen: dict[tuple[Loc, str], tuple[str, Loc]] = {}
        for word, loc in self.words(path):
            listed = loc[:-1] if isinstance(loc[-1], int) else loc[:-2]
            key = listed, (fold(word) or word) if like else word
            first, place = seen.setdefault(key, (word, loc))
            rule = same if first == word else like
            if place != loc and rule:
                line = self.source.position(place).line
                yield rule.at(self.position(word, loc), word=word, first=first, line=line)

    def braces(self, path: str) -> Iterator[Diagnostic]:
        """The `{…}` of a letter's texts that nothing fills."""
        for text, loc in self.words(path):
            for name in re.findall(r"\{([^{}]*)\}", text):
                if name not in _BRACES:
                    advice = proposal(name, _BRACES, "entre accolades, existent")
                    yield UNKNOWN_BRACES.at(self.source.position(loc), name=name, advice=advice)


def _follow(value: Any, steps: list[str], loc: Loc) -> Iterator[tuple[Loc, Any]]:
    if not steps:
        if value is not None:
            yield loc, value
        return
    step, *rest = steps
    if step != "*":
        yield from _follow(getattr(value, step, None), rest, (*loc, step))
    elif value is not None:
        inside = value.items() if isinstance(value, dict) else enumerate(value)
        for key, inner in inside:
            yield from _follow(inner, rest, (*loc, key))
