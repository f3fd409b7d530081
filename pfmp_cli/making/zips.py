"""A zip a division, of its pupils' documents: to send, or to take away."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO
from zipfile import ZIP_STORED, ZipFile, ZipInfo

from pfmp_cli.making.jobs import ARCHIVE
from pfmp_cli.making.run import Outcome, tell_obstacle
from pfmp_cli.output.folder import OutputFolder, State
from pfmp_cli.output.manifest import Entry, opaque
from pfmp_cli.press.merging.checksum import zip_comment

if TYPE_CHECKING:
    from pfmp_cli.making.jobs import Batch, Job

_EPOCH = (1980, 1, 1, 0, 0, 0)  # nothing of the clock
_UNIX, _OWNER_ONLY = 3, 0o100600 << 16


def write_archives(
    jobs: Iterable[Job], batch: Batch, folder: OutputFolder, outcome: Outcome
) -> Iterator[None]:
    """Write the zip of each division, one a step, once its documents are there.

    Documents are copied one after another, as they are: a PDF is compressed already.
    """
    for chemin, group in group_archives(jobs).items():
        if outcome.stopped:
            return
        path = folder.root / chemin
        try:
            if _write(chemin, group, batch, folder):
                outcome.zips.append(path)
        except OSError as exception:
            tell_obstacle(exception, path, 1, outcome)
        yield


def _write(path: str, jobs: Sequence[Job], batch: Batch, folder: OutputFolder) -> bool:
    """Write a zip, or leave it alone, where there is anything to put into it."""
    digests = dict(filter(None, (_digest(job, folder) for job in jobs)))
    membres = sorted(digests)
    values = opaque(*(f"{membre} {digests[membre]}" for membre in membres))
    entry = Entry("archive", "", values, liste=batch.list_name, tirage=ARCHIVE)
    if not membres:
        return False
    if folder.examine(path, entry) is State.TO_MAKE:
        folder.write_archive(path, _make_filler(membres, folder.root), entry)
    else:
        folder.keep(path, entry)
    return True


def group_archives(jobs: Iterable[Job]) -> dict[str, list[Job]]:
    """The documents of each zip, by its path; folders that differ by case alone are one, as on
    Windows."""
    folders: dict[str, str] = {}
    groups: dict[str, list[Job]] = {}
    for job in jobs:
        folder = folders.setdefault(job.document.folder.lower(), job.document.folder)
        groups.setdefault(f"{folder}/{folder}.{ARCHIVE}", []).append(job)
    return groups


def _digest(job: Job, folder: OutputFolder) -> tuple[str, str] | None:
    """The path and the SHA-256 of a document; None for one that could not be made."""
    path, entry = job.document.path, job.entry
    known = folder.find(path)
    if known is None or (known.master, known.valeurs) != (entry.master, entry.valeurs):
        return None
    if job.state is not State.CHANGED:
        return path, known.sha256
    return path, hashlib.sha256((folder.root / path).read_bytes()).hexdigest()


def _make_filler(membres: Sequence[str], root: Path) -> Callable[[BinaryIO], None]:
    """What copies these documents into a zip: the same bytes for the same documents."""

    def fill(file: BinaryIO) -> None:
        with ZipFile(file, "w", ZIP_STORED) as archive:
            for path in membres:
                info = ZipInfo(path, _EPOCH)
                info.create_system, info.external_attr = _UNIX, _OWNER_ONLY
                archive.writestr(info, (root / path).read_bytes())
            archive.comment = zip_comment()

    return fill
