"""What a run is made from, watched: which files have changed since the last look.

The system only wakes us (`watchfiles`); what has changed is told by comparing, so that no
file is missed that an editor removes and writes again, nor a folder that goes and comes back.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from pfmp_cli.loading import PROJET, Sources, find_modeles, find_referentiel
from pfmp_cli.shipped import shipped

IMAGES = (".svg", ".png", ".jpg", ".jpeg")
TICK = 100  # milliseconds: how long a change may go unnoticed where the system does not wake us
CALM = 20  # milliseconds without a further change before a look
_EDITORS = ("~", ".swp", ".swx", ".tmp", ".partiel", ".bak")

State = dict[Path, tuple[int, int, int]]


class Veille:
    """The files of a run: YAML, templates, and the images that lie beside either."""

    def __init__(self, sources: Sources) -> None:
        self.projet = sources.projet or Path(PROJET)
        self.files = [find_referentiel(sources.referentiel, self.projet), self.projet]
        self.modeles = sources.templates
        self.logo: Path | None = None
        self.etat = self.look()

    def templates(self) -> list[Path]:
        """The folders of templates, those that come and go included."""
        school = self.modeles or find_modeles(self.projet.parent)
        return [folder for folder in (school, shipped("templates")) if folder is not None]

    def folders(self) -> dict[Path, int]:
        """The folders to listen in, that exist now, each with its number on the disk."""
        files = [*self.files, self.logo] if self.logo else self.files
        known = {*(path.parent for path in files), *self.templates()}
        for folder in self.templates():
            with suppress(OSError):
                known |= {path for path in folder.rglob("*") if path.is_dir()}
        found = {}
        for folder in known:
            with suppress(OSError):
                found[folder] = folder.stat().st_ino
        return found

    def look(self) -> State:
        """Each file with what tells one version from the next."""
        found: State = {}
        for path in self._paths():
            with suppress(OSError):
                stat = path.stat()
                found[path] = (stat.st_mtime_ns, stat.st_size, stat.st_ino)
        return found

    def _paths(self) -> Iterator[Path]:
        yield from self.files
        if self.logo is not None:
            yield self.logo
        with suppress(OSError):
            beside = self.projet.parent.iterdir()
            yield from (path for path in beside if path.suffix.lower() in IMAGES)
        for folder in self.templates():
            with suppress(OSError):
                yield from (path for path in folder.rglob("*") if _counts(path))

    def note_logo(self, logo: Path | None) -> None:
        """Watch the school's logo from now on, wherever it is."""
        if logo != self.logo:
            self.logo = logo
            self.etat = self.look() | self.etat

    def changed(self) -> list[Path]:
        """What is not as it was at the last look; a file that is away gets a moment to return."""
        before, now = self.etat, self.look()
        for _ in range(3):
            if before.keys() <= now.keys():
                break
            time.sleep(TICK / 1000)
            now = self.look()
        self.etat = now
        return [path for path in {**before, **now} if before.get(path) != now.get(path)]

    def ticks(self) -> Iterator[None]:
        """One when something stirs, and one each `TICK`, for ever."""
        import watchfiles

        while True:
            listening = self.folders()
            if not listening:
                time.sleep(TICK / 1000)
                yield
                continue
            try:
                for _ in watchfiles.watch(
                    *listening, recursive=False, watch_filter=None, yield_on_timeout=True,
                    step=CALM, rust_timeout=TICK, debounce=TICK,
                ):  # fmt: skip
                    yield
                    if self.folders() != listening:
                        break
            except OSError:  # a folder went while it was being listened to
                yield


def _counts(path: Path) -> bool:
    """Whether it is a file of ours, not one that an editor keeps for itself."""
    name = path.name
    return name[0] not in ".#" and not name.lower().endswith(_EDITORS) and path.is_file()
