"""`manifest.json`: what an output folder holds, without a datum of a pupil.

File names are names, so an entry is found by the hash of its file's path. Nothing in it
comes from the clock: the same run gives the same bytes; of the machine it has what masters were
laid out with.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from pfmp_cli.domain.plain import from_plain, to_plain
from pfmp_cli.press.merging.packed_master import recipe_of

NAME = "manifest.json"
_FORMAT = 1


class NotAManifest(ValueError):
    """A text that `format_manifest` did not write."""


@dataclass(frozen=True, slots=True)
class Entry:
    """What is known of a file. All but `taille` (bytes) and `sha256` is known before it is made.

    `stage` is the letter of that of the period, '' for the first. `master` is the key of its
    master, `valeurs` the hash of what it says of a pupil; `liste` and `eleve` are opaque. `tirage`
    is the kind of a file of no one pupil, '' for a pupil's own. `vides` are the fields whose value
    could not be shown, `contenu` the stamps of the documents that a file of no one pupil holds.
    """

    document: str
    master: str
    valeurs: str
    liste: str = ""
    eleve: str = ""
    classe: str = ""
    option: str = ""
    periode: str = ""
    stage: str = ""
    tirage: str = ""
    vides: tuple[str, ...] = ()
    contenu: tuple[str, ...] = ()
    taille: int = 0
    sha256: str = ""

    def says_the_same(self, other: Entry) -> bool:
        """Whether it is the same document, whatever system laid it out."""
        recipes = recipe_of(self.master), recipe_of(other.master)
        return recipes[0] == recipes[1] and self.valeurs == other.valeurs


def opaque(*texts: str) -> str:
    """What stands for `texts`: the same for the same ones, and not them."""
    joined = "\0".join(texts).encode("utf-8", "surrogatepass")
    return hashlib.blake2b(joined, digest_size=16, usedforsecurity=False).hexdigest()


def key_of(path: str) -> str:
    """The key of the file at `path` (relative, with `/`), the same whatever the case, as
    files are on Windows and macOS."""
    return opaque(path.lower())


def stamp(key: str, digest: str) -> str:
    """A file as it is, in a word: by its key and its SHA-256."""
    return opaque(key, digest)[:16]


def read_manifest(content: bytes) -> dict[str, Entry]:
    """The entries by key. Raises NotAManifest."""
    try:
        known = json.loads(content)
        if known["pfmp"] != _FORMAT:
            raise NotAManifest
        return {key: from_plain(Entry, entry) for key, entry in known["fichiers"].items()}
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as exception:
        raise NotAManifest from exception


def format_manifest(entries: Mapping[str, Entry]) -> bytes:
    """The text of a manifest, an entry a line, in the order of the keys."""
    lines = ",\n".join(
        f'"{key}": {json.dumps(to_plain(entries[key]), ensure_ascii=False)}'
        for key in sorted(entries)
    )
    return f'{{"pfmp": {_FORMAT}, "fichiers": {{\n{lines}\n}}}}\n'.encode()


@lru_cache(maxsize=64)
def _hash_first(part: bytes) -> hashlib._Hash:
    return hashlib.sha256(part)


def hash_parts(parts: Sequence[bytes]) -> str:
    """The SHA-256 of `parts`; that of a master is taken once for all its pupils."""
    if len(parts) == 1:
        return hashlib.sha256(parts[0]).hexdigest()
    digest = _hash_first(parts[0]).copy()
    for part in parts[1:]:
        digest.update(part)
    return digest.hexdigest()
