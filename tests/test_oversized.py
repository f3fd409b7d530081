"""Files made to be endless: each is refused in words, and none takes the memory or the time
that it asks for. (Bombs of entities and archives: `test_school_files`, `test_yaml_source`.)"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

import pytest

from pfmp_cli.diagnostics import InputRefused
from pfmp_cli.domain.projet import Projet
from pfmp_cli.domain.referentiel import Referentiel
from pfmp_cli.domain.selection import Selection
from pfmp_cli.lists.class_file import read_eleves
from pfmp_cli.lists.formats.csv import MOST_LINES
from pfmp_cli.lists.formats.table import MOST_COLUMNS, MOST_PUPILS
from pfmp_cli.loading.class_files import make_schema
from tests.mutations import limited
from tests.reading import load_class, read_projet
from tests.workbooks import swap, workbook

AIDE = "ne gardez que la liste"
ELEVE = "<ELEVE ELEVE_ID='1'><NOM>A</NOM><PRENOM>B</PRENOM></ELEVE>"


def workbook_that_swells() -> bytes:
    return swap(workbook([["nom", "prenom"]]), "xl/worksheets/sheet1.xml", b" " * 2**24)


def xml_of_a_town() -> bytes:
    eleves = ELEVE * (MOST_PUPILS + 1)
    return f"<BEE_ELEVES><DONNEES><ELEVES>{eleves}</ELEVES></DONNEES></BEE_ELEVES>".encode()


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (workbook_that_swells,
         "c le fichier est abîmé ou incomplet, ou n'est pas ce que dit son nom | refaites "
         "l'export, ou enregistrez la liste au format « CSV UTF-8 »"),
        (lambda: b"nom;prenom\n" + b"a;b\n" * MOST_LINES,
         f"c la liste a plus de {MOST_LINES} lignes | {AIDE}"),
        (lambda: ("nom;prenom" + ";x" * MOST_COLUMNS).encode(),
         f"c:1 la ligne de titres a {MOST_COLUMNS + 2} colonnes ; {MOST_COLUMNS} au plus "
         f"sont lues | {AIDE}"),
        (xml_of_a_town,
         f"c la liste a plus de {MOST_PUPILS} lignes | {AIDE}"),
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


def test_each_fault_of_a_row_without_end_is_found_in_its_beginning(
    referentiel: Referentiel,
) -> None:
    """Cut anew and quoted whole for each of 150 faults, it would take minutes and gigabytes."""
    titles = ";".join(f"pfmp{1 + n % 3}_siret" if n < 3 else f"x{n}" for n in range(150))
    row = f"A;B;{';'.join('1' * 1_000_000)}\n"
    with limited():
        read = read_eleves("c", f"nom;prenom;{titles}\n{row}".encode(), make_schema(referentiel))

    assert read.rows_refused == 1
    assert all(len(d.position.excerpt or "") < 30_000 for d in read.diagnostics if d.position)


def test_the_line_that_several_faults_show_is_in_memory_once(referentiel: Referentiel) -> None:
    """Else a list of 28 MB with four faults a row takes a hundred more."""
    content = b"nom;prenom;date_naissance;pfmp1_siret\nA;B;31/02/2008;1\n"
    first, second = read_eleves("c", content, make_schema(referentiel)).diagnostics

    assert first.position
    assert second.position
    assert first.position.excerpt is second.position.excerpt


def test_rows_without_end_of_one_pupil_are_read(referentiel: Referentiel, tmp_path: Path) -> None:
    """Each compared with all the rows before it, they would take minutes."""
    pupils, stages = tmp_path / "eleves.csv", tmp_path / "stages.csv"
    pupils.write_text("nom;prenom;classe;option\nROY;Ana;terminale;B\n", "utf-8")
    days = [date(2026, 1, 12) + timedelta(days=number % 30) for number in range(40_000)]
    rows = "".join(f"ROY;Ana;2;{day:%d/%m/%Y};{day:%d/%m/%Y};X\n" for day in days)
    stages.write_text(f"nom;prenom;période;du;au;entreprise\n{rows}", "utf-8")
    with limited():
        (eleve,) = load_class(pupils, stages, referentiel, Projet(), Selection()).eleves

    assert len(dict(eleve.dates)["2"]) == 30


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
