"""A build plan against its output folder: what has to be made, and what is there already.

No document is merged here, and no master laid out: what is rendered for it says what a
document depends on.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from pfmp_cli.making.build_plan import BLANKS, Batch, Blank, BuildPlan, identify, identify_pupil
from pfmp_cli.making.group_files import claim_print_files, claim_zips
from pfmp_cli.making.jobs import DocumentJob, GroupJob, Job, PupilJob
from pfmp_cli.output.folder import OutputFolder
from pfmp_cli.output.manifest import Entry, opaque
from pfmp_cli.planning.editions import Edition
from pfmp_cli.planning.plan import PlannedDocument, name_file
from pfmp_cli.press.merging.merge import IDENTIFIER
from pfmp_cli.press.workshop import Workshop


@dataclass(frozen=True)
class Stock:
    """All the files that a build plan asks for.

    `pupils` has the documents of all, whoever is chosen: they are somebody's. `unmade` are the
    print files and zips of chosen ones that wait for a document of someone else. `elsewhere` has,
    for each document left that another system made, the key of its master and that of ours.
    """

    plan: BuildPlan
    pupils: tuple[PupilJob, ...]
    blanks: tuple[DocumentJob, ...]
    print_files: tuple[GroupJob, ...]
    zips: tuple[GroupJob, ...]
    unmade: tuple[GroupJob, ...] = ()
    elsewhere: tuple[tuple[str, str], ...] = ()

    @cached_property
    def chosen(self) -> tuple[PupilJob, ...]:
        return tuple(job for job in self.pupils if job.is_chosen)

    @property
    def awaited(self) -> tuple[PupilJob, ...]:
        """The documents that are to be made for someone who is not chosen."""
        return tuple(job for job in self.pupils if job.is_awaited)

    @property
    def documents(self) -> tuple[DocumentJob, ...]:
        """Those that this run is about."""
        return (*self.chosen, *self.blanks)

    @property
    def gaps(self) -> list[Job]:
        """What a run would write, in its order."""
        files = (*self.chosen, *self.print_files, *self.zips, *self.blanks)
        return [job for job in files if job.state.is_to_make]

    def editions(self, workshop: Workshop) -> list[Edition]:
        """The masters of a diploma that are needed, in the order of their first use."""
        merged = [job for job in (*self.pupils, *self.blanks) if job.is_to_merge]
        printed = [job for file in self.print_files if file.state.is_to_make for job in file.jobs]
        needed = (job.edition for job in (*merged, *printed) if job.workshop is workshop)
        return list(dict.fromkeys(needed))


def take_stock(plan: BuildPlan, folder: OutputFolder) -> Stock:
    """How everything stands in the output folder; nothing is laid out or written."""
    pupils: list[PupilJob] = []
    print_files: list[GroupJob] = []
    zips: list[GroupJob] = []
    for batch in plan.batches:
        made = [_claim(one, batch, folder) for one in batch.plan.documents]
        pupils += made
        print_files += claim_print_files(made, batch, folder) if batch.liste.impression else ()
        zips += claim_zips(made, batch, folder) if batch.liste.archives else ()
    blanks = [_claim_blank(one, folder) for one in plan.blanks]
    groups = [one for one in (*print_files, *zips) if one.is_chosen]
    return Stock(
        plan,
        tuple(pupils),
        tuple(blanks),
        tuple(one for one in print_files if one.is_chosen and not one.is_awaited),
        tuple(one for one in zips if one.is_chosen and not one.is_awaited),
        tuple(one for one in groups if one.is_awaited),
        tuple(_find_elsewhere([*pupils, *blanks], folder)),
    )


def _find_elsewhere(jobs: Iterable[DocumentJob], folder: OutputFolder) -> Iterator[tuple[str, str]]:
    for job in jobs:
        known = None if job.state.is_to_make else folder.find(job.path)
        keys = (known.master if known else "", job.entry.master)
        # A bundle's masters do not say where they were laid out.
        if keys[0] != keys[1] and all(" " in key for key in keys):
            yield keys


def _claim(document: PlannedDocument, batch: Batch, folder: OutputFolder) -> PupilJob:
    eleve, edition, workshop = document.eleve, document.edition, batch.workshop
    values = workshop.compose_for(document)
    entry = replace(
        _describe(edition, workshop, values, batch.list_name, eleve.nom, eleve.prenom),
        eleve=identify_pupil(name_file(eleve), eleve.date_naissance),
        stage=eleve.letter,
    )
    state = folder.claim(document.path, entry)
    known = None if state.is_to_make else folder.find(document.path)
    retell = known is not None and known.vides != ()
    return PupilJob(document.path, entry, state, edition, workshop, document, batch, retell)


def _claim_blank(blank: Blank, folder: OutputFolder) -> DocumentJob:
    workshop, edition, path = blank
    liste = identify(BLANKS, workshop.referentiel)
    entry = _describe(edition, workshop, workshop.compose(edition), liste)
    return DocumentJob(path, entry, folder.claim(path, entry), edition, workshop)


def _describe(
    edition: Edition, workshop: Workshop, values: Mapping[str, str], liste: str, *names: str
) -> Entry:
    """What a document depends on before it is made: of its `values` those that it shows, and that
    which no page shows."""
    rendering = workshop.get_rendering(edition)
    fields = dict.fromkeys((*rendering.fields, IDENTIFIER))
    printed = [f"{field}={value}" for field in fields if (value := values.get(field))]
    return Entry(
        document=edition.document,
        master=rendering.key,
        valeurs=opaque(*names, *printed),
        liste=liste,
        classe=edition.classe,
        option=edition.option or "",
        periode=edition.periode or "",
    )
