"""The commands as a person types them: output, files, exit codes, word for word."""

from __future__ import annotations

import hashlib
import os
import shlex
import subprocess
import sys
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import pikepdf
import pytest

from pfmp_cli.cli import COMMANDS
from pfmp_cli.shipped import shipped
from tests.commande import give_key
from tests.pdf import read_text

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Outcome:
    code: int
    out: str
    err: str


class Folder:
    """A folder that commands are run in."""

    def __init__(self, path: Path, cache: Path) -> None:
        self.path = path
        self.env = {**os.environ, "PFMP_CACHE": str(cache), "PYTHONPATH": str(ROOT)}

    def run(self, *arguments: str, code: str = "") -> Outcome:
        command = [sys.executable, *(["-c", code] if code else ["-m", "pfmp_cli"]), *arguments]
        done = subprocess.run(
            command, cwd=self.path, env=self.env, capture_output=True, text=True, check=False
        )
        return Outcome(done.returncode, done.stdout, done.stderr)

    def write(self, name: str, text: str) -> None:
        (self.path / name).write_text(text, encoding="utf-8")

    def files(self) -> list[str]:
        found = (path for path in self.path.rglob("*") if path.is_file())
        return sorted(str(path.relative_to(self.path)) for path in found)

    def text(self, name: str) -> str:
        return read_text((self.path / name).read_bytes())


@pytest.fixture
def folder(tmp_path: Path, cache_dir: Path) -> Folder:
    return Folder(tmp_path, cache_dir)


def test_a_blank_booklet_is_made_in_an_empty_folder(folder: Folder) -> None:
    outcome = folder.run("booklet", "--class", "terminale", "--option", "B")

    assert (outcome.code, outcome.out) == (0, "livret-terminale-B.pdf\n")
    assert outcome.err.startswith("Livret vierge de ")
    assert folder.files() == ["livret-terminale-B.pdf"]


def test_a_class_gets_its_booklets(folder: Folder) -> None:
    folder.write("eleves.csv", "nom;prenom;division\nNGUYỄN;Teriʻi;TMCV1\nÖZGÜR;Zoé;TMCV1\n")
    outcome = folder.run("batch", "eleves.csv", "--class", "Terminale", "--option", "b")

    assert (outcome.code, outcome.err) == (
        0, "  TMCV1 : 2\n2 documents écrits dans documents/ :\n"
        "  TMCV1/NGUYEN_Terii_livret.pdf\n  TMCV1/OZGUR_Zoe_livret.pdf\n",
    )  # fmt: skip
    assert folder.files() == [
        "documents/TMCV1/NGUYEN_Terii_livret.pdf",
        "documents/TMCV1/OZGUR_Zoe_livret.pdf",
        "documents/index.html",
        "documents/manifest.json",
        "documents/pfmp.cle",
        "eleves.csv",
    ]
    assert "NGUYỄN Teriʻi" in folder.text("documents/TMCV1/NGUYEN_Terii_livret.pdf")


def test_a_list_of_the_whole_school_is_counted(folder: Folder) -> None:
    rows = "A;B;TLEPRO MET.COM.VEN.OP.B\n" + "C;D;2NDE GENERALE\n" * 1157
    folder.write("eleves.csv", "NOM;PRENOM;MEF\n" + rows)
    outcome = folder.run("batch", "eleves.csv")

    assert (outcome.code, outcome.err) == (
        0,
        "  terminale-B : 1\n1 document écrit dans documents/ :\n  terminale-B/A_B_livret.pdf\n"
        "1\u202f158 élèves lus, 1 en MCV, 1\u202f157 d'autres formations laissés de côté\n"
        "d'autres formations : « 2NDE GENERALE » 1\u202f157\n",
    )


def test_a_list_without_anyone_of_the_diploma_is_refused(folder: Folder) -> None:
    folder.write("eleves.csv", "NOM;PRENOM;MEF\nC;D;2NDE GENERALE\n")
    outcome = folder.run("batch", "eleves.csv")

    assert (outcome.code, outcome.err) == (
        1,
        "erreur : aucun élève de la liste n'est en MCV : « 2NDE GENERALE » 1\n"
        "aide : vérifiez que c'est la bonne liste, et les « mef » et « mef_libelles » du "
        "référentiel\n\n",
    )


def test_a_workbook_misspelt_is_proposed(folder: Folder) -> None:
    folder.write("eleves.xlsx", "")

    assert folder.run("batch", "eleve.xlsx").err == (
        "erreur : le fichier « eleve.xlsx » n'existe pas\n"
        "aide : vouliez-vous dire « eleves.xlsx » ?\n\n"
    )


def test_a_missing_list_in_a_folder_without_any(folder: Folder) -> None:
    assert folder.run("batch", "liste.csv").err == (
        "erreur : le fichier « liste.csv » n'existe pas\n"
        "aide : listes possibles de ce dossier : aucune\n\n"
    )


def test_a_document_that_does_not_exist(folder: Folder) -> None:
    folder.write("eleves.csv", "nom;prenom\nDURAND;Léa\n")

    done = folder.run("batch", "eleves.csv", "--documents", "zorglub")

    assert (done.code, done.err.splitlines()[0]) == (2, "erreur : document « zorglub » inconnu")


def test_a_referentiel_of_the_current_folder_needs_no_pfmp_yaml(folder: Folder) -> None:
    folder.write("referentiel.yaml", "rien: de bon\n")

    done = folder.run("booklet")

    assert done.code == 1
    assert "--> referentiel.yaml:" in done.err


def test_a_bad_row_does_not_stop_the_others(folder: Folder) -> None:
    folder.write(
        "eleves.csv", "nom;prenom;date_naissance\nDURAND;Léa;31/02/2009\nMARTIN;Zoé;01/03/2009\n"
    )
    outcome = folder.run("batch", "eleves.csv", "--class", "terminale", "--option", "B")

    assert outcome.code == 3
    assert "eleves.csv:2:12" in outcome.err
    assert outcome.err.endswith(
        "1 document écrit dans documents/ :\n  terminale-B/MARTIN_Zoe_livret.pdf\n1 erreur\n"
    )
    assert folder.files() == [
        "documents/index.html", "documents/manifest.json", "documents/pfmp.cle",
        "documents/terminale-B/MARTIN_Zoe_livret.pdf", "eleves.csv",
    ]  # fmt: skip


@pytest.mark.parametrize("name", ["EXP_Liste_1.csv", "EXP_Liste_3.csv", "ElevesComplete.csv"])
def test_strict_takes_an_export_of_siecle_as_it_comes(folder: Folder, name: str) -> None:
    exported = Path(__file__).parents[1] / "lists/formats/school_files" / name
    (folder.path / name).write_bytes(exported.read_bytes())
    choice = ("--class", "terminale", "--option", "B", "--documents", "resultats")
    outcome = folder.run("batch", name, "--strict", *choice)

    assert "remarque : le fichier n'est pas en UTF-8" in outcome.err
    assert outcome.code == 0
    assert "documents/TMCV1/BOISCOTE_Lea_resultats.pdf" in folder.files()


def test_strict_writes_nothing_at_the_first_problem(folder: Folder) -> None:
    folder.write("eleves.csv", "nom;prenom;date_naissance\nDURAND;Léa;31/02/2009\nMARTIN;Zoé;\n")
    outcome = folder.run("batch", "eleves.csv", "--class", "terminale", "--option", "B", "--strict")

    assert outcome.code == 1
    assert folder.files() == ["eleves.csv"]


def test_values_are_text_and_nothing_leaves_the_folder(folder: Folder) -> None:
    nasty = ["<b>gras</b>", "{{ 7*7 }}", "../../x", "=1+1", "un ) deux ( \\ trois", 'l"un']
    rows = "".join(
        f'"{text.replace(chr(34), chr(34) * 2)}";Zoé;../..;{n}\n' for n, text in enumerate(nasty)
    )
    folder.write("eleves.csv", "nom;prenom;division;ine\n" + rows)
    outcome = folder.run("batch", "eleves.csv", "--class", "terminale", "--option", "B")
    made = [name for name in folder.files() if name.endswith(".pdf")]
    shown = " ".join(folder.text(name) for name in made)

    assert (outcome.code, len(made)) == (0, len(nasty))
    assert all(name.startswith("documents/terminale-B/") for name in made)
    assert not [text for text in nasty if text not in shown]
    assert not list(folder.path.parent.glob("*.pdf"))


def test_a_file_of_someone_else_is_not_overwritten(folder: Folder) -> None:
    folder.write("eleves.csv", "nom;prenom;division\nMARTIN;Zoé;TMCV1\n")
    (folder.path / "documents/TMCV1").mkdir(parents=True)
    folder.write("documents/TMCV1/MARTIN_Zoe_livret.pdf", "autre chose")
    outcome = folder.run("batch", "eleves.csv", "--class", "terminale", "--option", "B")

    assert outcome.code == 3
    assert "un fichier que pfmp n'a pas fait est à cette place" in outcome.err
    assert (folder.path / "documents/TMCV1/MARTIN_Zoe_livret.pdf").read_text() == "autre chose"


def test_two_runs_give_the_same_bytes(folder: Folder, tmp_path: Path) -> None:
    folder.write("eleves.csv", "nom;prenom\nMARTIN;Zoé\n")
    for name in ("un", "deux"):
        give_key(folder.path / name)
        folder.env["PFMP_CACHE"] = str(tmp_path / f"cache-{name}")
        words = ("--class", "seconde", "--documents", "visite", "-o", name)
        folder.run("batch", "eleves.csv", *words)
    one, two = ((folder.path / n / "seconde/MARTIN_Zoe_visite-1.pdf").read_bytes()
                for n in ("un", "deux"))  # fmt: skip

    assert one == two


def test_files_are_readable_by_their_owner_only(folder: Folder) -> None:
    folder.write("eleves.csv", "nom;prenom\nMARTIN;Zoé\n")
    folder.run("batch", "eleves.csv", "--class", "terminale", "--option", "B")
    made = folder.path / "documents/terminale-B/MARTIN_Zoe_livret.pdf"

    assert [p.stat().st_mode & 0o777 for p in (made, made.parent)] == [0o600, 0o700]


def test_a_class_gets_one_print_file(folder: Folder) -> None:
    folder.write("eleves.csv", "nom;prenom;division\nNGUYỄN;Lan;TMCV1\nÖZGÜR;Zoé;TMCV1\n")
    outcome = folder.run("batch", "eleves.csv", "--class", "terminale", "--option", "B", "--print")

    assert (outcome.code, outcome.err) == (
        0, "  TMCV1 : 2\n2 documents écrits dans documents/ :\n"
        "  TMCV1/NGUYEN_Lan_livret.pdf\n  TMCV1/OZGUR_Zoe_livret.pdf\n"
        "1 fichier pour le copieur, recto verso :\n"
        "  documents/TMCV1/TMCV1_livret_a-imprimer.pdf\n",
    )  # fmt: skip
    assert folder.files() == [
        "documents/TMCV1/NGUYEN_Lan_livret.pdf",
        "documents/TMCV1/OZGUR_Zoe_livret.pdf",
        "documents/TMCV1/TMCV1_livret_a-imprimer.pdf",
        "documents/index.html",
        "documents/manifest.json",
        "documents/pfmp.cle",
        "eleves.csv",
    ]


def test_booklets_of_a5_are_folded_and_other_documents_are_not(folder: Folder) -> None:
    folder.write("pfmp.yaml", "livret: {format: a5}\n")
    folder.write("eleves.csv", "nom;prenom;division\nNGUYỄN;Lan;T1\nÖZGÜR;Zoé;T1\n")
    words = ("--class", "terminale", "--option", "B", "--documents", "livret,visite", "--print")
    outcome = folder.run("batch", "eleves.csv", *words)
    pages = {}
    for path in folder.path.rglob("*.pdf"):
        with pikepdf.open(path) as pdf:
            width, height = map(round, pdf.pages[0].mediabox[2:])
            pages[path.name] = (width, height, len(pdf.pages))

    assert outcome.code == 0
    *_, count = pages["NGUYEN_Lan_livret.pdf"]
    assert pages["NGUYEN_Lan_livret.pdf"] == (420, 595, count)
    assert pages["T1_livret_a-imprimer.pdf"] == (842, 595, 2 * 2 * -(-count // 4))
    assert pages["T1_visite_a-imprimer.pdf"][:2] == (595, 842)


def test_primo_entrants_are_in_the_print_file_of_their_class(folder: Folder) -> None:
    folder.write(
        "eleves.csv",
        "nom;prenom;division;primo_entrant\nUN;Zoé;P1;\nDEUX;Zoé;P1;oui\nTROIS;Zoé;P2;\n",
    )
    arguments = ("--class", "premiere", "--option", "A", "--print")
    outcome = folder.run("batch", "eleves.csv", *arguments)
    prints = [name for name in folder.files() if name.endswith("_a-imprimer.pdf")]

    assert outcome.code == 0
    assert prints == [f"documents/{name}/{name}_livret_a-imprimer.pdf" for name in ("P1", "P2")]
    shown = [set(folder.text(name).split()) & {"UN", "DEUX", "TROIS"} for name in prints]
    assert shown == [{"UN", "DEUX"}, {"TROIS"}]


def test_35_booklets_to_print_take_less_than_twice_the_room_of_one(folder: Folder) -> None:
    title, _ = (ROOT / "examples/eleves.csv").read_text(encoding="utf-8").split("\n", 1)
    rows = "\n".join(";".join(_invent(name, n) for name in title.split(";")) for n in range(35))
    folder.write("eleves.csv", f"{title}\n{rows}\n")
    arguments = ("--class", "terminale", "--option", "B", "--print")
    assert folder.run("batch", "eleves.csv", *arguments).code == 0
    sizes = {path.name: path.stat().st_size for path in folder.path.rglob("*.pdf")}
    together = sizes.pop("T1_livret_a-imprimer.pdf")

    assert len(sizes) == 35
    assert together < 2 * min(sizes.values())


def _invent(colonne: str, number: int) -> str:
    """A value of that column for the pupil of that number: all differ, but for the teacher."""
    mark = hashlib.sha256(f"{colonne} {number}".encode()).hexdigest()
    known = {
        "date_naissance": "14/03/2008", "sexe": "F", "division": "T1", "classe": "terminale",
        "option": "B", "primo_entrant": "", "professeur_referent": "Claire MAZENQ",
        "professeur_telephone": "05 36 49 00 01", "professeur_courriel": "c@lycee.example",
    }  # fmt: skip
    if colonne in known:
        return known[colonne]
    if colonne.endswith(("siret", "code_postal", "telephone")):
        digits = str(int(mark, 16))
        return digits[: {"siret": 14, "postal": 5}.get(colonne.split("_")[-1], 10)]
    if colonne.endswith("courriel"):
        return f"{mark[:8]}@{mark[8:16]}.example"
    return f"{mark[:7]} {mark[7:15]}"


def test_divisions_that_differ_by_case_alone_are_printed_together(folder: Folder) -> None:
    folder.write("eleves.csv", "nom;prenom;division\nUN;Zoé;TMCV1\nDEUX;Zoé;tmcv1\n")
    folder.run("batch", "eleves.csv", "--class", "terminale", "--option", "B", "--print")
    (made,) = (name for name in folder.files() if "a-imprimer" in name)

    assert made == "documents/TMCV1/TMCV1_livret_a-imprimer.pdf"
    assert {"UN", "DEUX"} <= set(folder.text(made).split())


def test_a_print_file_that_cannot_be_written_is_told(folder: Folder) -> None:
    folder.write("eleves.csv", "nom;prenom;division\nMARTIN;Zoé;TMCV1\n")
    (folder.path / "documents/TMCV1").mkdir(parents=True)
    folder.write("documents/TMCV1/TMCV1_livret_a-imprimer.pdf", "autre chose")
    outcome = folder.run("batch", "eleves.csv", "--class", "terminale", "--option", "B", "--print")

    assert outcome.code == 3
    assert "un fichier que pfmp n'a pas fait est à cette place" in outcome.err
    assert outcome.err.endswith(
        "1 document écrit dans documents/ :\n  TMCV1/MARTIN_Zoe_livret.pdf\n1 erreur\n"
    )


DOUBTFUL_PROJET = """\
annee_scolaire: 2025-2026
lettre: {convention: note de service n° 96-241}
calendrier:
  zone: A
  periodes:
    terminale:
      - {du: 2026-02-02, au: 2026-02-20}
      - {du: 2026-03-09, au: 2026-03-27}
"""
PROJET_DOUBTS = """\
avertissement : la note de service n° 96-241 n'est plus en vigueur
  --> pfmp.yaml:2:22 (lettre.convention)
   |
 2 | lettre: {convention: note de service n° 96-241}
   |                      ^^^^^^^^^^^^^^^^^^^^^^^^^
aide : la convention type est celle de la circulaire n° 2016-053 du 29 mars 2016

avertissement : la période « 1 » a 11 jours dans les vacances d'hiver de la zone A, \
du lundi 9 février au vendredi 20 février 2026
  --> pfmp.yaml:7:14 (calendrier.periodes.terminale[1].du)
   |
 7 |       - {du: 2026-02-02, au: 2026-02-20}
   |              ^^^^^^^^^^
aide : vérifiez les deux dates, et « zone »

"""
LIST_ERROR = """\
erreur : « 31/02/2008 » n'est pas au calendrier
  --> eleves.csv:2:14 (date_naissance)
   |
 2 | DUPONT;Marie;31/02/2008;;;T1
   |              ^^^^^^^^^^
aide : corrigez le jour ou le mois, ou changez le format de la colonne

"""
UNSHOWN = "ა" + "M" * 149
LIST_DOUBTS = f"""\
avertissement : né(e) le 05/03/2018, l'élève n'a pas entre 13 et 39 ans au début de \
l'année scolaire 2025-2026
  --> eleves.csv:3:14 (date_naissance)
   |
 3 | LE GOFF;Yann;05/03/2018;{UNSHOWN[:89]}…
   |              ^^^^^^^^^^
aide : corrigez l'année de naissance, ou « annee_scolaire » dans pfmp.yaml

avertissement : « 06 39 » n'est pas un numéro de téléphone
  --> eleves.csv:3:176 (pfmp1_telephone)
   |
 3 | …{"M" * 104};06 39;T1
   | {" " * 106}^^^^^
aide : écrivez ses dix chiffres, ou + et l'indicatif du pays

avertissement : la police n'a pas « ა » (U+10D0) : la place reste à remplir à la main
  --> eleves.csv:3:25 (pfmp1_entreprise)
   |
 3 | LE GOFF;Yann;05/03/2018;{UNSHOWN[:89]}…
   | {" " * 24}{"^" * 90}
aide : écrivez ce texte en lettres latines

"""


def test_all_that_is_unlikely_is_told_once_after_the_errors(folder: Folder) -> None:
    folder.write("pfmp.yaml", DOUBTFUL_PROJET)
    head = "nom;prenom;date_naissance;pfmp1_entreprise;pfmp1_telephone;division\n"
    rows = f"DUPONT;Marie;31/02/2008;;;T1\nLE GOFF;Yann;05/03/2018;{UNSHOWN};06 39;T1\n"
    folder.write("eleves.csv", head + rows)
    command = ["batch", "eleves.csv", "--class", "terminale", "--option", "B",
               "--documents", "grille", "--period", "1"]  # fmt: skip
    told = LIST_ERROR + PROJET_DOUBTS + LIST_DOUBTS
    folder.env["COLUMNS"] = "120"

    strict = folder.run(*command, "--strict")
    assert (strict.code, strict.err) == (1, told)
    assert folder.files() == ["eleves.csv", "pfmp.yaml"]

    outcome = folder.run(*command)
    summary = (
        "Établissement : établissement sans nom, 2025-2026\n"
        "  T1 : 1\n1 document écrit dans documents/ :\n  T1/LE-GOFF_Yann_grille-1.pdf\n"
        "1 erreur, 5 avertissements\n"
    )
    assert (outcome.code, outcome.err) == (3, told + summary)


def test_a_blank_grid_tells_what_is_unlikely_in_the_school_s_file(folder: Folder) -> None:
    folder.write("pfmp.yaml", DOUBTFUL_PROJET)
    outcome = folder.run("grid", "--class", "terminale", "--option", "B")

    assert (outcome.code, outcome.out) == (0, "grille-1-terminale-B.pdf\n")
    assert outcome.err == PROJET_DOUBTS + "Grille vierge de 2 pages :\n"


NAMES = [command.__name__.replace("_", "-") for command in COMMANDS]
LISTED = ", ".join(NAMES)
USAGE = [
    (["batch"], "erreur : il manque « FICHIER »\n"
     "aide : « pfmp batch --help » montre ce qui peut s'écrire\n\n"),
    (["bach", "x"],
     "erreur : commande « bach » inconnue\naide : vouliez-vous dire « batch » ?\n\n"),
    (["booklet", "--clas", "x"],
     "erreur : option « --clas » inconnue\naide : vouliez-vous dire « --class » ?\n\n"),
    (["batch", "x.csv", "--referentiel", "a.yaml", "--print", "--print", "--referentiel=b.yaml"],
     "erreur : « --referentiel » est donnée deux fois\naide : gardez l'une des deux valeurs\n\n"),
    (["booklet", "--class"], "erreur : il manque une valeur après « --class »\n"
     "aide : « pfmp --help » montre ce qui peut s'écrire\n\n"),
    (["livret"], "erreur : commande « livret » inconnue\n"
     "aide : vouliez-vous dire « booklet » ?\n\n"),
    (["help", "Grilles"], "erreur : commande « Grilles » inconnue\n"
     "aide : vouliez-vous dire « grid » ?\n\n"),
    (["zorglub"], f"erreur : commande « zorglub » inconnue\naide : commandes : {LISTED}\n\n"),
    (["booklet", "--modèles", "x"], "erreur : option « --modèles » inconnue\n"
     "aide : vouliez-vous dire « --templates » ?\n\n"),
    (["booklet", "--eleve", "x"], "erreur : option « --eleve » inconnue\n"
     "aide : « pfmp booklet --help » montre ce qui peut s'écrire\n\n"),
    (["booklet", "--class", "terminal"],
     "erreur : classe « terminal » inconnue\naide : vouliez-vous dire « terminale » ?\n\n"),
    (["booklet", "--class", "quinzième"], "erreur : classe « quinzième » inconnue\n"
     "aide : écrivez seconde, premiere ou terminale\n\n"),
    (["batch", "a", "b"], "erreur : la commande a un mot de trop\n"
     'aide : mettez entre guillemets ce qui a une espace ou une virgule ("lan nguyen", '
     "\"livret,grille\") ; « pfmp batch --help » montre ce qui peut s'écrire\n\n"),
    (["booklet"], "erreur : la classe manque\n"
     "aide : ajoutez --class seconde, premiere ou terminale\n\n"),
    (["booklet", "--class", "seconde", "--option", "B"],
     "erreur : la classe « Seconde » est commune à toutes les options : "
     "« --option B » n'y a pas de sens\naide : enlevez --option\n\n"),
    (["batch", "a", "--documents", "livret,grile,"],
     "erreur : document « grile » inconnu\naide : vouliez-vous dire « grille » ?\n\n"),
]  # fmt: skip


@pytest.mark.parametrize(("arguments", "expected"), USAGE, ids=lambda v: str(v)[:30])
def test_what_is_typed_wrong_is_told_in_french(
    folder: Folder, arguments: list[str], expected: str
) -> None:
    outcome = folder.run(*arguments)

    assert (outcome.code, outcome.out, outcome.err) == (2, "", expected)
    assert folder.files() == []


def test_a_missing_class_file_names_its_neighbours(folder: Folder) -> None:
    folder.write("eleves.csv", "nom;prenom\n")
    outcome = folder.run("batch", "eleve.csv")

    assert (outcome.code, outcome.err) == (
        1, "erreur : le fichier « eleve.csv » n'existe pas\n"
        "aide : vouliez-vous dire « eleves.csv » ?\n\n",
    )  # fmt: skip


def test_an_unexpected_fault_shows_no_traceback_and_no_value(folder: Folder) -> None:
    code = (
        "import pfmp_cli.press.workshop as l, sys\n"
        "def broken(*a): raise RuntimeError('DURAND Zoé')\n"
        "l.load_workshop = broken\n"
        "from pfmp_cli.cli import run\n"
        "sys.exit(run(['booklet', '--class', 'seconde']))"
    )
    outcome = folder.run(code=code)

    assert outcome.code == 1
    assert "défaut de pfmp (RuntimeError)" in outcome.err
    assert "DURAND" not in outcome.err
    assert "Traceback" not in outcome.err


def test_a_file_that_the_system_refuses_is_named(folder: Folder) -> None:
    code = (
        "import pfmp_cli.press.workshop as l, sys\n"
        "def refused(*a): raise PermissionError(13, 'Permission denied', 'logo.svg')\n"
        "l.load_workshop = refused\n"
        "from pfmp_cli.cli import run\n"
        "sys.exit(run(['booklet', '--class', 'seconde']))"
    )
    outcome = folder.run(code=code)

    assert (outcome.code, outcome.err) == (
        1, "erreur : le système refuse l'accès à « logo.svg »\n"
        "aide : vérifiez vos droits sur ce fichier et sur son dossier\n\n",
    )  # fmt: skip


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="root reads everything")
def test_a_list_that_the_system_refuses_is_told(folder: Folder) -> None:
    folder.write("eleves.csv", "nom;prenom\n")
    (folder.path / "eleves.csv").chmod(0)
    outcome = folder.run("batch", "eleves.csv")

    assert (outcome.code, outcome.err) == (
        1, "erreur : le fichier « eleves.csv » ne peut pas être lu (accès refusé)\n"
        "aide : fermez-le s'il est ouvert dans un tableur ; vérifiez vos droits sur le "
        "fichier\n\n",
    )  # fmt: skip


ENGLISH = ("Usage:", "Show ", "Install ", "Commands:", "Options:", "required", "default")


@pytest.mark.parametrize("command", ["", *NAMES])
def test_help_is_in_french_and_fits_80_columns(folder: Folder, command: str) -> None:
    folder.env["COLUMNS"] = "80"
    words = [command] if command else []
    shown = [folder.run(*asked) for asked in ([*words, "--help"], [*words, "-h"], ["help", *words])]

    assert shown == [Outcome(0, shown[0].out, "")] * 3
    assert shown[0].out.startswith(f"Usage : pfmp {command}".rstrip())
    assert "  -h, --help " in shown[0].out
    assert max(map(len, shown[0].out.splitlines())) <= 80
    assert not [word for word in ENGLISH if word in shown[0].out]


def test_nothing_at_all_shows_the_help(folder: Folder) -> None:
    assert folder.run() == Outcome(2, folder.run("--help").out, "")


@pytest.mark.parametrize(
    ("typed", "completed"),
    [("pfmp boo", "booklet"), ("pfmp booklet --cl", "--class"), ("pfmp livret --cl", "")],
)
def test_the_tab_key_completes_commands_and_options(
    folder: Folder, typed: str, completed: str
) -> None:
    folder.env |= {
        "_PFMP_COMPLETE": "complete_bash",
        "COMP_WORDS": typed,
        "COMP_CWORD": str(typed.count(" ")),
    }

    assert folder.run() == Outcome(0, f"{completed}\n", "")


def test_completion_is_installed_for_the_shell_that_asks(folder: Folder) -> None:
    folder.env["HOME"] = str(folder.path)
    command = [sys.executable, "-m", "pfmp_cli", "--install-completion"]
    done = subprocess.run(
        ["bash", "-c", f"{shlex.join(command)}; exit $?"],
        env=folder.env, cwd=folder.path, capture_output=True, text=True, check=False,
    )  # fmt: skip

    assert (done.returncode, done.stderr) == (0, "")
    assert folder.files() == [".bash_completions/pfmp.sh", ".bashrc"]
    assert "_PFMP_COMPLETE" in (folder.path / ".bash_completions/pfmp.sh").read_text("utf-8")


def test_the_help_of_batch_goes_from_the_usual_to_the_rare(folder: Folder) -> None:
    shown = folder.run("batch", "--help").out
    parts = [line for line in shown.splitlines() if line.endswith(" :") and line[0] != " "]

    assert parts == [
        "Arguments :", "Options :", "Pour imprimer et partager :", "Avant d'écrire et d'effacer :",
        "Autres fichiers :",
    ]  # fmt: skip
    assert "  --dry-run  Dire ce qui serait fait, sans rien écrire.\n" in shown
    assert "Pour imprimer et partager :\n  --print " in shown


IMPORTS = """
import sys
from pfmp_cli.cli import run
code = run(sys.argv[1:])
print(code, *[name for name in {names!r} if name in sys.modules], file=sys.stderr)
"""


def loaded(folder: Folder, names: list[str], *arguments: str) -> str:
    return folder.run(*arguments, code=IMPORTS.format(names=names)).err.splitlines()[-1]


def test_help_loads_neither_pydantic_nor_the_layout(folder: Folder) -> None:
    names = ["pydantic", "weasyprint", "pikepdf", "jinja2", "yaml", "rich"]

    assert loaded(folder, names, "--help") == "0"


@pytest.mark.parametrize("command", ["booklet", "batch"])
def test_a_warm_run_loads_no_layout(folder: Folder, command: str) -> None:
    folder.write("eleves.csv", "nom;prenom\nMARTIN;Zoé\n")
    arguments = [command, *(["eleves.csv"] if command == "batch" else [])]
    arguments += ["--class", "terminale", "--option", "B"]
    folder.run(*arguments)

    names = ["weasyprint", "pikepdf", "pydyf", "fontTools"]
    assert loaded(folder, names, *arguments) == "0"


def test_a_warm_run_for_the_copier_loads_no_layout(folder: Folder) -> None:
    folder.write("eleves.csv", "nom;prenom\nMARTIN;Zoé\n")
    arguments = ["batch", "eleves.csv", "--class", "terminale", "--option", "B", "--print"]
    folder.run(*arguments)

    assert loaded(folder, ["weasyprint", "pydyf", "fontTools"], *arguments) == "0"


def test_a_damaged_master_is_made_again(folder: Folder, tmp_path: Path) -> None:
    folder.env["PFMP_CACHE"] = str(tmp_path / "cache")
    arguments = ("grid", "--class", "premiere", "--option", "A", "-o", "grille.pdf")
    folder.run(*arguments)
    before = (folder.path / "grille.pdf").read_bytes()
    (master,) = (tmp_path / "cache").glob("*.maquette")
    content = master.read_bytes()
    truncated = content[: len(content) // 2]
    for damaged in (truncated, b"", content.replace(b"%PDF", b"%XXX", 1)):
        master.write_bytes(damaged)
        assert folder.run(*arguments).code == 0
        assert (folder.path / "grille.pdf").read_bytes() == before
        assert master.read_bytes() == content


def test_what_dead_runs_left_in_the_cache_is_swept_away(folder: Folder, tmp_path: Path) -> None:
    folder.env["PFMP_CACHE"] = str(tmp_path / "cache")
    (tmp_path / "cache").mkdir()
    for name, age in (("mort.zip.12-0.partiel", 7200), ("vivant.zip.13-0.partiel", 0)):
        (tmp_path / "cache" / name).touch()
        os.utime(tmp_path / "cache" / name, (time.time() - age,) * 2)
    folder.run("grid", "--class", "seconde")

    assert [path.name for path in (tmp_path / "cache").glob("*.partiel")] == [
        "vivant.zip.13-0.partiel"
    ]


def test_two_runs_that_make_the_same_master_do_not_disturb_each_other(
    folder: Folder, tmp_path: Path
) -> None:
    folder.env["PFMP_CACHE"] = str(tmp_path / "cache")
    command = [sys.executable, "-m", "pfmp_cli", "grid", "--class", "seconde", "-o"]
    runs = [
        subprocess.Popen([*command, name], cwd=folder.path, env=folder.env,
                         stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        for name in ("un.pdf", "deux.pdf")
    ]  # fmt: skip

    assert [run.wait() for run in runs] == [0, 0]
    assert (folder.path / "un.pdf").read_bytes() == (folder.path / "deux.pdf").read_bytes()
    kept = Counter(path.suffix for path in (tmp_path / "cache").iterdir() if path.is_file())
    assert kept[".maquette"] == 1
    assert kept.keys() <= {".maquette", ".jinja", ".json"}


def test_schemas_are_written_where_asked(folder: Folder) -> None:
    outcome = folder.run("schema", "-o", "schemas")

    assert (outcome.code, outcome.err) == (0, "")
    assert outcome.out == "schemas/referentiel.schema.json\nschemas/pfmp.schema.json\n"
    assert folder.run("schema", "projet").out == (ROOT / "schemas/pfmp.schema.json").read_text(
        "utf-8"
    )


def test_a_schema_never_replaces_another_s_file(folder: Folder) -> None:
    folder.write("pfmp.schema.json", "{}")
    outcome = folder.run("schema", "projet", "-o", ".")

    assert (outcome.code, outcome.out) == (3, "")
    assert outcome.err == (
        "erreur : un fichier que pfmp n'a pas fait est à cette place ; il n'a pas été touché\n"
        "  --> pfmp.schema.json\n"
        "aide : déplacez-le, ou choisissez un autre dossier avec -o\n\n"
    )


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ((), "erreur : on ne sait pas quel schéma montrer\n"
             "aide : écrivez referentiel ou projet, ou -o DOSSIER pour les deux\n\n"),
        (("projett",), "erreur : schéma « projett » inconnu\n"
                       "aide : vouliez-vous dire « projet » ?\n\n"),
        (("x",), "erreur : schéma « x » inconnu\naide : écrivez referentiel ou projet\n\n"),
    ],
)  # fmt: skip
def test_a_schema_that_does_not_exist(
    arguments: tuple[str, ...], message: str, folder: Folder
) -> None:
    outcome = folder.run("schema", *arguments)

    assert (outcome.code, outcome.out, outcome.err) == (2, "", message)


RESULTATS = ("batch", "eleves.csv", "--documents", "resultats")
ONE = "nom;prenom;division;classe;option\nUN;Zoé;T1;terminale;A\n"


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="a device of Linux")
@pytest.mark.parametrize(
    ("streams", "code", "said"),
    [
        ("2>&-", 0, "documents/index.html\n"),
        (">&- 2>&-", 0, ""),
        ("2>/dev/full", 0, "documents/index.html\n"),
        (">/dev/full 2>/dev/full", 3, ""),
        ("2>&1 >/dev/full", 3, "erreur : ce que la commande affiche ne peut pas être écrit : le "
         "disque est plein\naide : envoyez-le ailleurs, ou faites de la place\n\n"),
    ],
)  # fmt: skip
def test_what_cannot_be_shown_keeps_no_document_from_being_made(
    folder: Folder, streams: str, code: int, said: str
) -> None:
    folder.write("eleves.csv", ONE)
    command = f'"{sys.executable}" -m pfmp_cli {" ".join(RESULTATS)} {streams}'
    process = subprocess.run(
        ["sh", "-c", command], cwd=folder.path, env=folder.env, capture_output=True, text=True,
        check=False,
    )  # fmt: skip

    assert (process.returncode, process.stderr) == (code, "")
    assert process.stdout.endswith(said)
    assert "documents/T1/UN_Zoe_resultats.pdf" in folder.files()


def test_a_folder_named_like_a_template_is_no_template(folder: Folder) -> None:
    folder.write("eleves.csv", ONE)
    (folder.path / "modeles/x.html").mkdir(parents=True)

    assert folder.run(*RESULTATS).code == 0
    refused = folder.run("batch", "eleves.csv", "--documents", "x")
    assert refused.code == 1
    assert "« x.html » n'est pas un fichier" in refused.err


@pytest.mark.parametrize("output", ["modeles", "modeles/ici", ".", "ecole"])
def test_documents_are_not_written_among_what_they_are_made_of(folder: Folder, output: str) -> None:
    for name in ("modeles", "ecole"):
        (folder.path / name).mkdir()
    folder.write("eleves.csv", ONE)
    folder.write("pfmp.yaml", "annee_scolaire: 2026-2027\n")
    folder.write("ecole/referentiel.yaml", shipped("referentiel.yaml").read_text("utf-8"))
    before = folder.files()
    outcome = folder.run(*RESULTATS, "-o", output, "--referentiel", "ecole/referentiel.yaml")

    assert outcome.code == 1
    assert outcome.err == (
        "erreur : ce dossier est celui des modèles, du référentiel ou de pfmp.yaml ; rien n'y est "
        f"écrit\n  --> {output}\naide : choisissez un autre dossier avec -o\n\n"
    )
    assert folder.files() == before


def test_a_key_that_is_gone_is_told_and_a_new_one_is_made(folder: Folder) -> None:
    folder.write("eleves.csv", "nom;prenom\nMARTIN;Zoé\n")
    words = ("batch", "eleves.csv", "--class", "seconde", "--documents", "resultats")
    assert "clé" not in folder.run(*words).err
    key = folder.path / "documents/pfmp.cle"
    assert key.stat().st_mode & 0o777 == 0o600
    assert "inchangé" in folder.run(*words).err or "laissé" in folder.run(*words).err
    before = key.read_bytes()
    key.unlink()

    told = folder.run(*words).err
    assert "Il n'y a pas de clé (pfmp.cle)" in told
    assert "1 document écrit" in told
    assert key.read_bytes() != before
    assert before.split()[-1].decode() not in told
