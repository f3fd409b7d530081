"""The files of a division: a print file of each kind of its documents, and a zip of them all."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from pfmp_cli.atomic import read_regular
from pfmp_cli.making.build_plan import ARCHIVE, Batch
from pfmp_cli.making.jobs import GroupJob, PupilJob, by_division
from pfmp_cli.output.folder import OutputFolder, State
from pfmp_cli.output.manifest import Entry, key_of, opaque, stamp
from pfmp_cli.press.merging.packed_master import recipe_of
from pfmp_cli.press.pupil_document import PRINTED, compose_class


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


def write_print_file(job: GroupJob, folder: OutputFolder) -> None:
    """Write a print file, once its documents are there."""
    there = [(one.path, known) for one in job.jobs if (known := folder.find(one.path))]
    held = tuple(stamp(key_of(path), known.sha256) for path, known in there)
    division, documents = job.path.rpartition("/")[0], [one.document for one in job.jobs]
    content = compose_class(division, documents, job.jobs[0].workshop)
    folder.write(job.path, [content], replace(job.entry, contenu=held))


def claim_zips(jobs: Iterable[PupilJob], batch: Batch, folder: OutputFolder) -> Iterator[GroupJob]:
    """Those of a list; a zip is to be made with any of its documents."""
    for division, group in by_division(jobs).items():
        path = f"{division}/{division}.{ARCHIVE}"
        waits = any(job.state.is_to_make for job in group)
        entry = _describe({} if waits else _digest_all(group, folder), batch.list_name)
        yield GroupJob(path, entry, folder.claim(path, entry), tuple(group))


def write_zip(job: GroupJob, folder: OutputFolder) -> bool:
    """Write a zip, or leave it alone, once its documents are there; False where none is."""
    digests = _digest_all(job.jobs, folder)
    entry = _describe(digests, job.entry.liste)
    if digests and folder.claim(job.path, entry).is_to_make:
        held = tuple(stamp(key_of(path), digest) for path, digest in digests.items())
        documents = ((one, read_regular(folder.root / one)) for one in sorted(digests))
        folder.write_archive(job.path, documents, replace(entry, contenu=held))
    return bool(digests)


def _describe(digests: Mapping[str, str], liste: str) -> Entry:
    values = opaque(*(f"{path} {digests[path]}" for path in sorted(digests)))
    return Entry("archive", "", values, liste=liste, tirage=ARCHIVE)


def _digest_all(jobs: Iterable[PupilJob], folder: OutputFolder) -> dict[str, str]:
    """The SHA-256 of each document by its path, but for those that could not be made."""
    digests: dict[str, str] = {}
    for job in jobs:
        known = folder.find(job.path)
        if known and known.says_the_same(job.entry):
            left = job.state in (State.FILLED, State.CHANGED)
            digests[job.path] = folder.digest(job.path) if left else known.sha256
    return digests
