"""Bytes of a class file, whatever its shape → a table under its titles."""

from __future__ import annotations

import re
from collections.abc import Mapping

from pfmp_cli.diagnostics import InputRefused, Position, error
from pfmp_cli.lists.columns import IDENTITE, is_ignored
from pfmp_cli.lists.formats.archive import (
    COLONNES_MAXIMUM,
    TAILLE_MAXIMALE,
    open_archive,
    read_member,
    too_large,
)
from pfmp_cli.lists.formats.csv import TextTable, open_text_table
from pfmp_cli.lists.formats.no_header import add_titles
from pfmp_cli.lists.formats.sheet import Table, join_titles
from pfmp_cli.text import fold

ZIP = b"PK\x03\x04"
XML = re.compile(rb"(?:\xef\xbb\xbf)?\s*<(?:\?xml|!DOCTYPE|BEE_ELEVES)\b")
AIDE_ARCHIVE = "ouvrez l'archive, et donnez la liste des élèves qu'elle contient"


def open_table(
    file: str, content: bytes, titles: Mapping[str, str], sans_titres: bool = True
) -> Table:
    """The rows of a CSV file, of a workbook, or of SIECLE's XML, bare or in an archive.

    `titres` are folded titles → fields; with `sans_titres`, a list of names may go without.
    Raises InputRefused.
    """
    table = _open(file, content, titles, sans_titres)
    if (columns := len(table.header.cells)) > COLONNES_MAXIMUM:
        message = f"la ligne de titres a {columns} colonnes ; {COLONNES_MAXIMUM} au plus sont lues"
        position = table.row_position(table.header.line)
        raise InputRefused([error(message, position, "ne gardez que la liste")])
    return table


def _open(file: str, content: bytes, titles: Mapping[str, str], sans_titres: bool) -> Table:
    if len(content) > TAILLE_MAXIMALE:
        raise InputRefused([too_large(file, "le fichier", len(content))])
    if content.startswith(ZIP):
        return _open_zip(file, content, titles)
    if XML.match(content):
        from pfmp_cli.lists.formats.siecle_xml import open_siecle

        return open_siecle(file, content)
    return _open_text(file, content, titles, sans_titres)


def _open_text(
    file: str, content: bytes, titles: Mapping[str, str], sans_titres: bool = True
) -> TextTable:
    def is_title(title: str) -> bool:
        return fold(title) in titles or is_ignored(title)

    table = open_text_table(file, content, lambda title: fold(title) in titles)
    fields = {titles.get(fold(title)) for title in table.header.cells}
    untitled = fields.isdisjoint((*IDENTITE, "eleve.nom_prenom")) and len(fields) < 3
    if sans_titres and untitled:
        return add_titles(table) or table
    return join_titles(table, is_title)


def _open_zip(file: str, content: bytes, titles: Mapping[str, str]) -> Table:
    archive = open_archive(file, content)
    noms = archive.namelist()
    if "xl/workbook.xml" in noms:
        from pfmp_cli.lists.formats.workbook import open_workbook

        sheet = open_workbook(file, content, titles)
        return join_titles(sheet, lambda title: fold(title) in titles or is_ignored(title))
    if "mimetype" in noms:  # OpenDocument
        return _open_text(file, content, titles)
    from pfmp_cli.lists.formats.siecle_xml import open_siecle

    nom = _find_xml(file, noms)
    return open_siecle(f"{file}/{nom}", read_member(file, archive, nom))


def _find_xml(file: str, noms: list[str]) -> str:
    """The file of pupils in an archive of SIECLE. Raises InputRefused."""
    xml = [nom for nom in noms if nom.lower().endswith(".xml")]
    eleves = [nom for nom in xml if fold(nom.rpartition("/")[2]).startswith("eleves")]
    selection = eleves or xml
    if len(selection) == 1:
        return selection[0]
    how_many = "contient plusieurs fichiers" if selection else "ne contient pas de fichier"
    raise InputRefused([error(f"l'archive {how_many} d'élèves", Position(file), AIDE_ARCHIVE)])
