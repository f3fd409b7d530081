"""What a run would come to, without writing anything (`--dry-run`)."""

from __future__ import annotations

import os
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING

from pfmp_cli.making.jobs import survey, survey_print_files
from pfmp_cli.making.run import Outcome, keep_unchanged, settle_orphans
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
from pfmp_cli.terminal.console import tally
from pfmp_cli.text import count

if TYPE_CHECKING:
    from pathlib import Path

    from pfmp_cli.making.jobs import Batch, Job
    from pfmp_cli.output.manifest import Entry


def foresee(
    batch: Batch, root: Path, within: Callable[[Entry], bool], outcome: Outcome
) -> Iterator[str]:
    """The summary of the run to come; what would stand in its way goes into `bilan`."""
    folder = look_into(root)
    jobs = survey(batch, folder)
    print_files = [print_file.path for print_file in survey_print_files(jobs, batch, folder)]
    with_zips = list(group_archives(jobs)) if batch.with_zips else []
    keep_unchanged(jobs, folder, outcome)
    for path in (*print_files, *with_zips):
        folder.claim(path)
    states = _count_states(jobs, folder, outcome)
    settle_orphans(folder, within, False, outcome)
    yield from format_divisions(Counter(place_of(document) for document in batch.plan.documents))
    yield from measure(batch, tally(outcome.diagnostics))
    yield f"dans {root}{os.sep} : {states}"
    yield from count_changed(outcome)
    if print_files:
        yield f"{count(len(print_files), 'fichier')} pour le copieur, recto verso"
    if with_zips:
        yield count(len(with_zips), "archive")
    yield from list_orphans(outcome)
    yield from count_left_out(batch.plan)
    yield from count_others(batch)
    yield "--dry-run : rien n'est écrit"


def _count_states(jobs: Sequence[Job], folder: OutputFolder, outcome: Outcome) -> str:
    """« 50 nouveaux, 2 à refaire, 10 laissés tels quels »."""
    to_make = [job for job in jobs if job.state is State.TO_MAKE]
    new = sum(folder.find(job.document.path) is None for job in to_make)
    for job in to_make:
        try:
            folder.check(job.document.path)
        except OSError as exception:
            path = folder.root / job.document.path
            outcome.diagnostics.append(diagnose_file(exception, path))
    parts = (
        (new, "nouveau", "nouveaux"),
        (len(to_make) - new, "à refaire", "à refaire"),
        (len(jobs) - len(to_make), "laissé tel quel", "laissés tels quels"),
    )
    return ", ".join(count(*part) for part in parts if part[0])


def measure(batch: Batch, said: str) -> Iterator[str]:
    """« 62 livrets de 28 pages, 1 736 pages en tout, 3 avertissements »; `said`: the last part.

    A line a kind of document, and one for all where there are several.
    """
    pages: dict[str, list[int]] = defaultdict(list)
    for document in batch.plan.documents:
        master = batch.workshop.get_merger(document.edition).master
        pages[document.edition.document].append(master.pages)
    kinds = batch.workshop.templates.documents()
    lines = [_measure(kinds[name].names, numbers) for name, numbers in pages.items()]
    if len(lines) > 1:
        yield from lines
        lines = [count(len(batch.plan.documents), "document")]
    whole = f"{count(sum(map(sum, pages.values())), 'page')} en tout"
    yield ", ".join(filter(None, [*lines, whole, said]))


def _measure(noms: tuple[str, str], pages: Sequence[int]) -> str:
    """« 62 livrets de 26 à 28 pages »."""
    least, most = min(pages), max(pages)
    span = count(most, "page") if least == most else f"{least} à {count(most, 'page')}"
    return f"{count(len(pages), *noms)} de {span}"
