"""A zip a division, of its pupils' documents: to send, or to take away."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from functools import partial

from pfmp_cli.atomic import read_regular
from pfmp_cli.making.build_plan import ARCHIVE, Batch
from pfmp_cli.making.jobs import GroupJob, PupilJob, by_division
from pfmp_cli.output.folder import OutputFolder, State
from pfmp_cli.output.manifest import Entry, key_of, opaque, stamp
from pfmp_cli.press.printing.archive_file import fill_archive


def claim_zips(jobs: Iterable[PupilJob], batch: Batch, folder: OutputFolder) -> Iterator[GroupJob]:
    """Those of a list; a zip is to be made with any of its documents."""
    for division, group in by_division(jobs).items():
        path = f"{division}/{division}.{ARCHIVE}"
        waits = any(job.state.is_to_make for job in group)
        entry = _describe({} if waits else _digest_all(group, folder), batch.list_name)
        yield GroupJob(path, entry, folder.claim(path, entry), tuple(group))


def write_zip(job: GroupJob, folder: OutputFolder) -> bool:
    """Write a zip, or leave it alone, once its documents are there; False where none is.

    Documents are copied one after another, as they are: a PDF is compressed already.
    """
    digests = _digest_all(job.jobs, folder)
    entry = _describe(digests, job.entry.liste)
    if digests and folder.claim(job.path, entry).is_to_make:
        held = tuple(stamp(key_of(path), digest) for path, digest in digests.items())
        documents = ((one, read_regular(folder.root / one)) for one in sorted(digests))
        fill = partial(fill_archive, documents=documents)
        folder.write_archive(job.path, fill, replace(entry, contenu=held))
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
