"""What commands that make documents share: what there is to make, then its making under bars."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pfmp_cli.making.jobs import (
    Batch,
    Job,
    PrintFile,
    editions_to_merge,
    survey,
    survey_print_files,
)
from pfmp_cli.making.run import Outcome, keep_unchanged, print_classes, run_batch
from pfmp_cli.making.zips import group_archives, write_archives
from pfmp_cli.output.folder import OutputFolder
from pfmp_cli.planning.editions import Edition
from pfmp_cli.press.workshop import Workshop
from pfmp_cli.terminal import console


@dataclass(frozen=True, slots=True)
class Survey:
    """A list against an output folder: its documents and print files, and how they stand."""

    batch: Batch
    jobs: Sequence[Job]
    print_files: Sequence[PrintFile]

    @property
    def editions(self) -> list[Edition]:
        """The masters that are needed for what has to be made."""
        return editions_to_merge(self.jobs, self.print_files)


def study(batch: Batch, folder: OutputFolder) -> Survey:
    """How the documents of a list stand; nothing is laid out or written."""
    jobs = survey(batch, folder)
    return Survey(batch, jobs, survey_print_files(jobs, batch, folder))


def make_documents(etude: Survey, folder: OutputFolder, outcome: Outcome) -> None:
    """Make what a list needs and does not have yet, once its masters are at hand."""
    keep_unchanged(etude.jobs, folder, outcome)
    number = sum(job.is_to_merge for job in etude.jobs)
    follow(run_batch(etude.jobs, etude.batch, folder, outcome), "Documents", number)
    steps = print_classes(etude.print_files, etude.batch, folder, outcome)
    follow(steps, "À imprimer", len(etude.print_files))
    if etude.batch.with_zips:
        steps = write_archives(etude.jobs, etude.batch, folder, outcome)
        follow(steps, "Archives", len(group_archives(etude.jobs)))


def lay_out(workshop: Workshop, editions: Sequence[Edition]) -> None:
    """Have the masters at hand, under a bar for those that have to be made."""
    missing = workshop.prepare(editions)
    follow(workshop.lay_out(missing), "Mise en page", len(missing))


def follow(steps: Iterable[object], title: str, total: int) -> None:
    """Go through the `steps` of a work, under a bar that counts them up to `total`."""
    for _ in console.track(steps, title, total):
        pass
