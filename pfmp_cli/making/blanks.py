"""Which blank documents there are to make: one for each class, option, variant and period."""

from collections.abc import Sequence
from dataclasses import replace

from pfmp_cli.domain.fabrication import Vierges
from pfmp_cli.planning.editions import Edition, list_editions
from pfmp_cli.press.workshop import Workshop


def choose_blanks(selection: Vierges, workshop: Workshop) -> list[Edition]:
    """The blank documents to make. A variant that leaves a document as it is has none.

    Raises InputRefused with what is wrong in a template.
    """
    known = workshop.templates.documents()
    names = known if selection.documents is None else selection.documents
    editions = [
        edition
        for edition in list_editions(workshop.referentiel, [known[name] for name in names])
        if (selection.classes is None or edition.classe in selection.classes)
        and (selection.options is None or edition.option in (None, *selection.options))
    ]
    return [edition for edition in editions if not _is_plain(edition, editions, workshop)]


def _is_plain(edition: Edition, others: Sequence[Edition], workshop: Workshop) -> bool:
    plain = replace(edition, variantes=frozenset())
    if plain == edition or plain not in others:
        return False
    return workshop.get_rendering(plain).key == workshop.get_rendering(edition).key
