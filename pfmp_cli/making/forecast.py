"""What a run would come to, without writing anything: `--dry-run`, `build --check`, `--strict`."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from pfmp_cli.diagnostics import Diagnostic, InputRefused
from pfmp_cli.making.build_plan import BuildPlan
from pfmp_cli.making.index import NAME, claim_index
from pfmp_cli.making.jobs import DocumentJob, Job
from pfmp_cli.making.orphans import find_orphans, offer
from pfmp_cli.making.outdated import find_outdated
from pfmp_cli.making.stock import Stock, take_stock
from pfmp_cli.output.folder import OutputFolder, State, look_into
from pfmp_cli.output.obstacles import diagnose_file
from pfmp_cli.press.pupil_document import find_misfits


class Forecast(NamedTuple):
    """How the files of a plan stand in the folder `root`; `orphans` would be no longer anyone's,
    each for its reason.

    `gaps` are the files that would be written; `index.html` is among them where it has to be
    made for its own sake. `outdated` would no longer be up to date, and are not made.
    `diagnostics` have what would stand in the way.
    """

    stock: Stock
    root: Path
    gaps: tuple[Job, ...]
    diagnostics: tuple[Diagnostic, ...]
    orphans: dict[str, str]
    outdated: tuple[str, ...]

    @property
    def changed(self) -> list[DocumentJob]:
        """The documents that are neither what was made nor filled in."""
        return [job for job in self.stock.documents if job.state is State.CHANGED]


def foresee(plan: BuildPlan, root: Path) -> Forecast:
    """Look into the folder. Raises OutputRefused, InputRefused."""
    folder = look_into(root)
    stock = take_stock(plan, folder)
    obstacles = tuple(_find_obstacles(stock, folder))
    diagnostics = (*plan.diagnostics, *obstacles)
    errors = any(diagnostic.is_error for diagnostic in diagnostics)
    orphans = {} if errors else find_orphans(stock, folder)
    gaps = (*stock.gaps, *_find_stale_index(stock, folder, orphans, diagnostics))
    to_make = {job.path for job in stock.documents if job.state.is_to_make}
    outdated = tuple(find_outdated(stock, folder, orphans, to_make))
    heard = (*plan.heard(plan.diagnostics), *obstacles)
    return Forecast(stock, root, gaps, heard, offer(orphans, stock, folder), outdated)


def _find_stale_index(
    stock: Stock, folder: OutputFolder, orphans: Mapping[str, str], said: Sequence[Diagnostic]
) -> Iterator[Job]:
    """The page of the folder, where it is not what a run that makes nothing else would make."""
    if not stock.plan.batches:
        return
    known = folder.find(NAME)
    job: Job | None
    if stock.gaps or any(one.retell for one in stock.pupils):
        # What it is to say depends on what is not made or merged here: it is only looked at.
        job = Job(NAME, known, folder.claim(NAME, known)) if known else None
    else:
        outdated = find_outdated(stock, folder, orphans)
        job, _ = claim_index(stock, folder, orphans, outdated, said)
    if job and job.state.is_to_make:
        yield job


def _find_obstacles(stock: Stock, folder: OutputFolder) -> Iterator[Diagnostic]:
    for job in stock.gaps:
        try:
            folder.check(job.path)
        except OSError as exception:
            yield diagnose_file(exception, folder.root / job.path)


def try_values(plan: BuildPlan) -> BuildPlan:
    """The plan, with what there is to say of values that do not fit: it takes every master.

    Raises InputRefused with what is wrong in a template.
    """
    said = dict.fromkeys(plan.diagnostics)
    try:
        for batch in plan.batches:
            chosen = [one for one in batch.plan.documents if batch.roster.is_chosen(one.eleve)]
            batch.workshop.lay_out(dict.fromkeys(one.edition for one in chosen))
            said |= dict.fromkeys(find_misfits(chosen, batch.workshop, batch.roster))
    except InputRefused as refusal:
        raise InputRefused([*plan.heard(plan.diagnostics), *refusal.diagnostics]) from refusal
    return replace(plan, diagnostics=tuple(said))
