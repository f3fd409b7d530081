"""The commands as a person types them: output, files, exit codes, word for word."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.pdf import read_text

ROOT = Path(__file__).resolve().parent.parent


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
        0, "  TMCV1 : 2\n2 documents écrits dans documents/\n",
    )  # fmt: skip
    assert folder.files() == [
        "documents/TMCV1/NGUYEN_Terii_livret.pdf",
        "documents/TMCV1/OZGUR_Zoe_livret.pdf",
        "documents/manifest.json",
        "eleves.csv",
    ]
    assert "NGUYỄN Teriʻi" in folder.text("documents/TMCV1/NGUYEN_Terii_livret.pdf")


def test_a_list_of_the_whole_school_is_counted(folder: Folder) -> None:
    rows = "A;B;TLEPRO MET.COM.VEN.OP.B\n" + "C;D;2NDE GENERALE\n" * 1157
    folder.write("eleves.csv", "NOM;PRENOM;MEF\n" + rows)
    outcome = folder.run("batch", "eleves.csv")

    assert (outcome.code, outcome.err) == (
        0,
        "  terminale-B : 1\n1 document écrit dans documents/\n"
        "1\u202f158 élèves lus, 1 en MCV, 1\u202f157 d'autres formations laissés de côté\n",
    )


def test_a_list_without_anyone_of_the_diploma_is_refused(folder: Folder) -> None:
    folder.write("eleves.csv", "NOM;PRENOM;MEF\nC;D;2NDE GENERALE\n")
    outcome = folder.run("batch", "eleves.csv")

    assert (outcome.code, outcome.err) == (
        1,
        "erreur : aucun élève de la liste n'est en MCV\n"
        "aide : vérifiez que c'est la bonne liste, et les « mef » et « mef_libelles » du "
        "référentiel\n\n",
    )


def test_a_workbook_misspelt_is_proposed(folder: Folder) -> None:
    folder.write("eleves.xlsx", "")

    assert folder.run("batch", "eleve.xlsx").err == (
        "erreur : le fichier « eleve.xlsx » n'existe pas\n"
        "aide : vouliez-vous dire « eleves.xlsx » ?\n\n"
    )


def test_a_bad_row_does_not_stop_the_others(folder: Folder) -> None:
    folder.write(
        "eleves.csv", "nom;prenom;date_naissance\nDURAND;Léa;31/02/2009\nMARTIN;Zoé;01/03/2009\n"
    )
    outcome = folder.run("batch", "eleves.csv", "--class", "terminale", "--option", "B")

    assert outcome.code == 3
    assert "eleves.csv:2:12" in outcome.err
    assert outcome.err.endswith("1 document écrit dans documents/\n1 erreur\n")
    assert folder.files() == [
        "documents/manifest.json", "documents/terminale-B/MARTIN_Zoe_livret.pdf", "eleves.csv",
    ]  # fmt: skip


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
        folder.env["PFMP_CACHE"] = str(tmp_path / f"cache-{name}")
        folder.run("batch", "eleves.csv", "--class", "seconde", "-o", name)
    one, two = ((folder.path / n / "seconde/MARTIN_Zoe_livret.pdf").read_bytes()
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
        0, "  TMCV1 : 2\n2 documents écrits dans documents/\n"
        "1 fichier pour le copieur, recto verso :\n"
        "  documents/TMCV1/TMCV1_livret_a-imprimer.pdf\n",
    )  # fmt: skip
    assert folder.files() == [
        "documents/TMCV1/NGUYEN_Lan_livret.pdf",
        "documents/TMCV1/OZGUR_Zoe_livret.pdf",
        "documents/TMCV1/TMCV1_livret_a-imprimer.pdf",
        "documents/manifest.json",
        "eleves.csv",
    ]


def test_primo_entrants_are_in_the_print_file_of_their_class(folder: Folder) -> None:
    folder.write(
        "eleves.csv",
        "nom;prenom;division;primo_entrant\nUN;Zoé;P1;\nDEUX;Zoé;P1;oui\nTROIS;Zoé;P2;\n",
    )
    arguments = ("--class", "premiere", "--option", "A", "--imposition", "livret-a5")
    outcome = folder.run("batch", "eleves.csv", *arguments)
    prints = [name for name in folder.files() if name.endswith("_a5.pdf")]

    assert outcome.code == 0
    assert prints == ["documents/P1/P1_livret_a5.pdf", "documents/P2/P2_livret_a5.pdf"]
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
    assert outcome.err.endswith("1 document écrit dans documents/\n1 erreur\n")


USAGE = [
    (["batch"], "erreur : il manque « FICHIER »\n"
     "aide : « pfmp batch --help » montre ce qui peut s'écrire\n\n"),
    (["bach", "x"],
     "erreur : commande « bach » inconnue\naide : vouliez-vous dire « batch » ?\n\n"),
    (["booklet", "--clas", "x"],
     "erreur : option « --clas » inconnue\naide : vouliez-vous dire « --class » ?\n\n"),
    (["booklet", "--class"], "erreur : il manque une valeur après « --class »\n"
     "aide : « pfmp --help » montre ce qui peut s'écrire\n\n"),
    (["batch", "a", "b"], "erreur : la commande a un mot de trop\n"
     "aide : « pfmp batch --help » montre ce qui peut s'écrire\n\n"),
    (["booklet"], "erreur : la classe manque\n"
     "aide : ajoutez --class seconde ou premiere ou terminale\n\n"),
    (["booklet", "--class", "seconde", "--option", "B"],
     "erreur : la classe « Seconde » est commune à toutes les options : "
     "« --option B » n'y a pas de sens\naide : enlevez --option\n\n"),
    (["batch", "a", "--imposition", "a6"],
     "erreur : imposition « a6 » inconnue\naide : écrivez livret-a5\n\n"),
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
        "import pfmp_cli.loading as l, sys\n"
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


def test_help_is_in_french(folder: Folder) -> None:
    for command in ([], ["booklet"], ["batch"]):
        shown = folder.run(*command, "--help").out
        assert not [word for word in ("Usage:", "Show this", "Commands:", "Options:", "required",
                                      "default") if word in shown]  # fmt: skip


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
    arguments = ("booklet", "--class", "seconde", "-o", "livret.pdf")
    folder.run(*arguments)
    before = (folder.path / "livret.pdf").read_bytes()
    (master,) = (tmp_path / "cache").glob("*.zip")
    content = master.read_bytes()
    for damaged in (content[: len(content) // 2], b"", content.replace(b"%PDF", b"%XXX", 1)):
        master.write_bytes(damaged)
        assert folder.run(*arguments).code == 0
        assert (folder.path / "livret.pdf").read_bytes() == before
        assert master.read_bytes() == content
