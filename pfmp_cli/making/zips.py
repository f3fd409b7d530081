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
    travaux: Iterable[Job], lot: Batch, dossier: OutputFolder, bilan: Outcome
) -> Iterator[None]:
    """Write the zip of each division, one a step, once its documents are there.

    Documents are copied one after another, as they are: a PDF is compressed already.
    """
    for chemin, group in group_archives(travaux).items():
        if bilan.stopped:
            return
        path = dossier.root / chemin
        try:
            if _write(chemin, group, lot, dossier):
                bilan.zips.append(path)
        except OSError as exception:
            tell_obstacle(exception, path, 1, bilan)
        yield


def _write(chemin: str, travaux: Sequence[Job], lot: Batch, dossier: OutputFolder) -> bool:
    """Write a zip, or leave it alone, where there is anything to put into it."""
    digests = dict(filter(None, (_digest(travail, dossier) for travail in travaux)))
    membres = sorted(digests)
    valeurs = opaque(*(f"{membre} {digests[membre]}" for membre in membres))
    entree = Entry("archive", "", valeurs, liste=lot.list_name, tirage=ARCHIVE)
    if not membres:
        return False
    if dossier.examine(chemin, entree) is State.TO_MAKE:
        dossier.write_archive(chemin, _make_filler(membres, dossier.root), entree)
    else:
        dossier.keep(chemin, entree)
    return True


def group_archives(travaux: Iterable[Job]) -> dict[str, list[Job]]:
    """The documents of each zip, by its path; folders that differ by case alone are one, as on
    Windows."""
    folders: dict[str, str] = {}
    groups: dict[str, list[Job]] = {}
    for travail in travaux:
        folder = folders.setdefault(travail.document.folder.lower(), travail.document.folder)
        groups.setdefault(f"{folder}/{folder}.{ARCHIVE}", []).append(travail)
    return groups


def _digest(travail: Job, dossier: OutputFolder) -> tuple[str, str] | None:
    """The path and the SHA-256 of a document; None for one that could not be made."""
    chemin, entree = travail.document.path, travail.entry
    known = dossier.find(chemin)
    if known is None or (known.master, known.valeurs) != (entree.master, entree.valeurs):
        return None
    if travail.state is not State.CHANGED:
        return chemin, known.sha256
    return chemin, hashlib.sha256((dossier.root / chemin).read_bytes()).hexdigest()


def _make_filler(membres: Sequence[str], racine: Path) -> Callable[[BinaryIO], None]:
    """What copies these documents into a zip: the same bytes for the same documents."""

    def fill(file: BinaryIO) -> None:
        with ZipFile(file, "w", ZIP_STORED) as archive:
            for chemin in membres:
                info = ZipInfo(chemin, _EPOCH)
                info.create_system, info.external_attr = _UNIX, _OWNER_ONLY
                archive.writestr(info, (racine / chemin).read_bytes())
            archive.comment = zip_comment()

    return fill
