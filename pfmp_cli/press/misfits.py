"""Values that do not fit in their places: found by merging, without writing anything."""

from __future__ import annotations

from collections.abc import Iterable

from pfmp_cli.diagnostics import Diagnostic
from pfmp_cli.lists.pupils import Roster
from pfmp_cli.planning.plan import PlannedDocument
from pfmp_cli.press.merging.merge import Misfit
from pfmp_cli.press.workshop import Workshop
from pfmp_cli.rules.template_rules import MISSING_SIGNS, TOO_LONG


def find_misfits(
    documents: Iterable[PlannedDocument], workshop: Workshop, roster: Roster
) -> list[Diagnostic]:
    """What a run would say of values that do not fit."""
    found = {
        (document.eleve.line, misfit.field): diagnose_misfit(misfit, document, roster)
        for document in documents
        for misfit in workshop.get_merger(document.edition)
        .merge(workshop.compose(document), "")
        .misfits
    }
    return list(found.values())


def diagnose_misfit(misfit: Misfit, document: PlannedDocument, roster: Roster) -> Diagnostic:
    """The place that stays empty, at the cell that its value comes from."""
    column = "eleve.nom" if misfit.field == "eleve.nom_complet" else misfit.field
    position = roster.position(document.eleve, column)
    if misfit.missing:
        signs = ", ".join(f"« {sign} » (U+{ord(sign):04X})" for sign in misfit.missing)
        return MISSING_SIGNS.at(position, signs=signs)
    return TOO_LONG.at(position)
