"""Which editions two référentiels do not share.

The master of an edition is keyed by its HTML: an edition whose HTML is the same is the same
document, to the byte. So what a change touches is found by rendering, and not by guessing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
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
    both = [*after, *(edition for edition in before if edition not in after)]
    touched = [
        edition
        for edition in both
        if edition not in before
        or edition not in after
        or old.render(edition) != new.render(edition)
    ]
    lines = tuple(_group(touched, both, new.referentiel, old.referentiel))
    return Touched(lines, len(touched), len(both))


def _group(
    touched: Sequence[Edition], known: Sequence[Edition], *referentiels: Referentiel
) -> Iterator[tuple[str, tuple[str, ...]]]:
    """By class, option and variant; a document all of whose periods are touched, by its name."""
    who = {edition: name_public(edition, referentiels) for edition in touched}
    for public in dict.fromkeys(who.values()):
        mine = [edition for edition in touched if who[edition] == public]
        peers = [e for e in known if name_public(e, referentiels) == public]
        yield public, tuple(_name_documents(mine, peers))


def _name_documents(touched: Iterable[Edition], known: Sequence[Edition]) -> Iterator[str]:
    names: dict[str, list[str]] = {}
    for edition in touched:
        names.setdefault(edition.document, []).append(edition.periode or "")
    for name, periodes in names.items():
        every = [e.periode or "" for e in known if e.document == name]
        if periodes == every or periodes == [""]:
            yield name
        else:
            yield f"{name} (période {', '.join(periodes)})"


def name_public(edition: Edition, referentiels: Iterable[Referentiel]) -> str:
    """« Cycle long, option X », with its variants: « Cycle court, redoublant »."""
    known = list(referentiels)
    classe = next(
        (c.libelle for r in known for c in r.classes if c.code == edition.classe), edition.classe
    )
    parts = [classe, *([f"option {edition.option}"] if edition.option else [])]
    for code in sorted(edition.variantes):
        labels = (v.libelle for r in known for v in r.variantes if v.code == code)
        parts.append(next(labels, code))
    return ", ".join(parts)
