"""A plan carried out: every document merged, written, and counted."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TypeVar

from pfmp_cli.diagnostics import Diagnostic, InputRefused, Position
from pfmp_cli.making.build_plan import BuildPlan
from pfmp_cli.making.group_files import write_print_file, write_zip
from pfmp_cli.making.index import NAME, claim_index
from pfmp_cli.making.jobs import DocumentJob, GroupJob, Job, PupilJob
from pfmp_cli.making.orphans import find_orphans, offer
from pfmp_cli.making.outdated import find_outdated
from pfmp_cli.making.stock import Stock, take_stock
from pfmp_cli.output.folder import OutputFolder, State
from pfmp_cli.output.interrupts import hold_interrupts
from pfmp_cli.output.obstacles import diagnose_file, explain, stops_all
from pfmp_cli.press.merging.checksum import seal_html
from pfmp_cli.press.pupil_document import diagnose_misfits, merge_pupil
from pfmp_cli.rules import output_rules as rules
from pfmp_cli.terminal import console

J = TypeVar("J", bound=Job)


@dataclass
class Outcome:
    """What a run came to: `made` are the documents written, in their order.

    `diagnostics` are about all pupils, `heard` about those who are chosen.
    `orphans` are files of earlier runs that are no longer anyone's, and why; `removed` those of
    them that were removed: with `prune`, all but what someone has changed; `offered` those that are
    left and might be. `outdated` are files that this run does not make, and that no longer hold
    what there is.
    """

    stock: Stock
    root: Path
    diagnostics: dict[Diagnostic, None]
    made: list[DocumentJob] = field(default_factory=list)
    print_files: list[Path] = field(default_factory=list)
    zips: list[Path] = field(default_factory=list)
    index: Path | None = None
    orphans: dict[str, str] = field(default_factory=dict)
    offered: dict[str, str] = field(default_factory=dict)
    removed: dict[str, str] = field(default_factory=dict)
    outdated: list[str] = field(default_factory=list)
    prune: bool = False

    @property
    def heard(self) -> list[Diagnostic]:
        return self.stock.plan.heard(self.diagnostics)

    @property
    def has_errors(self) -> bool:
        return any(diagnostic.is_error for diagnostic in self.diagnostics)


class Run:
    """A build plan at work in its output folder; `outcome` is what it came to so far."""

    def __init__(self, plan: BuildPlan, folder: OutputFolder) -> None:
        """Nothing is written yet. Raises InputRefused with what is wrong in a template."""
        try:
            self._stock = take_stock(plan, folder)
            for workshop in plan.workshops:
                workshop.lay_out(self._stock.editions(workshop))
        except InputRefused as refusal:
            raise InputRefused([*plan.heard(plan.diagnostics), *refusal.diagnostics]) from refusal
        self._folder, self._is_stopped = folder, False
        self.outcome = Outcome(self._stock, folder.root, dict.fromkeys(plan.diagnostics))

    def carry_out(self, prune: bool) -> None:
        """Make what there is to make. What cannot be written is told, and the others go on,
        unless they would meet the same obstacle."""
        stock = self._stock
        self.write_pupils()
        self._each(stock.print_files, self._print, "À imprimer")
        self._each(stock.zips, self._zip, "Archives")
        self._write_documents(stock.blanks, "Vierges")
        self._settle_orphans(prune)
        self.outcome.outdated = list(find_outdated(stock, self._folder, self.outcome.orphans))
        if stock.plan.batches and not self._is_stopped:
            self._write_index()
        elif self._folder.find(NAME):
            new = any(job.state is State.NEW for job in self.outcome.made)
            self.outcome.outdated += [NAME] if new or self.outcome.removed else []

    def write_pupils(self) -> None:
        """The first step: what pupils need and do not have yet."""
        self._write_documents(self._stock.pupils, "Documents")

    def _write_documents(self, jobs: Sequence[DocumentJob], title: str) -> None:
        self._each([job for job in jobs if job.is_to_merge], self._write, title)

    def _each(self, jobs: Sequence[J], make: Callable[[J], None], title: str) -> None:
        if self._is_stopped:
            return
        for rank, job in enumerate(console.track(jobs, title, len(jobs))):
            try:
                make(job)
            except OSError as exception:
                self._tell(exception, jobs[rank:])
                if self._is_stopped:
                    return

    def _tell(self, exception: OSError, left: Sequence[Job]) -> None:
        """Why the first of `left` could not be written; once for all where it goes for all."""
        path = self._folder.root / left[0].path
        self._is_stopped = stops_all(exception)
        number = sum(job.state.is_to_make for job in left)
        if self._is_stopped and number > 1:
            place, reason = Position(str(path)), explain(exception)
            self._say([rules.DISK_STOPS_ALL.at(place, reason=reason, left=number)])
        else:
            self._say([diagnose_file(exception, path)])

    def _say(self, diagnostics: Iterable[Diagnostic]) -> None:
        self.outcome.diagnostics |= dict.fromkeys(diagnostics)

    def _write(self, job: DocumentJob) -> None:
        merger, entry = job.workshop.get_merger(job.edition), job.entry
        if isinstance(job, PupilJob):
            merged = merge_pupil(job.document, job.workshop)
            self._say(diagnose_misfits(merged.misfits, job.document, job.batch.roster))
            entry = replace(entry, vides=tuple(misfit.field for misfit in merged.misfits))
        else:
            merged = merger.merge(job.workshop.compose(job.edition))
        if job.state.is_to_make:
            with hold_interrupts():
                self._folder.write(job.path, (merger.master.pdf, merged.update), entry)
                self.outcome.made.append(job)

    def _print(self, job: GroupJob) -> None:
        if job.state.is_to_make:
            write_print_file(job, self._folder)
        self.outcome.print_files.append(self._folder.root / job.path)

    def _zip(self, job: GroupJob) -> None:
        if write_zip(job, self._folder):
            self.outcome.zips.append(self._folder.root / job.path)

    def _settle_orphans(self, prune: bool) -> None:
        """Name the files of earlier runs that are no longer anyone's; remove them with `prune`.

        A list with errors has pupils who got nothing this time: what they have is theirs still.
        """
        if self.outcome.has_errors:
            if prune:
                self._say([rules.NOTHING_PRUNED.at()])
            return
        orphans = find_orphans(self._stock, self._folder)
        offered = offer(orphans, self._stock, self._folder)
        gone = list(self._folder.prune(offered)) if prune else []
        self.outcome.prune, self.outcome.removed = prune, {path: orphans.pop(path) for path in gone}
        self.outcome.orphans = orphans
        self.outcome.offered = {path: why for path, why in offered.items() if path in orphans}

    def _write_index(self) -> None:
        """Write the page of the folder, or leave it alone."""
        outcome, folder = self.outcome, self._folder
        try:
            notes = outcome.orphans, outcome.outdated
            job, page = claim_index(self._stock, folder, *notes, outcome.diagnostics)
            if job.state.is_to_make:
                folder.write(NAME, [seal_html(page.encode("utf-8"))], job.entry)
            outcome.index = folder.root / NAME
        except OSError as exception:
            self._say([diagnose_file(exception, folder.root / NAME)])
