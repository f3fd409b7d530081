"""The SHA-256 of the files of an output folder, not read again while all their stat is as it was.

Like git's index. It is in the cache: the manifest has nothing of the clock or the machine.
"""

import hashlib
import json
import os
from collections.abc import Collection
from pathlib import Path

from pfmp_cli.atomic import read_regular
from pfmp_cli.output.manifest import opaque
from pfmp_cli.press.cache_folder import keep, recall

# How long (ns) a second change may leave the same date as the first: a tick of the system; on
# disks that count in seconds, as FAT, two of them.
_TICK, _SECOND = 20_000_000, 1_000_000_000

Status = list[int]


class Digests:
    """The digests of the files of the folder `root`, by their key in the manifest."""

    def __init__(self, root: Path) -> None:
        self._name = f"{opaque(str(root.resolve()))}.sommes"
        self._known: dict[str, tuple[str, Status]] = json.loads(recall(self._name) or b"{}")
        self.are_new = False

    def find(self, key: str, place: Path) -> str:
        """The digest of a file. Raises NotAFile, or OSError with the system's reason."""
        known, status = self._known.get(key), _read_status(place)
        if known and known[1] == status:
            return known[0]
        digest = hashlib.sha256(read_regular(place)).hexdigest()
        self._set(key, digest, status)
        return digest

    def note(self, key: str, place: Path, digest: str) -> None:
        """Remember the digest of a file that was written just now."""
        self._set(key, digest, _read_status(place))

    def _set(self, key: str, digest: str, status: Status) -> None:
        self._known[key] = digest, status
        self.are_new = True

    def save(self, keys: Collection[str], now: int) -> None:
        """Keep those of `keys`, but for files that may change again without a new date: `now` is
        by the clock of their disk (ns)."""
        sure = {
            key: one for key, one in self._known.items() if key in keys and _is_sure(one[1], now)
        }
        keep(self._name, json.dumps(sure).encode("ascii"))


def _read_status(place: Path) -> Status:
    status = os.lstat(place)
    return [status.st_mtime_ns, status.st_ctime_ns, status.st_size, status.st_ino, status.st_dev]


def _is_sure(status: Status, now: int) -> bool:
    modified, changed, *_ = status
    return max(modified, changed) + (_TICK if modified % _SECOND else 2 * _SECOND) < now
