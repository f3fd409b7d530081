"""Another diploma, without touching code: `autre_diplome/` is invented, and as unlike as can be.

Three options, two classes, four periods, five activities an option, another scale, codes of
another shape, and nothing of what a référentiel may leave out.
"""

from __future__ import annotations

import io
import re
import shutil
from collections.abc import Iterator
from dataclasses import astuple, replace
from itertools import pairwise
from pathlib import Path

import pikepdf
import pytest

from pfmp_cli.cli import run
from pfmp_cli.diagnostics import WrongUsage
from pfmp_cli.domain.referentiel import Lettre, Referentiel
from pfmp_cli.loading.sources import Sources
from pfmp_cli.planning.command_words import choose, choose_edition
from pfmp_cli.planning.editions import Document, Edition
from pfmp_cli.press.template.context import build_context
from pfmp_cli.press.workshop import Workshop, load_workshop
from tests.documents.making import DOCUMENTS
from tests.pdf import read_text, read_words

ROOT = Path(__file__).resolve().parent.parent
AUTRE = Path(__file__).parent / "autre_diplome"
# One sheet, both sides; the other sheets have one page.
BOTH_SIDES = ("grille", "annexe-pedagogique", "journal")
SOURCES = sorted([*(ROOT / "pfmp_cli").rglob("*.py"), *(ROOT / "templates").iterdir()])


@pytest.fixture(scope="session")
def autre(cache_dir: Path) -> Workshop:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PFMP_CACHE", str(cache_dir))
        return load_workshop(Sources(AUTRE / "pfmp.yaml", AUTRE / "referentiel.yaml"))


def make(workshop: Workshop, edition: Edition) -> bytes:
    merger = workshop.get_merger(edition)
    return merger.master.pdf + merger.merge({}).update


def words_of(referentiel: Referentiel) -> Iterator[str]:
    """What only this diploma says: codes, labels, class names, spellings, MEFs."""
    diplome = referentiel.diplome
    yield from (diplome.intitule, diplome.sigle, diplome.annexe or "", diplome.mention or "")
    for classe in referentiel.classes:
        yield from (classe.code, classe.libelle, *classe.graphies, classe.repartition or "")
        for mefs in (classe.mef, classe.mef_apprentis, classe.mef_libelles):
            yield from (mef for listed in mefs.values() for mef in listed)
    for option in referentiel.options:
        yield from (option.intitule, option.sigle or "", f"option {option.code}")
    for variante in referentiel.variantes:
        yield from (variante.code, variante.libelle)
    yield from (text for text in astuple(referentiel.vocabulaire) if " " in text)
    for activite in referentiel.activites:
        yield activite.intitule
        if not activite.code.isdigit():  # any référentiel may have a 1 and a 1.T3
            yield from (activite.code, *(item.code for item in activite.taches))


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.name)
def test_neither_code_nor_templates_know_the_shipped_diploma(
    referentiel: Referentiel, path: Path
) -> None:
    text = path.read_text(encoding="utf-8")
    known = {word for word in words_of(referentiel) if word}
    found = [word for word in known if re.search(rf"(?<!\w){re.escape(word)}(?!\w)", text)]

    assert len(known) > 40
    assert found == []


def test_a_class_gets_every_document(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "atelier"
    shutil.copytree(AUTRE, folder)
    monkeypatch.chdir(folder)
    options = ["--referentiel", "referentiel.yaml", "--documents", ",".join(DOCUMENTS), "--print"]
    made = folder / "documents/CI1"

    assert run(["batch", "eleves.csv", "--class", "Initiation", "--option", "toile", *options]) == 0
    assert len([*made.glob("CI1_*.pdf")]) == len(DOCUMENTS)
    livret = read_text((made / "ALIZE_Maeva_livret.pdf").read_bytes())
    for text in ("Cycle d’initiation", "Période P4", "Activité T-3", "Dépassé", "pas encore",
                 "Atelier du Mistral", "Cerfs-volants Zéphyr", "/ 10"):  # fmt: skip
        assert text in livret
    for name in DOCUMENTS[1:]:
        sheets = [*made.glob(f"ALIZE_Maeva_{name}*.pdf")]
        assert len(sheets) in (1, 4), name  # one a year, or one a period
        for path in sheets:
            with pikepdf.open(path) as pdf:
                assert (path.name, len(pdf.pages)) == (path.name, 1 + (name in BOTH_SIDES))


def test_four_periods_and_five_activities_fit_in_a_booklet(autre: Workshop) -> None:
    content = make(autre, Edition("livret", "long", "vol"))
    words = read_words(content)
    with pikepdf.open(io.BytesIO(content)) as pdf, pdf.open_outline() as outline:
        pages = {item.title: pdf.pages.index(item.destination[0]) for item in outline.root}

    assert pages["Lettre aux entreprises"] == pages["Sommaire"] + 1
    assert [title for title in pages if title.startswith("Période")] == [
        "Période P5", "Période P6", "Période P7", "Période P8",
    ]  # fmt: skip
    assert {word.text for word in words if re.fullmatch("[TAV]-[0-9]+", word.text)} == {
        "V-1", "V-2", "V-10",
    }  # fmt: skip


def test_a_code_does_not_run_into_its_label(autre: Workshop) -> None:
    words = read_words(make(autre, Edition("livret", "long", "vol")))
    gaps = {
        code.text: label.x - code.x
        for code, label in pairwise(words)
        if re.fullmatch(r"V-10\.[A-Z]+[0-9]", code.text)
    }

    assert {"V-10.T1", "V-10.RS1", "V-10.R1"} <= gaps.keys()
    assert min(gap / len(code) for code, gap in gaps.items()) > 4.5  # points a sign, of 9 pt


def test_the_first_placement_of_a_year_is_pfmp1_whatever_its_code(autre: Workshop) -> None:
    context = build_context(Edition("livret", "long", "vol"), autre.referentiel, autre.projet)
    names = [str.__str__(context["stages"][code]["entreprise"]) for code in ("P5", "P8")]

    assert names == ["pfmp1.entreprise", "pfmp4.entreprise"]


@pytest.mark.parametrize(
    "words", [Lettre(), None], ids=["a letter without words", "no letter at all"]
)
def test_a_letter_that_the_referentiel_lacks_is_written_by_hand(
    autre: Workshop, words: Lettre | None
) -> None:
    bare = replace(autre.referentiel, lettre=words)
    workshop = Workshop(bare, autre.projet)
    html = workshop.render(Edition("lettre", "court", "vol", periode="P1"))

    assert 'Objet : </strong><span class="trait"' in html
    assert '<div class="lignes">' in html
    assert ("Lettre aux entreprises" in workshop.render(Edition("livret", "court", "vol"))) == (
        words is not None
    )


def test_the_help_of_class_is_true_of_any_diploma(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["booklet", "--help"]) == 0
    assert re.search(
        r"--class CLASSE +Le code d'une classe du référentiel\.\n", capsys.readouterr().out
    )


@pytest.mark.parametrize(
    ("classe", "option", "message", "aide"),
    [
        ("secondo", None, "classe « secondo » inconnue", "écrivez court ou long"),
        ("long", None, "la classe « Année d'approfondissement » se fait avec une option",
         "ajoutez --option toile, armature ou vol"),
        ("initiation", "B", "option « B » inconnue", "écrivez toile, armature ou vol"),
        (None, "vol", "la classe manque", "ajoutez --class court ou long"),
    ],
)  # fmt: skip
def test_a_choice_that_makes_no_sense_is_told_in_the_diploma_s_words(
    autre: Workshop, classe: str | None, option: str | None, message: str, aide: str
) -> None:
    known = autre.referentiel
    with pytest.raises(WrongUsage) as refused:
        choose_edition(Document("livret"), known, choose(known, classe, option))
    (diagnostic,) = refused.value.diagnostics

    assert (diagnostic.message, diagnostic.help) == (message, aide)


def test_gaps_may_be_in_any_list(autre: Workshop) -> None:
    first, *others = autre.referentiel.activites
    reason = {"taches": "Pas de tâches.", "resultats": "Pas de résultats."}
    empty = replace(first, taches=(), resultats=(), lacunes=reason)
    bare = replace(autre.referentiel, activites=(empty, *others))
    html = Workshop(bare, autre.projet).render(Edition("livret", "court", "vol"))

    assert html.count("Pas de tâches.") == html.count("Pas de résultats.") == 4 + 1
