"""A school's bundle: all its documents laid out, for `batch --bundle` and the page."""

import io
import json
import re
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import chain

from pfmp_cli.domain.plain import to_plain
from pfmp_cli.planning.editions import Document, Edition, list_editions, name_edition
from pfmp_cli.press.bundle import CONTENTS, FORMAT, MARK, PARTS, find_rooms, with_usual_room
from pfmp_cli.press.merging.packed_master import MasterKey, Rendering, pack, recipe_of
from pfmp_cli.press.printing.archive_file import describe_member
from pfmp_cli.press.workshop import Workshop

# Between the streams of a PDF, and around the measures of its font.
_SEAM = re.compile(rb'(?<=stream\n)|(?=\nendstream)|(?="metrics": )|(?="slots": )')


def bundle_up(workshop: Workshop, documents: dict[str, Document]) -> bytes:
    """The bundle of these documents of a workshop: the same bytes for the same documents.

    Raises InputRefused with what is wrong in a template.
    """
    editions = list(_list_bundled(workshop, documents.values()))
    workshop.lay_out(editions)
    made = {edition: _describe(workshop.get_rendering(edition)) for edition in editions}
    masters = {
        one.key: _SEAM.split(pack(workshop.get_merger(edition).master))
        for edition, one in made.items()
    }
    # By their bytes, those that begin alike stand together, where deflate sees them both.
    parts = sorted({*chain.from_iterable(masters.values())})
    numbers = {part: number for number, part in enumerate(parts)}
    known = {
        "pfmp": FORMAT,
        "secret": workshop.secret.key.hex() if workshop.secret else "",
        "referentiel": to_plain(workshop.referentiel),
        "projet": to_plain(workshop.projet),
        "documents": list(map(to_plain, documents.values())),
        "editions": {name_edition(edition): one for edition, one in made.items()},
        "masters": {key: [numbers[part] for part in master] for key, master in masters.items()},
        "lengths": [*map(len, parts)],
    }
    contents = json.dumps(known, ensure_ascii=False, separators=(",", ":")).encode()
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, content in ((CONTENTS, contents), (PARTS, b"".join(parts))):
            archive.writestr(describe_member(name), content, zipfile.ZIP_DEFLATED, 9)
        archive.comment = MARK
    return buffer.getvalue()


def _describe(rendering: Rendering) -> Rendering:
    """What a bundle has of it, which is the same file on every system."""
    return rendering._replace(key=MasterKey(recipe_of(rendering.key)), html="")


def _list_bundled(workshop: Workshop, documents: Iterable[Document]) -> Iterator[Edition]:
    """What a bundle has a master of: every edition, with room for pupils' own dates as well."""
    school = workshop.referentiel, workshop.projet
    for edition in list_editions(workshop.referentiel, list(documents)):
        yield edition
        own = tuple((code, 1) for code in find_rooms(edition, *school))
        dated = with_usual_room(replace(edition, weeks=own), *school)
        if dated != edition:
            yield dated
