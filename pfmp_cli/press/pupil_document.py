"""A pupil's document, merged, and what of the pupil's values it cannot show."""

from collections.abc import Iterable, Iterator
from typing import Protocol

from pfmp_cli.diagnostics import Diagnostic
from pfmp_cli.lists.pupils import Roster
from pfmp_cli.planning.editions import Edition
from pfmp_cli.planning.plan import PlannedDocument
from pfmp_cli.press.merging.merge import Merged, Merger, Misfit
from pfmp_cli.press.printing.print_file import Copy, compose_print_file
from pfmp_cli.rules.template_rules import MISSING_SIGNS, TOO_LONG

PRINTED = "a-imprimer"  # how the name of a print file ends


class Press(Protocol):
    """What documents are made with: a workshop, or the page in the browser."""

    def get_merger(self, edition: Edition) -> Merger: ...

    def compose_for(self, document: PlannedDocument) -> dict[str, str]: ...


def merge_pupil(document: PlannedDocument, press: Press) -> Merged:
    """The document, whose title a reader shows with the pupil's name."""
    merger, eleve = press.get_merger(document.edition), document.eleve
    title = f"{merger.master.title} – {eleve.name}"
    return merger.merge(press.compose_for(document), title)


def compose_class(division: str, documents: Iterable[PlannedDocument], press: Press) -> bytes:
    """The print file of the documents of one kind of a division, in their order."""
    copies = [
        Copy(one.eleve.name, press.get_merger(one.edition), press.compose_for(one))
        for one in documents
    ]
    return compose_print_file(f"{copies[0].merger.master.title} – {division}", copies)


def find_misfits(
    documents: Iterable[PlannedDocument], press: Press, roster: Roster
) -> Iterator[Diagnostic]:
    """What there is to say of values that do not fit, with nothing written."""
    for document in documents:
        drawn = press.get_merger(document.edition).draw(press.compose_for(document))
        misfits = (one for *_, one in drawn if isinstance(one, Misfit))
        yield from diagnose_misfits(misfits, document, roster)


def diagnose_misfits(
    misfits: Iterable[Misfit], document: PlannedDocument, roster: Roster
) -> Iterator[Diagnostic]:
    first: dict[str, Misfit] = {}  # a value, at the first of the places that it does not fit in
    for misfit in misfits:
        first.setdefault(misfit.field, misfit)
    for misfit in first.values():
        column = "eleve.nom" if misfit.field == "eleve.nom_complet" else misfit.field
        position = roster.position(document.eleve, column)
        if misfit.missing:
            signs = ", ".join(f"« {sign} » (U+{ord(sign):04X})" for sign in misfit.missing)
            yield MISSING_SIGNS.at(position, signs=signs)
        else:
            yield TOO_LONG.at(position, document=document.edition.label, page=misfit.page)
