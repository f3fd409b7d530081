"""Which change of the référentiel makes a document come out otherwise: by taking it back."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict, replace
from itertools import groupby
from typing import TYPE_CHECKING, Any

from pfmp_cli.comparing.changes import Changement, as_lists, take_back
from pfmp_cli.comparing.walk import compare_referentiels
from pfmp_cli.domain.referentiel import Referentiel
from pfmp_cli.yaml_files.models import build

if TYPE_CHECKING:
    from pfmp_cli.planning.editions import Edition
    from pfmp_cli.press.workshop import Workshop

RENDUS_MAX = 600  # some seconds of rendering: above, the changes under one heading go together

Causes = dict["Edition", tuple[Changement, ...]]


def find_causes(old: Workshop, new: Workshop, editions: Iterable[Edition]) -> Causes:
    """The changes without which each edition would be another document.

    An edition that the référentiel has not changed has none; one that several changes make
    together, and none alone, has all of them.
    """
    changements = compare_referentiels(old.referentiel, new.referentiel)
    touched = [edition for edition in editions if _differs(old, new, edition)]
    found: dict[Edition, list[Changement]] = {edition: [] for edition in touched}
    data = as_lists(asdict(new.referentiel))
    for group in _group(changements, len(touched)):
        without = _undo(new, data, group)
        for edition in touched:
            if without is None or _differs(without, new, edition):
                found[edition] += group
    return {edition: tuple(some or changements) for edition, some in found.items()}


def _group(changements: Sequence[Changement], editions: int) -> list[list[Changement]]:
    if len(changements) * editions <= RENDUS_MAX:
        return [[one] for one in changements]
    ordered = sorted(changements, key=lambda one: one.rubrique)
    return [list(group) for _, group in groupby(ordered, key=lambda one: one.rubrique)]


def _undo(new: Workshop, data: Any, group: Sequence[Changement]) -> Workshop | None:
    """The workshop without these changes; None where what is left is no référentiel."""
    try:
        for one in reversed(group):
            data = take_back(data, one)
        return replace(new, referentiel=build(Referentiel, data), render_cache=None)
    except (ValueError, LookupError):
        return None


def _differs(one: Workshop, other: Workshop, edition: Edition) -> bool:
    """Whether an edition is not the same in both, or is in one only."""
    try:
        return one.get_whole(edition).html != other.get_whole(edition).html
    except Exception:  # a référentiel that does not hold together, or has no such class
        return True
