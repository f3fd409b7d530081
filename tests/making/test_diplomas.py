"""Several diplomas in one school: one list, one command, one folder, one index."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest

from pfmp_cli.cli import run
from tests.commande import CommandLine
from tests.making.test_index import read_page
from tests.making.test_run import marks
from tests.pdf import read_text

AUTRE = Path(__file__).parent.parent / "autre_diplome/referentiel.yaml"
# Both have a class that is called « terminale ».
SCHOOL = """annee_scolaire: 2025-2026
etablissement: {nom: "Lycée des Deux-Rives"}
calendrier: {zone: A}
diplomes:
  - calendrier:
      periodes:
        terminale:
          - {du: 2025-11-24, au: 2025-12-13}
          - {du: 2026-01-12, au: 2026-01-31}
    divisions:
      T1: {classe: terminale, option: B}
  - referentiel: acv.yaml
    calendrier:
      periodes:
        terminale: [{du: 2025-11-10, au: 2025-11-21}, {du: 2026-01-12, au: 2026-01-23},
                    {du: 2026-03-16, au: 2026-03-27}, {du: 2026-05-18, au: 2026-05-29}]
    divisions:
      CI1: {classe: terminale, option: toile}
    contacts: [{role: "Atelier"}]
fabrication:
  listes: [{fichier: eleves.csv, documents: [presence]}]
  vierges: {documents: [resultats]}
"""
TITLES = "nom;prenom;date_naissance;division;pfmp4_entreprise\n"
LEA, MAEVA = "MARTIN;Léa;14/03/2008;T1;\n", "ALIZÉ;Maëva;14/03/2010;ci-1;Zéphyr\n"
CAP, ALONE = "DURAND;Zoé;30/06/2010;1CAP2;\n", "SEUL;Ana;30/06/2010;;\n"
LEAS = [f"T1/MARTIN_Lea_presence-{one}.pdf" for one in "12"]
MAEVAS = [f"CI1/ALIZE_Maeva_presence-P{one}.pdf" for one in "1234"]


@dataclass
class Told:
    code: int
    out: str
    err: str


@pytest.fixture
def ecole(commande: CommandLine) -> CommandLine:
    text = AUTRE.read_text("utf-8").replace("code: court", "code: terminale")
    Path("acv.yaml").write_text(text, "utf-8")
    Path("pfmp.yaml").write_text(SCHOOL, "utf-8")
    commande.write(LEA, MAEVA, CAP, ALONE, titles=TITLES)
    return commande


def do(ecole: CommandLine, *words: str) -> Told:
    code = run(list(words))
    said = ecole.capsys.readouterr()
    return Told(code, said.out, said.err)


def made(ecole: CommandLine) -> list[str]:
    return [name for name in ecole.files("documents") if name.endswith(".pdf")]


def test_each_pupil_gets_the_documents_of_the_diploma_of_their_division(
    ecole: CommandLine,
) -> None:
    outcome = ecole.batch("--documents", "presence")
    folder = ecole.path / "documents"
    texts = [read_text((folder / name).read_bytes()) for name in (LEAS[0], MAEVAS[0])]

    assert outcome.code == 0
    assert made(ecole) == MAEVAS + LEAS
    assert ["Arts du cerf-volant" in text for text in texts] == [False, True]
    assert ["13 décembre 2025" in " ".join(text.split()) for text in texts] == [True, False]
    assert "4 élèves lus, 1 en MCV, 1 en ACV, 2 d'autres formations" in outcome.err
    assert "d'autres formations : 1CAP2 1, sans division 1\n" in outcome.err
    assert "colonne" not in outcome.err  # the fourth period is of one of them


def test_one_page_shows_all_and_a_second_run_writes_nothing(ecole: CommandLine) -> None:
    do(ecole, "build")
    page = read_page(ecole)
    before = marks(ecole.path / "documents")
    again = do(ecole, "build", "--prune")

    assert page.texts("h2")[:2] == ["T1", "CI1"]
    assert page.texts("strong") == ["2 élèves, 6 documents"]
    assert "vierges/MCV/resultats-terminale-B.pdf" in before
    assert "vierges/ACV/resultats-terminale-toile.pdf" in before
    assert again.code == 0
    assert marks(ecole.path / "documents") == before
    assert do(ecole, "build", "--check").code == 0


def test_words_that_one_diploma_has_choose_it(ecole: CommandLine) -> None:
    option = ecole.batch("--documents", "presence", "--option", "toile", "--print")
    files = made(ecole)
    pupil = ecole.batch("--documents", "presence", "--eleve", "lea martin")
    both = ecole.batch("--documents", "presence", "--class", "terminale", "--prune")

    assert option.code == 0
    assert files == [*MAEVAS, "CI1/CI1_presence_a-imprimer.pdf"]
    assert "2 documents écrits" in pupil.err
    assert "6 laissés tels quels" in both.err
    assert ecole.batch("--class", "cinq").err.count("classe « cinq » inconnue") == 2


def test_placements_find_their_pupils_in_any_of_them(ecole: CommandLine) -> None:
    Path("stages.csv").write_text(
        "nom;prenom;periode;entreprise\nMARTIN;Léa;1;Olt\nALIZÉ;Maëva;P1;Mistral\n"
        "DURAND;Zoé;1;Autre\nPERSONNE;Eva;1;Autre\n"
    )
    outcome = ecole.batch("--documents", "visite", "--stages", "stages.csv")
    recap = do(ecole, "recap", "eleves.csv", "--stages", "stages.csv")
    folder = ecole.path / "documents"

    assert outcome.err.count("n'est pas dans la liste des élèves") == 1
    assert "4 stages lus dans stages.csv\n" in outcome.err
    assert "Olt" in read_text((folder / "T1/MARTIN_Lea_visite-1.pdf").read_bytes())
    assert "Mistral" in read_text((folder / "CI1/ALIZE_Maeva_visite-P1.pdf").read_bytes())
    assert "2 élèves, 6 stages, dont " in recap.err


def test_blank_documents_are_of_the_one_that_the_words_say(ecole: CommandLine) -> None:
    grid = do(ecole, "grid", "--class", "terminale", "--option", "toile")
    unsaid = do(ecole, "booklet", "--class", "terminale")
    named = do(
        ecole, "grid", "--class", "terminale", "--option", "vol", "--referentiel", "acv.yaml"
    )
    none = do(ecole, "grid", "--referentiel", "eleves.csv")

    assert grid.code == named.code == 0
    assert unsaid.code == none.code == 2
    assert "on ne sait pas pour lequel des diplômes : MCV, ACV" in unsaid.err
    assert "n'est celui d'aucun diplôme" in none.err


def test_check_reads_all_of_them(ecole: CommandLine) -> None:
    gap = do(ecole, "check", "--sans-rendu")
    filled = 'complements: {"4B": {ressources: ["Un plan"]}}\n    divisions:\n      T1'
    Path("pfmp.yaml").write_text(SCHOOL.replace("divisions:\n      T1", filled), "utf-8")
    good = do(ecole, "check", "--sans-rendu")
    Path("acv.yaml").write_text(ecole.read("acv.yaml").replace("[toile, armature, vol]", "[voile]"))
    bad = do(ecole, "check", "--sans-rendu")

    assert good.code == gap.code == 0
    assert "« 4B »" in gap.out
    assert "« 4B »" not in good.out
    assert "2 référentiels, 1 établissement, 1 liste" in good.err
    assert "acv.yaml" in bad.out
    assert bad.code == 1


def test_next_year_has_the_dates_of_all_to_fill_in(ecole: CommandLine) -> None:
    assert do(ecole, "new-year", "2026-2027", "--referentiel", "acv.yaml").code == 0
    text = ecole.read("pfmp-2026-2027.yaml")

    assert "# 3 + 3" in text
    assert "# 2 + 2 + 2 + 2 semaines" in text
    assert "2025-1" not in text
    assert do(ecole, "check", "pfmp-2026-2027.yaml", "--sans-rendu").code == 0


def test_a_comparison_is_made_for_the_school_of_that_diploma(ecole: CommandLine) -> None:
    Path("neuf.yaml").write_text(ecole.read("acv.yaml").replace("Toiles et couture", "Toiles"))

    assert "option toile" in do(ecole, "diff", "acv.yaml", "neuf.yaml").out


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("CI1: {", "t-1: {", "la division « t-1 » est déjà celle du diplôme MCV"),
        ("diplomes:", "divisions: {X: {classe: seconde}}\ndiplomes:", "« divisions » est de"),
        ("referentiel: acv.yaml", "referentiel: avc.yaml", "« avc.yaml » n'existe pas"),
        ("  - referentiel: acv.yaml\n", "  - ", "deux diplômes ont le même sigle, MCV"),
        ("option: toile", "option: B", "option inconnue « B »"),
        ("[presence]}", "[presence], option: C}", "option inconnue « C »"),
        ("  - referentiel: acv.yaml", "  - rien\n  - referentiel: acv.yaml", "« rien »"),
    ],
)
def test_what_contradicts_itself_is_told_where_it_is(
    ecole: CommandLine, old: str, new: str, message: str
) -> None:
    text = SCHOOL.replace(old, new)
    if new == "  - ":
        text = text.replace("  -     calendrier", "  - calendrier")
    assert text != SCHOOL
    Path("pfmp.yaml").write_text(text, "utf-8")
    outcome = ecole.batch("--documents", "presence")

    assert outcome.code == 1
    assert message in outcome.err
    assert "--> pfmp.yaml:" in outcome.err
    assert not (ecole.path / "documents").exists()


@pytest.mark.parametrize(
    ("old", "new", "label"),
    [
        ("option: toile", "option: B", "diplomes[2].divisions.CI1.option"),
        (
            "2025-11-10, au: 2025-11-21",
            "2025-11-21, au: 2025-11-10",
            "diplomes[2].calendrier.perio",
        ),
        ("zone: A", "zone: Z", "(calendrier.zone)"),
    ],
)
def test_a_value_is_named_by_its_whole_path(
    ecole: CommandLine, old: str, new: str, label: str
) -> None:
    Path("pfmp.yaml").write_text(SCHOOL.replace(old, new), "utf-8")

    assert label in ecole.batch("--documents", "presence").err


def test_what_a_list_chooses_may_be_of_one_of_them(ecole: CommandLine) -> None:
    text = SCHOOL.replace("[presence]}", "[presence], option: toile}")
    Path("pfmp.yaml").write_text(text, "utf-8")

    assert do(ecole, "build").code == 0
    assert made(ecole)[:4] == MAEVAS
    assert LEAS[0] not in made(ecole)
