"""A school's file with several diplomas → one file for each, as if it were alone.

What the file says for all, then what it says for one of them: each value keeps its place.
"""

from dataclasses import dataclass, replace
from typing import Any

from pfmp_cli.yaml_files.source import Loc, YamlSource

_KEY, _REFERENTIEL = "diplomes", "referentiel"
# Groups of keys that a diploma completes; any other key of its own replaces that of all.
_COMPLETED = ("calendrier", "lettre")


@dataclass(frozen=True)
class DiplomaPart:
    """One of the diplomas: `loc` is its place in the `whole` file, `source` the file of it alone,
    `referentiel` what it is called there, None where it is the usual one."""

    whole: YamlSource
    loc: Loc
    source: YamlSource
    referentiel: str | None


def split_diplomas(whole: YamlSource) -> list[DiplomaPart]:
    """One for each; none where the file has no `diplomes`."""
    listed = whole.data.get(_KEY) if isinstance(whole.data, dict) else None
    if not isinstance(listed, list):
        return []
    return [
        _take(whole, (_KEY, rank), own) for rank, own in enumerate(listed) if isinstance(own, dict)
    ]


def _take(whole: YamlSource, place: Loc, own: Any) -> DiplomaPart:
    data: Any = whole.data
    kept = {key: value for key, value in data.items() if key != _KEY}
    gone: set[Loc] = {(_KEY,)}
    for key, value in own.items():
        if key in _COMPLETED and isinstance(kept.get(key), dict) and isinstance(value, dict):
            kept[key] = kept[key] | value
            gone |= {(key, name) for name in value}
        elif key != _REFERENTIEL:
            kept[key] = value
            gone.add((key,))
    marks = {loc: mark for loc, mark in whole.marks.items() if gone.isdisjoint((loc[:1], loc[:2]))}
    marks |= {loc[2:]: mark for loc, mark in whole.marks.items() if loc[:2] == place and loc[2:]}
    source = replace(
        whole, data=kept, marks=marks, problems=(), doubts=(), place=place, own=frozenset(gone)
    )
    name = own.get(_REFERENTIEL)
    return DiplomaPart(whole, place, source, str(name) if name else None)
