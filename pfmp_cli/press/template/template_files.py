"""The files of the folders of templates: which are templates, and what their first lines say."""

import re
from collections.abc import Iterable
from itertools import islice, takewhile
from pathlib import Path

from pfmp_cli.loading.sources import is_inside
from pfmp_cli.planning.editions import Document
from pfmp_cli.shipped import shipped

MARKDOWN = ".md"
HEAD = re.compile(r"\{# .* #\}")
# What the first lines of a document's template may say of it.
# There is one for each period, or for each that counts for the exam; or for each company in it.
PER_PERIOD = re.compile(r"\{# par (?:période( certificative)?|(stage)) #\}")
NAMES = re.compile(r"\{# nom : (.+), (.+) #\}")  # what people call it: one, several


def list_templates(folder: Path) -> list[Path]:
    """The templates of a folder, and the texts that begin as one: with what they are."""
    texts = (path for path in folder.glob(f"*{MARKDOWN}") if read_head(path, folder)[:1])
    return sorted([*folder.glob("*.html"), *texts])


def read_head(path: Path, folder: Path) -> list[str]:
    """The comments in the first two lines, which say what a document is."""
    if not is_template(path, folder):
        return []
    with path.open(encoding="utf-8-sig", errors="replace") as file:
        return list(takewhile(HEAD.fullmatch, map(str.strip, islice(file, 2))))


def is_template(path: Path, folder: Path) -> bool:
    """Whether it is a file of that folder; what ships with us may be links to anywhere."""
    return path.is_file() and (folder == shipped("templates") or is_inside(path, folder))


def list_documents(folders: Iterable[Path]) -> dict[str, Document]:
    """The documents that can be made, by name: a template each, partials aside."""
    found: dict[str, Document] = {}
    for path in (path for folder in folders for path in list_templates(folder)):
        if not path.name.startswith("_") and path.stem not in found:
            found[path.stem] = _describe(path.stem, read_head(path, path.parent))
    return found


def _describe(name: str, head: list[str]) -> Document:
    """What a template's first lines say: `{# par stage #}`, `{# nom : grille, grilles #}`."""
    noms = next(filter(None, map(NAMES.fullmatch, head)), None)
    per_period = next(filter(None, map(PER_PERIOD.fullmatch, head)), None)
    certificative, by_stage = map(bool, per_period.groups() if per_period else ("", ""))
    one, several = noms.groups() if noms else ("", "")
    return Document(name, bool(per_period), by_stage, one, several, certificative)
