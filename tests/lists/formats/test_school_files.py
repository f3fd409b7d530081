"""The files that schools export, read untouched; `school_files/` has one of each, all invented."""

from __future__ import annotations

import io
import struct
import tracemalloc
import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from pfmp_cli.diagnostics import Diagnostic, InputRefused
from pfmp_cli.domain.projet import Division, Projet
from pfmp_cli.domain.referentiel import Referentiel
from pfmp_cli.domain.selection import Selection
from pfmp_cli.lists.cells import split_name
from pfmp_cli.lists.class_file import read_eleves
from pfmp_cli.lists.enrolment import enrol
from pfmp_cli.lists.formats.archive import MOST_FILES
from pfmp_cli.lists.pupils import Reason, Roster
from pfmp_cli.loading.class_files import make_schema
from pfmp_cli.planning.editions import Document
from pfmp_cli.planning.left_out import list_left_out
from pfmp_cli.planning.plan import Plan, plan_documents
from tests.mutations import limited
from tests.workbooks import swap, workbook, zipped

FICHIERS = Path(__file__).parent / "school_files"
TROP = "une fois ouverte, l'archive a plus de 32 Mo, ou de 500 fichiers"
ABIME = "le fichier est abîmé ou incomplet, ou n'est pas ce que dit son nom"
AIDE_EXPORT = "refaites l'export, ou enregistrez la liste au format « CSV UTF-8 »"
AIDE_NOM_PRENOM = "écrivez le nom tout en capitales, ou faites deux colonnes, « nom » et « prenom »"
ENTITES = (
    '<?xml version="1.0"?>\n<!DOCTYPE l [<!ENTITY a "ha">'
    + "".join(f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(9))
    + "]>\n<BEE_ELEVES><DONNEES>&j;</DONNEES></BEE_ELEVES>"
).encode()


class Reader:
    """Reads with the shipped référentiel."""

    def __init__(self, referentiel: Referentiel) -> None:
        self.referentiel = referentiel

    def read(self, contenu: str | bytes, nom: str = "c", *divisions: str) -> Roster:
        brut = contenu.encode() if isinstance(contenu, str) else contenu
        return read_eleves(nom, brut, make_schema(self.referentiel, school(*divisions)))

    def file(self, nom: str) -> Roster:
        return self.read((FICHIERS / nom).read_bytes(), nom)

    def refused(self, contenu: str | bytes) -> list[str]:
        with pytest.raises(InputRefused) as refus:
            self.read(contenu)
        return told(refus.value.diagnostics)

    def plan(
        self, lecture: Roster, choix: Selection | None = None, **divisions: tuple[str, str | None]
    ) -> Plan:
        known = {nom: Division(classe=c, option=o) for nom, (c, o) in divisions.items()}
        documents = [Document("livret")]
        roster = enrol(lecture, self.referentiel, known, choix or Selection())
        return plan_documents(roster, self.referentiel, documents)


@pytest.fixture
def reader(referentiel: Referentiel) -> Reader:
    return Reader(referentiel)


def school(*divisions: str) -> Projet:
    return Projet(divisions={name: Division(classe="terminale") for name in divisions})


def told(diagnostics: Sequence[Diagnostic]) -> list[str]:
    return [f"{d.severity.value} {d.position} {d.message} | {d.help}" for d in diagnostics]


def errors(lecture: Roster) -> list[str]:
    return told([d for d in lecture.diagnostics if d.is_error])


def noms(lecture: Roster) -> list[tuple[str, str]]:
    return [(eleve.nom, eleve.prenom) for eleve in lecture.eleves]


def editions(plan: Plan) -> list[tuple[str, str, str | None]]:
    return [(c.eleve.nom, c.edition.classe, c.edition.option) for c in plan.documents]


def of_no_version(archive: bytes) -> bytes:
    """An archive whose list of files asks for a version of zip that there is not."""
    content = bytearray(archive)
    content[archive.index(b"PK\x01\x02") + 6] = 97
    return bytes(content)


# SIECLE, list by division


@pytest.mark.parametrize("nom", ["EXP_Liste_1.csv", "EXP_Liste_3.csv"])
def test_a_list_of_the_whole_school_keeps_the_pupils_of_the_diploma(
    reader: Reader, nom: str
) -> None:
    lecture = reader.file(nom)
    plan = reader.plan(lecture)

    assert editions(plan) == [
        ("BOISCÔTÉ", "terminale", "B"),
        ("DE LA FONTAINE", "terminale", "A"),
        ("LE GOFF", "premiere", "A"),
        ("NGUÉMA", "seconde", None),
    ]
    assert (lecture.rows_read, len(lecture.others), plan.diagnostics) == (7, 3, ())


def test_a_formula_is_the_division_that_it_shows(reader: Reader) -> None:
    assert {e.division for e in reader.file("EXP_Liste_1.csv").eleves} == {
        "TMCV1", "TMCV2", "1MCV1", "2MRC1"
    }  # fmt: skip


def test_latin_1_is_read_and_said_and_nothing_else_is(reader: Reader) -> None:
    assert [d.message for d in reader.file("EXP_Liste_1.csv").diagnostics] == [
        "le fichier n'est pas en UTF-8 : « BOISCÔTÉ » est lu comme du Windows-1252"
    ]


def test_rows_of_other_streams_are_counted_whatever_is_wrong_with_them(reader: Reader) -> None:
    lecture = reader.file("EXP_Liste_1.csv")

    assert [autre.line for autre in lecture.others] == [6, 7, 8]
    assert errors(lecture) == []


def test_a_teaching_option_is_not_the_option_of_the_diploma(reader: Reader) -> None:
    eleves = reader.file("EXP_Liste_3.csv").eleves

    assert {e.option for e in eleves} == {""}
    assert [e.mef[0].option for e in eleves] == ["B", "A", "A", ""]


def test_without_mef_the_divisions_of_the_school_say_who_is_ours(reader: Reader) -> None:
    content = (FICHIERS / "EXP_Liste_2.csv").read_bytes()
    lecture = reader.read(content, "c", "TMCV1", "2MRC1")
    plan = reader.plan(lecture, TMCV1=("terminale", "B"), **{"2MRC1": ("seconde", None)})

    assert editions(plan) == [("BOISCÔTÉ", "terminale", "B"), ("NGUÉMA", "seconde", None)]
    assert (lecture.rows_read, len(lecture.others)) == (6, 4)
    assert (plan.diagnostics, errors(lecture)) == ((), [])


def test_without_a_known_division_nobody_is_left_out_in_silence(reader: Reader) -> None:
    lecture = reader.read("nom;prenom;div.\nA;B;X1\nC;D;X2\n", "c", "TMCV1")
    plan = reader.plan(lecture, TMCV1=("terminale", "B"))

    assert [d.message for d in plan.diagnostics] == [
        "on ne sait pas dans quelle classe est cet élève"
    ] * 2
    assert lecture.others == []


@pytest.mark.parametrize(
    "libelle",
    ["TLEPRO MET.COM.VEN.OP.B", "Tlepro met com ven op b", "TLEPRO\u00a0MET. COM. VEN. OP. B"],
)
def test_a_label_is_known_without_case_and_punctuation(reader: Reader, libelle: str) -> None:
    lecture = reader.read(f"nom;prenom;MEF\nA;B;{libelle}\n")

    assert editions(reader.plan(lecture)) == [("A", "terminale", "B")]


# What says the class and the option


@pytest.mark.parametrize("code", ["2473121433", "24731214334", "2473 1214 334"])
def test_a_mef_has_ten_digits_and_a_check_digit_or_not(reader: Reader, code: str) -> None:
    assert editions(reader.plan(reader.read(f"nom;prenom;mef_code\nA;B;{code}\n"))) == [
        ("A", "terminale", "B")
    ]


@pytest.mark.parametrize("taken", [False, True])
def test_an_apprentice_is_left_out_and_named_or_gets_the_common_class(
    reader: Reader, taken: bool
) -> None:
    schema = make_schema(reader.referentiel, Projet(apprentis=taken))
    lecture = read_eleves("c", b"nom;prenom;code mef\nA;B;24731213311\nC;D;24731211311\n", schema)

    names, told = ("AC", []) if taken else ("C", ["1 apprenti laissé de côté : A B"])
    assert editions(reader.plan(lecture)) == [(name, "seconde", None) for name in names]
    assert list(list_left_out(lecture)) == told


def test_a_code_is_trusted_before_a_label(reader: Reader) -> None:
    lecture = reader.read("nom;prenom;mef;code mef\nA;B;AUTRE LIBELLÉ;24731214334\n")

    assert editions(reader.plan(lecture)) == [("A", "terminale", "B")]


@pytest.mark.parametrize(
    ("contenu", "expected"),
    [
        (
            "nom;prenom;mef;code mef\nA;B;TLEPRO MET.COM.VEN.OP.A;24731214334\n",
            "erreur c:2:5 option « A » pour le libellé de MEF « TLEPRO MET.COM.VEN.OP.A », "
            "« B » pour le code de MEF « 24731214334 » | corrigez l'un des deux",
        ),
        (
            "nom;prenom;mef;div.\nA;B;TLEPRO MET.COM.VEN.OP.A;TMCV1\n",
            "erreur c:2:29 option « B » pour la division « TMCV1 » dans pfmp.yaml, "
            "« A » pour le libellé de MEF « TLEPRO MET.COM.VEN.OP.A » | corrigez l'un des deux",
        ),
        (
            "nom;prenom;mef_code;classe\nA;B;24731214334;premiere\n",
            "erreur c:2:17 classe « premiere » dans le fichier, "
            "« terminale » pour le code de MEF « 24731214334 » | corrigez l'un des deux",
        ),
    ],
)
def test_two_sources_that_differ_are_both_named(
    reader: Reader, contenu: str, expected: str
) -> None:
    plan = reader.plan(reader.read(contenu), TMCV1=("terminale", "B"))

    assert (told(plan.diagnostics), plan.documents) == ([expected], ())


def test_an_unknown_mef_in_a_division_of_ours_is_told_once(reader: Reader) -> None:
    rows = "A;B;TLEPRO INCONNU;TMCV1\nC;D;TLEPRO INCONNU;TMCV1\nE;F;TLEPRO INCONNU;T2\n"
    lecture = reader.read("nom;prenom;mef;div.\n" + rows)

    assert told(reader.plan(lecture, TMCV1=("terminale", "B")).diagnostics) == [
        "avertissement c:2:5 le MEF « TLEPRO INCONNU » n'est pas au référentiel, la division "
        "« TMCV1 » est dans pfmp.yaml : 2 élèves sont laissés de côté (A B, C D) | "
        "s'ils sont de ce diplôme, ajoutez leur MEF à « mef » ou « mef_libelles » du référentiel"
    ]


def test_a_label_that_is_almost_ours_is_told(reader: Reader) -> None:
    rows = "A;B;TLEPRO MET.COM.VEN.OPT.B\nC;D;TLEPRO MET.ELECT.ENV.CONNECTES\nE;F;24725510321\n"
    lecture = reader.read("nom;prenom;mef\n" + rows)
    plan = reader.plan(lecture)

    assert told(plan.diagnostics) == [
        "avertissement c:2:5 le MEF « TLEPRO MET.COM.VEN.OPT.B » n'est pas au référentiel, "
        "« TLEPRO MET.COM.VEN.OP.B » y est : 1 élève est laissé de côté (A B) | s'ils sont de ce "
        "diplôme, ajoutez leur MEF à « mef » ou « mef_libelles » du référentiel"
    ]
    assert len(lecture.others) == 3


def test_a_row_without_mef_falls_back_on_the_rest(reader: Reader) -> None:
    lecture = reader.read("nom;prenom;mef;classe;option\nA;B;;tle;A\n")

    assert editions(reader.plan(lecture)) == [("A", "terminale", "A")]


# SIECLE, extraction


def test_an_extraction_gives_the_legal_representative_by_full_name(reader: Reader) -> None:
    lecture = reader.file("exportCSVExtraction.csv")

    assert [e.values["eleve.responsable_nom"] for e in lecture.eleves] == [
        "BOISCÔTÉ Anne", "KERVELLA Maël"
    ]  # fmt: skip
    assert [e.values["eleve.responsable_courriel"] for e in lecture.eleves] == [
        "anne@familles.example", "mael@familles.example"
    ]  # fmt: skip
    assert [one.reason for one in lecture.left_out] == [Reason.LEFT]
    assert errors(lecture) == []


# SIECLE, XML


def test_the_xml_gives_pupils_with_division_and_class(reader: Reader) -> None:
    lecture = reader.file("ElevesSansAdresses.xml")
    premier = lecture.eleves[0]

    assert editions(reader.plan(lecture)) == [
        ("BOISCÔTÉ", "terminale", "B"), ("LE GOFF", "premiere", "A")
    ]  # fmt: skip
    assert premier.values == {
        "eleve.nom": "BOISCÔTÉ",
        "eleve.prenom": "Léa",
        "eleve.date_naissance": "03/05/2008",
        "eleve.division": "TMCV1",
        "eleve.ine": "000000001AA",
    }
    assert (lecture.rows_read, len(lecture.others), len(lecture.left_out)) == (4, 1, 2)


def test_a_fault_in_the_xml_is_told_at_its_element(reader: Reader) -> None:
    (faute,) = reader.file("ElevesSansAdresses.xml").diagnostics

    assert told([faute]) == [
        "erreur ElevesSansAdresses.xml:23 « 31/02/2010 » n'est pas au calendrier | "
        "corrigez le jour ou le mois, ou changez le format de la colonne"
    ]
    assert faute.position.label == "ELEVE_ID 105, DATE_NAISS"


def test_the_xml_is_read_in_its_zip(reader: Reader) -> None:
    content = (FICHIERS / "ElevesSansAdresses.xml").read_bytes()
    lecture = reader.read(zipped(Nomenclature_xml=b"<x/>", ElevesSansAdresses_xml=content), "e.zip")

    assert noms(lecture) == [("BOISCÔTÉ", "Léa"), ("LE GOFF", "Yann")]
    assert str(lecture.diagnostics[0].position) == "e.zip/ElevesSansAdresses.xml:23"


def on_a_mac(name: str, content: bytes) -> bytes:
    """A folder that the Finder made a zip of."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for member, data in (
            ("liste/", b""),
            (f"liste/{name}", content),
            ("liste/._.DS_Store.xml", b"\0\5\x16\7"),
            (f"__MACOSX/liste/._{name}", b"\0\5\x16\7"),
        ):
            archive.writestr(member, data)
    return out.getvalue()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("ElevesSansAdresses.xml", b"<BEE_ELEVES><DONNEES><ELEVES><ELEVE ELEVE_ID='1'><NOM>A</NOM>"
                                   b"<PRENOM>B</PRENOM></ELEVE></ELEVES></DONNEES></BEE_ELEVES>"),
        ("liste.csv", b"nom;prenom\nA;B\n"),
        ("liste.xlsx", workbook([["nom", "prenom"], ["A", "B"]])),
    ],
)  # fmt: skip
def test_a_list_in_an_archive_is_read_also_where_a_mac_made_it(
    reader: Reader, name: str, content: bytes
) -> None:
    assert noms(reader.read(on_a_mac(name, content))) == [("A", "B")]


def test_an_archive_in_an_archive_is_not_opened(reader: Reader) -> None:
    inner = zipped(**{"liste.csv": b"nom;prenom\nA;B\n"})
    assert reader.refused(zipped(**{"liste.xlsx": inner})) == [
        "erreur c/liste.xlsx l'archive ne contient pas de fichier d'élèves | ouvrez l'archive, et "
        "donnez la liste des élèves qu'elle contient"
    ]


@pytest.mark.parametrize(
    ("member", "nature"),
    [("xl/workbook.bin", "un classeur binaire (.xlsb)"), ("word/document.xml", "un document Word")],
)
def test_another_kind_of_zip_is_refused_by_its_name(
    reader: Reader, member: str, nature: str
) -> None:
    assert reader.refused(zipped(**{member: b""})) == [
        f"erreur c le fichier n'est pas un CSV : c'est {nature} | "
        "enregistrez-le depuis le tableur au format « CSV UTF-8 »"
    ]


def test_pupils_on_one_line_of_xml_are_several(reader: Reader) -> None:
    content = (FICHIERS / "ElevesSansAdresses.xml").read_bytes().replace(b"\n", b"")

    assert noms(reader.read(content)) == [("BOISCÔTÉ", "Léa"), ("LE GOFF", "Yann")]


@pytest.mark.parametrize(
    ("contenu", "expected"),
    [
        (b"<?xml version='1.0'?><BEE_ELEVES><DONNEES>",
         f"erreur c:1:43 le XML s'arrête ou se contredit ici | {AIDE_EXPORT}"),
        (b"<?xml version='1.0'?><a/>",
         "erreur c ce fichier XML ne contient pas d'élèves | donnez le fichier "
         "« ElevesSansAdresses.xml » de SIECLE, ou l'archive qui le contient"),
        (b"PK\x03\x04zut", f"erreur c {ABIME} | {AIDE_EXPORT}"),
        (of_no_version(zipped(a=b"")),
         f"erreur c {ABIME} | {AIDE_EXPORT}"),
        (zipped(a_xml=b"<a/>", b_xml=b"<a/>"),
         "erreur c l'archive contient plusieurs fichiers d'élèves | ouvrez l'archive, et donnez "
         "la liste des élèves qu'elle contient"),
        (zipped(photo=b""),
         "erreur c l'archive ne contient pas de fichier d'élèves | ouvrez l'archive, et donnez "
         "la liste des élèves qu'elle contient"),
    ],
)  # fmt: skip
def test_what_is_no_export_is_refused(reader: Reader, contenu: bytes, expected: str) -> None:
    assert reader.refused(contenu) == [expected]


def test_a_zip_with_a_password_is_refused(reader: Reader) -> None:
    contenu = bytearray(zipped(Eleves_xml=b"<a/>"))
    contenu[6] |= 1
    contenu[contenu.index(b"PK\x01\x02") + 8] |= 1

    assert reader.refused(bytes(contenu)) == [
        "erreur c le fichier est protégé par un mot de passe | enregistrez-le sans mot de passe ; "
        "d'une archive, donnez le contenu"
    ]


@pytest.mark.parametrize(
    ("content", "nature"),
    [(zipped(mimetype=b"x"), "un classeur ou une archive"), (b"%PDF-1.7", "un PDF")],
)
def test_what_is_no_list_is_refused_by_its_name(
    reader: Reader, content: bytes, nature: str
) -> None:
    assert reader.refused(content) == [
        f"erreur c le fichier n'est pas un CSV : c'est {nature} | "
        "enregistrez-le depuis le tableur au format « CSV UTF-8 »"
    ]


# Bombs


def bomb_of_entities() -> bytes:
    return ENTITES


def bomb_in_a_zip() -> bytes:
    return zipped(ElevesSansAdresses_xml=b"<a>" + b" " * 2**24)


def zip_too_large() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("Eleves.xml", b"<a/>")
        archive.getinfo("Eleves.xml").file_size = 2**30
    return out.getvalue()


def zip_that_lies() -> bytes:
    """It unpacks to 200 MB, and says 1,000 bytes."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive,
        archive.open("Eleves.xml", "w") as member,
    ):
        for _ in range(200):
            member.write(b" " * 2**20)
    content = bytearray(out.getvalue())
    place = content.rindex(b"PK\x01\x02") + 24
    content[place : place + 4] = struct.pack("<I", 1000)
    return bytes(content)


def zip_of_another_packing() -> bytes:
    """Of which `zipfile` unpacks all that there is."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_BZIP2) as archive:
        archive.writestr("Eleves.xml", b"<a/>")
    return out.getvalue()


def zip_of_too_many_files() -> bytes:
    return zipped(**{f"f{number}": b"" for number in range(MOST_FILES + 1)})


def workbook_of_entities() -> bytes:
    sheet = ENTITES.replace(b"BEE_ELEVES", b"sheetData")
    return swap(workbook([["nom", "prenom"], ["A", "B"]]), "xl/worksheets/sheet1.xml", sheet)


@pytest.mark.parametrize(
    ("make", "expected"),
    [
        (bomb_of_entities,
         "le XML déclare un DTD ou des entités, ce que SIECLE ne fait pas : il est refusé"),
        (bomb_in_a_zip, "le XML s'arrête ou se contredit ici"),
        (zip_too_large, TROP),
        (zip_that_lies, ABIME),
        (zip_of_another_packing, ABIME),
        (zip_of_too_many_files, TROP),
        (workbook_of_entities, ABIME),
        (lambda: b"x" * (2**25 + 1), "le fichier fait 33 Mo ; 32 au plus sont lus"),
        (lambda: b"<?xml version='1.0'?>" + b"<a>" * 2**22,
         "ce fichier XML ne contient pas d'élèves"),
    ],
)  # fmt: skip
def test_a_bomb_is_refused(reader: Reader, make: Any, expected: str) -> None:
    contenu = make()
    tracemalloc.start()
    with limited(), pytest.raises(InputRefused) as refus:
        reader.read(contenu)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert most < 2**27

    assert [d.message for d in refus.value.diagnostics] == [expected]


# Pronote


def test_a_column_of_full_names_is_split_at_the_end_of_the_capitals(reader: Reader) -> None:
    lecture = reader.file("pronote_eleves.csv")

    assert noms(lecture) == [("DE LA FONTAINE", "Marie-Claire"), ("D’HÉROUVILLE", "Élise")]
    assert lecture.eleves[0].values["eleve.courriel"] == "mc@eleves.example"
    assert [e.division for e in lecture.eleves] == ["TMCV2", "TMCV1"]
    assert str(lecture.position(lecture.eleves[1], "eleve.prenom")) == "pronote_eleves.csv:3:1"


@pytest.mark.parametrize(
    ("texte", "expected"),
    [
        ("DE LA FONTAINE Marie-Claire", ("DE LA FONTAINE", "Marie-Claire")),
        ("NGUYỄN Thị Lan", ("NGUYỄN", "Thị Lan")),
        ("ÖZGÜR Yiğit", ("ÖZGÜR", "Yiğit")),
        ("O'BRIEN Sean", ("O'BRIEN", "Sean")),
        ("O Min", ("O", "Min")),
        ("SAINT-ÉTIENNE Jean-Noël", ("SAINT-ÉTIENNE", "Jean-Noël")),
        ("DUPONT", None),
        ("DUPONT MARIE", None),
        ("Dupont Marie", None),
        ("Marie DUPONT", None),
        ("de La Tour MARIE", None),
        ("MARTIN J Paul", None),
        ("DUPONT ép. MARTIN Claire", None),
        ("MCDONALD Ronald (P)", None),
        ("李 小明", None),
        ("", None),
    ],
)
def test_a_full_name_is_split_only_where_it_is_safe(
    texte: str, expected: tuple[str, str] | None
) -> None:
    assert split_name(texte) == expected


def test_a_full_name_that_cannot_be_split_is_told_for_its_row(reader: Reader) -> None:
    lecture = reader.read("Élèves;Né(e) le\nDUPONT MARIE;01/02/2009\nLE GOFF Yann;\n")

    assert noms(lecture) == [("LE GOFF", "Yann")]
    assert told(lecture.diagnostics) == [
        "erreur c:2:1 on ne sait pas où finit le nom et où commence le prénom : "
        f"« DUPONT MARIE » | {AIDE_NOM_PRENOM}"
    ]


def test_two_names_of_one_pupil_twice_in_one_column_are_told(reader: Reader) -> None:
    assert errors(reader.read("Élèves;Classe\nDUPONT Zoé;T1\nDUPONT Zoé;T1\n")) == [
        "erreur c:3:1 le même élève est déjà à la ligne 2 | supprimez l'une des deux lignes ; si "
        "ce sont deux élèves, donnez leurs dates de naissance"
    ]


@pytest.mark.parametrize(
    "nom", ["pronote_sexe.csv", "pronote_colle.txt", "pronote_deux_titres.csv",
            "pronote_sans_titres.csv"]
)  # fmt: skip
def test_every_shape_of_pronote_gives_the_same_pupils(reader: Reader, nom: str) -> None:
    lecture = reader.file(nom)

    assert noms(lecture) == [("BOISCÔTÉ", "Léa"), ("LE GOFF", "Yann")]
    assert errors(lecture) == []


def test_without_titles_what_was_understood_is_said(reader: Reader) -> None:
    assert told(reader.file("pronote_sans_titres.csv").diagnostics) == [
        "avertissement pronote_sans_titres.csv:1 le fichier n'a pas de ligne de titres : il est "
        "lu comme nom, prenom | ajoutez une ligne de titres pour ce qui manque"
    ]


@pytest.mark.parametrize(
    "contenu",
    ["LE GOFF Yann\nDUPONT Zoé\n", "LE GOFF\tYann\t01/02/2009\nDUPONT\tZoé\t\n",
     "LE GOFF,Yann,TMCV1,X\nDUPONT,Zoé,TMCV1\n"],
)  # fmt: skip
def test_a_list_without_titles_is_read(reader: Reader, contenu: str) -> None:
    assert noms(reader.read(contenu)) == [("LE GOFF", "Yann"), ("DUPONT", "Zoé")]


def test_one_doubtful_row_makes_a_list_without_titles_refused(reader: Reader) -> None:
    (refus,) = reader.refused("LE GOFF;Yann\nDupont;Zoé\n")

    assert "n'a pas de ligne de titres" in refus


def test_titles_that_look_like_a_name_are_titles(reader: Reader) -> None:
    refus = reader.refused("DIVISION;Sexe;Lieu\nLE GOFF;Yann;Vernac\n")

    assert any(one.startswith("erreur c:1 la colonne « nom » manque") for one in refus)


def test_titles_repeated_down_the_page_are_no_pupils(reader: Reader) -> None:
    lecture = reader.read("Nom;Prénom;Ville\nA;B;V\nNom;Prénom;Ville\nC;D;V\n")

    assert noms(lecture) == [("A", "B"), ("C", "D")]
    assert lecture.diagnostics == ()


# aplypro


def test_an_export_of_aplypro_is_read_without_a_word(reader: Reader) -> None:
    lecture = reader.file("aplypro.csv")

    assert editions(reader.plan(lecture)) == [("BOISCÔTÉ", "terminale", "B")]
    assert (lecture.diagnostics, len(lecture.others)) == ((), 1)
    assert lecture.eleves[0].values == {
        "eleve.ine": "000000001AA",
        "eleve.prenom": "Léa",
        "eleve.nom": "BOISCÔTÉ",
        "eleve.date_naissance": "03/05/2008",
        "eleve.division": "TMCV1",
        "eleve.sexe": "F",
    }
