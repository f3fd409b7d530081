"""An output folder: what earlier runs left in it, and what this one makes of it.

Every file is written beside its place and renamed, so that there is never half of one. A
file that `pfmp` did not make, or that someone has changed since, is never overwritten.

A run may be killed anywhere. The manifest is written at the end, so what the run wrote may
not be in it; but such a file has its seal, which says that it is ours to write anew.
"""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import replace
from enum import Enum
from pathlib import Path
from typing import BinaryIO

from pfmp_cli.atomic import open_atomically, open_regular, read_regular, write_atomically
from pfmp_cli.output import lock, manifest
from pfmp_cli.output.manifest import Entry, hash_parts, key_of
from pfmp_cli.output.obstacles import FolderElsewhere, ForeignManifest, check_replaceable, told
from pfmp_cli.output.walk_folder import sweep, walk
from pfmp_cli.press.merging.checksum import is_sealed, seal_zip


class State(Enum):
    """What there is at the place of a file that a run is about to make."""

    NEW = "nouveau"  # nothing of ours
    STALE = "à refaire"  # what it is to replace, or nothing any more
    UNCHANGED = "inchangé"  # the very file
    CHANGED = "modifié"  # it was, and someone has filled it in or changed it since

    @property
    def is_to_make(self) -> bool:
        return self in (State.NEW, State.STALE)


class OutputFolder:
    """The folder `root` during a run.

    Files go by their path from the folder, with `/`. `_known` is what the manifest said,
    `_entries` what it is to say; `_claimed` are the keys of what belongs to someone now.
    """

    def __init__(self, root: Path) -> None:
        self.root = root
        self._known, self._written_at = _read_manifest(root / manifest.NAME)
        self._entries = dict(self._known)
        self._claimed: set[str] = set()
        self._folders: set[Path] = set()
        self._doubted = False

    def find(self, path: str) -> Entry | None:
        """What the manifest says of that file."""
        return self._entries.get(key_of(path))

    def claim(self, path: str, entry: Entry) -> State:
        """Whether the file that `entry` describes has to be made; `path`, its place, belongs to
        someone, whatever becomes of it in this run."""
        key = key_of(path)
        self._claimed.add(key)
        known = self._known.get(key)
        if known is None:
            return State.NEW
        if (known.master, known.valeurs) != (entry.master, entry.valeurs):
            return State.STALE
        state = self._examine(path, known)
        if not state.is_to_make:
            self._entries[key] = replace(
                entry, vides=known.vides, taille=known.taille, sha256=known.sha256
            )
        return state

    def _examine(self, path: str, known: Entry) -> State:
        """Like git, a file older than the manifest is taken for what it says, by its size alone."""
        place = f"{self.root}/{path}"
        try:
            if self._is_old(os.lstat(place), known):
                return State.UNCHANGED
            content = read_regular(place)
        except OSError:
            return State.STALE  # what is in the way will be told where it is written
        if hashlib.sha256(content).hexdigest() == known.sha256:
            self._doubted = True
            return State.UNCHANGED
        return State.STALE if is_sealed(content) else State.CHANGED

    def _is_old(self, status: os.stat_result, known: Entry) -> bool:
        return (
            status.st_size == known.taille
            and status.st_mtime_ns < self._written_at
            and stat.S_ISREG(status.st_mode)
        )

    def write(self, path: str, parts: Sequence[bytes], entry: Entry) -> None:
        """Write a file, in place of an older one of ours; `parts` end with its seal.

        Raises FileInTheWay, FileChanged, or OSError with the system's reason; then nothing
        has changed.
        """
        write_atomically(self._make_way(path), parts)
        size = sum(map(len, parts))
        self._entries[key_of(path)] = replace(entry, taille=size, sha256=hash_parts(parts))

    def write_archive(self, path: str, fill: Callable[[BinaryIO], None], entry: Entry) -> None:
        """Write a zip little by little, which `fill` closes with `zip_comment()`, as `write`."""
        with open_atomically(self._make_way(path)) as file:
            fill(file)
            size, digest = seal_zip(file)
        self._entries[key_of(path)] = replace(entry, taille=size, sha256=digest)

    def check(self, path: str) -> None:
        """Raise as `write` where a file in the way would be left alone; nothing is written."""
        place = self.root / path
        if place.parent not in self._folders:
            if not place.parent.resolve().is_relative_to(self.root.resolve()):
                raise FolderElsewhere(str(place.parent))
            self._folders.add(place.parent)
        if os.path.lexists(place):  # by its content: before it is overwritten, no date is believed
            check_replaceable(place, key_of(path) in self._known)

    def files(self) -> Iterator[tuple[str, Entry]]:
        """The files of ours that are there, whoever they are of, by their path."""
        for path in sorted(walk(self.root)):
            if entry := self.find(path):
                yield path, entry

    def _make_way(self, path: str) -> Path:
        """The place to write, once nothing keeps from it."""
        place = self.root / path
        self._claimed.add(key_of(path))
        self.check(path)
        place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        return place

    def orphans(self, within: Callable[[Entry], bool]) -> list[str]:
        """The files of earlier runs that nobody has claimed, of those that `within` keeps.

        Entries of files that are no longer there are forgotten.
        """
        left = {key for key, entry in self._entries.items()
                if key not in self._claimed and within(entry)}  # fmt: skip
        if not left:
            return []
        found = {key_of(path): path for path in walk(self.root)}
        for key in left - found.keys():
            del self._entries[key]
        return sorted(path for key, path in found.items() if key in left)

    def prune(self, paths: Iterable[str]) -> Iterator[str]:
        """Remove files of ours, and folders that this empties; gives those removed.

        What someone has filled in or changed stays.
        """
        for path in paths:
            place = self.root / path
            with suppress(OSError):
                if is_sealed(read_regular(place)):
                    place.unlink()
                    del self._entries[key_of(path)]
                    yield path
                    if place.parent != self.root:
                        place.parent.rmdir()

    def close(self) -> None:
        """Write the manifest where it says something new. Raises OSError."""
        path = self.root / manifest.NAME
        if self._entries != self._known:
            write_atomically(path, [manifest.format_manifest(self._entries)])
        elif self._doubted:
            os.utime(path)  # what was doubted is known now: no need to read it again


@contextmanager
def open_folder(root: Path) -> Iterator[OutputFolder]:
    """The output folder, made where there is none, and held against other runs.

    What a run that was killed left half written is swept away. At the end, whatever it is,
    the manifest is written; a folder that was made for nothing goes. Raises OutputRefused.
    """
    with ExitStack() as stack:
        with told(root):
            made = [folder for folder in (root, *root.parents) if not folder.exists()]
            stack.callback(_remove_empty, made)
            root.mkdir(parents=True, exist_ok=True, mode=0o700)
            stack.enter_context(lock.lock(root))
        with told(root / manifest.NAME):
            folder = OutputFolder(root)
        sweep(root)
        try:
            yield folder
        finally:
            with told(root / manifest.NAME):
                folder.close()


def _remove_empty(folders: Iterable[Path]) -> None:
    with suppress(OSError):
        for folder in folders:
            folder.rmdir()


def look_into(root: Path) -> OutputFolder:
    """The output folder as it stands, to look at only. Raises OutputRefused."""
    with told(root / manifest.NAME):
        return OutputFolder(root)


def _read_manifest(path: Path) -> tuple[dict[str, Entry], int]:
    """The entries, and when they were written (ns). Raises OSError."""
    try:
        with open_regular(path) as file:
            written_at = os.fstat(file.fileno()).st_mtime_ns
            return manifest.read_manifest(file.read()), written_at
    except FileNotFoundError:
        return {}, 0
    except manifest.NotAManifest as exception:
        raise ForeignManifest(str(path)) from exception
