"""A workbook for people to go on with: whole tables under filters, and nobody's work lost."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from pfmp_cli.diagnostics import OutputRefused
from pfmp_cli.output.spreadsheet import Sheet, Value, write_workbook
from tests.systems import UNIX

TITLES = ("Nom", "Ville", "Du")
ROWS: list[list[Value]] = [["ROY", None, date(2026, 1, 19)], ["=1+1", "x" * 90, None]]


def sheet_xml(path: Path, number: int = 1) -> str:
    with zipfile.ZipFile(path) as archive:
        return archive.read(f"xl/worksheets/sheet{number}.xml").decode()


@pytest.mark.parametrize("rows", [ROWS, ROWS[:1], []], ids=len)
def test_the_filter_has_all_of_the_table_and_the_titles_stay(
    tmp_path: Path, rows: list[list[Value]]
) -> None:
    xml = sheet_xml(write_workbook(tmp_path / "a.xlsx", "Recap", [Sheet("T1", TITLES, rows)]))

    assert f'<autoFilter ref="A1:C{len(rows) + 1}"/>' in xml
    assert 'ySplit="1"' in xml
    assert 'xSplit="' not in xml
    assert 'orientation="landscape"' in xml
    assert 'fitToHeight="0"' in xml


def test_columns_are_as_wide_as_what_they_hold_up_to_a_limit(tmp_path: Path) -> None:
    xml = sheet_xml(write_workbook(tmp_path / "a.xlsx", "Recap", [Sheet("T1", TITLES, ROWS)]))
    widths = [round(float(width)) for width in re.findall(r'<col [^>]*width="([\d.]+)"', xml)]

    assert widths == [7, 41, 13]  # « =1+1 », the limit, a date as it is written


def test_cells_are_what_they_were(tmp_path: Path) -> None:
    path = write_workbook(tmp_path / "new/a.xlsx", "Recap", [Sheet("T1", TITLES, ROWS)])
    sheet = CalamineWorkbook.from_path(str(path)).get_sheet_by_name("T1").to_python()

    assert sheet == [
        [*TITLES], ["ROY", "", date(2026, 1, 19)], ["=1+1", "x" * 90, ""]
    ]  # fmt: skip
    assert "<f>" not in sheet_xml(path)


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        (["T1", "t1", "T1"], ["T1", "t1 2", "T1 3"]),
        (["a/b:c*[d]?\\"], ["a-b-c--d---"]),
        (["'T1 '", "", "''"], ["T1", "feuille", "feuille 2"]),
        (["x" * 40, "x" * 41], ["x" * 31, "x" * 27 + " 2"]),
    ],
)
def test_a_sheet_has_a_name_that_it_may_have_and_no_other_has(
    tmp_path: Path, names: list[str], expected: list[str]
) -> None:
    path = write_workbook(tmp_path / "a.xlsx", "R", [Sheet(name, TITLES, ROWS) for name in names])

    assert CalamineWorkbook.from_path(str(path)).sheet_names == expected


def saved_by_someone(path: Path) -> None:
    """As spreadsheets do it: the date of the last change is another."""
    with zipfile.ZipFile(path) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    dated = b"2000-01-01T00:00:00Z</dcterms:modified>"
    assert dated in files["docProps/core.xml"]
    files["docProps/core.xml"] = files["docProps/core.xml"].replace(dated, b"2026" + dated[4:])
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)


def linked(path: Path) -> None:
    path.rename(path.with_name("elsewhere.xlsx"))
    path.symlink_to("elsewhere.xlsx")


@pytest.mark.parametrize(
    ("become", "code"),
    [
        (lambda path: None, None),
        (saved_by_someone, "sortie/document-modifie"),
        (lambda path: path.write_bytes(b"PK a letter"), "sortie/fichier-d-autrui"),
        (lambda path: zipfile.ZipFile(path, "w").close(), "sortie/fichier-d-autrui"),
        pytest.param(linked, "sortie/fichier-d-autrui", marks=UNIX),
    ],
    ids=["ours", "saved", "a letter", "an empty zip", "a link"],
)
def test_a_workbook_of_ours_alone_that_nobody_saved_is_written_anew(
    tmp_path: Path, become: Callable[[Path], object], code: str | None
) -> None:
    path = write_workbook(tmp_path / "a.xlsx", "Recap", [Sheet("T1", TITLES, ROWS)])
    first = path.read_bytes()
    become(path)
    before = path.read_bytes()
    if code is None:
        assert write_workbook(path, "Recap", [Sheet("T1", TITLES, ROWS)]).read_bytes() == first
        return
    with pytest.raises(OutputRefused) as refused:
        write_workbook(path, "Recap", [])
    assert [one.rule.code for one in refused.value.diagnostics] == [code]
    assert path.read_bytes() == before
