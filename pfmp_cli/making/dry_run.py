"""What a run would come to, without writing anything (`--dry-run`)."""

from __future__ import annotations

import os
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING

from pfmp_cli.making.jobs import survey, survey_print_files
from pfmp_cli.making.run import Outcome, check_neighbours, keep_unchanged, settle_orphans
from pfmp_cli.making.summary import (
    count_changed,
    count_left_out,
    count_others,
    format_divisions,
    list_orphans,
    place_of,
)
from pfmp_cli.making.zips import group_archives
from pfmp_cli.output.folder import OutputFolder, State, look_into
from pfmp_cli.output.obstacles import diagnose_file
from pfmp_cli.terminal.console import count, tally

if TYPE_CHECKING:
    from pathlib import Path

    from pfmp_cli.making.jobs import Batch, Job
    from pfmp_cli.output.manifest import Entry


def foresee(
    lot: Batch, racine: Path, within: Callable[[Entry], bool], bilan: Outcome
) -> Iterator[str]:
    """The summary of the run to come; what would stand in its way goes into `bilan`."""
    dossier = look_into(racine)
    check_neighbours(lot, dossier)
    travaux = survey(lot, dossier)
    tirages = [tirage.path for tirage in survey_print_files(travaux, lot, dossier)]
    archives = list(group_archives(travaux)) if lot.with_zips else []
    keep_unchanged(travaux, dossier, bilan)
    for chemin in (*tirages, *archives):
        dossier.claim(chemin)
    states = _count_states(travaux, dossier, bilan)
    settle_orphans(dossier, within, False, bilan)
    yield from format_divisions(Counter(place_of(commande) for commande in lot.plan.documents))
    yield from measure(lot, tally(bilan.diagnostics))
    yield f"dans {racine}{os.sep} : {states}"
    yield from count_changed(bilan)
    if tirages:
        yield f"{count(len(tirages), 'fichier')} pour le copieur, recto verso"
    if archives:
        yield count(len(archives), "archive")
    yield from list_orphans(bilan)
    yield from count_left_out(lot.plan)
    yield from count_others(lot)
    yield "--dry-run : rien n'est écrit"


def _count_states(travaux: Sequence[Job], dossier: OutputFolder, bilan: Outcome) -> str:
    """« 50 nouveaux, 2 à refaire, 10 laissés tels quels »."""
    to_make = [travail for travail in travaux if travail.state is State.TO_MAKE]
    new = sum(dossier.find(travail.document.path) is None for travail in to_make)
    for travail in to_make:
        try:
            dossier.check(travail.document.path)
        except OSError as exception:
            path = dossier.root / travail.document.path
            bilan.diagnostics.append(diagnose_file(exception, path))
    parts = (
        (new, "nouveau", "nouveaux"),
        (len(to_make) - new, "à refaire", "à refaire"),
        (len(travaux) - len(to_make), "laissé tel quel", "laissés tels quels"),
    )
    return ", ".join(count(*part) for part in parts if part[0])


def measure(lot: Batch, said: str) -> Iterator[str]:
    """« 62 livrets de 28 pages, 1 736 pages en tout, 3 avertissements »; `said`: the last part.

    A line a kind of document, and one for all where there are several.
    """
    pages: dict[str, list[int]] = defaultdict(list)
    for commande in lot.plan.documents:
        master = lot.workshop.get_merger(commande.edition).master
        pages[commande.edition.document].append(master.pages)
    kinds = lot.workshop.templates.documents()
    lines = [_measure(kinds[name].names, numbers) for name, numbers in pages.items()]
    if len(lines) > 1:
        yield from lines
        lines = [count(len(lot.plan.documents), "document")]
    whole = f"{count(sum(map(sum, pages.values())), 'page')} en tout"
    yield ", ".join(filter(None, [*lines, whole, said]))


def _measure(noms: tuple[str, str], pages: Sequence[int]) -> str:
    """« 62 livrets de 26 à 28 pages »."""
    least, most = min(pages), max(pages)
    span = count(most, "page") if least == most else f"{least} à {count(most, 'page')}"
    return f"{count(len(pages), *noms)} de {span}"
