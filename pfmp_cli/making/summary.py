"""What a run comes to, in the lines that sum it up."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from pfmp_cli.terminal.console import tally
from pfmp_cli.text import count

if TYPE_CHECKING:
    from pathlib import Path

    from pfmp_cli.diagnostics import Diagnostic
    from pfmp_cli.making.build_plan import Gap
    from pfmp_cli.making.jobs import Batch
    from pfmp_cli.making.run import Outcome
    from pfmp_cli.planning.plan import Plan, PlannedDocument

_MOST = 20  # files of a kind that a summary names

Counts = Counter[tuple[str, str]]  # how many documents, by division and name of the document


def place_of(document: PlannedDocument) -> tuple[str, str]:
    """Where a document is counted in a `Compte`."""
    return document.folder, document.edition.document


def format_divisions(compte: Counts) -> Iterator[str]:
    """A line a division; a table where there are several kinds of documents."""
    divisions = sorted({division for division, _ in compte})
    kinds = list(dict.fromkeys(kind for _, kind in compte))
    if len(kinds) < 2:
        yield from (f"  {division} : {compte[division, kinds[0]]}" for division in divisions)
        return
    rows = [["", *kinds]]
    rows += [[name, *(str(compte[name, kind]) for kind in kinds)] for name in divisions]
    if len(divisions) > 1:
        totals = (sum(compte[name, kind] for name in divisions) for kind in kinds)
        rows.append(["en tout", *map(str, totals)])
    yield from _align(rows)


def _align(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """The rows with their columns under one another: words to the left, numbers to the right."""
    first, *others = (max(map(len, column)) for column in zip(*rows, strict=True))
    for name, *cells in rows:
        padded = (cell.rjust(width) for cell, width in zip(cells, others, strict=True))
        yield "  ".join((f"  {name.ljust(first)}", *padded))


def summarize(batches: Sequence[Batch], root: Path, outcome: Outcome) -> Iterator[str]:
    """What was written, by division, and what was not."""
    yield from format_divisions(outcome.written + outcome.unchanged)
    yield f"{count_all(outcome)} dans {root}{os.sep}"
    yield from count_changed(outcome)
    if outcome.print_files:
        yield f"{count(len(outcome.print_files), 'fichier')} pour le copieur, recto verso :"
        yield from (f"  {path}" for path in outcome.print_files)
    if outcome.zips:
        yield f"{count(len(outcome.zips), 'archive')} :"
        yield from (f"  {path}" for path in outcome.zips)
    yield from list_orphans(outcome)
    for batch in batches:
        yield from count_left_out(batch.plan)
    yield from filter(None, [tally(outcome.diagnostics)])
    for batch in batches:
        yield from count_others(batch)


def count_gaps(
    gaps: Sequence[Gap], total: int, root: Path, diagnostics: Iterable[Diagnostic]
) -> str:
    """What a run would write, after the list of it."""
    new = sum(gap.is_new for gap in gaps)
    documents = sum(gap.edition is not None for gap in gaps)
    parts = (
        (new, "nouveau fichier", "nouveaux fichiers"),
        (len(gaps) - new, "fichier à refaire", "fichiers à refaire"),
        (total - documents, "document laissé tel quel", "documents laissés tels quels"),
    )
    said = ", ".join(count(*part) for part in parts if part[0])
    lines = [f"dans {root}{os.sep} : {said}", tally(diagnostics), "--check : rien n'est écrit"]
    return "\n".join(filter(None, lines))


def count_changed(outcome: Outcome) -> Iterator[str]:
    """The documents left alone because someone filled them in, if there are any."""
    if outcome.changed:
        yield "dont " + count(
            outcome.changed,
            "rempli ou modifié depuis que pfmp l'a fait",
            "remplis ou modifiés depuis que pfmp les a faits",
        )


def count_left_out(plan: Plan) -> Iterator[str]:
    """The pupils that the command line does not choose, if there are any."""
    if plan.left_out:
        yield count(plan.left_out, "élève laissé", "élèves laissés") + " de côté"


def count_all(outcome: Outcome) -> str:
    """« 12 documents écrits, 3 laissés tels quels »."""
    written = count(outcome.written.total(), "document écrit", "documents écrits")
    left = outcome.unchanged.total()
    if not left:
        return written
    return f"{written}, " + count(left, "laissé tel quel", "laissés tels quels")


def list_orphans(outcome: Outcome) -> Iterator[str]:
    """The files that are no longer anyone's: those removed, and those left."""
    if outcome.removed:
        removed = count(len(outcome.removed), "fichier d'avant enlevé", "fichiers d'avant enlevés")
        yield f"{removed}, plus à personne :"
        yield from _cut(outcome.removed)
    if outcome.orphans:
        left = count(len(outcome.orphans), "fichier d'avant n'est", "fichiers d'avant ne sont")
        why = "modifié depuis, gardé" if outcome.prune else "--prune enlève ce que nul n'a modifié"
        yield f"{left} plus à personne ({why}) :"
        yield from _cut(outcome.orphans)


def _cut(paths: Sequence[str]) -> Iterator[str]:
    """The first of many paths, each on its line."""
    yield from (f"  {path}" for path in paths[:_MOST])
    if len(paths) > _MOST:
        yield f"  … et {count(len(paths) - _MOST, 'autre')}"


def count_others(batch: Batch) -> Iterator[str]:
    """The pupils of a list of the whole school who are not ours, or have left."""
    plan, roster, sigle = batch.plan, batch.roster, batch.workshop.referentiel.diplome.sigle
    if plan.others:
        lus, ours = (
            count(roster.rows_read, "élève lu", "élèves lus"),
            roster.rows_read - plan.others,
        )
        others = count(
            plan.others,
            "d'une autre formation laissé de côté",
            "d'autres formations laissés de côté",
        )
        yield f"{lus}, {ours} en {sigle}, {others}"
    if roster.leavers:
        yield count(
            roster.leavers,
            "élève sorti de l'établissement laissé de côté",
            "élèves sortis de l'établissement laissés de côté",
        )
    if stages := roster.placements:
        lus = count(stages.read, "stage lu", "stages lus")
        left = count(stages.left_out, "d'un élève laissé de côté", "d'élèves laissés de côté")
        yield f"{lus} dans {stages.file}" + (f", {left}" if stages.left_out else "")
