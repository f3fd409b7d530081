"""What refers to nothing, and what stands twice."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator

from pfmp_cli.diagnostics import Diagnostic, Rule
from pfmp_cli.domain.referentiel import Niveau
from pfmp_cli.rules.referentiel_rules import SAME_NIVEAU, UNKNOWN_BRACES
from pfmp_cli.yaml_files.model_errors import proposal
from pfmp_cli.yaml_files.source import Loc, YamlSource

# What a school's letter fills in.
_BRACES = ("secteur", "convention")


def find_unknown(
    rule: Rule, codes: Iterable[str], known: Collection[str], source: YamlSource, loc: Loc
) -> Iterator[Diagnostic]:
    """The elements of a list, or the keys of a mapping, that refer to nothing."""
    for i, code in enumerate(codes):
        if code not in known:
            key = (*loc, code)
            position = source.key_position(key) if key in source else source.position((*loc, i))
            yield rule.at(position, code=code, advice=proposal(code, known, "existent"))


def find_unknown_one(
    rule: Rule, code: str | None, known: Collection[str], source: YamlSource, loc: Loc
) -> Iterator[Diagnostic]:
    """A value that refers to nothing; where it is left out, there is nothing to say."""
    if code is not None and code not in known:
        yield rule.at(source.position(loc), code=code, advice=proposal(code, known, "existent"))


def find_unknown_braces(text: str | None, source: YamlSource, loc: Loc) -> Iterator[Diagnostic]:
    """The `{…}` of a letter's text that nothing fills."""
    for name in re.findall(r"\{([^{}]*)\}", text or ""):
        if name not in _BRACES:
            advice = proposal(name, _BRACES, "entre accolades, existent")
            yield UNKNOWN_BRACES.at(source.position(loc), name=name, advice=advice)


def find_same(
    rule: Rule, words: Iterable[tuple[str, Loc]], source: YamlSource
) -> Iterator[Diagnostic]:
    """The words that stand twice among those that must differ."""
    seen: dict[str, Loc] = {}
    for word, loc in words:
        if (first := seen.setdefault(word, loc)) != loc:
            line = source.position(first).line
            yield rule.at(source.position(loc), word=word, line=line)


def find_same_niveaux(
    niveaux: Iterable[Niveau], source: YamlSource, loc: Loc
) -> Iterator[Diagnostic]:
    """The levels of a scale that bear the same name."""
    words = ((niveau.libelle, (*loc, i, "libelle")) for i, niveau in enumerate(niveaux))
    return find_same(SAME_NIVEAU, words, source)
