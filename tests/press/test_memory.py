"""A run knows what the last one knew of the same files, and never what they were before."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from pfmp_cli.calendar.clock import today
from pfmp_cli.calendar.public_holidays import KNOWN
from pfmp_cli.cli import run
from pfmp_cli.loading.loader import Loader
from pfmp_cli.loading.school import School
from pfmp_cli.loading.school_files import SchoolLoader
from pfmp_cli.loading.sources import Sources
from pfmp_cli.planning.editions import Edition
from pfmp_cli.press.memory import FILE, Memory
from pfmp_cli.press.merging.packed_master import MasterKey, Rendering
from pfmp_cli.shipped import shipped
from tests.commande import ZOE, CommandLine
from tests.press.test_cache import flip

EDITION = Edition("resultats", "seconde", weeks=(("1", 3),), without=frozenset({"2"}))
KNOWN_EDITION = Rendering(MasterKey("cle"), ("eleve.nom", "eleve.prenom"))
PROJET = """
etablissement:
  nom: Lycée des Trois-Tilleuls
  logo: logo.svg
annee_scolaire: 2024-2025
fabrication:
  vierges:
    documents: [mot]
    classes: [seconde]
"""
MOT = """<p>{{ etablissement.nom }}{% include "dit/mot.txt" %}
<img alt="Logo" src="{{ logo }}">"""


@pytest.fixture
def school(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A school's folder, with a référentiel, a logo and a template of its own."""
    monkeypatch.setenv("PFMP_CACHE", str(tmp_path / "cache"))
    folder = tmp_path / "lycee"
    (folder / "modeles").mkdir(parents=True)
    (folder / "pfmp.yaml").write_text(PROJET, encoding="utf-8")
    (folder / "modeles/mot.html").write_text(MOT, encoding="utf-8")
    for name, source in (("referentiel.yaml", ""), ("logo.svg", "examples/")):
        (folder / name).write_bytes(shipped(source + name).read_bytes())
    for name in ("hier", "demain"):
        (folder / "modeles" / name).mkdir()
        (folder / "modeles" / name / "mot.txt").write_text(name, encoding="utf-8")
    (folder / "modeles/dit").symlink_to("hier")
    shutil.copytree(folder, tmp_path / "ailleurs", symlinks=True)
    monkeypatch.chdir(folder)
    return folder


DATES = """
  periodes:
    terminale:
      - {du: 2026-03-30, au: 2026-04-18}
      - {du: 2026-05-11, au: 2026-05-29}
"""
HERE = Sources()


def remember(sources: Sources = HERE) -> tuple[list[School], Loader]:
    memory = Memory(sources)
    schools = memory.load_schools(loader := Loader())
    memory.add("MCV", EDITION, KNOWN_EDITION)
    memory.save()
    return schools, loader


def recalled(sources: Sources = HERE) -> bool:
    return Memory(sources).find("MCV", EDITION) == KNOWN_EDITION


def test_what_is_remembered_is_what_was_read(school: Path) -> None:
    read, first = remember()
    memory, again = Memory(HERE), Loader()
    schools = memory.load_schools(again)

    assert [one.message for one in first.problems] == ["l'année scolaire 2024-2025 est finie"]
    assert list(again.problems) == list(first.problems)
    assert memory.find("MCV", EDITION) == KNOWN_EDITION
    (one,), (known,) = schools, read
    assert (one.referentiel, one.projet, one.own_templates) == (
        known.referentiel, known.projet, known.own_templates,
    )  # fmt: skip
    assert (one.logo, one.path, one.folder) == (known.logo, known.path, known.folder)


def test_each_diploma_of_a_school_is_remembered(school: Path) -> None:
    diploma = Path(__file__).parent.parent / "autre_diplome/referentiel.yaml"
    other = diploma.read_text(encoding="utf-8")
    (school / "autre.yaml").write_text(other, encoding="utf-8")
    text = "diplomes:\n  - referentiel: referentiel.yaml\n  - referentiel: autre.yaml\n"
    (school / "pfmp.yaml").write_text(text, encoding="utf-8")
    read, _ = remember()
    schools, _ = remember()
    assert [one.referentiel for one in schools] == [one.referentiel for one in read]
    assert [one.diplomas for one in schools] == [one.diplomas for one in read]
    assert len(schools) == len(schools[0].diplomas) == 2
    (chosen,), _ = remember(Sources(referentiel=Path("referentiel.yaml")))
    assert chosen.referentiel == read[0].referentiel
    (school / "autre.yaml").write_text(other + "\n", encoding="utf-8")
    assert not recalled()


def add(path: Path) -> None:
    path.write_bytes(path.read_bytes() + b"\n")


def link(path: Path, target: str) -> None:
    path.unlink()
    path.symlink_to(target)


def forge(kept: Path, content: str) -> None:
    """What another version may have kept, whole."""
    head = f"pfmp {FILE} {hashlib.sha256(content.encode()).hexdigest()}\n"
    kept.write_text(head + content, encoding="utf-8")


CHANGES: dict[str, Callable[[Path], object]] = {
    "nothing": Path.exists,
    "the school's file": lambda folder: (folder / "pfmp.yaml").write_text(PROJET + "\n"),
    "the référentiel": lambda folder: add(folder / "referentiel.yaml"),
    "no référentiel": lambda folder: (folder / "referentiel.yaml").unlink(),
    "the logo": lambda folder: add(folder / "logo.svg"),
    "a template": lambda folder: (folder / "modeles/mot.html").write_text("<p>Bonsoir"),
    "one more template": lambda folder: (folder / "modeles/_bas.html").write_text(""),
    "a template's name": lambda folder: (folder / "modeles/mot.html").rename(
        folder / "modeles/mots.html"
    ),
    "no template": lambda folder: (folder / "modeles/mot.html").unlink(),
    "no templates": lambda folder: shutil.rmtree(folder / "modeles"),
    "a text in a folder of theirs": lambda folder: add(folder / "modeles/hier/mot.txt"),
    "which folder a link leads to": lambda folder: link(folder / "modeles/dit", "demain"),
    "a link to nothing": lambda folder: link(folder / "modeles/dit", "nulle part"),
    "the logo, out of the folder": lambda folder: link(folder / "logo.svg", "../ailleurs/logo.svg"),
    "a template, out of the folder": lambda folder: link(
        folder / "modeles/mot.html", "../../ailleurs/modeles/mot.html"
    ),
    "the logo is a folder": lambda folder: link(folder / "logo.svg", "modeles"),
    "the school's file is gone": lambda folder: (folder / "pfmp.yaml").unlink(),
    "another version's": lambda folder: forge(folder.parent / "cache" / FILE, "[]"),
    "no JSON": lambda folder: forge(folder.parent / "cache" / FILE, "mémoire"),
    "the memory itself": lambda folder: flip(folder.parent / "cache" / FILE, 200),
    "no memory": lambda folder: (folder.parent / "cache" / FILE).unlink(),
}


@pytest.mark.parametrize("change", CHANGES)
def test_whatever_changes_a_run_is_as_with_an_empty_cache(
    school: Path, change: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def check_build(cache: str) -> tuple[int, str, str, bytes]:
        """What it says, and what it remembers: school, warnings and keys of masters."""
        monkeypatch.setenv("PFMP_CACHE", str(school.parent / cache))
        code, said = run(["build", "--check"]), capsys.readouterr()
        return code, *said, (school.parent / cache / FILE).read_bytes() if said.out else b""

    _, out, err, _ = check_build("cache")
    assert "vierges/mot-seconde.pdf" in out
    assert "est finie" in err
    CHANGES[change](school)

    assert check_build("cache") == check_build("vide")


def test_what_is_gone_is_not_taken_for_what_was(school: Path) -> None:
    (school / "pfmp.yaml").unlink()
    (school / "vide").mkdir()
    referentiel, templates = Path("referentiel.yaml"), Path("vide")
    remember(Sources(referentiel=referentiel))
    assert remember(Sources(referentiel, Path("absent.yaml")))[1].has_errors()
    remember(Sources(templates=templates))
    templates.rmdir()
    assert remember(Sources(templates=templates))[1].has_errors()


def test_a_template_that_is_saved_before_it_is_rendered_is_not_remembered(school: Path) -> None:
    memory = Memory(HERE)
    memory.load_schools(Loader())
    add(school / "modeles/mot.html")
    memory.add("MCV", EDITION, KNOWN_EDITION)
    memory.save()
    (school / "modeles/mot.html").write_text(MOT, encoding="utf-8")

    assert not recalled()


def test_a_change_of_content_alone_is_seen(school: Path) -> None:
    path = school / "pfmp.yaml"
    before = path.stat()
    remember()
    path.write_text(PROJET.replace("Trois", "Trent"), encoding="utf-8")
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))

    assert path.stat().st_size == before.st_size
    assert not recalled()


def test_another_day_or_other_files_and_nothing_is_known(
    school: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    remember()
    for other in (Sources(shipped("examples/pfmp.yaml")), Sources(referentiel=school / "x.yaml")):
        assert not recalled(other)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1768521600")  # the day after
    today.cache_clear()
    assert not recalled()
    monkeypatch.undo()
    today.cache_clear()


def test_a_file_that_is_saved_while_it_is_read_is_not_remembered(
    school: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read_schools = SchoolLoader.load_schools

    def save_meanwhile(loader: SchoolLoader, sources: Sources) -> list[School]:
        schools = read_schools(loader, sources)
        (school / "pfmp.yaml").write_text(PROJET + "# enregistré\n", encoding="utf-8")
        return schools

    monkeypatch.setattr(SchoolLoader, "load_schools", save_meanwhile)
    remember()

    assert not recalled()


def test_what_has_an_error_is_not_remembered(school: Path) -> None:
    (school / "pfmp.yaml").write_text(PROJET + "ecole: x\n", encoding="utf-8")
    _, loader = remember()

    assert loader.has_errors()
    assert not (school.parent / "cache" / FILE).exists()


def test_a_folder_of_very_many_templates_is_not_remembered(school: Path) -> None:
    for number in range(300):
        (school / f"modeles/{number}.txt").touch()
    remember()

    assert not recalled()


WARM = """
import sys
from pfmp_cli.cli import run
code = run(sys.argv[1:])
heavy = ("pydantic", "yaml", "jinja2", "holidays", "weasyprint", "importlib.metadata")
print("loaded:", code, *(name for name in heavy if name in sys.modules))
"""


@pytest.mark.parametrize(
    "arguments",
    [
        ["batch", "eleves.csv", "--documents", "resultats,presence"],
        ["grid", "--class", "terminale", "--option", "B"],
    ],
)
def test_a_run_that_knows_its_masters_loads_nothing_that_reads_or_lays_out(
    school: Path, commande: CommandLine, arguments: list[str]
) -> None:
    commande.write(ZOE)
    (commande.path / "pfmp.yaml").write_text(f"calendrier:\n{DATES}", encoding="utf-8")

    def say(*more: str) -> str:
        process = subprocess.run(
            [sys.executable, "-c", WARM, *arguments, *more],
            cwd=commande.path, text=True, capture_output=True, check=True,
        )  # fmt: skip
        return process.stdout.splitlines()[-1]

    assert "pydantic" in say("-o", "un.pdf" if arguments[0] == "grid" else "un")
    assert say("-o", "deux.pdf" if arguments[0] == "grid" else "deux") == "loaded: 0"


def test_holidays_that_are_remembered_are_those_of_their_place(school: Path) -> None:
    KNOWN.clear()
    text = f"calendrier:\n  territoire: Alsace-Moselle\n{DATES}"
    (school / "pfmp.yaml").write_text(text, encoding="utf-8")
    remember()
    known = dict(KNOWN)
    KNOWN.clear()

    assert recalled()
    assert known
    assert known == KNOWN
