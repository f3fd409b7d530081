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

from pfmp_cli.atomic import open_atomically, write_atomically
from pfmp_cli.output import lock, manifest
from pfmp_cli.output.manifest import Entry, hash_parts, key_of
from pfmp_cli.output.obstacles import ForeignManifest, check_replaceable, told
from pfmp_cli.output.walk_folder import sweep, walk
from pfmp_cli.press.merging.checksum import is_sealed, seal_zip


class State(Enum):
    """What there is at the place of a document that a run is about to make."""

    TO_MAKE = "à faire"  # nothing, or what it is to replace
    UNCHANGED = "inchangé"  # the very document
    CHANGED = "modifié"  # it was, and someone has filled it in or changed it since


class OutputFolder:
    """The folder `racine` during a run.

    Files go by their path from the folder, with `/`. `_known` is what the manifest said,
    `_entries` what it is to say; `_claimed` are the keys of what belongs to someone now.
    """

    def __init__(self, root: Path) -> None:
        self.root = root
        self._known, self._written_at = _read_manifest(root / manifest.NAME)
        self._entries = dict(self._known)
        self._claimed: set[str] = set()
        self._folders: set[str] = set()
        self._doubted = False

    def find(self, path: str) -> Entry | None:
        """What the manifest says of that file."""
        return self._entries.get(key_of(path))

    def examine(self, chemin: str, entry: Entry) -> State:
        """Whether the document that `entree` describes has to be made; `chemin` is its place.

        Like git, a file older than the manifest is taken for what it says, by its size alone.
        """
        known = self._known.get(key_of(chemin))
        if known is None or (known.master, known.valeurs) != (entry.master, entry.valeurs):
            return State.TO_MAKE
        path = f"{self.root}/{chemin}"
        try:
            if self._is_old(os.lstat(path), known):
                return State.UNCHANGED
            content = Path(path).read_bytes()
        except OSError:
            return State.TO_MAKE  # what is in the way will be told where it is written
        if hashlib.sha256(content).hexdigest() == known.sha256:
            self._doubted = True
            return State.UNCHANGED
        return State.TO_MAKE if is_sealed(content) else State.CHANGED

    def _is_old(self, status: os.stat_result, known: Entry) -> bool:
        return (
            status.st_size == known.taille
            and status.st_mtime_ns < self._written_at
            and stat.S_ISREG(status.st_mode)
        )

    def keep(self, path: str, entry: Entry) -> None:
        """Leave that file as it is: it is what `entree` describes."""
        key = key_of(path)
        known = self._known[key]
        kept = replace(entry, vides=known.vides, taille=known.taille, sha256=known.sha256)
        self._entries[key] = kept
        self._claimed.add(key)

    def claim(self, path: str) -> None:
        """That file belongs to someone, whatever becomes of it in this run."""
        self._claimed.add(key_of(path))

    def write(self, chemin: str, parts: Sequence[bytes], entry: Entry) -> None:
        """Write a file, in place of an older one of ours; `parts` end with its seal.

        Raises FileInTheWay, FileChanged, or OSError with the system's reason; then nothing
        has changed.
        """
        path = self._make_way(chemin)
        write_atomically(path, parts)
        size = sum(map(len, parts))
        self._entries[key_of(chemin)] = replace(entry, taille=size, sha256=hash_parts(parts))

    def write_archive(self, chemin: str, fill: Callable[[BinaryIO], None], entry: Entry) -> None:
        """Write a zip little by little, which `fill` closes with `zip_comment()`, as `write`."""
        path = self._make_way(chemin)
        with open_atomically(path) as file:
            fill(file)
            size, digest = seal_zip(file)
        self._entries[key_of(chemin)] = replace(entry, taille=size, sha256=digest)

    def check(self, path: str) -> None:
        """Raise as `write` where a file in the way would be left alone; nothing is written."""
        self._check_replaceable(self.root / path, self._known.get(key_of(path)))

    def files(self) -> Iterator[tuple[str, Entry]]:
        """The files of ours that are there, whoever they are of, by their path."""
        for path in sorted(walk(self.root)):
            if entry := self.find(path):
                yield path, entry

    def _make_way(self, chemin: str) -> Path:
        """The path to write, once nothing keeps from it."""
        path = self.root / chemin
        self._claimed.add(key_of(chemin))
        self._make_folder(path.parent)
        self.check(chemin)
        return path

    def _make_folder(self, folder: Path) -> None:
        if str(folder) not in self._folders:
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            self._folders.add(str(folder))

    def _check_replaceable(self, path: Path, known: Entry | None) -> None:
        """By its content: before it is overwritten, no date is believed."""
        if os.path.lexists(path):
            check_replaceable(path, known is not None)

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
        for chemin in paths:
            path = self.root / chemin
            with suppress(OSError):
                if is_sealed(path.read_bytes()):
                    path.unlink()
                    del self._entries[key_of(chemin)]
                    yield chemin
                    if path.parent != self.root:
                        path.parent.rmdir()

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
    the manifest is written. Raises OutputRefused.
    """
    with ExitStack() as stack:
        with told(root):
            if not root.exists():
                stack.callback(_remove_empty, root)
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


def _remove_empty(root: Path) -> None:
    """Where nothing was begun, nothing is left."""
    with suppress(OSError):
        root.rmdir()


def look_into(root: Path) -> OutputFolder:
    """The output folder as it stands, to look at only. Raises OutputRefused."""
    with told(root / manifest.NAME):
        return OutputFolder(root)


def _read_manifest(path: Path) -> tuple[dict[str, Entry], int]:
    """The entries, and when they were written (ns). Raises OSError."""
    try:
        with path.open("rb") as file:
            written_at = os.fstat(file.fileno()).st_mtime_ns
            return manifest.read_manifest(file.read()), written_at
    except FileNotFoundError:
        return {}, 0
    except manifest.NotAManifest as exception:
        raise ForeignManifest(str(path)) from exception
