"""What the last run knew of its school, good while nothing that it comes from has changed.

To read and check YAML, and to render a template only to find that its key is what it was, takes
most of a run: it is done again where the least of it is not as it was then.
"""

import hashlib
import json
import os
import sys
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from itertools import chain, islice
from pathlib import Path
from typing import Any

from pfmp_cli.calendar.clock import today
from pfmp_cli.calendar.public_holidays import KNOWN
from pfmp_cli.diagnostics import Diagnostic, Position, Rule, Severity
from pfmp_cli.domain.plain import from_plain, to_plain
from pfmp_cli.domain.projet import Projet
from pfmp_cli.domain.referentiel import Referentiel
from pfmp_cli.loading.loader import Loader
from pfmp_cli.loading.school import School
from pfmp_cli.loading.sources import Sources, find_projet, find_referentiel, find_templates
from pfmp_cli.planning.editions import Edition, name_edition
from pfmp_cli.press.cache_folder import keep, recall
from pfmp_cli.press.layout.pango import pango_version
from pfmp_cli.press.merging.packed_master import Known, read_known
from pfmp_cli.shipped import shipped

FILE = "memoire.json"
# A folder of templates with more than that is something else as well: it is not remembered.
_MOST_FILES, _MOST_BYTES = 300, 20_000_000


class Memory:
    """The school of the last run and the masters of its editions; nothing where this run has
    other files, or one of them has changed."""

    def __init__(self, sources: Sources) -> None:
        self._sources = sources
        kept = json.loads(recall(FILE) or '{"stamp": "", "files": []}')
        self._files = [Path(file) for file in kept["files"]]
        self._stamp = _stamp(sources, self._files)
        self._kept = kept if self._stamp and self._stamp == kept["stamp"] else {}
        self._editions = read_known(self._kept.get("editions", {}))
        for year, territoire, days in self._kept.get("holidays", ()):
            KNOWN.setdefault((year, territoire), frozenset(map(date.fromisoformat, days)))
        self._told = (len(KNOWN), len(self._editions)) if self._kept else ()

    def load_schools(self, loader: Loader) -> list[School]:
        """The school, once for each of its diplomas, and to `loader` what there is to say of its
        files; nothing where they cannot be used. Raises WrongUsage as SchoolLoader."""
        if not self._kept:
            return self._read(loader)
        loader.add(_read_diagnostic(*one) for one in self._kept["problems"])
        schools = [_read_school(one) for one in self._kept["schools"]]
        diplomas = tuple(school.referentiel for school in schools)
        return [replace(one, diplomas=diplomas) for one in schools] if diplomas[1:] else schools

    def _read(self, loader: Loader) -> list[School]:
        from pfmp_cli.loading.school_files import SchoolLoader

        reader = SchoolLoader(problems=loader.problems)
        schools = reader.load_schools(self._sources)
        if schools and not reader.has_errors() and len(schools[0].diplomas) in (0, len(schools)):
            self._files = [source.path for source in reader.sources]
            self._files += [school.logo for school in schools if school.logo]
            self._stamp = _stamp(self._sources, self._files)
            self._kept = {
                "schools": list(map(_tell_school, schools)),
                "problems": list(map(_tell_diagnostic, reader.problems)),
            }
            if any(_read_text(source.path) != source.text for source in reader.sources):
                self._stamp = ""  # it was saved meanwhile
        return schools

    def find(self, sigle: str, edition: Edition) -> Known | None:
        """The master of an edition of a diploma."""
        return self._editions.get(f"{sigle} {name_edition(edition)}")

    def add(self, sigle: str, edition: Edition, known: Known) -> None:
        self._editions[f"{sigle} {name_edition(edition)}"] = known

    def save(self) -> None:
        """Keep it for the next run, where it has something new."""
        if self._kept and self._stamp and self._told != (len(KNOWN), len(self._editions)):
            holidays = [(*place, sorted(map(str, days))) for place, days in KNOWN.items()]
            files = {"files": list(map(str, self._files)), "stamp": self._stamp}
            known = self._kept | files | {"editions": self._editions, "holidays": holidays}
            keep(FILE, json.dumps(known).encode("ascii"))


def _stamp(sources: Sources, files: Iterable[Path]) -> str:
    """All that a school, and the masters of its editions, come from; '' for what is better not
    remembered."""
    projet = find_projet(sources.projet)
    folders = find_templates(sources.templates, projet)
    own = list(islice(chain.from_iterable(map(_list_files, folders)), _MOST_FILES + 1))
    known = (projet, find_referentiel(sources.referentiel, projet), *files)
    read = [path for path in (*known, *own) if path and path.is_file()]
    if len(own) > _MOST_FILES or sum(path.stat().st_size for path in read) > _MOST_BYTES:
        return ""
    where = [today(), Path.cwd(), *folders, *read, *_list_versions()]
    digest = hashlib.sha256(repr(where).encode("utf-8", "surrogatepass"))
    for path in read:
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def _read_text(path: Path) -> str:
    return path.read_bytes().decode("utf-8-sig", "replace")


def _list_versions() -> Iterator[str]:
    """Of Python, of Pango, of the libraries (an installation changes their folder), and of ours."""
    yield from (sys.version, pango_version())
    for folder in map(Path, sys.path):
        if folder.name in ("site-packages", "dist-packages") and folder.is_dir():
            yield f"{folder} {folder.stat().st_mtime_ns}"
    for place in (Path(__file__).parent.parent, shipped("templates"), shipped("referentiel.yaml")):
        for path in _list_files(place):
            stat = path.stat()
            yield f"{path} {stat.st_mtime_ns} {stat.st_size}"


def _list_files(place: Path) -> list[Path]:
    """The files of a folder, in order, but what Python compiles; a file is itself."""
    if place.is_file():
        return [place]
    found = (Path(folder, name) for folder, _, names in os.walk(place) for name in names)
    return sorted(path for path in found if path.suffix != ".pyc" and path.is_file())


def _tell_school(school: School) -> dict[str, Any]:
    return {
        "referentiel": to_plain(school.referentiel),
        "projet": to_plain(school.projet),
        "templates": list(map(str, school.templates)),
        "logo": school.logo and str(school.logo),
        "path": school.path and str(school.path),
    }


def _read_school(known: dict[str, Any]) -> School:
    logo, path = (Path(known[name]) if known[name] else None for name in ("logo", "path"))
    return School(
        from_plain(Referentiel, known["referentiel"]),
        from_plain(Projet, known["projet"]),
        tuple(map(Path, known["templates"])),
        logo,
        path,
    )


def _tell_diagnostic(one: Diagnostic) -> tuple[object, ...]:
    rule = one.rule.code, one.rule.severity.value, one.rule.sentence, one.rule.help
    return rule, one.values, to_plain(one.position) if one.position else None


def _read_diagnostic(
    rule: list[str], values: list[list[str]], place: dict[str, Any] | None
) -> Diagnostic:
    code, severity, *words = rule
    position = Position(**place) if place else None
    said = tuple((name, value) for name, value in values)
    return Diagnostic(Rule(code, Severity(severity), *words), said, position)
