"""Files made to be endless: each is refused in words, and none takes the memory or the time
that it asks for. (Bombs of entities and archives: `test_fichiers`, `test_yaml_source`.)"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest

from pfmp_cli.diagnostics import InputRefused
from pfmp_cli.domain.projet import read_projet
from pfmp_cli.domain.referentiel import Referentiel
from pfmp_cli.lists.class_file import read_eleves
from pfmp_cli.lists.formats.archive import COLONNES_MAXIMUM, LIGNES_MAXIMUM
from pfmp_cli.lists.formats.csv import LIGNES_MAXIMUM as LIGNES_DE_TEXTE
from pfmp_cli.loading import make_schema
from tests.inputs.test_fichiers import workbook
from tests.mutations import limited

AIDE = "ne gardez que la liste"
ELEVE = "<ELEVE ELEVE_ID='1'><NOM>A</NOM><PRENOM>B</PRENOM></ELEVE>"


def swap(content: bytes, name: str, data: bytes) -> bytes:
    """A workbook with another file in the place of one of its own."""
    target = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as old,
        zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for member in old.namelist():
            new.writestr(member, data if member == name else old.read(member))
    return target.getvalue()


def workbook_that_swells() -> bytes:
    return swap(workbook([["nom", "prenom"]]), "xl/worksheets/sheet1.xml", b" " * 2**24)


def xml_of_a_town() -> bytes:
    eleves = ELEVE * (LIGNES_MAXIMUM + 1)
    return f"<BEE_ELEVES><DONNEES><ELEVES>{eleves}</ELEVES></DONNEES></BEE_ELEVES>".encode()


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (workbook_that_swells,
         "c l'archive est faite pour saturer l'ordinateur : elle est refusée | refaites l'export, "
         "ou enregistrez la liste au format « CSV UTF-8 »"),
        (lambda: b"nom;prenom\n" + b"a;b\n" * LIGNES_DE_TEXTE,
         f"c le fichier a {LIGNES_DE_TEXTE + 1} lignes ; {LIGNES_DE_TEXTE} au plus sont lues | "
         f"{AIDE}"),
        (lambda: ("nom;prenom" + ";x" * COLONNES_MAXIMUM).encode(),
         f"c:1 la ligne de titres a {COLONNES_MAXIMUM + 2} colonnes ; {COLONNES_MAXIMUM} au plus "
         f"sont lues | {AIDE}"),
        (xml_of_a_town,
         f"c le fichier XML a plus de {LIGNES_MAXIMUM} élèves | donnez le fichier "
         "« ElevesSansAdresses.xml » de SIECLE, ou l'archive qui le contient"),
        (lambda: b"a" * 2**22,
         "c:1 le fichier n'a pas de ligne de titres : « nom » et « prenom » sont introuvables | "
         "donnez un titre à chaque colonne, par exemple : nom;prenom;division"),
    ],
)  # fmt: skip
def test_a_list_without_measure_is_refused(
    referentiel: Referentiel, make: Callable[[], bytes], said: str
) -> None:
    content = make()
    with limited(), pytest.raises(InputRefused) as refused:
        read_eleves("c", content, make_schema(referentiel))

    assert [f"{d.position} {d.message} | {d.help}" for d in refused.value.diagnostics] == [said]


def laughs() -> str:
    names = "abcdefghijklmnop"
    lines = ["a: &a [ha]\n"]
    lines += [f"{n}: &{n} [{', '.join([f'*{before}'] * 9)}]\n" for before, n in pairwise(names)]
    return "".join(lines)


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (lambda: "a: 1\n" * 2**18, "le fichier fait plus de 1 Mo"),
        (laughs, "« &a » : les ancres, alias et étiquettes YAML ne sont pas admis"),
        (lambda: "a: " + "[" * 1_000_000, "les listes sont trop imbriquées"),
        (lambda: "\n".join(" " * n + "a:" for n in range(1000)), "les listes sont trop imbriquées"),
    ],
)
def test_a_yaml_without_measure_is_refused(
    referentiel: Referentiel, tmp_path: Path, make: Callable[[], str], said: str
) -> None:
    path = tmp_path / "pfmp.yaml"
    path.write_text(make(), encoding="utf-8")
    with limited(), pytest.raises(InputRefused) as refused:
        read_projet(path, referentiel)

    assert refused.value.diagnostics[0].message == said
