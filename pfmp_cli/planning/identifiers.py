"""What a document of a pupil is known by when it comes back: `7KD2M9QX-4F3A2-9XC1`.

Whose it is, which document it is, and of which master: three parts, each of which can be worked
out again. They say nothing to whoever has not the school's key.
"""

import hashlib

from pfmp_cli.planning.plan import PlannedDocument, name_file
from pfmp_cli.text import fold

_SIGNS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # without those that a hand takes for others
_PUPIL, _DOCUMENT, _MASTER = 8, 5, 4  # signs


def make_identifier(
    document: PlannedDocument, key: bytes, sigle: str, year: str, master: str
) -> str:
    """The identifier of a document; `key` is the school's, `sigle` that of the diploma, `year`
    the school year, and `master` the recipe of the master that it is made of."""
    edition = document.edition
    codes = (edition.document, edition.classe, edition.option or "", edition.periode or "")
    which = (sigle, year, *codes, ",".join(sorted(edition.variantes)), document.eleve.letter)
    pupil = _hash(_PUPIL, key, *_identify_pupil(document))
    return "-".join((pupil, _hash(_DOCUMENT, key, *which), _hash(_MASTER, key, master)))


def _identify_pupil(document: PlannedDocument) -> tuple[str, ...]:
    """What does not change when the list does: the name, and what tells namesakes apart; else the
    division and the name as no other pupil's files begin."""
    eleve = document.eleve
    ine, born = fold(eleve.values.get("eleve.ine", "")), str(eleve.date_naissance or "")
    if ine or born:
        return name_file(eleve).lower(), ine, born
    return (document.path.removesuffix(f"_{document.edition.label}{eleve.letter}.pdf").lower(),)


def _hash(length: int, key: bytes, *texts: str) -> str:
    joined = "\0".join(texts).encode("utf-8", "surrogatepass")
    number = int.from_bytes(hashlib.blake2b(joined, digest_size=8, key=key).digest(), "big")
    return "".join(_SIGNS[number >> 5 * n & 31] for n in range(length))
