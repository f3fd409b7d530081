"""`pfmp build`: what `pfmp.yaml` declares, and of that exactly what changed."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from pfmp_cli.domain.fabrication import Vierges
from pfmp_cli.loading.sources import Sources
from pfmp_cli.making.declared import choose_blanks
from pfmp_cli.press.workshop import load_workshop
from pfmp_cli.shipped import shipped
from tests.commande import Say, git, task_of_option_b
from tests.pdf import read_text

PROJET = """\
divisions:
  TA: {classe: terminale, option: A}
  TB: {classe: terminale, option: B}
fabrication:
  dossier: pdf
  listes:
    - fichier: eleves.csv
      periode: "1"
      documents: [annexe-pedagogique, grille]
  vierges:
    documents: [annexe-pedagogique, resultats]
    classes: [seconde, terminale]
"""
ELEVES = "nom;prenom;division\nUN;Zoé;TA\nDEUX;Zoé;TB\n"


@pytest.fixture
def depot(pfmp: Say) -> Say:
    """A school in a git repository, with its own référentiel, all built."""
    git("init", "-q")
    Path("pfmp.yaml").write_text(PROJET, encoding="utf-8")
    Path("eleves.csv").write_text(ELEVES, encoding="utf-8")
    text = shipped("referentiel.yaml").read_text(encoding="utf-8")
    Path("referentiel.yaml").write_text(text, encoding="utf-8")
    git("add", "pfmp.yaml", "referentiel.yaml")
    git("commit", "-q", "-m", "un")
    return pfmp


def change(name: str, old: str, new: str) -> None:
    path = Path(name)
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), encoding="utf-8")


def look(folder: str = "pdf") -> dict[str, tuple[int, bytes]]:
    """The documents: when they were written, and what is in them."""
    return {
        str(path.relative_to(folder)): (path.stat().st_mtime_ns, path.read_bytes())
        for path in Path(folder).rglob("*.pdf")
    }


BUILD = ("build", "--referentiel", "referentiel.yaml")
DOCUMENTS = [
    "TA/UN_Zoe_annexe-pedagogique-1.pdf", "TA/UN_Zoe_grille-1.pdf",
    "TB/DEUX_Zoe_annexe-pedagogique-1.pdf", "TB/DEUX_Zoe_grille-1.pdf",
    "vierges/annexe-pedagogique-1-seconde.pdf", "vierges/annexe-pedagogique-1-terminale-A.pdf",
    "vierges/annexe-pedagogique-1-terminale-B.pdf", "vierges/annexe-pedagogique-2-seconde.pdf",
    "vierges/annexe-pedagogique-2-terminale-A.pdf",
    "vierges/annexe-pedagogique-2-terminale-B.pdf",
    "vierges/annexe-pedagogique-3-terminale-A-insertion.pdf",
    "vierges/annexe-pedagogique-3-terminale-B-insertion.pdf", "vierges/resultats-seconde.pdf",
    "vierges/resultats-terminale-A.pdf", "vierges/resultats-terminale-B.pdf",
]  # fmt: skip
TOUCHES = [
    "TB/DEUX_Zoe_annexe-pedagogique-1.pdf", "vierges/annexe-pedagogique-1-terminale-B.pdf",
    "vierges/annexe-pedagogique-2-terminale-B.pdf",
    "vierges/annexe-pedagogique-3-terminale-B-insertion.pdf",
]  # fmt: skip


def test_one_wording_of_option_b_makes_its_documents_again_and_no_other(depot: Say) -> None:
    assert depot(*BUILD)[0] == 0
    before = look()
    assert sorted(before) == DOCUMENTS
    assert depot(*BUILD, "--check") == (
        0, "", "dans pdf/ : 15 laissés tels quels\n--check : rien n'est écrit\n"
    )  # fmt: skip

    old, new = task_of_option_b()
    change("referentiel.yaml", f'"{old}"', f'"{new}"')
    assert "tâche 4B.T2 : " in depot("diff", "HEAD:referentiel.yaml", "referentiel.yaml")[1]
    code, out, err = depot(*BUILD, "--check")
    assert (code, out.splitlines()) == (1, [f"à refaire  {chemin}" for chemin in TOUCHES])
    assert err == ("dans pdf/ : 4 à refaire, 11 laissés tels quels\n--check : rien n'est écrit\n")
    assert look() == before

    code, out, err = depot(*BUILD)
    after = look()
    assert (code, out) == (0, "pdf/index.html\n")
    assert "4 documents écrits, 11 laissés tels quels dans pdf/ :\n" in err
    assert err.endswith("".join(f"  {chemin}\n" for chemin in TOUCHES))
    assert [chemin for chemin in before if after[chemin] != before[chemin]] == sorted(
        TOUCHES, key=list(before).index
    )
    assert all("en équipe" in read_text(after[chemin][1]) for chemin in TOUCHES)
    assert depot(*BUILD, "--check")[0] == 0


def test_the_same_files_give_the_same_bytes_elsewhere(
    depot: Say, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    depot(*BUILD)
    monkeypatch.setenv("PFMP_CACHE", str(tmp_path / "cache"))
    depot(*BUILD, "-o", "ailleurs")
    one, other = look(), look("ailleurs")

    assert {name: content for name, (_, content) in one.items()} == {
        name: content for name, (_, content) in other.items()
    }
    assert Path("pdf/manifest.json").read_bytes() == Path("ailleurs/manifest.json").read_bytes()


def test_what_another_system_made_is_left_and_told_once(depot: Say) -> None:
    depot(*BUILD)
    before, manifest = look(), Path("pdf/manifest.json")
    (here,) = {*re.findall(r"Pango [\d.]+", manifest.read_text("utf-8"))}
    change_all = manifest.read_text("utf-8").replace(here, "Pango 1.44.0")
    manifest.write_text(change_all, encoding="utf-8")
    told = f"15 documents faits ailleurs, avec Pango 1.44.0 (ici : {here}) : laissés"

    code, out, err = depot(*BUILD, "--check")
    assert (code, out, err.count(told)) == (0, "", 1)
    code, _, err = depot(*BUILD)
    assert (code, err.count(told), look()) == (0, 1, before)

    change("referentiel.yaml", *(f'"{text}"' for text in task_of_option_b()))
    assert depot(*BUILD, "--check")[1].splitlines() == [f"à refaire  {path}" for path in TOUCHES]
    assert told.replace("15", "11") in depot(*BUILD)[2]
    assert manifest.read_text("utf-8").count(here) == len(TOUCHES)


def test_what_is_remembered_holds_as_long_as_nothing_changes(depot: Say) -> None:
    Path("modeles").mkdir()
    modele = Path("modeles/mot.html")
    modele.write_text(
        "<html lang=fr><title>Mot</title><p>{% include 'texte.txt' %}</p>", encoding="utf-8"
    )
    Path("modeles/texte.txt").write_text("un", encoding="utf-8")
    Path("pfmp.yaml").write_text(
        "fabrication: {vierges: {documents: [mot], classes: [seconde]}}", encoding="utf-8"
    )
    made = Path("documents/vierges/mot-seconde.pdf")
    for text in ("un", "deux"):
        Path("modeles/texte.txt").write_text(text, encoding="utf-8")
        assert depot("build", "--templates", "modeles")[0] == 0
        assert text in read_text(made.read_bytes())


def test_a_change_of_calendar_lays_nothing_out_and_is_in_the_blank_documents_too(
    pfmp: Say, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cache = tmp_path / "cache"  # of no other test: those of another process lay out meanwhile
    monkeypatch.setenv("PFMP_CACHE", str(cache))
    Path("eleves.csv").write_text(
        "nom;prenom;classe;option\nUN;Zoé;terminale;B\n", encoding="utf-8"
    )
    masters: list[set[str]] = []
    for day in ("12", "14"):
        Path("pfmp.yaml").write_text(
            f"calendrier: {{periodes: {{terminale: [{{du: 2026-01-{day}, au: 2026-01-31}}]}}}}\n"
            "fabrication:\n  listes: [{fichier: eleves.csv, documents: [presence], periode: '1'}]\n"
            "  vierges: {documents: [presence], classes: [terminale], options: [B]}\n",
            encoding="utf-8",
        )
        assert pfmp("build")[0] == 0
        texts = [read_text(p.read_bytes()) for p in Path("documents").glob("*/*presence-1*.pdf")]
        assert len(texts) == 2
        assert all(f" {day} janvier au samedi 31 janvier 2026" in text for text in texts)
        assert all(("lundi 12 janvier" in text) == (day == "12") for text in texts)
        masters.append({path.name for path in cache.glob("*.maquette")})
    assert masters[0] == masters[1] != set()


def test_only_the_blank_ones_need_no_list(depot: Say) -> None:
    Path("eleves.csv").unlink()

    assert depot(*BUILD, "--vierges")[0] == 0
    assert sorted(look()) == [name for name in DOCUMENTS if name.startswith("vierges/")]
    assert depot(*BUILD, "--vierges", "--check")[0] == 0
    code, _, err = depot(*BUILD)
    lines = err.splitlines()
    assert (code, lines[0]) == (1, "erreur : le fichier « eleves.csv » n'existe pas")
    assert lines[1].endswith(" (fabrication.listes[1].fichier)")
    assert (
        "aide : son chemin part du dossier de ce fichier ; --vierges se passe des listes" in lines
    )


def test_a_variant_has_the_blank_documents_that_it_changes_and_no_other() -> None:
    workshop = load_workshop(Sources())
    chosen = Vierges(documents=("resultats", "presence"), classes=("premiere",), options=("A",))

    assert [edition.file_name for edition in choose_blanks(chosen, workshop)] == [
        "resultats-premiere-A.pdf", "presence-1-premiere-A.pdf", "presence-2-premiere-A.pdf",
        "presence-3-premiere-A-primo-entrant.pdf",
    ]  # fmt: skip


def test_a_bad_row_leaves_the_others_their_documents(depot: Say) -> None:
    change("eleves.csv", "UN;Zoé;TA\n", "UN;;TA\n")
    change("pfmp.yaml", "[annexe-pedagogique, grille]", "[resultats]")
    change("pfmp.yaml", "    documents: [annexe-pedagogique, resultats]\n", "    documents: []\n")

    assert depot(*BUILD, "--check")[0] == 1
    code, _, err = depot(*BUILD)
    assert (code, list(look())) == (3, ["TB/DEUX_Zoe_resultats.pdf"])
    assert err.startswith("erreur : le prénom manque\n  --> eleves.csv:2:4 ")
    assert depot(*BUILD, "--check")[0] == 3


def test_a_document_filled_in_by_hand_is_nothing_to_do(depot: Say) -> None:
    change("pfmp.yaml", "[annexe-pedagogique, grille]", "[resultats]")
    change("pfmp.yaml", "    documents: [annexe-pedagogique, resultats]\n", "    documents: []\n")
    depot(*BUILD)
    filled = Path("pdf/TA/UN_Zoe_resultats.pdf")
    filled.write_bytes(filled.read_bytes() + b"% signed\n")
    content = filled.read_bytes()

    assert depot(*BUILD, "--check")[0] == 0
    named = "dont 1 rempli depuis que pfmp l'a fait :\n  TA/UN_Zoe_resultats.pdf\n"
    assert named in depot(*BUILD)[2]
    assert named in depot(*BUILD, "--check")[2]
    assert filled.read_bytes() == content


def test_what_became_of_what_was_made_is_seen_and_made_again(depot: Say) -> None:
    change("pfmp.yaml", "[annexe-pedagogique, grille]", "[resultats]\n      impression: true\n"
           "      archives: true")  # fmt: skip
    change("pfmp.yaml", "    documents: [annexe-pedagogique, resultats]\n", "    documents: []\n")
    depot(*BUILD)
    before = {path: path.read_bytes() for path in Path("pdf").rglob("*") if path.is_file()}
    emptied, changed = Path("pdf/TA/UN_Zoe_resultats.pdf"), Path("pdf/TB/DEUX_Zoe_resultats.pdf")
    damaged = [Path("pdf/TA/TA_resultats_a-imprimer.pdf"), Path("pdf/TA/TA.zip")]
    emptied.write_bytes(b"")
    changed.write_bytes(before[changed].replace(b"/Producer", b"/Pr0ducer"))
    assert changed.read_bytes() != before[changed]
    for path in damaged:
        path.write_bytes(before[path][:-40])
    code, out, err = depot(*BUILD, "--check")
    assert code == 1
    assert out.splitlines() == [f"à refaire  {path.relative_to('pdf')}" for path in (
        emptied, damaged[0], *damaged[1:], Path("pdf/TB/TB.zip")
    )] + ["modifié    TB/DEUX_Zoe_resultats.pdf"]  # fmt: skip
    named = (
        "dont 1 modifié sans être rempli depuis que pfmp l'a fait :\n  TB/DEUX_Zoe_resultats.pdf\n"
    )
    assert named in err

    code, _, err = depot(*BUILD)
    assert (code, named in err) == (0, True)
    assert all(path.read_bytes() == before[path] for path in (emptied, *damaged))
    code, out, err = depot(*BUILD, "--check")
    assert (code, out) == (1, "modifié    TB/DEUX_Zoe_resultats.pdf\n")
    assert "effacez ce qui est modifié pour que « pfmp build » le refasse\n" in err
    changed.unlink()
    depot(*BUILD)
    assert {path: path.read_bytes() for path in before} == before
    assert depot(*BUILD, "--check")[0] == 0


@pytest.mark.parametrize("content", [None, "", "<p>Autre chose"])
def test_an_index_that_is_not_what_it_was_is_seen_and_made_again(
    depot: Say, content: str | None
) -> None:
    change("pfmp.yaml", "[annexe-pedagogique, grille]", "[resultats]")
    change("pfmp.yaml", "    documents: [annexe-pedagogique, resultats]\n", "    documents: []\n")
    depot(*BUILD)
    index = Path("pdf/index.html")
    before = index.read_bytes()
    index.unlink()
    if content is not None:
        index.write_text(content, encoding="utf-8")
    code, out, _ = depot(*BUILD, "--check")

    assert (code, out) == (1, "à refaire  index.html\n")
    change("eleves.csv", "UN;Zoé", "UN;Zoë")
    assert (
        depot(*BUILD, "--check")[1] == "à refaire  TA/UN_Zoe_resultats.pdf\nà refaire  index.html\n"
    )
    change("eleves.csv", "UN;Zoë", "UN;Zoé")
    assert depot(*BUILD)[0] == 0
    assert index.read_bytes() == before
    assert depot(*BUILD, "--check")[0] == 0


def test_a_pupil_who_left_is_told_and_pruned(depot: Say) -> None:
    depot(*BUILD)
    change("eleves.csv", "UN;Zoé;TA\n", "")
    code, _, err = depot(*BUILD)

    assert code == 0
    named = [f"  {name} (parti ou renommé)" for name in DOCUMENTS if name.startswith("TA/")]
    assert "2 fichiers d'avant ne sont plus à personne" in err
    assert err.splitlines()[-2:] == named
    assert len(look()) == len(DOCUMENTS)
    assert err.splitlines()[-3:] == depot(*BUILD, "--check")[2].splitlines()[-4:-1]
    change("pfmp.yaml", "[annexe-pedagogique, grille]", "[grille]")
    removed = depot(*BUILD, "--prune")[2]
    assert removed.splitlines()[-3:] == [
        *named, "  TB/DEUX_Zoe_annexe-pedagogique-1.pdf (plus demandé)"
    ]  # fmt: skip
    left = [name for name in DOCUMENTS if not name.startswith("TA/")]
    assert sorted(look()) == left[1:]


REFUS = [
    ("fabrication: {listes: [{fichier: eleves.csv, classe: quatrieme}]}",
     "erreur : classe inconnue « quatrieme »\n  --> pfmp.yaml:1:54 "
     "(fabrication.listes[1].classe)\n"),
    ("fabrication: {listes: [{fichier: eleves.csv, classe: seconde, option: B}]}",
     "erreur : la classe « seconde » est commune aux options\n  --> pfmp.yaml:1:71 "),
    ("fabrication: {listes: [{fichier: eleves.csv, periode: 9}]}",
     "erreur : période inconnue « 9 »\n  --> pfmp.yaml:1:55 (fabrication.listes[1].periode)\n"),
    ("fabrication: {listes: [{fichier: eleves.csv, documents: [livrets]}]}",
     "erreur : document inconnu « livrets »\n  --> pfmp.yaml:1:58 "
     "(fabrication.listes[1].documents[1])\n"),
    ("fabrication: {vierges: {options: [Z]}}",
     "erreur : option inconnue « Z »\n  --> pfmp.yaml:1:35 (fabrication.vierges.options[1])\n"),
    ("fabrication: {vierges: {documents: []}}",
     "erreur : « fabrication » ne déclare rien à faire\n  --> pfmp.yaml (fabrication)\n"
     "aide : ajoutez-y une liste d'élèves, ou des documents vierges\n"),
    ("divisions: {TA: {classe: terminale, option: A}, TB: {classe: terminale, option: B}}\n"
     "fabrication: {listes: [{fichier: eleves.csv}, {fichier: eleves.csv}]}",
     "erreur : les listes n° 1 et 2 donnent le même fichier : TA/UN_Zoe_livret.pdf, et 1 "
     "autre\n  --> pfmp.yaml (fabrication.listes[1])\n"
     "aide : mettez ces élèves dans une seule liste, ou d'autres « documents » à l'une des "
     "deux\n"),
]  # fmt: skip


@pytest.mark.parametrize(("projet", "expected"), REFUS)
def test_what_is_declared_wrong_is_refused_at_its_place(
    depot: Say, projet: str, expected: str
) -> None:
    Path("pfmp.yaml").write_text(projet, encoding="utf-8")
    code, out, err = depot("build")

    assert (code, out) == (1, "")
    assert expected in err
    assert not Path("documents").exists()


def test_without_a_school_there_is_nothing_to_build(pfmp: Say) -> None:
    assert pfmp("build") == (
        1, "", "erreur : il n'y a pas de pfmp.yaml dans le dossier courant\n"
        "aide : « pfmp build » fait ce qu'il déclare : allez dans son dossier, ou ajoutez "
        "--projet FICHIER\n\n",
    )  # fmt: skip


@pytest.mark.parametrize("options", [(), ("--check",)])
def test_nothing_is_told_or_left_where_nothing_could_be_begun(
    depot: Say, options: tuple[str, ...]
) -> None:
    Path("modeles").mkdir()
    Path("modeles/resultats.html").write_text("{{ rien }}", encoding="utf-8")
    code, out, err = depot(*BUILD, *options)

    assert (code, out) == (1, "")
    assert "  --> modeles/resultats.html:1" in err
    assert "document" not in err.splitlines()[-1]
    assert not Path("pdf").exists()


def test_print_files_and_zips_are_to_make_with_their_documents(depot: Say) -> None:
    change("pfmp.yaml", "[annexe-pedagogique, grille]", "[resultats]\n      impression: true\n"
           "      archives: true")  # fmt: skip
    change("pfmp.yaml", "    documents: [annexe-pedagogique, resultats]\n", "    documents: []\n")
    files = ["TA/UN_Zoe_resultats.pdf", "TA/TA_resultats_a-imprimer.pdf", "TA/TA.zip"]
    others = [name.replace("TA", "TB").replace("UN", "DEUX") for name in files]
    listed = [line.split() for line in depot(*BUILD, "--check")[1].splitlines()]
    assert sorted(listed) == sorted(["nouveau", name] for name in (*files, *others))

    assert depot(*BUILD)[0] == 0
    assert depot(*BUILD, "--check")[0] == 0
    change("eleves.csv", "UN;Zoé", "UN;Zoë")
    code, out, err = depot(*BUILD, "--check")
    assert code == 1
    assert out.splitlines() == [f"à refaire  {name}" for name in files]
    assert err.startswith("dans pdf/ : 3 à refaire, 1 laissé tel quel\n")
    assert depot(*BUILD)[0] == 0
    assert depot(*BUILD, "--check")[0] == 0
