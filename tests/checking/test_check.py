"""`pfmp check` as it is typed: what is read, in which form it is told, and the exit code."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from string import Formatter

import pytest

from pfmp_cli.checking.report import FORMATS
from pfmp_cli.cli import run
from pfmp_cli.diagnostics import Rule
from tests.documents.making import DOCUMENTS
from tests.every_rule import RULES

ROOT = Path(__file__).resolve().parents[2]
SMALL = str(ROOT / "tests" / "checking" / "corpus" / "referentiel.yaml")
PROJET = 'etablissement: {nom: "Lycée  des Tilleuls", vile: X}\ndivisions: {T1: {classe: termin}}\n'
LISTE = (
    "nom;prenom;date_naissance;classe;option\n"
    "QUINTEFEUILLE;Anaximandre;31/02/2009;Seconde;\n"
    "QUINTEFEUILLE;Anaximandre;05/03/2009;Zorglub;\n"
    "PÉTRONILLE;Cunégonde;05/03/2009;Terminale;Z\n"
)


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def check(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    code = run(["check", *arguments])
    shown = capsys.readouterr()
    return code, shown.out, shown.err


def test_shipped_files_have_the_warnings_that_are_true_and_no_others(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ROOT)
    code, out, err = check(
        capsys, "examples", "referentiel.yaml", "examples/eleves.csv", "--sans-rendu"
    )

    assert re.findall(r"^(\w+ : .*)\n  --> (\S+):\d+:", out, re.MULTILINE) == [
        ("avertissement : « etablissement » est encore en partie celui de l'exemple : nom, "
         "adresse, ville, telephone, courriel, uai", "examples/pfmp.yaml"),
        ("avertissement : la note de service n° 96-241 n'est plus en vigueur",
         "examples/pfmp.yaml"),
        ("avertissement : l'activité « 4B » n'a pas de ressources", "referentiel.yaml"),
        ("avertissement : « Programmes » est à confirmer : peut-être « Planogrammes » "
         "(activites.4A.ressources)", "referentiel.yaml"),
    ]  # fmt: skip
    assert (code, err) == (
        0,
        "Établissement : Lycée professionnel des Trois-Tilleuls, 2025-2026\n"
        "1 référentiel, 1 établissement, 1 liste : 4 avertissements\n",
    )


def test_without_a_file_the_current_folder_is_checked(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "pfmp.yaml").write_text("annee_scolaire: 2025-2026\n", encoding="utf-8")
    (folder / "modeles").mkdir()
    (folder / "modeles" / "navette.html").write_text("<p>", encoding="utf-8")
    code, out, err = check(capsys, "--referentiel", SMALL, "--sans-rendu")

    assert (code, out) == (0, "")
    assert err == (
        "Établissement : établissement sans nom, 2025-2026\n"
        "1 référentiel, 1 établissement, 1 dossier de modèles : rien à signaler\n"
    )


def test_a_filled_gap_is_no_gap(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "pfmp.yaml").write_text(
        'complements: {"4B": {ressources: [Un plan]}}\n', encoding="utf-8"
    )
    _, out, _ = check(capsys, "--sans-rendu", "--format", "json")

    assert [one["regle"] for one in json.loads(out)["diagnostics"]] == ["a-confirmer"]


def test_all_that_is_wrong_with_the_school_is_told_before_the_lists_are_read(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "pfmp.yaml").write_text(PROJET, encoding="utf-8")
    (folder / "eleves.csv").write_text(LISTE, encoding="utf-8")
    code, out, err = check(
        capsys, "absent.csv", "pfmp.yaml", "eleves.csv", "eleves.pdf", "--referentiel", SMALL,
        "--sans-rendu",
    )  # fmt: skip

    assert re.findall(r"^(?:erreur|avertissement) : .*", out, re.MULTILINE) == [
        "erreur : le fichier « absent.csv » n'existe pas",
        "erreur : le fichier « eleves.pdf » n'existe pas",
        "erreur : clé inconnue « vile »",
        "erreur : classe inconnue « termin »",
        "avertissement : plusieurs espaces de suite",
    ]
    assert code == 1
    assert err == (
        "Les listes n'ont pas été relues : corrigez d'abord les erreurs.\n"
        "1 établissement : 4 erreurs, 1 avertissement\n"
    )


def test_a_refused_referentiel_leaves_the_lists_for_later(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "mien.yaml").write_text("diplome: {\n", encoding="utf-8")
    (folder / "eleves.csv").write_text(LISTE, encoding="utf-8")
    code, out, err = check(capsys, "eleves.csv", "--referentiel", "mien.yaml")

    assert out.startswith("erreur : il manque une valeur entre deux virgules")
    assert (code, err) == (
        1,
        "Les modèles n'ont pas été essayés : corrigez d'abord les erreurs.\n"
        "Les listes n'ont pas été relues : corrigez d'abord les erreurs.\n"
        "aucun fichier relu : 1 erreur\n",
    )


def test_schools_are_checked_one_at_a_time(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("pfmp.yaml", "pfmp-2026.yaml"):
        (folder / name).write_text("annee_scolaire: 2025-2026\n", encoding="utf-8")
    code, out, _ = check(capsys, "pfmp.yaml", "pfmp-2026.yaml", "pfmp.yaml", "--sans-rendu")

    assert (code, out) == (
        1,
        "erreur : « pfmp-2026.yaml » est un second établissement\n  --> pfmp-2026.yaml\n"
        "aide : relisez-les l'un après l'autre\n\n",
    )


@pytest.mark.parametrize(
    ("name", "message", "aide"),
    [
        ("note.odt", "« note.odt » n'est pas un fichier que pfmp lit",
         "sont lus les fichiers .yaml, .yml, .csv, .txt, .xlsx, .ods, .xls, .xml, .zip, .html, "
         ".css, .md"),
        ("vide", "le dossier « vide » n'a ni pfmp.yaml ni modèle",
         "donnez le dossier d'un établissement, ou un dossier de modèles"),
        ("not.odt", "le fichier « not.odt » n'existe pas", "vouliez-vous dire « note.odt » ?"),
        ("absent", "le fichier « absent » n'existe pas", "vérifiez son nom et son dossier"),
    ],
)  # fmt: skip
def test_what_is_no_file_of_ours(
    name: str, message: str, aide: str, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "note.odt").touch()
    (folder / "vide").mkdir()

    expected = f"erreur : {message}\n  --> {name}\naide : {aide}\n\n"
    assert check(capsys, name) == (1, expected, "aucun fichier relu : 1 erreur\n")


def test_a_folder_of_templates_that_is_none(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = check(capsys, "--templates", "absent", "--sans-rendu")

    assert code == 1
    assert out.startswith("erreur : le dossier de modèles « absent » n'existe pas\n  --> absent\n")


def test_strict_counts_warnings(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "pfmp.yaml").write_text("etablissement: {nom: A  B}\n", encoding="utf-8")
    arguments = ("pfmp.yaml", "--referentiel", SMALL, "--sans-rendu")

    assert check(capsys, *arguments)[0] == 0
    assert check(capsys, *arguments, "--strict")[0] == 1


def test_strict_passes_over_remarks_which_each_format_calls_so(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """As of an untouched export of SIECLE, which is in Windows-1252."""
    (folder / "pfmp.yaml").write_text(
        "divisions: {T1: {classe: terminale, option: A}}\n", encoding="utf-8"
    )
    (folder / "l.csv").write_bytes("nom;prenom;division\nA;Zoé;T1\n".encode("cp1252"))
    arguments = ("l.csv", "pfmp.yaml", "--referentiel", SMALL, "--sans-rendu", "--strict")

    code, out, err = check(capsys, *arguments)
    assert (code, out.partition("\n")[0]) == (
        0, "remarque : le fichier n'est pas en UTF-8 : « Zoé » est lu comme du Windows-1252"
    )  # fmt: skip
    assert err.endswith(": 1 remarque\n")
    report = json.loads(check(capsys, *arguments, "--format", "json")[1])
    assert (report["avertissements"], report["diagnostics"][0]["severite"]) == (0, "remarque")
    assert check(capsys, *arguments, "--format", "github")[1].startswith("::notice file=l.csv")
    assert json.loads(check(capsys, *arguments, "--format", "gitlab")[1])[0]["severity"] == "info"


def test_an_unknown_format_is_wrong_usage(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = check(capsys, "--format", "jsn")

    assert (code, out) == (2, "")
    assert err == "erreur : format « jsn » inconnu\naide : vouliez-vous dire « json » ?\n\n"


def test_the_lists_that_the_school_declares_are_read(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "pfmp.yaml").write_text(
        "fabrication: {listes: [{fichier: absente.csv}, {fichier: s.csv, classe: seconde}]}\n",
        encoding="utf-8",
    )
    (folder / "s.csv").write_text("nom;prenom\nA;B\n;C\n", encoding="utf-8")
    code, out, err = check(capsys, "--referentiel", SMALL, "--sans-rendu")

    assert re.findall(r"^erreur : .*|--> .*", out, re.MULTILINE) == [
        "erreur : le nom manque", "--> s.csv:3:1 (nom)",
    ]  # fmt: skip
    assert (code, err) == (
        1,
        "« absente.csv » n'est pas là, et n'a pas été relu.\n"
        "1 référentiel, 1 établissement, 1 liste : 1 erreur\n",
    )


def test_placements_are_read_with_their_list(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "e.csv").write_text("nom;prenom;classe\nA;B;Seconde\n", encoding="utf-8")
    (folder / "s.csv").write_text(
        "nom;prenom;période;raison sociale\nA;B;1;Mairie\nC;D;1;Poste\nA;B;9;Gare\n",
        encoding="utf-8",
    )
    code, out, err = check(
        capsys, "e.csv", "--stages", "s.csv", "--referentiel", SMALL, "--sans-rendu"
    )

    assert re.findall(r"--> .*", out) == ["--> s.csv:3:1 (nom)", "--> s.csv:4:5 (période)"]
    assert (code, err) == (1, "2 listes : 2 erreurs\n")


# The forms


def report(folder: Path, capsys: pytest.CaptureFixture[str], forme: str) -> str:
    (folder / "pfmp.yaml").write_text(PROJET, encoding="utf-8")
    return check(capsys, "pfmp.yaml", "--referentiel", SMALL, "--sans-rendu", "--format", forme)[1]


def test_json_has_the_documented_keys(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found = json.loads(report(folder, capsys, "json"))

    diagnostics = found.pop("diagnostics")
    assert found == {
        "version": 1,
        "pfmp": "0.1.0",
        "erreurs": 2,
        "avertissements": 1,
        "fichiers": [{"genre": "projet", "chemin": "pfmp.yaml"}],
        "remarques": [],
    }
    assert diagnostics[1] == {
        "regle": "forme",
        "severite": "erreur",
        "message": "clé inconnue « vile »",
        "aide": "vouliez-vous écrire « ville » ?",
        "genre": "projet",
        "fichier": "pfmp.yaml",
        "ligne": 1,
        "colonne": 45,
        "longueur": 4,
        "repere": "etablissement.vile",
    }


def test_github_gets_its_annotations(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert report(folder, capsys, "github").splitlines() == [
        "::warning file=pfmp.yaml,line=1,col=28,endColumn=30,title=pfmp %3A espaces::"
        "plusieurs espaces de suite%0Aaide : n'en gardez qu'une",
        "::error file=pfmp.yaml,line=1,col=45,endColumn=49,title=pfmp %3A forme::"
        "clé inconnue « vile »%0Aaide : vouliez-vous écrire « ville » ?",
        "::error file=pfmp.yaml,line=2,col=26,endColumn=32,title=pfmp %3A reference::"
        "classe inconnue « termin »%0Aaide : vouliez-vous écrire « terminale » ?",
    ]


def test_github_commands_are_escaped(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "a,b:c%.yaml").write_text('etablissement: {"100%": X}\n', encoding="utf-8")
    _, out, _ = check(
        capsys, "a,b:c%.yaml", "--referentiel", SMALL, "--sans-rendu", "--format", "github"
    )

    assert out.startswith(
        "::error file=a%2Cb%3Ac%25.yaml,line=1,col=17,endColumn=23,title=pfmp %3A forme::"
        "clé inconnue « 100%25 »%0Aaide : "
    )


def test_gitlab_gets_a_code_quality_report(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    found = json.loads(report(folder, capsys, "gitlab"))

    assert [one.pop("fingerprint") for one in found] != []
    assert found[1] == {
        "description": "clé inconnue « vile » ; vouliez-vous écrire « ville » ?",
        "check_name": "forme",
        "severity": "major",
        "location": {"path": "pfmp.yaml", "lines": {"begin": 1}},
    }
    assert found[0]["severity"] == "minor"


def test_gitlab_knows_a_finding_again_on_another_line(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def fingerprints(text: str) -> list[str]:
        (folder / "pfmp.yaml").write_text(text, encoding="utf-8")
        out = check(capsys, "pfmp.yaml", "--referentiel", SMALL, "--sans-rendu", "--format",
                    "gitlab")[1]  # fmt: skip
        return [one["fingerprint"] for one in json.loads(out)]

    text = "contacts:\n  - {role: A  B}\n  - {role: A  B  C}\n"
    found = fingerprints(text)
    assert fingerprints(f"# un commentaire\n{text}") == found
    assert len(set(found)) == len(found) == 3


def test_nothing_found_is_an_empty_report(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "pfmp.yaml").write_text("", encoding="utf-8")
    arguments = ("pfmp.yaml", "--referentiel", SMALL, "--sans-rendu", "--format")

    assert [check(capsys, *arguments, forme)[1] for forme in ("text", "github", "gitlab")] == [
        "", "", "[]\n",
    ]  # fmt: skip
    assert json.loads(check(capsys, *arguments, "json")[1])["diagnostics"] == []


# Pupils


@pytest.mark.parametrize("forme", sorted(FORMATS))
def test_a_machine_is_told_nothing_of_a_pupil(
    forme: str, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "eleves.csv").write_text(LISTE, encoding="utf-8")
    code, out, err = check(
        capsys, "eleves.csv", "--referentiel", SMALL, "--sans-rendu", "--format", forme
    )

    cells = set(re.findall(r"\w{3,}", LISTE.partition("\n")[2])) - {"Seconde", "Terminale"}
    assert code == 1
    assert "« … »" in out
    assert "Anaximandre" in cells
    assert [cell for cell in cells if cell in out + err] == []


def test_a_person_is_told_the_cell(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "eleves.csv").write_text(LISTE, encoding="utf-8")
    _, out, _ = check(capsys, "eleves.csv", "--referentiel", SMALL, "--sans-rendu")

    assert "classe « Zorglub » inconnue" in out


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_no_rule_shows_a_value_where_values_are_left_out(rule: Rule) -> None:
    names = [name for _, name, _, _ in Formatter().parse(rule.sentence + rule.help) if name]
    found = rule.at(None, **dict.fromkeys(names, "MARTIN"))

    assert "MARTIN" not in found.masked
    assert ("…" in found.masked) == ("{" in rule.sentence.replace("{{", "") or "…" in rule.sentence)


# Templates


def test_a_school_s_template_is_tried_with_its_school(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "pfmp.yaml").write_text(
        "fabrication: {vierges: {documents: [vissite]}}\n", encoding="utf-8"
    )
    (folder / "modeles").mkdir()
    page = '<!DOCTYPE html><html lang="fr"><title>Une page</title><h1>Une page</h1></html>'
    for name in {*DOCUMENTS} - {"visite"}:
        (folder / "modeles" / f"{name}.html").write_text(page, encoding="utf-8")
    (folder / "modeles" / "visite.html").write_text("{{ annee }}", encoding="utf-8")
    (folder / "modeles" / "_reste.html").write_text("{% if x %}", encoding="utf-8")
    code, out, err = check(capsys, "--referentiel", SMALL)

    assert re.findall(r"^erreur : .{20}|--> .*", out, re.MULTILINE) == [
        "erreur : document inconnu « v", "--> pfmp.yaml:1:37 (fabrication.vierges.documents[1])",
        "erreur : modèle : « if » n'es", "--> modeles/_reste.html:1:1",
        "erreur : « annee » n'existe p", "--> modeles/visite.html:1:4",
    ]  # fmt: skip
    assert code == 1
    assert err == "1 référentiel, 1 établissement, 1 dossier de modèles : 3 erreurs\n"


def test_without_pango_it_is_said_once_and_of_no_template(tmp_path: Path) -> None:
    (tmp_path / "weasyprint").mkdir()
    (tmp_path / "weasyprint/__init__.py").write_text("raise OSError('no pango')", encoding="utf-8")
    (tmp_path / "pfmp.yaml").touch()
    done = subprocess.run(
        [sys.executable, "-m", "pfmp_cli", "check", "--referentiel", SMALL],
        cwd=tmp_path, capture_output=True, check=False,
        env={**os.environ, "PYTHONPATH": f"{tmp_path}{os.pathsep}{ROOT}",
             "PFMP_CACHE": str(tmp_path / "cache")},
    )  # fmt: skip
    said = done.stdout.decode("utf-8")

    assert said.count("une bibliothèque du système (Pango, HarfBuzz) manque") == 1
    assert "  -->" not in said.partition("aide : ")[0]
    assert done.returncode == 1
