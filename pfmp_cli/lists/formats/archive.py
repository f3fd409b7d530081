"""A zip file, opened only as far as its sizes are honest."""

from __future__ import annotations

import io
import zipfile
import zlib

from pfmp_cli.diagnostics import Diagnostic, InputRefused, Position, error

# A school of 3,000 pupils makes a workbook or an XML file of some 10 MB.
TAILLE_MAXIMALE = 32 * 2**20
# Deflate packs text 5 to 50 times; only a file made for it is packed more.
TASSEMENT_MAXIMUM, TASSEMENT_SUSPECT = 200, 2**20
FICHIERS_MAXIMUM = 500
LIGNES_MAXIMUM, COLONNES_MAXIMUM = 20_000, 200  # of a list
AIDE_EXPORT = "refaites l'export, ou enregistrez la liste au format « CSV UTF-8 »"
# What `zipfile` raises on an archive that is broken, encrypted or packed in an unusual way
# (NotImplementedError is a RuntimeError).
FAUTES = (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, RuntimeError)


def open_archive(file: str, content: bytes) -> zipfile.ZipFile:
    """The archive, none of whose files was unpacked. Raises InputRefused.

    `zipfile` never gives more bytes of a file than the archive declares, so that the sum of
    the sizes bounds what comes out.
    """
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
    except FAUTES as exception:
        raise InputRefused([broken(file)]) from exception
    infos = archive.infolist()
    if len(infos) > FICHIERS_MAXIMUM:
        message = f"l'archive contient {len(infos)} fichiers ; {FICHIERS_MAXIMUM} au plus sont lus"
        raise InputRefused([error(message, Position(file), AIDE_EXPORT)])
    if (total := sum(info.file_size for info in infos)) > TAILLE_MAXIMALE:
        raise InputRefused([too_large(file, "une fois ouverte, l'archive", total)])
    if any(map(_is_bomb, infos)):
        message = "l'archive est faite pour saturer l'ordinateur : elle est refusée"
        raise InputRefused([error(message, Position(file), AIDE_EXPORT)])
    return archive


def _is_bomb(info: zipfile.ZipInfo) -> bool:
    tassement = info.file_size / max(1, info.compress_size)
    return info.file_size > TASSEMENT_SUSPECT and tassement > TASSEMENT_MAXIMUM


def read_member(file: str, archive: zipfile.ZipFile, nom: str) -> bytes:
    """Raises InputRefused."""
    if archive.getinfo(nom).flag_bits & 1:
        message = "l'archive est protégée par un mot de passe"
        raise InputRefused([error(message, Position(file), "ouvrez-la, et donnez son contenu")])
    try:
        return archive.read(nom)
    except FAUTES as exception:
        raise InputRefused([broken(file)]) from exception


def broken(file: str) -> Diagnostic:
    """What is said of an archive that cannot be read to its end."""
    return error("l'archive est abîmée ou incomplète", Position(file), AIDE_EXPORT)


def too_large(file: str, what: str, size: int) -> Diagnostic:
    """`what` is feminine or begins a sentence: « … fait 80 Mo »."""
    maximum = TAILLE_MAXIMALE // 2**20
    message = f"{what} fait {-(-size // 2**20)} Mo ; {maximum} au plus sont lus"
    return error(message, Position(file), AIDE_EXPORT)
