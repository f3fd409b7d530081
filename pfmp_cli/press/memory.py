"""What the last run knew of its school, good while nothing that it comes from has changed.

To read and check YAML, and to render a template only to find that its key is what it was, takes
most of a run: it is done again where the least of it is not as it was then.
"""

import hashlib
import json
import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import date
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pfmp_cli.calendar.clock import today
from pfmp_cli.calendar.public_holidays import KNOWN
from pfmp_cli.diagnostics import Diagnostic
from pfmp_cli.domain.plain import from_plain, to_plain
from pfmp_cli.loading.loader import Loader
from pfmp_cli.loading.school import School
from pfmp_cli.loading.sources import Sources, find_projet, find_referentiel, find_templates
from pfmp_cli.planning.editions import Edition, name_edition
from pfmp_cli.press.cache_folder import keep, recall
from pfmp_cli.press.layout.pango import stamp_libraries
from pfmp_cli.press.merging.packed_master import Rendering, read_renderings
from pfmp_cli.shipped import shipped

if TYPE_CHECKING:
    from pfmp_cli.yaml_files.source import YamlSource

FILE = "memoire.json"
# A folder of templates with more than that is something else as well: it is not remembered.
_MOST_FILES, _MOST_BYTES = 300, 20_000_000


class Memory:
    """The school of the last run and the masters of its editions; nothing where this run has
    other files, or one of them has changed."""

    def __init__(self, sources: Sources) -> None:
        self._sources = sources
        self._kept: dict[str, Any] = {}
        self._schools: list[School] = []
        self._problems: list[Diagnostic] = []
        self._editions: dict[str, Rendering] = {}
        self._told: tuple[int, ...] = ()
        with suppress(TypeError, KeyError, ValueError, AttributeError):  # of another version
            self._recall(json.loads(recall(FILE) or "{}"))

    def _recall(self, kept: dict[str, Any]) -> None:
        if kept["stamp"] != _stamp(self._sources, kept["files"]):
            return
        editions = read_renderings(kept["editions"])
        problems = [from_plain(Diagnostic, one) for one in kept["problems"]]
        for year, territoire, days in kept["holidays"]:
            KNOWN.setdefault((year, territoire), frozenset(map(date.fromisoformat, days)))
        schools = [from_plain(School, one) for one in kept["schools"]]
        diplomas = tuple(school.referentiel for school in schools) if schools[1:] else ()
        self._schools = [replace(school, diplomas=diplomas) for school in schools]
        self._problems, self._editions = problems, editions
        self._kept, self._told = kept, (len(KNOWN), len(editions))

    def load_schools(self, loader: Loader) -> list[School]:
        """The school, once for each of its diplomas, and to `loader` what there is to say of its
        files; nothing where they cannot be used. Raises WrongUsage as SchoolLoader."""
        loader.add(self._problems)
        return self._schools or self._read(loader)

    def _read(self, loader: Loader) -> list[School]:
        from pfmp_cli.loading.school_files import SchoolLoader

        reader = SchoolLoader(problems=loader.problems)
        schools = reader.load_schools(self._sources)
        if schools and not reader.has_errors() and len(schools[0].diplomas) in (0, len(schools)):
            files = [str(source.path) for source in reader.sources]
            files += [str(school.logo) for school in schools if school.logo]
            stamp = _stamp(self._sources, files)
            if stamp and not any(map(_has_changed, reader.sources)):  # saved meanwhile
                self._kept = {
                    "stamp": stamp,
                    "files": files,
                    "schools": [to_plain(replace(one, diplomas=())) for one in schools],
                    "problems": list(map(to_plain, reader.problems)),
                }
        return schools

    def find(self, sigle: str, edition: Edition) -> Rendering | None:
        """What an edition of a diploma is laid out from, without its HTML."""
        return self._editions.get(f"{sigle} {name_edition(edition)}")

    def add(self, sigle: str, edition: Edition, made: Rendering) -> None:
        self._editions[f"{sigle} {name_edition(edition)}"] = made._replace(html="")

    def save(self) -> None:
        """Keep it for the next run, where it has something new and is still true."""
        if not self._kept or self._told == (len(KNOWN), len(self._editions)):
            return
        if self._kept["stamp"] == _stamp(self._sources, self._kept["files"]):
            holidays = [(*place, sorted(map(str, days))) for place, days in KNOWN.items()]
            known = self._kept | {"editions": self._editions, "holidays": holidays}
            keep(FILE, json.dumps(known).encode("ascii"))


def _stamp(sources: Sources, names: Sequence[str]) -> str:
    """All that a school, and the masters of its editions, come from: what the command line names,
    and the files that these name; '' for what is better not remembered."""
    projet = find_projet(sources.projet)
    referentiel = find_referentiel(sources.referentiel, projet)
    folders = find_templates(sources.templates, projet)
    own = list(islice(chain.from_iterable(map(_walk, folders)), _MOST_FILES + 1))
    files = list(map(Path, names))
    read = [path for path in (projet, referentiel, *files, *own) if path]
    try:
        size = sum(path.stat().st_size for path in read if path.is_file())
        if len(own) > _MOST_FILES or size > _MOST_BYTES or not all(map(Path.is_file, files)):
            return ""
        named = (sources.referentiel, projet, today(), Path.cwd())
        known = [*named, *map(_tell_file, read), *_list_versions()]
    except OSError:  # whoever needs it says so
        return ""
    return hashlib.sha256(repr(known).encode("utf-8", "surrogatepass")).hexdigest()


def _walk(place: Path) -> Iterator[Path]:
    """A folder of templates, and all that is in it; of a link to another folder, the link."""
    yield place
    for folder, folders, names in os.walk(place):
        folders.sort()
        yield from (Path(folder, name) for name in sorted([*folders, *names]))


def _tell_file(path: Path) -> tuple[str, str, str | bool]:
    """Where it is, links followed, and what is in it."""
    content = path.is_file() and hashlib.sha256(path.read_bytes()).hexdigest()
    return str(path), os.path.realpath(path), content or path.is_dir()


def _has_changed(source: "YamlSource") -> bool:
    return source.path.read_bytes().decode("utf-8-sig", "replace") != source.text


def _list_versions() -> Iterator[object]:
    """Of Python, of the system's libraries, of ours (an installation changes their folder)."""
    yield from (sys.version, stamp_libraries(), sys.path)
    for folder in map(Path, sys.path):
        if folder.name in ("site-packages", "dist-packages") and folder.is_dir():
            yield folder.stat().st_mtime_ns
    for place in (Path(__file__).parent.parent, shipped("templates")):
        for where, folders, names in os.walk(place):
            folders.sort()
            for name in (name for name in sorted(names) if not name.endswith(".pyc")):
                status = os.stat(os.path.join(where, name))
                yield where, name, status.st_mtime_ns, status.st_size
