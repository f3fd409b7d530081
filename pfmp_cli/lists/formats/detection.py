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
from pfmp_cli.lists.formats.csv import TextTable, fold, open_text_table
from pfmp_cli.lists.formats.no_header import add_titles
from pfmp_cli.lists.formats.sheet import Table, join_titles

ZIP = b"PK\x03\x04"
XML = re.compile(rb"(?:\xef\xbb\xbf)?\s*<(?:\?xml|!DOCTYPE|BEE_ELEVES)\b")
AIDE_ARCHIVE = "ouvrez l'archive, et donnez la liste des élèves qu'elle contient"


def open_table(
    fichier: str, contenu: bytes, titres: Mapping[str, str], sans_titres: bool = True
) -> Table:
    """The rows of a CSV file, of a workbook, or of SIECLE's XML, bare or in an archive.

    `titres` are folded titles → fields; with `sans_titres`, a list of names may go without.
    Raises InputRefused.
    """
    table = _open(fichier, contenu, titres, sans_titres)
    if (colonnes := len(table.header.cells)) > COLONNES_MAXIMUM:
        message = f"la ligne de titres a {colonnes} colonnes ; {COLONNES_MAXIMUM} au plus sont lues"
        position = table.row_position(table.header.line)
        raise InputRefused([error(message, position, "ne gardez que la liste")])
    return table


def _open(fichier: str, contenu: bytes, titres: Mapping[str, str], sans_titres: bool) -> Table:
    if len(contenu) > TAILLE_MAXIMALE:
        raise InputRefused([too_large(fichier, "le fichier", len(contenu))])
    if contenu.startswith(ZIP):
        return _open_zip(fichier, contenu, titres)
    if XML.match(contenu):
        from pfmp_cli.lists.formats.siecle_xml import open_siecle

        return open_siecle(fichier, contenu)
    return _open_text(fichier, contenu, titres, sans_titres)


def _open_text(
    fichier: str, contenu: bytes, titres: Mapping[str, str], sans_titres: bool = True
) -> TextTable:
    def is_title(titre: str) -> bool:
        return fold(titre) in titres or is_ignored(titre)

    tableau = open_text_table(fichier, contenu, lambda titre: fold(titre) in titres)
    champs = {titres.get(fold(titre)) for titre in tableau.header.cells}
    untitled = champs.isdisjoint((*IDENTITE, "eleve.nom_prenom")) and len(champs) < 3
    if sans_titres and untitled:
        return add_titles(tableau) or tableau
    return join_titles(tableau, is_title)


def _open_zip(fichier: str, contenu: bytes, titres: Mapping[str, str]) -> Table:
    archive = open_archive(fichier, contenu)
    noms = archive.namelist()
    if "xl/workbook.xml" in noms:
        from pfmp_cli.lists.formats.workbook import open_workbook

        feuille = open_workbook(fichier, contenu, titres)
        return join_titles(feuille, lambda titre: fold(titre) in titres or is_ignored(titre))
    if "mimetype" in noms:  # OpenDocument
        return _open_text(fichier, contenu, titres)
    from pfmp_cli.lists.formats.siecle_xml import open_siecle

    nom = _find_xml(fichier, noms)
    return open_siecle(f"{fichier}/{nom}", read_member(fichier, archive, nom))


def _find_xml(fichier: str, noms: list[str]) -> str:
    """The file of pupils in an archive of SIECLE. Raises InputRefused."""
    xml = [nom for nom in noms if nom.lower().endswith(".xml")]
    eleves = [nom for nom in xml if fold(nom.rpartition("/")[2]).startswith("eleves")]
    choix = eleves or xml
    if len(choix) == 1:
        return choix[0]
    combien = "contient plusieurs fichiers" if choix else "ne contient pas de fichier"
    raise InputRefused([error(f"l'archive {combien} d'élèves", Position(fichier), AIDE_ARCHIVE)])
