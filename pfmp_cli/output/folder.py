"""An output folder: what earlier runs left in it, and what this one makes of it.

Every file is written beside its place and renamed, so that there is never half of one. A
file that `pfmp` did not make, or that someone has changed since, is never overwritten.

A run may be killed anywhere. The manifest is written at the end, so what the run wrote may
not be in it; but such a file has its seal, which says that it is ours to write anew.
"""

import os
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import replace
from enum import Enum
from pathlib import Path

from pfmp_cli.atomic import PARTIAL, open_atomically, read_regular, write_atomically
from pfmp_cli.output import lock, manifest
from pfmp_cli.output.digests import Digests
from pfmp_cli.output.manifest import Entry, hash_parts, key_of
from pfmp_cli.output.obstacles import Obstacle, check_replaceable, is_damaged, is_filled_in, told
from pfmp_cli.press.merging.checksum import is_sealed
from pfmp_cli.press.printing.archive_file import fill_archive
from pfmp_cli.rules.output_rules import FOLDER_ELSEWHERE, FOREIGN_MANIFEST


class State(Enum):
    """What there is at the place of a file that a run is about to make."""

    NEW = "nouveau"  # nothing of ours
    STALE = "à refaire"  # what it is to replace, or nothing any more
    UNCHANGED = "inchangé"  # the very file
    FILLED = "rempli"  # it was, and someone has filled its form in since
    CHANGED = "modifié"  # it was, and someone has changed it in some other way

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
        self._known = _read_manifest(root / manifest.NAME)
        self._entries = dict(self._known)
        self._claimed: set[str] = set()
        self._folders: set[Path] = set()
        self._digests = Digests(root)

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
        if not known.says_the_same(entry):
            return State.STALE
        state = self._examine(path, known)
        if not state.is_to_make:
            self._entries[key] = replace(
                entry,
                master=known.master,
                vides=known.vides,
                contenu=known.contenu,
                taille=known.taille,
                sha256=known.sha256,
            )
        return state

    def _examine(self, path: str, known: Entry) -> State:
        try:
            if self.digest(path) == known.sha256:
                return State.UNCHANGED
            content = read_regular(self.root / path)
        except OSError:
            return State.STALE  # what is in the way will be told where it is written
        if known.tirage or is_sealed(content) or is_damaged(content, known.taille):
            return State.STALE
        return State.FILLED if is_filled_in(content, known.taille) else State.CHANGED

    def digest(self, path: str) -> str:
        """The SHA-256 of a file as it is. Raises NotAFile, or OSError with the system's reason."""
        return self._digests.find(key_of(path), self.root / path)

    def write(self, path: str, parts: Sequence[bytes], entry: Entry) -> None:
        """Write a file, in place of an older one of ours; `parts` end with its seal.

        Raises NotAFile, Obstacle, or OSError with the system's reason; then nothing
        has changed.
        """
        write_atomically(self._make_way(path), parts)
        self._note(path, replace(entry, taille=sum(map(len, parts)), sha256=hash_parts(parts)))

    def write_archive(
        self, path: str, documents: Iterable[tuple[str, bytes]], entry: Entry
    ) -> None:
        """Write a zip of `documents` by their names, one after another, as `write`."""
        with open_atomically(self._make_way(path)) as file:
            size, digest = fill_archive(file, documents)
        self._note(path, replace(entry, taille=size, sha256=digest))

    def _note(self, path: str, entry: Entry) -> None:
        self._entries[key_of(path)] = entry
        self._digests.note(key_of(path), self.root / path, entry.sha256)

    def check(self, path: str) -> None:
        """Raise as `write` where a file in the way would be left alone; nothing is written."""
        place = self.root / path
        if place.parent not in self._folders:
            if not place.parent.resolve().is_relative_to(self.root.resolve()):
                raise Obstacle(FOLDER_ELSEWHERE)
            self._folders.add(place.parent)
        if os.path.lexists(place):  # by its content: before it is overwritten, no date is believed
            check_replaceable(place, self._known.get(key_of(path)))

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
        elif self._digests.are_new and self._entries:
            os.utime(path)  # its date is the time by the clock of this disk
        if self._digests.are_new and self._entries:
            self._digests.save(self._entries, os.stat(path).st_mtime_ns)


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


def walk(root: Path) -> Iterator[str]:
    """The files of an output folder and of the folders in it, but for those that are output
    folders of their own."""
    for item in _list(root):
        path = root / item
        if path.is_symlink() or not path.is_dir():
            yield item
            continue
        names = _list(path)
        if manifest.NAME not in names and lock.NAME not in names:
            yield from (f"{item}/{name}" for name in names)


def _list(folder: Path) -> list[str]:
    try:
        return os.listdir(folder)
    except OSError:
        return []


def sweep(root: Path) -> None:
    """Remove what runs that were killed left half written."""
    for path in walk(root):
        if re.fullmatch(PARTIAL, path.rpartition("/")[2]):
            with suppress(OSError):
                os.unlink(root / path)


def _read_manifest(path: Path) -> dict[str, Entry]:
    """The entries. Raises OSError."""
    try:
        return manifest.read_manifest(read_regular(path))
    except FileNotFoundError:
        return {}
    except manifest.NotAManifest as exception:
        raise Obstacle(FOREIGN_MANIFEST) from exception
