"""Masters made ready, and all else that a run needs beyond the list, in one file.

A zip: `bundle.json` (référentiel, school, documents, the master of each edition), and the parts
that the masters are put together of, each once: a font, or a page, is in many of them.
Whoever has it needs nothing to lay out with; there is no pupil's datum in it.
"""

import io
import json
import re
import zipfile
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import cached_property
from itertools import accumulate, chain, pairwise
from pathlib import Path

from pfmp_cli.calendar.weeks import LONGEST, build_periodes, weeks_of_room
from pfmp_cli.diagnostics import InputRefused, Position
from pfmp_cli.domain.plain import from_plain
from pfmp_cli.domain.projet import Projet
from pfmp_cli.domain.referentiel import Referentiel
from pfmp_cli.lists.formats.archive import BOUNDED, FAULTS
from pfmp_cli.loading.secret import LENGTH
from pfmp_cli.planning.editions import Document, Edition, name_edition
from pfmp_cli.press.merging.master import Master
from pfmp_cli.press.merging.packed_master import MasterKey, Rendering, read_renderings, unpack
from pfmp_cli.rules.loading_rules import DAMAGED_BUNDLE, NO_BUNDLE, NOT_A_BUNDLE, OTHER_BUNDLE

CONTENTS, PARTS = "bundle.json", "parts"
MARK = b"un lot de pfmp"  # at the end of the file, by which we know our own
FORMAT = 3  # of the bundle, of masters and of what a merge does with them
_LARGEST = 300_000_000  # bytes, of the file and of all that is in it
_DAMAGE = (*FAULTS, LookupError, TypeError, AttributeError)
_NAME, _YEAR = re.compile(r"\w[\w-]*"), re.compile(r"20[0-9]{2}-20[0-9]{2}")


@dataclass(frozen=True)
class Bundle:
    """A bundle as read: `editions` leads to the key of a master and its fields, `masters` from the
    key to its parts; `lengths` are those of all parts in `archive`. `secret` is the school's key,
    b"" without a school."""

    path: Path
    referentiel: Referentiel
    projet: Projet
    documents: dict[str, Document]
    editions: dict[str, Rendering]
    masters: dict[str, list[int]]
    lengths: list[int]
    secret: bytes
    archive: zipfile.ZipFile

    @cached_property
    def _parts(self) -> list[bytes]:
        content, ends = self.archive.read(PARTS), [*accumulate(self.lengths, initial=0)]
        return [content[start:end] for start, end in pairwise(ends)]

    def find(self, edition: Edition) -> Rendering | None:
        """What an edition is laid out from; None where it needs more room than the bundle has, or
        leaves a period out."""
        usual = with_usual_room(edition, self.referentiel, self.projet)
        return self.editions.get(name_edition(usual))

    def read(self, key: MasterKey) -> Master:
        """A master of the bundle. Raises InputRefused where it is damaged."""
        try:
            return unpack(b"".join(self._parts[number] for number in self.masters[key]))
        except _DAMAGE as exception:
            place = Position(str(self.path))
            raise InputRefused([DAMAGED_BUNDLE.at(place)]) from exception


def with_usual_room(edition: Edition, referentiel: Referentiel, projet: Projet) -> Edition:
    """The edition that looks the same, where pupils' own dates need no more room than there is:
    own dates are in it for all its periods or for none."""
    rooms = find_rooms(edition, referentiel, projet)
    if any(weeks > rooms.get(code, (0, False))[0] for code, weeks in edition.weeks):
        return edition
    undated = edition.weeks and not all(dated for _, dated in rooms.values())
    weeks = tuple((code, room) for code, (room, _) in rooms.items()) if undated else ()
    return replace(edition, weeks=weeks)


def find_rooms(
    edition: Edition, referentiel: Referentiel, projet: Projet
) -> dict[str, tuple[int, bool]]:
    """Of each period of an edition, the weeks of room, and whether the school has dated it."""
    classe = referentiel.classe(edition.classe)
    periodes = build_periodes(classe, projet.calendrier, edition.variantes)
    return {
        one.code: (max(one.semaines, weeks_of_room(len(one.days))), bool(one.intervalles))
        for one in periodes
        if edition.periode in (None, one.code)
    }


def read_bundle(path: Path) -> Bundle:
    """The bundle of a file. Raises InputRefused for what is none, a damaged one, and one of
    another version."""
    place = Position(str(path))
    if not path.is_file():
        raise InputRefused([NO_BUNDLE.at(place)])
    try:
        with path.open("rb") as file:
            content = file.read(_LARGEST + 1)
    except OSError as exception:
        raise InputRefused([NO_BUNDLE.at(place)]) from exception
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
        infos = archive.infolist()
        odd = any(info.compress_type not in BOUNDED for info in infos)
        size = max(len(content), sum(info.file_size for info in infos))
        if odd or size > _LARGEST or CONTENTS not in archive.namelist():
            raise InputRefused([NOT_A_BUNDLE.at(place)])
        known = json.loads(archive.read(CONTENTS))
        if known["pfmp"] != FORMAT:
            raise InputRefused([OTHER_BUNDLE.at(place)])
        documents = {one["name"]: from_plain(Document, one) for one in known["documents"]}
        projet = from_plain(Projet, known["projet"])
        secret = bytes.fromhex(known["secret"])
        likely = _is_likely(projet) and len(secret) in (0, LENGTH)
        if not all(map(_NAME.fullmatch, documents)) or not likely:
            raise InputRefused([DAMAGED_BUNDLE.at(place)])
        return Bundle(
            path,
            from_plain(Referentiel, known["referentiel"]),
            projet,
            documents,
            read_renderings(known["editions"]),
            dict(known["masters"]),
            list(known["lengths"]),
            secret,
            archive,
        )
    except zipfile.BadZipFile as exception:
        raise InputRefused([NOT_A_BUNDLE.at(place)]) from exception
    except _DAMAGE as exception:
        raise InputRefused([DAMAGED_BUNDLE.at(place)]) from exception


def _is_likely(projet: Projet) -> bool:
    """Whether the school is as the checks of its file leave one, and writes under this folder."""
    year, folder = projet.annee_scolaire, Path(projet.fabrication.dossier)
    if folder.is_absolute() or ".." in folder.parts:
        return False
    dates = chain.from_iterable(projet.calendrier.periodes.values())
    return (year is None or bool(_YEAR.fullmatch(year))) and all(
        timedelta(0) <= one.au - one.du <= LONGEST for one in dates
    )
