"""Web pages and « XML 2003 » that school software exports under the name `.xls`."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from pfmp_cli.diagnostics import InputRefused
from pfmp_cli.domain.referentiel import Referentiel
from pfmp_cli.lists.formats.markup import read_tables
from pfmp_cli.lists.formats.table import MOST_COLUMNS
from tests.lists.formats.test_school_files import AIDE_EXPORT, Reader, noms, told
from tests.lists.formats.test_workbook import READ

PAGE = """<html><head><meta http-equiv="Content-Type" content="text/html; charset={charset}">
<style>td {{ color: red }} table > tr {{}}</style></head><body>
<h1>Lycée de l'Essai</h1><!-- <table><tr><td>Nom</td></tr></table> -->
<table border="1"><tr><td colspan="2">Date : 3/9/2026</td></tr></table>
<TABLE title="a > b"><caption>Élèves</caption><thead>
<tr><th rowspan=2>Nom</th><th rowspan='2'>Prénom</th><th colspan="2">Naissance</th>
<th>Adresse</th></tr>
<tr><th>Né(e)&nbsp;le</th><th>Division</th></tr></thead><tbody>
<tr><td class="x">LE&nbsp;GOFF</td><td><b>Yann</b></td><td>02/04/2008</td>
 <td rowspan="2">="TMCV1"</td><td>1 rue de l&#39;Écluse<br>12000
   VERNAC</td></tr>
<TR><TD>BOISC&Ocirc;T&Eacute;<TD>Léa<TD>3/5/2008
<TD><TABLE><TR><TD>2 &lt;quai&gt;</TD></TR></TABLE></TD>
</tbody></table></body></html>"""
SHEET = """<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?>
<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"
 xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">
<Worksheet ss:Name="Cachée"><Table><Row><Cell><Data ss:Type="String">Nom</Data></Cell>
<Cell><Data ss:Type="String">Prénom</Data></Cell></Row></Table>
<WorksheetOptions><Visible>SheetHidden</Visible></WorksheetOptions></Worksheet>
<Worksheet ss:Name="Vide"><Table ss:ExpandedColumnCount="1"/></Worksheet>
<Worksheet ss:Name="Mes &#233;lèves"><Table>
<Row ss:Index="3"><Cell ss:MergeDown="1"><Data ss:Type="String">Nom</Data></Cell>
<Cell ss:MergeDown="1"><Data ss:Type="String">Prénom</Data></Cell>
<Cell ss:MergeAcross="1"><Data ss:Type="String">Naissance</Data></Cell>
<Cell><Data ss:Type="String">CP</Data></Cell><Cell><Data ss:Type="String">Ville</Data></Cell>
<Cell><Data ss:Type="String">Primo entrant</Data></Cell></Row>
<Row><Cell ss:Index="3"><Data ss:Type="String">Né(e) le</Data></Cell>
<Cell><Data ss:Type="String">Division</Data></Cell></Row>
<Row><Cell><ss:Data ss:Type="String" xmlns="http://www.w3.org/TR/REC-html40">
LE <B>GOFF</B></ss:Data>
<Comment ss:Author="x"><ss:Data><Font>à voir</Font></ss:Data></Comment></Cell>
<Cell><Data ss:Type="String"><![CDATA[Yann]]></Data></Cell>
<Cell><Data ss:Type="DateTime">2008-04-02T00:00:00.000</Data></Cell>
<Cell ss:MergeDown="1"><Data ss:Type="String">TMCV1</Data></Cell>
<Cell><Data ss:Type="Number">1000</Data></Cell><Cell ss:Formula="=RC[-1]"/>
<Cell><Data ss:Type="Boolean">1</Data></Cell></Row>
<Row ss:Index="7"><Cell><Data ss:Type="String">BOISCÔTÉ</Data></Cell>
<Cell><Data ss:Type="String">Léa</Data></Cell><Cell ss:Index="5"><Data ss:Type="Error">#N/A</Data>
</Cell></Row></Table></Worksheet></Workbook>"""


@pytest.fixture
def reader(referentiel: Referentiel) -> Reader:
    return Reader(referentiel)


@pytest.mark.parametrize("charset", ["utf-8", "iso-8859-1", "windows-1252", "iso-8859-15"])
def test_the_table_of_a_web_page_is_read_as_it_shows(reader: Reader, charset: str) -> None:
    lecture = reader.read(PAGE.format(charset=charset).encode(charset))

    assert [list(eleve.values.values()) for eleve in lecture.eleves] == [
        ["LE GOFF", "Yann", "02/04/2008", "TMCV1", "1 rue de l'Écluse\n12000 VERNAC"],
        ["BOISCÔTÉ", "Léa", "03/05/2008", "TMCV1", "2 <quai>"],
    ]
    assert told(lecture.diagnostics) == []


@pytest.mark.parametrize(
    ("said", "true", "rules"),
    [
        ("iso-8859-1", "utf-8", []),
        ("iso-8859-1", "utf-16", []),
        ("utf-8", "cp1252", ["liste/windows-1252"]),
        ("zut", "cp1252", ["liste/windows-1252"]),
        ("utf-8", "mac-roman", ["liste/encodage"]),
    ],
)
def test_a_file_that_lies_about_its_encoding_is_read_in_its_own(
    reader: Reader, said: str, true: str, rules: list[str]
) -> None:
    page = PAGE.format(charset=said)
    xml = SHEET.replace('version="1.0"', f'version="1.0" encoding="{said}"')
    for lecture in (reader.read(page.encode(true)), reader.read(xml.encode(true))):
        assert noms(lecture) == [("LE GOFF", "Yann"), ("BOISCÔTÉ", "Léa")]
        assert [d.rule.code for d in lecture.diagnostics if "tableur" not in d.message
                and "formule" not in d.message] == rules  # fmt: skip


def test_xml_2003_is_read_as_the_workbook_that_it_is(reader: Reader) -> None:
    lecture = reader.read(SHEET, "l.xls")

    assert [list(eleve.values.values()) for eleve in lecture.eleves] == [
        ["LE GOFF", "Yann", "02/04/2008", "TMCV1", "01000", "oui"],
        ["BOISCÔTÉ", "Léa"],
    ]
    assert [(str(d.position), d.position.label, d.rule.code) for d in lecture.diagnostics] == [
        ("l.xls:5:6", "Mes élèves!F5, Ville", "valeur/formule"),
        ("l.xls:7:5", "Mes élèves!E7, CP", "valeur/erreur-du-tableur"),
    ]


def test_tables_with_the_same_titles_are_one_list(reader: Reader) -> None:
    """A page has one for each class; a table of something else below them is no pupils."""
    table = "<table><tr><td>{}</td></tr><tr><th>Nom<th>Prénom</tr><tr><td>{}</td><td>Zoé</table>"
    page = table.format("TMCV1", "A") + table.format("TMCV2", "B")
    lecture = reader.read(f"<table><tr><td>Total<td>2</table>{page}<table><td>Légende</table>")

    assert [eleve.nom for eleve in lecture.eleves] == ["A", "B"]


def test_tables_with_one_cell_in_common_are_not_one_list(reader: Reader) -> None:
    head = "<table><tr><td>Lycée</td></tr><tr><th>{}</tr>"
    legend = head.format("Sigle<th>Sens") + "<tr><td>TMCV1<td>Terminale</table>"
    pupils = head.format("Nom<th>Prénom") + "<tr><td>ROY<td>Ana</table>"

    for page in (legend + pupils, pupils + legend):
        assert [eleve.nom for eleve in reader.read(page).eleves] == ["ROY"]


def test_a_fault_of_a_page_is_told_at_its_cell(reader: Reader) -> None:
    page = "<table></table><table><tr><td>nom<td>prenom<td>Né le<tr><td>A<td>B<td>hier</table>"
    (diagnostic,) = reader.read(page, "l.xls").diagnostics

    assert str(diagnostic.position) == "l.xls:2:3"
    assert diagnostic.position.label == "tableau 2!C2, Né le"


@pytest.mark.parametrize("content", [PAGE.format(charset="utf-8"), SHEET])
def test_a_table_that_is_cut_short_is_said(reader: Reader, content: str) -> None:
    lecture = reader.read(content[: content.rindex("BOISC")])

    assert told(lecture.diagnostics)[0] == (
        "avertissement c le fichier s'arrête avant la fin de son tableau : il y manque peut-être "
        "des élèves | refaites l'export, ou comptez les élèves"
    )
    assert noms(lecture)[0] == ("LE GOFF", "Yann")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("\n<!DOCTYPE html>\n<html><p>Connexion</p></html>",
         "le fichier est une page web sans tableau, quel que soit son nom | refaites l'export : "
         "c'est souvent la page de connexion, ou celle d'une erreur"),
        ("<html><table><tr><td>Connexion</table></html>",
         "aucune feuille du classeur n'a de ligne de titres avec « nom » et « prenom » | donnez un "
         "titre à chaque colonne, par exemple : nom, prenom, division"),
        ('<?xml version="1.0"?><Workbook/>', "ce fichier XML ne contient pas d'élèves | donnez le "
         "fichier « ElevesSansAdresses.xml » de SIECLE, ou l'archive qui le contient"),
        ('<?xml version="1.0"?><W', f":1:22 le XML s'arrête ou se contredit ici | {AIDE_EXPORT}"),
    ],
)  # fmt: skip
def test_markup_without_a_list_is_refused_for_its_true_cause(
    reader: Reader, content: str, said: str
) -> None:
    assert reader.refused(content)[0].removeprefix("erreur c").strip() == said


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("<table>" * 100, "les feuilles du classeur, ensemble, ont trop"),
        ("<table>" + "<tr>" * 1_100_000, "les feuilles du classeur, ensemble, ont trop"),
        ("<table>" + "<tr><td colspan=9999 rowspan=9999>x" * 9_999, "aucune feuille du classeur"),
        ("<table><Row ss:Index='999999999'><Row>" * 2, "les feuilles du classeur"),
        ("<table><td>" * 9 + "x" * 20_000_000, "aucune feuille du classeur"),
        ("<table><tr><td colspan=9999 rowspan=9999>", "aucune feuille du classeur"),
        ("<table><td>nom<tr>" + "<td>x" * 300_000, "[['x', 'x'"),
        *(
            ("<table><td>nom<tr><td>x<td>" + start * 500_000, "[['x'")
            for start in (
                "<td ",
                '<td a="',
                "<td a='",
                "<!--",
                "<![CDATA[",
                "<script>",
                " \n",
                "&#x",
            )
        ),
    ],
)
def test_a_page_made_to_fill_the_memory_or_to_take_hours_does_neither(
    tmp_path: Path, content: str, said: str
) -> None:
    path = tmp_path / "c"
    path.write_text(content)
    done = subprocess.run(
        [sys.executable, "-c", READ, str(path)],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )

    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith(said)


def test_a_cell_counts_as_all_those_whose_place_it_takes() -> None:
    with pytest.raises(InputRefused):
        read_tables("c", "<table>" + f"<tr><td colspan={MOST_COLUMNS}>" * 5_100)


def test_a_hidden_sheet_that_is_no_table_hides_no_other(reader: Reader) -> None:
    hidden = "<WorksheetOptions><Visible>SheetHidden</Visible></WorksheetOptions></Worksheet>"
    start = SHEET.index("<Worksheet ")
    content = f'{SHEET[:start]}<Worksheet ss:Name="Graphique">{hidden}{SHEET[start:]}'

    usual, other = (reader.read(one.encode()).eleves for one in (SHEET, content))
    assert [one.values for one in other] == [one.values for one in usual]
    assert len(usual) == 2


def test_ends_of_tables_that_have_no_beginning_end_nothing(reader: Reader) -> None:
    page = PAGE.format(charset="utf-8").replace("<html>", "<html></table></tr></td>", 1)
    assert page.count("</table></tr>") == 1

    usual, other = (reader.read(one.encode()) for one in (PAGE.format(charset="utf-8"), page))
    assert [one.values for one in other.eleves] == [one.values for one in usual.eleves]
    assert other.diagnostics == usual.diagnostics == ()
