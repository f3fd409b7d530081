"""What a run is made from, watched: which files have changed since the last look.

A look compares what the system says of each file, so that none is missed that an editor removes
and writes again, nor a folder that goes and comes back.
"""

import time
from collections.abc import Iterator
from contextlib import suppress
from itertools import chain
from pathlib import Path

from pfmp_cli.loading.sources import PROJET, YAML, Sources, find_referentiel, find_templates
from pfmp_cli.shipped import shipped

IMAGES = (".svg", ".png", ".jpg", ".jpeg")
CALM = 0.03  # seconds between two looks that must agree
LOOKS = 10  # at most, while a file is away or still being written
_EDITORS = ("~", ".swp", ".swx", ".tmp", ".partiel", ".bak")


class FileWatch:
    """The files of a run: YAML and images of the school's folder or of one in it, and templates."""

    def __init__(self, sources: Sources) -> None:
        self.projet = sources.projet or Path(PROJET)
        self.referentiel = find_referentiel(sources.referentiel, self.projet)
        self.templates = sources.templates
        self.state = self._look()

    def changed(self) -> list[Path]:
        """What is not as it was at the last look, once it has come to rest."""
        before, now = self.state, self._look()
        for _ in range(LOOKS if now != before else 0):
            time.sleep(CALM)
            last, now = now, self._look()
            if now == last and before.keys() <= now.keys():
                break
        self.state = now
        return [path for path in {**before, **now} if before.get(path) != now.get(path)]

    def _look(self) -> dict[Path, tuple[int, int, int]]:
        """Each file with what tells one version from the next."""
        found = {}
        for path in self._paths():
            with suppress(OSError):
                stat = path.stat()
                found[path] = (stat.st_mtime_ns, stat.st_size, stat.st_ino)
        return found

    def _paths(self) -> Iterator[Path]:
        yield from (self.referentiel, self.projet)
        with suppress(OSError):
            beside = chain(self.projet.parent.iterdir(), self.projet.parent.glob("*/*"))
            yield from (path for path in beside if path.suffix.lower() in IMAGES + YAML)
        for folder in (*find_templates(self.templates, self.projet), shipped("templates")):
            with suppress(OSError):
                yield from filter(_counts, folder.rglob("*"))


def _counts(path: Path) -> bool:
    """Whether it is a file of ours, not one that an editor keeps for itself."""
    name = path.name
    return name[0] not in ".#" and not name.lower().endswith(_EDITORS) and path.is_file()
