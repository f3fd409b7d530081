"""What keeps a file from being written: found before it is overwritten, told in French."""

import errno
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pfmp_cli.atomic import NotAFile, open_regular
from pfmp_cli.diagnostics import Diagnostic, OutputRefused, Position, Rule
from pfmp_cli.output.manifest import Entry
from pfmp_cli.press.merging.checksum import is_sealed_file, was_sealed
from pfmp_cli.rules import output_rules as rules

_REASONS = {
    errno.ENOSPC: "le disque est plein",
    errno.EDQUOT: "votre quota d'espace disque est atteint",
    errno.EFBIG: "le fichier est trop gros pour ce disque",
    errno.EROFS: "le disque est en lecture seule",
    errno.ENOENT: "le dossier n'existe pas et ne peut pas être créé",
    errno.ENOTDIR: "un fichier est à la place d'un dossier",
    errno.EEXIST: "un fichier est à la place d'un dossier",
    errno.EISDIR: "un dossier est à la place du fichier",
    errno.ENAMETOOLONG: "le nom, avec celui de ses dossiers, est trop long",
    errno.EINVAL: "le système n'admet pas ce nom",
    errno.EIO: "le disque ne répond pas bien",
}
_FULL = {errno.ENOSPC, errno.EDQUOT}

# What no other file of the folder will escape.
_FOR_ALL = {*_FULL, errno.EROFS, errno.EIO}

_LONGEST_OF_WINDOWS = 259  # characters of a path: it finds no longer one

_HEAD = b"%PDF-1.7\n%\xf0\x9f\x96\xa4\n"  # how our documents begin


class Obstacle(OSError):
    """What is not ours is in the way, as `rule` says."""

    def __init__(self, rule: Rule) -> None:
        super().__init__(rule.code)
        self.rule = rule


def stops_all(exception: OSError) -> bool:
    """Whether the next file would meet the same obstacle: a full disk, a lost one."""
    return exception.errno in _FOR_ALL


def explain(exception: OSError) -> str:
    """The system's reason, in French."""
    number, path = exception.errno or 0, exception.filename2 or exception.filename or ""
    is_lost = sys.platform == "win32" and number == errno.ENOENT
    if is_lost and len(os.path.abspath(path)) > _LONGEST_OF_WINDOWS:
        number = errno.ENAMETOOLONG
    return _REASONS.get(number, type(exception).__name__)


def diagnose_file(exception: OSError, path: Path) -> Diagnostic:
    """Why a file could not be written."""
    position = Position(str(path))
    if isinstance(exception, Obstacle):
        return exception.rule.at(position)
    if isinstance(exception, NotAFile):
        return rules.NOT_A_FILE.at(position)
    if isinstance(exception, PermissionError):
        return rules.WRITING_DENIED.at(position)
    rule = rules.DISK_FULL if exception.errno in _FULL else rules.WRITING_FAILED
    return rule.at(position, reason=explain(exception))


@contextmanager
def told(path: Path) -> Iterator[None]:
    """Tell what the system refuses at `path`, as OutputRefused."""
    try:
        yield
    except OSError as exception:
        raise OutputRefused([diagnose_file(exception, path)]) from exception


def check_replaceable(path: Path, known: Entry | None = None) -> None:
    """Raise NotAFile or Obstacle where `path` is not a file that `pfmp` may replace.

    `known` is what the manifest says that `pfmp` made there. Of no one pupil, it is nothing that
    someone fills in, and is made again whatever has become of it.
    """
    with open_regular(path) as file:
        if is_sealed_file(file) or (known and known.tirage):
            return
        file.seek(0)
        content = file.read()
    if known and is_damaged(content, known.taille):
        return
    ours = known or was_sealed(content)
    raise Obstacle(rules.FILE_CHANGED if ours else rules.FILE_IN_THE_WAY)


def is_damaged(content: bytes, size: int) -> bool:
    """Whether this is what is left of a document of `size` bytes that was emptied or cut: nobody's
    work. A viewer that saves it begins it in its own way, or makes it longer."""
    left = content.rstrip(b"\0\r\n ")
    begun = _HEAD.startswith(left[: len(_HEAD)])
    return begun and len(left) < size and not left.endswith(b"%%EOF")


def is_filled_in(content: bytes, size: int) -> bool:
    """Whether this is a document of `size` bytes as a viewer saves it: a whole PDF that still has
    its form (which some viewers compress)."""
    whole = content.startswith(b"%PDF-") and b"%%EOF" in content[-1024:]
    return whole and len(content) != size and (b"/AcroForm" in content or b"/ObjStm" in content)
