"""The print file of each kind of documents of a division: what goes into it."""

from collections.abc import Iterable, Iterator

from pfmp_cli.making.build_plan import Batch
from pfmp_cli.making.jobs import GroupJob, PupilJob, by_division
from pfmp_cli.output.folder import OutputFolder
from pfmp_cli.output.manifest import Entry, key_of, opaque, stamp
from pfmp_cli.press.merging.packed_master import recipe_of
from pfmp_cli.press.pupil_document import PRINTED


def claim_print_files(
    jobs: Iterable[PupilJob], batch: Batch, folder: OutputFolder
) -> Iterator[GroupJob]:
    """Those of a list, each with its documents in the order of the list."""
    for division, group in by_division(jobs).items():
        for name in dict.fromkeys(job.entry.document for job in group):
            members = tuple(job for job in group if job.entry.document == name)
            stem = f"{division}/{division}_{name}"
            entries = [job.entry for job in members]
            entry = Entry(
                document=name,
                master=opaque(*(recipe_of(entry.master) for entry in entries)),
                valeurs=opaque(stem, *(entry.valeurs for entry in entries)),
                liste=batch.list_name,
                classe=_common(entry.classe for entry in entries),
                option=_common(entry.option for entry in entries),
                periode=_common(entry.periode for entry in entries),
                tirage=PRINTED,
            )
            path = f"{stem}_{PRINTED}.pdf"
            yield GroupJob(path, entry, folder.claim(path, entry), members)


def _common(codes: Iterable[str]) -> str:
    found = set(codes)
    return found.pop() if len(found) == 1 else ""


def list_stamps(jobs: Iterable[PupilJob], folder: OutputFolder) -> Iterator[str]:
    """Of documents that are there."""
    for job in jobs:
        if known := folder.find(job.path):
            yield stamp(key_of(job.path), known.sha256)
