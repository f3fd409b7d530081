"""`pfmp recap`: the office's workbook, which people go on working with."""

from __future__ import annotations

import shutil
import zipfile
from datetime import date
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from pfmp_cli.cli import run
from pfmp_cli.shipped import shipped

EXAMPLES = shipped("examples")
PLACED = ["--stages", str(EXAMPLES / "stages.csv"), "--projet", str(EXAMPLES / "pfmp.yaml")]


def recap(target: Path, *options: str) -> dict[str, list[list[object]]]:
    assert run(["recap", str(EXAMPLES / "eleves.csv"), *PLACED, "-o", str(target), *options]) == 0
    book = CalamineWorkbook.from_path(str(target))
    return {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}


@pytest.fixture(scope="module")
def sheets(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[list[object]]]:
    return recap(tmp_path_factory.mktemp("recap") / "recap.xlsx")


def rows(sheet: list[list[object]]) -> list[dict[str, object]]:
    titles, *lines = sheet
    return [dict(zip(map(str, titles), line, strict=True)) for line in lines]


def test_each_division_has_a_sheet_with_a_row_for_each_pupil_and_period(
    sheets: dict[str, list[list[object]]],
) -> None:
    assert list(sheets) == ["PMCV1", "PMCV2", "SMRC1", "TMCV1", "TMCV2", "Visites", "À compléter"]
    pupils = [(row["Nom"], row["Période"]) for row in rows(sheets["TMCV1"])]
    assert pupils == sorted(pupils)
    assert len(pupils) == 6
    named = {row["Nom"] for row in rows(sheets["TMCV1"])}
    assert named == {"D’HÉROUVILLE", "NGUYỄN", "ÖZGÜR"}


def test_dates_are_dates_and_codes_are_text(sheets: dict[str, list[list[object]]]) -> None:
    row = next(
        row for row in rows(sheets["TMCV1"]) if (row["Nom"], row["Période"]) == ("ÖZGÜR", "2")
    )

    assert (row["Du"], row["Au"]) == (date(2026, 1, 19), date(2026, 2, 7))  # the pupil's own
    assert (row["Jours prévus"], row["En plusieurs fois"]) == (18, "")
    assert (row["Code postal"], row["Téléphone"]) == ("12000", "05 36 49 10 50")


def test_visits_go_by_teacher_and_only_where_there_is_a_company(
    sheets: dict[str, list[list[object]]],
) -> None:
    visits = rows(sheets["Visites"])
    teachers = [str(row["Professeur référent"]) for row in visits]

    assert all(row["Entreprise"] for row in visits)
    assert teachers == sorted(teachers, key=lambda name: (not name, name))
    assert len(set(teachers)) == 3  # two of them, and none


def test_what_is_missing_is_said(sheets: dict[str, list[list[object]]]) -> None:
    placed = [
        row for name, sheet in sheets.items() if name[1:4] in ("MCV", "MRC") for row in rows(sheet)
    ]
    missing = rows(sheets["À compléter"])

    assert {row["Il manque"] for row in missing} >= {"entreprise"}
    assert sum(row["Il manque"] == "entreprise" for row in missing) == sum(
        not row["Entreprise"] for row in placed
    )


def test_a_row_that_is_refused_and_pieces_of_a_period_are_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("liste.csv").write_text("nom;prenom;division\nROY;Ana;TMCV1\nUN;Zoé;TMCV1\n", "utf-8")
    Path("stages.csv").write_text(
        "nom;prenom;période;du;au;entreprise\nROY;Ana;2;19/01/2026;18/01/2026;X\n"
        "UN;Zoé;2;12/01/2026;17/01/2026;Y\nUN;Zoé;2;26/01/2026;31/01/2026;Y\n",
        "utf-8",
    )
    projet = ("--projet", str(EXAMPLES / "pfmp.yaml"), "--period", "2")

    assert run(["recap", "liste.csv", "--stages", "stages.csv", *projet]) == 3
    book = CalamineWorkbook.from_path("recapitulatif.xlsx")
    roy, un = rows(book.get_sheet_by_name("TMCV1").to_python())
    missing = rows(book.get_sheet_by_name("À compléter").to_python())
    assert (roy["Entreprise"], roy["En plusieurs fois"]) == ("", "")
    assert un["En plusieurs fois"] == (
        "du lundi 12 janvier au samedi 17 janvier, puis du lundi 26 janvier au samedi 31 janvier "
        "2026"
    )
    assert [(row["Nom"], row["Il manque"]) for row in missing] == [
        ("ROY", "stage en erreur dans le fichier"),
        ("UN", "tuteur, téléphone"),
    ]


def test_the_same_list_gives_the_same_bytes_in_the_same_place(tmp_path: Path) -> None:
    recap(tmp_path / "recap.xlsx")
    first = (tmp_path / "recap.xlsx").read_bytes()
    recap(tmp_path / "recap.xlsx")

    assert (tmp_path / "recap.xlsx").read_bytes() == first


def test_a_workbook_that_somebody_has_saved_is_not_overwritten(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    recap(tmp_path / "recap.xlsx")
    saved = tmp_path / "saved.xlsx"
    with zipfile.ZipFile(tmp_path / "recap.xlsx") as ours, zipfile.ZipFile(saved, "w") as theirs:
        for name in ours.namelist():
            content = ours.read(name)
            if name == "docProps/core.xml":
                content = (
                    content[: content.rindex(b"2000")]
                    + b"2026"
                    + content[content.rindex(b"2000") + 4 :]
                )
            theirs.writestr(name, content)
    before = saved.read_bytes()
    capsys.readouterr()

    assert run(["recap", str(EXAMPLES / "eleves.csv"), *PLACED, "-o", str(saved)]) == 3
    assert saved.read_bytes() == before
    assert "rempli ou modifié" in capsys.readouterr().err


@pytest.mark.parametrize("content", [b"", b"nom;prenom\n", b"PK\x05\x06" + bytes(18)])
def test_a_file_of_somebody_else_is_not_overwritten(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "mine.xlsx").write_bytes(content)
    target = str(tmp_path / "mine.xlsx")

    assert run(["recap", str(EXAMPLES / "eleves.csv"), *PLACED, "-o", target]) == 3
    assert (tmp_path / "mine.xlsx").read_bytes() == content


def test_a_cell_is_never_a_formula_and_a_division_may_have_any_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    names = ("T/MCV:1", "t/mcv:1", "T" * 40)
    lines = [f"=1+1;Zoé;{name};terminale;B;01/02/2009" for name in names]
    text = "\n".join(["nom;prenom;division;classe;option;date_naissance", *lines])
    Path("liste.csv").write_text(text.replace("=1+1", "+33"), "utf-8")

    assert run(["recap", "liste.csv"]) in (0, 3)
    book = CalamineWorkbook.from_path("recapitulatif.xlsx")
    assert "Visites" in book.sheet_names
    assert all(len(name) <= 31 for name in book.sheet_names)


def test_a_period_may_be_chosen(tmp_path: Path) -> None:
    sheets = recap(tmp_path / "recap.xlsx", "--period", "1", "--class", "terminale")

    assert list(sheets)[:-2] == ["TMCV1", "TMCV2"]
    assert {row["Période"] for row in rows(sheets["TMCV1"])} == {"1"}


def test_without_a_list_the_workbook_has_all_those_that_pfmp_yaml_declares(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("eleves.csv", "stages.csv"):
        shutil.copy(EXAMPLES / name, tmp_path)
    (tmp_path / "autres.csv").write_text("nom;prenom;division\nROY;Ana;TMCV1\nUN;Zoé;PMCV1\n")
    school = (EXAMPLES / "pfmp.yaml").read_text("utf-8").replace("logo:", "# logo:")
    more = "    - {fichier: autres.csv}\n    - {fichier: eleves.csv, classe: terminale}\n  vierges:"
    (tmp_path / "pfmp.yaml").write_text(school.replace("  vierges:", more), "utf-8")
    recap(tmp_path / "one.xlsx", "--division", "TMCV1")
    monkeypatch.chdir(tmp_path)

    assert run(["recap", "--division", "TMCV1,PMCV1"]) == 0
    book = CalamineWorkbook.from_path("recapitulatif.xlsx")
    assert book.sheet_names == ["PMCV1", "TMCV1", "Visites", "À compléter"]
    theirs = rows(book.get_sheet_by_name("TMCV1").to_python())
    one = rows(CalamineWorkbook.from_path("one.xlsx").get_sheet_by_name("TMCV1").to_python())
    assert [row for row in theirs if row["Nom"] != "ROY"] == one
    assert [row["Période"] for row in theirs if row["Nom"] == "ROY"] == ["1", "2"]


def test_where_no_list_is_declared_that_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)

    assert run(["recap"]) == 1
    assert "pfmp.yaml n'en déclare aucune" in capsys.readouterr().err
