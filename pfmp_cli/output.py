"""Files: the only module that writes what a user keeps.

Every file is written beside its place and renamed, so that there is never half of one. A
file in the way that `pfmp` did not make is never overwritten.
"""

from __future__ import annotations

import errno
import os
from collections.abc import Sequence
from pathlib import Path

from pfmp_cli.atomic import write_atomically
from pfmp_cli.diagnostics import Diagnostic, InputRefused, Position, error

# What a document made here holds near its end, and hardly anything else does.
SIGNATURE = b"/Producer (pfmp)"
_TAIL = 65536

_REASONS = {
    errno.ENOSPC: "le disque est plein",
    errno.EDQUOT: "votre quota d'espace disque est atteint",
    errno.EROFS: "le disque est en lecture seule",
    errno.ENOENT: "le dossier n'existe pas et ne peut pas être créé",
    errno.ENOTDIR: "un fichier est à la place d'un dossier",
    errno.EEXIST: "un fichier est à la place d'un dossier",
    errno.EISDIR: "un dossier est à la place du fichier",
    errno.ENAMETOOLONG: "le nom est trop long",
}


class FileInTheWay(OSError):
    """There is a file at that place that `pfmp` did not make."""


def prepare_folder(folder: Path) -> None:
    """Make the output folder, before the long work: a bad path fails in the first second.

    Raises InputRefused.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        probe = folder / f".{os.getpid()}.essai"
        probe.touch()
        probe.unlink()
    except OSError as exception:
        raise InputRefused([diagnose_file(exception, folder)]) from exception


def write_blank(target: Path | None, name: str, parts: Sequence[bytes]) -> Path:
    """Write one document where `target` says (a file, a folder, or here) and give its path.

    Raises InputRefused.
    """
    path = Path(name) if target is None else target
    if path.is_dir():
        path = path / name
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        write_document(path, parts)
    except OSError as exception:
        raise InputRefused([diagnose_file(exception, path)]) from exception
    return path


def write_document(path: Path, parts: Sequence[bytes]) -> None:
    """Write a PDF, in place of an older one of ours.

    Raises FileInTheWay, or OSError with the system's reason; then nothing has changed.
    """
    if path.exists() and not is_ours(path):
        raise FileInTheWay(str(path))
    write_atomically(path, parts)


def write_text(path: Path, text: str, mark: str) -> Path:
    """Write a text file that holds `mark`, in place of an older one that does, and give its path.

    Raises InputRefused.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.exists() and not (path.is_file() and mark in path.read_text("utf-8", "replace")):
            raise FileInTheWay(str(path))
        write_atomically(path, [text.encode("utf-8")])
    except OSError as exception:
        raise InputRefused([diagnose_file(exception, path)]) from exception
    return path


def is_ours(path: Path) -> bool:
    """Whether `path` is a document that `pfmp` made."""
    if not path.is_file():
        return False
    with path.open("rb") as file:
        size = file.seek(0, os.SEEK_END)
        file.seek(max(0, size - _TAIL))
        return SIGNATURE in file.read()


def diagnose_file(exception: OSError, path: Path) -> Diagnostic:
    """Why a file could not be written, in the user's terms."""
    position = Position(str(path))
    if isinstance(exception, FileInTheWay):
        return error(
            "un fichier que pfmp n'a pas fait est à cette place ; il n'a pas été touché",
            position,
            "déplacez-le, ou choisissez un autre dossier avec -o",
        )
    if isinstance(exception, PermissionError):
        return error(
            "écriture refusée par le système", position,
            "fermez le fichier s'il est ouvert ; vérifiez vos droits sur le dossier",
        )  # fmt: skip
    reason = _REASONS.get(exception.errno or 0, type(exception).__name__)
    return error(
        f"écriture impossible : {reason}",
        position,
        "libérez de la place, ou choisissez un autre dossier avec -o",
    )
