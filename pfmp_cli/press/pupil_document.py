"""A pupil's document, merged, and what of the pupil's values it cannot show."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pfmp_cli.diagnostics import Diagnostic
from pfmp_cli.lists.pupils import Roster
from pfmp_cli.planning.plan import PlannedDocument
from pfmp_cli.press.merging.merge import Merged, Misfit
from pfmp_cli.press.workshop import Workshop
from pfmp_cli.rules.template_rules import MISSING_SIGNS, TOO_LONG


def merge_pupil(document: PlannedDocument, workshop: Workshop) -> Merged:
    """The document, whose title a reader shows with the pupil's name."""
    merger, eleve = workshop.get_merger(document.edition), document.eleve
    title = f"{merger.master.title} – {eleve.name}"
    return merger.merge(workshop.compose_for(document), title)


def find_misfits(
    documents: Iterable[PlannedDocument], workshop: Workshop, roster: Roster
) -> Iterator[Diagnostic]:
    """What there is to say of values that do not fit, with nothing written."""
    for document in documents:
        yield from diagnose_misfits(merge_pupil(document, workshop).misfits, document, roster)


def diagnose_misfits(
    misfits: Iterable[Misfit], document: PlannedDocument, roster: Roster
) -> Iterator[Diagnostic]:
    for misfit in misfits:
        column = "eleve.nom" if misfit.field == "eleve.nom_complet" else misfit.field
        position = roster.position(document.eleve, column)
        if misfit.missing:
            signs = ", ".join(f"« {sign} » (U+{ord(sign):04X})" for sign in misfit.missing)
            yield MISSING_SIGNS.at(position, signs=signs)
        else:
            yield TOO_LONG.at(position)
