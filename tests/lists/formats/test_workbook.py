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
import xlwt

from pfmp_cli.domain.referentiel import Referentiel
from tests.lists.formats.test_school_files import ABIME, AIDE_EXPORT, Reader, editions, noms, told
from tests.workbooks import MAKERS, ODS, ods_of, old_workbook, swap, workbook, zipped

Make = Callable[..., bytes]
SHEET = "xl/worksheets/sheet1.xml"
# Read with a gigabyte of memory, in a process of its own: it would not outlive a rectangle.
READ = """
import sys
if sys.platform == "linux":
    import resource
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


PROTEGE = (
    "le fichier est protégé par un mot de passe | enregistrez-le sans mot de passe ; d'une "
    "archive, donnez le contenu"
)


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


def dated(system_1904: bool, number: float) -> bytes:
    """A workbook of one pupil, whose birth date is this number of days."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"date_1904": system_1904})
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, ["Nom", "Prénom", "Né(e) le"])
    sheet.write_row(1, 0, ["A", "B"])
    sheet.write_number(1, 2, number, book.add_format({"num_format": "dd/mm/yyyy"}))
    book.close()
    return out.getvalue()


@pytest.mark.parametrize("off", [0, 0.00002, -0.00002])
@pytest.mark.parametrize("system_1904", [False, True])
def test_a_date_seconds_off_midnight_is_its_day_in_both_systems(
    reader: Reader, system_1904: bool, off: float
) -> None:
    lecture = reader.read(dated(system_1904, 39_540 - 1462 * system_1904 + off))

    assert told(lecture.diagnostics) == []
    assert lecture.eleves[0].date_naissance == date(2008, 4, 2)


def test_an_unlikely_value_of_a_workbook_is_told_at_its_cell(reader: Reader, make: Make) -> None:
    titres = ["Nom", "Prénom", "CP", "Tél.", "pfmp1_siret"]
    content = make([titres, ["A", "B", 1000, 561000000, 11700011], ["C", "D", 999, "06", None]],
                       titles=["Élèves"])  # fmt: skip
    lecture = reader.read(content, "l.xlsx")

    assert told(lecture.diagnostics) == [
        "avertissement l.xlsx:2:5 le SIRET « 00000011700011 » est faux : sa clé de contrôle ne "
        "convient pas | recopiez-le : un chiffre est faux, ou deux sont échangés",
        "avertissement l.xlsx:3:3 « 999 » n'est pas un code postal | "
        "vérifiez-le : cinq chiffres seuls",
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
        "écrivez par exemple 05/03/2008, ou changez le format de la colonne",
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


# By their numbers in an `.xls`.
ERRORS = {
    "#NULL!": 0x00, "#DIV/0!": 0x07, "#VALUE!": 0x0F, "#REF!": 0x17, "#NAME?": 0x1D,
    "#NUM!": 0x24, "#N/A": 0x2A,
}  # fmt: skip


def in_error(error: str) -> dict[str, bytes]:
    """A workbook of each kind, where a pupil's company is an error of the spreadsheet."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out)
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, ["Nom", "Prénom", "pfmp1_entreprise"])
    sheet.write_row(1, 0, ["A", "B"])
    sheet.write_formula(1, 2, "=NA()", None, error)
    book.close()
    old = xlwt.Workbook()
    page = old.add_sheet("a")
    for column, title in enumerate(["Nom", "Prénom", "pfmp1_entreprise"]):
        page.write(0, column, title)
    page.write(1, 0, "A")
    page.write(1, 1, "B")
    page.row(1).set_cell_error(2, ERRORS[error])
    old_out = io.BytesIO()
    old.save(old_out)
    cell = "<table:table-cell{}><text:p>{}</text:p></table:table-cell>"
    text = ' office:value-type="string"'
    rows = [[(text, title) for title in ("Nom", "Prénom", "pfmp1_entreprise")],
            [(text, "A"), (text, "B"), (
                ' table:formula="of:=NA()" office:value-type="string" office:string-value=""'
                ' calcext:value-type="error"', error)]]  # fmt: skip
    cells = "".join(
        f"<table:table-row>{''.join(cell.format(*one) for one in row)}</table:table-row>\n"
        for row in rows
    )
    ods = ods_of(f'<table:table table:name="a">{cells}</table:table>')
    return {".xlsx": out.getvalue(), ".xls": old_out.getvalue(), ".ods": ods}


@pytest.mark.parametrize("error", ERRORS)
@pytest.mark.parametrize("kind", MAKERS)
def test_a_cell_in_error_is_empty_and_said(reader: Reader, kind: str, error: str) -> None:
    lecture = reader.read(in_error(error)[kind])

    assert lecture.eleves[0].values == {"eleve.nom": "A", "eleve.prenom": "B"}
    assert told(lecture.diagnostics) == [
        f"avertissement c:2:3 « {error} » est une erreur du tableur : la cellule est lue comme "
        "vide | corrigez la formule, ou tapez la valeur"
    ]


def test_a_formula_that_was_never_computed_is_named(reader: Reader) -> None:
    cells = '<c r="A2"><f>Base!A2</f></c><c r="B2" t="str"><f>B9</f><v>Zoé</v></c>'
    titles = '<c r="A1" t="str"><v>nom</v></c><c r="B1" t="str"><v>prenom</v></c>'
    sheet = f"<worksheet><sheetData><row>{titles}</row><row>{cells}</row></sheetData></worksheet>"
    ods = ods_of(
        '<table:table table:name="Sheet1"><table:table-row>'
        + "".join(f'<table:table-cell office:value-type="string"><text:p>{title}</text:p>'
                  "</table:table-cell>" for title in ("nom", "prenom"))
        + '</table:table-row><table:table-row><table:table-cell table:formula="of:=Base!A2"/>'
        '<table:table-cell office:value-type="string"><text:p>Zoé</text:p></table:table-cell>'
        "</table:table-row></table:table>"
    )  # fmt: skip
    for content in (swap(workbook([["x"]]), SHEET, sheet.encode()), ods):
        assert told(reader.read(content).diagnostics) == [
            "avertissement c:2:1 la formule « =Base!A2 » n'a pas été calculée : la cellule est lue "
            "comme vide | ouvrez le fichier dans un tableur et enregistrez-le, ou tapez la valeur",
            "erreur c:2:1 le nom manque | complétez la cellule, ou supprimez la ligne",
        ]


def merged_over_rows() -> dict[str, bytes]:
    """A workbook of each kind, where a division is given once for three pupils."""
    titles, names = ["Division", "Nom", "Prénom"], ["A", "B", "C"]
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out)
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, titles)
    for line, name in enumerate(names, 1):
        sheet.write_row(line, 1, [name, "Zoé"])
    sheet.merge_range(1, 0, 3, 0, "TMCV1")
    sheet.write_row(4, 1, ["D", "Zoé"])
    book.close()
    old = xlwt.Workbook()
    page = old.add_sheet("a")
    for line, row in enumerate([titles, *([None, name, "Zoé"] for name in [*names, "D"])]):
        for column, value in enumerate(row):
            if value:
                page.write(line, column, value)
    page.write_merge(1, 3, 0, 0, "TMCV1")
    old_out = io.BytesIO()
    old.save(old_out)
    text = '<table:table-cell office:value-type="string"{}><text:p>{}</text:p></table:table-cell>'
    lines = [
        "".join(text.format("", title) for title in titles),
        *((text.format(' table:number-rows-spanned="3"', "TMCV1") if name == "A"
           else "<table:covered-table-cell/>" if name != "D" else "<table:table-cell/>")
          + text.format("", name) + text.format("", "Zoé") for name in [*names, "D"]),
    ]  # fmt: skip
    rows = "".join(f"<table:table-row>{line}</table:table-row>" for line in lines)
    ods = ods_of(f'<table:table table:name="a">{rows}</table:table>')
    return {".xlsx": out.getvalue(), ".xls": old_out.getvalue(), ".ods": ods}


@pytest.mark.parametrize("kind", MAKERS)
def test_a_cell_merged_over_rows_is_that_of_each_and_of_no_other(reader: Reader, kind: str) -> None:
    eleves = reader.read(merged_over_rows()[kind]).eleves

    assert [(e.nom, e.division) for e in eleves] == [
        ("A", "TMCV1"), ("B", "TMCV1"), ("C", "TMCV1"), ("D", "")
    ]  # fmt: skip


@pytest.mark.parametrize("first", range(1, 5))
@pytest.mark.parametrize("last", range(2, 6))
def test_cells_merged_anywhere_are_those_of_their_rows_alone(
    reader: Reader, first: int, last: int
) -> None:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out)
    sheet = book.add_worksheet()
    for line, row in enumerate((["Nom", "Prénom", "Division"], *([n, "Zoé"] for n in "ABCDE"))):
        sheet.write_row(line, 0, row)
    if first < last:
        sheet.merge_range(first, 2, last, 2, "TMCV1")
    book.close()

    assert [eleve.division for eleve in reader.read(out.getvalue()).eleves] == [
        "TMCV1" if first < last and first <= line <= last else "" for line in range(1, 6)
    ]


def test_each_of_many_merged_cells_is_that_of_its_rows(reader: Reader) -> None:
    rows = "".join(f"<tr><td rowspan=2>TMCV1<td>A<td>B{n}<tr><td>C<td>D{n}" for n in range(800))
    eleves = reader.read(f"<table><tr><th>Division<th>Nom<th>Prénom{rows}</table>").eleves

    assert [eleve.division for eleve in eleves] == ["TMCV1"] * 1600


def test_titles_merged_over_rows_are_one_row_of_titles(reader: Reader) -> None:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out)
    sheet = book.add_worksheet()
    sheet.merge_range(0, 0, 0, 3, "Lycée de l'Essai")
    sheet.merge_range(1, 0, 2, 0, "Nom")
    sheet.merge_range(1, 1, 2, 1, "Prénom")
    sheet.merge_range(1, 2, 1, 3, "Naissance")
    sheet.write_row(2, 2, ["Né(e) le", "Lieu"])
    sheet.write_row(3, 0, ["A", "B", "2/4/2008", "X"])
    book.close()
    lecture = reader.read(out.getvalue())

    assert [(e.nom, e.date_naissance) for e in lecture.eleves] == [("A", date(2008, 4, 2))]
    assert [d.rule.code for d in lecture.diagnostics] == ["liste/colonne-inconnue"]  # Lieu


@pytest.mark.parametrize("lower", ["(siège)", "Ville PFMP 1"])
@pytest.mark.parametrize("rows", [1, 2])
def test_what_stands_under_titles_merged_over_rows_is_no_pupil(
    reader: Reader, lower: str, rows: int
) -> None:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out)
    sheet = book.add_worksheet()
    sheet.write_row(0, 2, ["PFMP 1 entreprise", "Lieu"])
    for column, title in enumerate(("Nom", "Prénom")):
        sheet.merge_range(0, column, rows, column, title)
    for line in range(1, rows + 1):
        sheet.write_row(line, 2, ["(raison sociale)", lower])
    sheet.write_row(rows + 1, 0, ["A", "B", "Chez Machin", "Rodez"])
    book.close()
    (eleve,) = reader.read(out.getvalue()).eleves

    assert (eleve.nom, eleve.values["pfmp1.entreprise"]) == ("A", "Chez Machin")
    assert eleve.values.get("pfmp1.ville") == ("Rodez" if lower.startswith("Ville") else None)


def test_a_newline_as_excel_writes_it_is_one(reader: Reader) -> None:
    content = workbook([["Nom", "Prénom", "Adresse"], ["A", "B", "1 rue X_x000D_\n12000 Y_x000D_"]])

    assert reader.read(content).eleves[0].values["eleve.adresse"] == "1 rue X\n12000 Y"


def test_a_workbook_with_damaged_styles_is_read_its_dates_from_their_numbers(
    reader: Reader,
) -> None:
    content = workbook([["Nom", "Prénom", "Né le"], ["A", "B", datetime(2009, 2, 1)]])
    lecture = reader.read(swap(content, "xl/styles.xml", b"<styleSheet"))

    assert lecture.eleves[0].date_naissance == date(2009, 2, 1)
    assert [d.rule.code for d in lecture.diagnostics] == ["valeur/date-en-nombre"]


@pytest.mark.parametrize("titles", [[], [["Lycée de l'Essai, 2 élèves"]]])
def test_a_workbook_of_names_without_titles_is_a_list(
    reader: Reader, make: Make, titles: list[list[str]]
) -> None:
    assert noms(reader.read(make([*titles, ["LE GOFF", "Yann"], ["DURAND", "Zoé"]]))) == [
        ("LE GOFF", "Yann"), ("DURAND", "Zoé")
    ]  # fmt: skip


@pytest.mark.parametrize("kind", [".xlsx", ".xls"])
def test_a_pupil_below_many_blank_rows_is_read(reader: Reader, kind: str) -> None:
    rows = [["Nom", "Prénom"], ["A", "B"], *[[None, None]] * 20_000, ["C", "D"]]

    assert noms(reader.read(MAKERS[kind](rows))) == [("A", "B"), ("C", "D")]


@pytest.mark.parametrize("number", [2_958_466, 2_958_467])
def test_a_number_that_is_no_day_of_a_calendar_is_told(reader: Reader, number: int) -> None:
    book = xlwt.Workbook()
    page = book.add_sheet("a")
    for line, row in enumerate([["Nom", "Prénom", "Né(e) le"], ["A", "Zoé"]]):
        for column, text in enumerate(row):
            page.write(line, column, text)
    page.write(1, 2, number, xlwt.easyxf(num_format_str="DD/MM/YYYY"))
    out = io.BytesIO()
    book.save(out)
    (told,) = reader.read(out.getvalue()).diagnostics

    assert told.message == f"« {number} » n'est pas une date de la forme JJ/MM/AAAA"


def test_the_sheets_of_a_workbook_are_limited_together(reader: Reader) -> None:
    one = repeated(90, 9_000)
    with zipfile.ZipFile(io.BytesIO(one)) as archive:
        content = archive.read("content.xml").decode()
    start, end = content.index("<table:table "), content.index("</office:spreadsheet>")
    table = content[start:end]

    assert reader.refused(one)[0].startswith("erreur c:1 la colonne")
    assert reader.refused(ods_of(table + table.replace('"a"', '"b"'))) == [
        "erreur c les feuilles du classeur, ensemble, ont trop de cellules ou de texte pour une "
        "liste | ne gardez que la liste"
    ]


def test_a_long_text_that_many_cells_share_is_refused(reader: Reader) -> None:
    cells = "<row>{}</row>".format('<c t="s"><v>0</v></c>' * 100) * 100
    shared = f"<sst><si><t>{'x' * 30_000}</t></si></sst>"
    content = swap(
        workbook([["x"]]), SHEET, f"<worksheet><sheetData>{cells}</sheetData></worksheet>".encode()
    )
    content = swap(content, "xl/sharedStrings.xml", shared.encode())

    assert reader.refused(content)[0].startswith("erreur c les feuilles du classeur, ensemble")


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


def deep() -> bytes:
    """A workbook of elements in elements, not packed."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(workbook([["x"]]))) as old,
        zipfile.ZipFile(out, "w") as new,
    ):
        for name in old.namelist():
            sheet = b"<worksheet><sheetData>" + b"<a>" * 10_000_000
            new.writestr(name, sheet if name == SHEET else old.read(name))
    return out.getvalue()


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
        (far("A1", *(f"A{line}" for line in range(2, 20_002))), "la liste a plus de"),
        (far("A1", "XFD3"), "[]"),  # beyond the columns that are read
        (far("A1", "C3"), "[['nom']]"),
        (repeated(1000, 20_000), "une feuille du classeur va jusqu'à la cellule ALL20001"),
        (
            repeated(16_000, 1, 10**6),
            "une feuille du classeur va jusqu'à la cellule WQJ1000002",
        ),
        (repeated(2, 2), "[['x', 'x'], ['x', 'x']]"),
        (far_in_an_old_workbook(), "[['y']]"),
        (deep(), "le fichier est abîmé"),
    ],
    ids=[
        "xlsx corner",
        "xlsx long",
        "xlsx wide",
        "xlsx",
        "ods",
        "ods below",
        "ods few",
        "xls",
        "deep",
    ],
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
        (b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"),
         PROTEGE),
        (zipped(mimetype=ODS.encode(), content_xml=b"?",
                **{"META-INF__manifest_xml": b"<manifest:encryption-data/>"}),
         PROTEGE),
        (b"\xd0\xcf\x11\xe0" * 300,
         f"{ABIME} | {AIDE_EXPORT}"),
        (swap(workbook([["nom"]]), SHEET, b"<worksheet><sheetData>"),
         f"{ABIME} | {AIDE_EXPORT}"),
        (swap(workbook([["nom"]]), SHEET, b"<?xml version='1.0' encoding='zut'?><sheetData/>"),
         f"{ABIME} | {AIDE_EXPORT}"),
    ],
)  # fmt: skip
def test_what_is_no_workbook_is_refused_for_its_true_cause(
    reader: Reader, content: str | bytes, said: str
) -> None:
    assert reader.refused(content) == [f"erreur c {said}"]


def test_a_workbook_without_a_known_title_is_told_to_have_none(reader: Reader, make: Make) -> None:
    (message,) = reader.refused(make([["Lunettes", "Chapeau"], ["rondes", "mou"]]))

    assert "aucune feuille du classeur n'a de ligne de titres" in message
