"""The files that are to be in an output folder, and how their places stand."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from pfmp_cli.making.build_plan import Batch
from pfmp_cli.output.folder import State
from pfmp_cli.output.manifest import Entry
from pfmp_cli.planning.editions import Edition
from pfmp_cli.planning.plan import PlannedDocument, group_by_folder
from pfmp_cli.press.workshop import Workshop

Counts = Counter[tuple[str, str]]  # how many documents, by division and name of the document


@dataclass(frozen=True, slots=True)
class Job:
    """A file that is to be in the output folder: what the manifest is to say of it, and how its
    place stands."""

    path: str
    entry: Entry
    state: State

    @property
    def place(self) -> tuple[str, str]:
        """Where a document is counted."""
        return self.path.rpartition("/")[0], self.entry.document


@dataclass(frozen=True, slots=True)
class DocumentJob(Job):
    """A blank document, or a pupil's."""

    edition: Edition
    workshop: Workshop

    @property
    def is_to_merge(self) -> bool:
        return self.state.is_to_make


@dataclass(frozen=True, slots=True)
class PupilJob(DocumentJob):
    """A pupil's document. `retell`: it is there, and has a place left blank that has to be told
    again, whoever is chosen."""

    document: PlannedDocument
    batch: Batch
    retell: bool

    @property
    def is_chosen(self) -> bool:
        return self.batch.roster.is_chosen(self.document.eleve)

    @property
    def is_awaited(self) -> bool:
        """Whether it is another run's to make."""
        return self.state.is_to_make and not self.is_chosen

    @property
    def is_to_merge(self) -> bool:
        return self.retell or (self.is_chosen and self.state.is_to_make)


@dataclass(frozen=True, slots=True)
class GroupJob(Job):
    """A print file, or a zip, of these documents in this order."""

    jobs: tuple[PupilJob, ...]

    @property
    def is_chosen(self) -> bool:
        return any(job.is_chosen for job in self.jobs)

    @property
    def is_awaited(self) -> bool:
        """Whether it is to hold a document that another run makes."""
        return any(job.is_awaited for job in self.jobs)


def by_division(jobs: Iterable[PupilJob]) -> dict[str, list[PupilJob]]:
    return group_by_folder(jobs, lambda job: job.document.folder)
