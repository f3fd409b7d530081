"""Which editions two référentiels do not share.

The master of an edition is keyed by its HTML: an edition whose HTML is the same is the same
document, to the byte. So what a change touches is found by rendering, and not by guessing.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pfmp_cli.domain.referentiel import Referentiel
from pfmp_cli.planning.editions import Edition, list_editions
from pfmp_cli.press.workshop import Workshop


@dataclass(frozen=True, slots=True)
class Touched:
    """Who is touched and by which documents: « cycle long, option X », `livret`, `grille`.

    Of `total` editions of both, `number` are not the same.
    """

    rows: Mapping[str, Sequence[str]]
    number: int
    total: int


def find_touched(old: Workshop, new: Workshop) -> Touched:
    """The editions that come out otherwise, or are in one only.

    Raises InputRefused with what is wrong in a template.
    """
    before, after = (
        dict.fromkeys(list_editions(shop.referentiel, list(shop.documents.values())))
        for shop in (old, new)
    )
    both = after | before
    touched = [
        edition
        for edition in both
        if (edition in before) != (edition in after) or old.render(edition) != new.render(edition)
    ]
    rows: dict[str, dict[str, None]] = {}
    for edition in touched:
        public = _name_public(edition, (old.referentiel, new.referentiel))
        rows.setdefault(public, {})[edition.document] = None
    return Touched({public: [*names] for public, names in rows.items()}, len(touched), len(both))


def _name_public(edition: Edition, referentiels: Sequence[Referentiel]) -> str:
    """« Cycle long, option X », with its variants: « Cycle court, redoublant »."""
    classes = {one.code: one.libelle for known in referentiels for one in known.classes}
    variantes = {one.code: one.libelle for known in referentiels for one in known.variantes}
    option = [f"option {edition.option}"] if edition.option else []
    labels = (variantes.get(code, code) for code in sorted(edition.variantes))
    return ", ".join([classes[edition.classe], *option, *labels])
