"""Which editions two référentiels do not share.

The master of an edition is keyed by its HTML: an edition whose HTML is the same is the same
document, to the byte. So what a change touches is found by rendering, and not by guessing.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pfmp_cli.planning.editions import Edition, list_editions

if TYPE_CHECKING:
    from pfmp_cli.domain.referentiel import Referentiel
    from pfmp_cli.press.workshop import Workshop


@dataclass(frozen=True, slots=True)
class Touched:
    """Who is touched and by which documents: « cycle long, option X », `livret`, `grille-2`.

    Of `total` editions of both, `number` are not the same.
    """

    rows: tuple[tuple[str, tuple[str, ...]], ...]
    number: int
    total: int


def find_touched(old: Workshop, new: Workshop) -> Touched:
    """The editions that come out otherwise, or are in one only.

    Raises InputRefused with what is wrong in a template.
    """
    before, after = (
        dict.fromkeys(list_editions(shop.referentiel, list(shop.templates.documents().values())))
        for shop in (old, new)
    )
    both = after | before
    touched = [
        edition
        for edition in both
        if (edition in before) != (edition in after) or old.render(edition) != new.render(edition)
    ]
    referentiels = old.referentiel, new.referentiel
    every = _sort(both, referentiels)
    rows = [
        (public, tuple(_name(one, periodes, every[public]) for one, periodes in documents.items()))
        for public, documents in _sort(touched, referentiels).items()
    ]
    return Touched(tuple(rows), len(touched), len(both))


def _sort(
    editions: Iterable[Edition], referentiels: Sequence[Referentiel]
) -> dict[str, dict[str, list[str]]]:
    """By class, option and variants: each document and its periods."""
    found: dict[str, dict[str, list[str]]] = {}
    for edition in editions:
        documents = found.setdefault(_name_public(edition, referentiels), {})
        documents.setdefault(edition.document, []).append(edition.periode or "")
    return found


def _name(document: str, periodes: list[str], every: dict[str, list[str]]) -> str:
    """A document all of whose periods are touched goes by its name."""
    whole = periodes in (every[document], [""])
    return document if whole else f"{document} (période {', '.join(periodes)})"


def _name_public(edition: Edition, referentiels: Sequence[Referentiel]) -> str:
    """« Cycle long, option X », with its variants: « Cycle court, redoublant »."""
    classes = {one.code: one.libelle for known in referentiels for one in known.classes}
    variantes = {one.code: one.libelle for known in referentiels for one in known.variantes}
    option = [f"option {edition.option}"] if edition.option else []
    labels = (variantes.get(code, code) for code in sorted(edition.variantes))
    return ", ".join([classes[edition.classe], *option, *labels])
