"""Workbooks of each kind, read by cell; those that cannot be, refused for their true cause."""

from __future__ import annotations

import io
import subprocess
import sys
import zipfile
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

import pytest
import xlsxwriter

from pfmp_cli.domain.referentiel import Referentiel
from tests.lists.formats.test_school_files import AIDE_EXPORT, Reader, editions, noms, told
from tests.workbooks import MAKERS, ODS, ods_of, old_workbook, swap, workbook, zipped

Make = Callable[..., bytes]
SHEET = "xl/worksheets/sheet1.xml"
# Read with a gigabyte of memory, in a process of its own: it would not outlive a rectangle.
READ = """
import resource, sys
resource.setrlimit(resource.RLIMIT_AS, (2**30, 2**30))
from pathlib import Path
from pfmp_cli.diagnostics import InputRefused
from pfmp_cli.lists.formats.detection import open_table
try:
    table = open_table("c", Path(sys.argv[1]).read_bytes(), {"nom": "eleve.nom"})
    print([list(filter(None, row.cells)) for row in table.rows()])
except InputRefused as refused:
    print(refused.diagnostics[0].message)
"""


@pytest.fixture
def reader(referentiel: Referentiel) -> Reader:
    return Reader(referentiel)


@pytest.fixture(params=MAKERS)
def make(request: pytest.FixtureRequest) -> Make:
    return MAKERS[request.param]


def test_a_workbook_gives_dates_postcodes_and_numbers_as_they_were_typed(
    reader: Reader, make: Make
) -> None:
    titres = ["Nom", "Prénom", "Né(e) le", "CP", "Tél.", "pfmp1_siret", "primo_entrant", "Ville"]
    row = ["LE GOFF", "Yann", datetime(2009, 2, 1), 1000, 561000000, 11700010, True, 12.5]
    (eleve,) = reader.read(make([titres, row])).eleves

    assert list(eleve.values.values()) == [
        "LE GOFF", "Yann", "01/02/2009", "01000", "0561000000", "00000011700010", "oui", "12.5"
    ]  # fmt: skip
    assert eleve.date_naissance == date(2009, 2, 1)


def test_an_unlikely_value_of_a_workbook_is_told_at_its_cell(reader: Reader, make: Make) -> None:
    titres = ["Nom", "Prénom", "CP", "Tél.", "pfmp1_siret"]
    content = make([titres, ["A", "B", 1000, 561000000, 11700011], ["C", "D", 999, "06", None]],
                       titles=["Élèves"])  # fmt: skip
    lecture = reader.read(content, "l.xlsx")

    assert told(lecture.diagnostics) == [
        "avertissement l.xlsx:2:5 le SIRET « 00000011700011 » est faux : sa clé de contrôle ne "
        "convient pas | recopiez-le : un chiffre est faux, ou deux sont échangés",
        "avertissement l.xlsx:3:3 « 999 » n'est pas un code postal | "
        "écrivez ses cinq chiffres seuls",
        "avertissement l.xlsx:3:4 « 06 » n'est pas un numéro de téléphone | "
        "écrivez ses dix chiffres, ou + et l'indicatif du pays",
    ]
    assert len(lecture.eleves) == 2


def test_the_first_visible_sheet_with_names_is_the_list(reader: Reader, make: Make) -> None:
    content = make(
        [["Nom", "Prénom"], ["CACHÉ", "Zoé"]],
        [["Nom", "Total"], ["TMCV1", 24]],
        [["Liste des élèves"], [], ["Élèves", "Classe"], ["LE GOFF Yann", "TMCV1"]],
        [["Nom", "Prénom"], ["AUTRE", "Zoé"]],
        hidden=0,
    )

    assert noms(reader.read(content)) == [("LE GOFF", "Yann")]


def test_a_fault_in_a_workbook_is_told_at_its_cell(reader: Reader, make: Make) -> None:
    content = make([[], ["Nom", "Prénom", "Né le"], ["A", "B", "hier"], [None, "D", None]],
                       titles=["Élèves"])  # fmt: skip
    lecture = reader.read(content, "l.xlsx")

    assert told(lecture.diagnostics) == [
        "erreur l.xlsx:3:3 « hier » n'est pas une date de la forme JJ/MM/AAAA | "
        "écrivez par exemple 05/03/2008",
        "erreur l.xlsx:4:1 le nom manque | complétez la cellule, ou supprimez la ligne",
    ]
    assert [d.position.label for d in lecture.diagnostics] == [
        "Élèves!C3, Né le", "Élèves!A4, Nom"
    ]  # fmt: skip


def test_a_workbook_without_a_list_is_refused(reader: Reader, make: Make) -> None:
    assert reader.refused(make([["Bonjour"]], [])) == [
        "erreur c aucune feuille du classeur n'a de ligne de titres avec « nom » et « prenom » | "
        "donnez un titre à chaque colonne, par exemple : nom, prenom, division"
    ]


def test_a_workbook_that_lacks_a_column_says_which(reader: Reader, make: Make) -> None:
    assert reader.refused(make([["Nom", "Ville"], ["A", "B"]])) == [
        "erreur c:1 la colonne « prenom » manque | "
        "ajoutez-la, ou renommez ainsi celle qui en tient lieu"
    ]


def test_a_mef_that_a_workbook_made_a_number_is_a_code(reader: Reader, make: Make) -> None:
    lecture = reader.read(make([["Nom", "Prénom", "mef_code"], ["A", "B", 24731214334]]))

    assert editions(reader.plan(lecture)) == [("A", "terminale", "B")]


def test_a_cell_in_error_is_empty(reader: Reader) -> None:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out)
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, ["Nom", "Prénom", "pfmp1_entreprise"])
    sheet.write_row(1, 0, ["A", "B"])
    sheet.write_formula(1, 2, "=NA()", None, "#N/A")
    book.close()
    (eleve,) = reader.read(out.getvalue()).eleves

    assert eleve.values == {"eleve.nom": "A", "eleve.prenom": "B"}


def test_a_number_that_no_calendar_has_stays_a_number(reader: Reader, make: Make) -> None:
    content = make([["Nom", "Prénom", "Ville"], ["A", "B", 4_000_000]])

    assert reader.read(content).eleves[0].values["eleve.ville"] == "4000000"


def test_a_workbook_of_the_strict_standard_is_read(reader: Reader) -> None:
    """Excel's « Strict Open XML » is the same under other names."""
    content = workbook([["Nom", "Prénom", "Né le"], ["A", "B", datetime(2009, 2, 1)]])
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for name in archive.namelist():
            data = archive.read(name)
            for old, new in (
                (b"schemas.openxmlformats.org/spreadsheetml/2006/main",
                 b"purl.oclc.org/ooxml/spreadsheetml/main"),
                (b"schemas.openxmlformats.org/officeDocument/2006/relationships",
                 b"purl.oclc.org/ooxml/officeDocument/relationships"),
            ):  # fmt: skip
                data = data.replace(old, new)
            content = swap(content, name, data)

    assert b"purl.oclc.org/ooxml/spreadsheetml" in zipfile.ZipFile(io.BytesIO(content)).read(SHEET)
    assert reader.read(content).eleves[0].date_naissance == date(2009, 2, 1)


def far(*places: str) -> bytes:
    """A workbook with a title in A1 and a value in each of these cells."""
    cells = "".join(f'<row><c r="{place}" t="str"><v>nom</v></c></row>' for place in places)
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    sheet = f'<worksheet xmlns="{main}"><sheetData>{cells}</sheetData></worksheet>'
    return swap(workbook([["x"]]), SHEET, sheet.encode())


def repeated(columns: int, rows: int, before: int = 0) -> bytes:
    """An OpenDocument with a title in A1, and a value that is repeated below blank rows."""
    cell = '<table:table-cell office:value-type="string"{}><text:p>{}</text:p></table:table-cell>'
    many = cell.format(f' table:number-columns-repeated="{columns}"', "x")
    blank = f'<table:table-row table:number-rows-repeated="{before}"><table:table-cell/>'
    return ods_of(
        f'<table:table table:name="a"><table:table-row>{cell.format("", "nom")}</table:table-row>'
        + (f"{blank}</table:table-row>" if before else "")
        + f'<table:table-row table:number-rows-repeated="{rows}">{many}</table:table-row>'
        "</table:table>"
    )


def far_in_an_old_workbook() -> bytes:
    rows: list[list[str | None]] = [["nom"], *[[]] * 19_997, [None] * 255 + ["x"], ["y"]]
    return old_workbook(rows)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (far("A1", "XFD1048576"), "une feuille du classeur va jusqu'à la cellule XFD1048576"),
        (far("A1", "A20001"), "la feuille « Sheet1 » a plus de 20000 lignes"),
        (far("A1", "XFD3"), "[]"),  # beyond the columns that are read
        (far("A1", "C3"), "[['nom']]"),
        (repeated(1000, 20_000), "une feuille du classeur va jusqu'à la cellule ALL20001"),
        (
            repeated(16_000, 1, 10**6),
            "une feuille du classeur va jusqu'à la cellule WQJ1000002",
        ),
        (repeated(2, 2), "[['x', 'x'], ['x', 'x']]"),
        (far_in_an_old_workbook(), "[['y']]"),
    ],
    ids=["xlsx corner", "xlsx long", "xlsx wide", "xlsx", "ods", "ods below", "ods few", "xls"],
)
def test_a_cell_far_away_does_not_end_the_process(
    tmp_path: Path, content: bytes, said: str
) -> None:
    path = tmp_path / "c"
    path.write_bytes(content)
    done = subprocess.run(
        [sys.executable, "-c", READ, str(path)], capture_output=True, text=True, check=False
    )

    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith(said)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("\n<!DOCTYPE html>\n<html><table>",
         "le fichier est une page web, quel que soit son nom | ouvrez-le dans un tableur, et "
         "enregistrez-le comme classeur ou au format « CSV UTF-8 »"),
        ('<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?>\n'
         '<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>',
         "le fichier est une « feuille de calcul XML 2003 », quel que soit son nom | ouvrez-le "
         "dans un tableur, et enregistrez-le comme classeur ou au format « CSV UTF-8 »"),
        (b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"),
         "le classeur est protégé par un mot de passe | enregistrez-le sans mot de passe, ou au "
         "format « CSV UTF-8 »"),
        (zipped(mimetype=ODS.encode(), content_xml=b"?",
                **{"META-INF__manifest_xml": b"<manifest:encryption-data/>"}),
         "le classeur est protégé par un mot de passe | enregistrez-le sans mot de passe, ou au "
         "format « CSV UTF-8 »"),
        (b"\xd0\xcf\x11\xe0" * 300,
         f"le classeur est abîmé, ou ce n'est pas un classeur Excel | {AIDE_EXPORT}"),
        (swap(workbook([["nom"]]), SHEET, b"<worksheet><sheetData>"),
         f"le classeur est abîmé, ou ce n'est pas un classeur Excel | {AIDE_EXPORT}"),
        (swap(workbook([["nom"]]), SHEET, b"<?xml version='1.0' encoding='zut'?><sheetData/>"),
         f"le classeur est abîmé, ou ce n'est pas un classeur Excel | {AIDE_EXPORT}"),
        (swap(workbook([["nom"]]), "xl/styles.xml", b"<styleSheet"),
         f"le classeur est abîmé, ou ce n'est pas un classeur Excel | {AIDE_EXPORT}"),
    ],
)  # fmt: skip
def test_what_is_no_workbook_is_refused_for_its_true_cause(
    reader: Reader, content: str | bytes, said: str
) -> None:
    assert reader.refused(content) == [f"erreur c {said}"]


def test_a_workbook_without_a_known_title_is_told_to_have_none(reader: Reader, make: Make) -> None:
    (message,) = reader.refused(make([["Lunettes", "Chapeau"], ["rondes", "mou"]]))

    assert "aucune feuille du classeur n'a de ligne de titres" in message
