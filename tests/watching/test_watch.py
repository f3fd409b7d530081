"""`pfmp watch`, a real process: a file is saved, a document is made again, and it never dies."""

from __future__ import annotations

import os
import pty
import queue
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from pfmp_cli.diagnostics import InputRefused
from pfmp_cli.loading.sources import Sources
from pfmp_cli.planning.editions import Edition
from pfmp_cli.press.laying_out import keep_master
from pfmp_cli.press.layout.make_master import make_master
from pfmp_cli.press.workers import Stopped, Worker
from pfmp_cli.press.workshop import load_workshop
from pfmp_cli.terminal.console import format_diagnostic
from pfmp_cli.watching.file_watch import FileWatch
from pfmp_cli.watching.previews import Preview, Request, make_previews
from pfmp_cli.watching.watch_loop import WatchLoop, _name
from tests.pdf import read_text

ROOT = Path(__file__).resolve().parents[2]
LONG = 60.0  # seconds: only a test that fails waits so long
MODELE = """{# par période #}
{% extends "_feuille.html" %}
{% set document, genre = "Fiche navette", "navette" %}
{% block contenu %}<p>Version un</p>{% endblock %}
"""


@pytest.fixture
def ecole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A school's folder with a template of its own, and nothing else running in it."""
    folder = tmp_path / "ecole"
    (folder / "modeles").mkdir(parents=True)
    for name in ("pfmp.yaml", "logo.svg"):
        shutil.copy(ROOT / "examples" / name, folder)
    (folder / "modeles/navette.html").write_text(MODELE, encoding="utf-8")
    monkeypatch.chdir(folder)
    return folder


def heed_interrupts() -> None:
    """Ctrl-C stops what is started, also where the tests run in the background of a shell."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


class Watch:
    """The process, and the lines that it has said."""

    def __init__(self, folder: Path, *arguments: str) -> None:
        self.folder = folder
        self.process = subprocess.Popen(
            [sys.executable, "-m", "pfmp_cli", "watch", *arguments],
            cwd=folder, env={**os.environ, "PYTHONPATH": str(ROOT)},
            stderr=subprocess.PIPE, text=True, encoding="utf-8", preexec_fn=heed_interrupts,
        )  # fmt: skip
        self.lines: queue.Queue[str] = queue.Queue()
        self.reader = threading.Thread(target=self._read, daemon=True)
        self.reader.start()

    def end(self) -> None:
        """End it, and its workers, which hold the other end of what is read."""
        self.process.kill()
        self.process.wait()
        self.reader.join()
        assert self.process.stderr is not None
        self.process.stderr.close()

    def _read(self) -> None:
        assert self.process.stderr is not None
        for line in self.process.stderr:
            self.lines.put(line.rstrip("\n"))

    def wait_for(self, text: str) -> str:
        """The lines up to the next one that holds `text`."""
        said: list[str] = []
        deadline = time.monotonic() + LONG
        while not said or text not in said[-1]:
            left = deadline - time.monotonic()
            try:
                said.append(self.lines.get(timeout=max(0.01, left)))
            except queue.Empty:
                raise AssertionError(f"« {text} » is not among {said}") from None
        return "\n".join(said)

    def save(self, name: str, text: str) -> None:
        (self.folder / name).write_text(text, encoding="utf-8")

    def change(self, name: str, before: str, after: str) -> None:
        text = (self.folder / name).read_text(encoding="utf-8")
        assert before in text
        self.save(name, text.replace(before, after))

    def text(self, name: str) -> str:
        return read_text((self.folder / name).read_bytes())


@pytest.fixture
def watch(ecole: Path) -> Iterator[Callable[..., Watch]]:
    started: list[Watch] = []

    def start(*arguments: str) -> Watch:
        started.append(Watch(ecole, *arguments))
        return started[-1]

    yield start
    for one in started:
        one.end()


def test_each_save_makes_the_document_again_and_no_error_ends_it(
    watch: Callable[..., Watch], ecole: Path
) -> None:
    pdf, modele = "navette-1-seconde.pdf", "modeles/navette.html"
    one = watch("--documents", "navette")
    said = one.wait_for(f"  {pdf} : 1 page, en ")
    assert "Mise en page. Ctrl-C pour arrêter." in said
    assert "avertissement : la note de service n° 96-241 n'est plus en vigueur" in said
    assert "Version un" in one.text(pdf)

    one.change(modele, "Version un", "Version deux")
    assert f"{modele} a changé" in one.wait_for(f"  {pdf} : 1 page, en ")
    assert "Version deux" in one.text(pdf)

    one.change("pfmp.yaml", "etablissement:", "etablisement:")
    assert "erreur : clé inconnue « etablisement »" in one.wait_for("Corrigez, enregistrez")
    one.change("pfmp.yaml", "etablisement:", "etablissement:")
    one.wait_for(f"  {pdf} : 1 page")

    one.change(modele, "Version deux", "{{ inconnu }}")
    said = one.wait_for("Corrigez, enregistrez : tout sera refait. Ctrl-C pour arrêter.")
    assert "erreur : « inconnu » n'existe pas\n  --> modeles/navette.html:4:" in said
    assert "Version deux" in one.text(pdf)

    (ecole / modele).unlink()  # as editors do that write a new file in the old one's place
    one.save(modele, MODELE.replace("Version un", "Version trois"))
    one.wait_for(f"  {pdf} : 1 page")
    assert "Version trois" in one.text(pdf)

    (ecole / "modeles").rename(ecole / "ailleurs")
    assert "erreur : document « navette » inconnu" in one.wait_for("Corrigez, enregistrez")
    (ecole / "ailleurs").rename(ecole / "modeles")
    one.wait_for(f"  {pdf} : 1 page")
    one.change(modele, "Version trois", "Version quatre")
    one.wait_for(f"  {pdf} : 1 page")
    assert "Version quatre" in one.text(pdf)

    one.change("logo.svg", "<svg", "<svg id='neuf'")
    one.wait_for("logo.svg a changé")
    one.process.send_signal(signal.SIGINT)
    one.wait_for("Arrêté.")
    assert one.process.wait(LONG) == 0
    assert sorted(path.name for path in ecole.iterdir()) == [
        "logo.svg", "modeles", pdf, "pfmp.yaml",
    ]  # fmt: skip


def test_a_command_that_makes_no_sense_ends_at_once(watch: Callable[..., Watch]) -> None:
    one = watch("--class", "quinzième")

    assert one.process.wait(LONG) == 2
    one.wait_for("erreur : classe « quinzième » inconnue")


def test_what_is_not_said_is_the_first_of_the_referentiel(ecole: Path) -> None:
    names = []
    for words in ({}, {"classe": "terminale"}, {"option": "B"}):
        avis, made = make_previews(Request(Sources(), "attestation", **words))
        assert isinstance(made, Preview)
        names.append((made.name, made.pages))

    assert names == [
        ("attestation-1-seconde.pdf", 1),
        ("attestation-1-terminale-A.pdf", 1),
        ("attestation-1-premiere-B.pdf", 1),
    ]
    assert isinstance(avis, InputRefused)


def test_documents_come_as_they_are_asked_for_and_a_fault_stops_no_other(ecole: Path) -> None:
    (ecole / "modeles/navette.html").write_text("{{ 'a' * 10**15 }}", encoding="utf-8")
    _, first, refus, last = make_previews(Request(Sources(), "grille,navette,attestation"))

    assert isinstance(refus, InputRefused)
    assert format_diagnostic(refus.diagnostics[0]) == (
        "erreur : modèle : il demande plus de mémoire qu'il n'y en a\n"
        "  --> modeles/navette.html:1:1\n   |\n 1 | {{ 'a' * 10**15 }}\n"
        "   | ^^^^^^^^^^^^^^^^^^\naide : corrigez cette ligne du modèle"
    )
    made = [one.name for one in (first, last) if isinstance(one, Preview)]
    assert made == ["grille-1-seconde.pdf", "attestation-1-seconde.pdf"]


def test_what_a_run_has_laid_out_is_not_laid_out_again(
    ecole: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PFMP_CACHE", str(tmp_path / "cache"))
    editions = [Edition(name, "seconde", periode="1") for name in ("presence", "attestation")]
    workshop = load_workshop(Sources())
    presence, attestation = (workshop.get_rendering(edition) for edition in editions)
    # Another document's master, under this one's key: it shows that the kept one is taken.
    keep_master(presence.key, make_master(attestation.html))
    _, made = make_previews(Request(Sources(), "presence"))

    assert isinstance(made, Preview)
    assert "Feuille de présence" not in read_text(made.pdf)
    assert "Attestation" in read_text(made.pdf)


def test_templates_beside_pfmp_yaml_are_found(ecole: Path) -> None:
    _, made = make_previews(Request(Sources(), "navette"))

    assert isinstance(made, Preview)
    assert "Version un" in read_text(made.pdf)


def test_only_what_is_printed_counts_as_a_change(ecole: Path) -> None:
    files = FileWatch(Sources())
    for name in (
        "modeles/.navette.html.swp",
        "modeles/navette.html~",
        "modeles/.#navette.html",
        "eleves.csv",
        "x.pdf",
    ):
        (ecole / name).write_text("x", encoding="utf-8")
    assert files.changed() == []

    (ecole / "modeles/deux.html").write_text("x", encoding="utf-8")
    (ecole / "pfmp.yaml").write_text("x", encoding="utf-8")
    assert set(files.changed()) == {Path("modeles/deux.html"), Path("pfmp.yaml")}
    assert files.changed() == []


def test_a_file_that_comes_back_is_one_change(ecole: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    files, projet = FileWatch(Sources()), ecole / "pfmp.yaml"
    content = projet.read_text(encoding="utf-8") + "# une ligne\n"
    projet.unlink()
    waits: list[float] = []

    def wait(seconds: float) -> None:
        waits.append(seconds)
        if len(waits) == 2:
            projet.write_text(content, encoding="utf-8")

    monkeypatch.setattr(time, "sleep", wait)

    assert files.changed() == [Path("pfmp.yaml")]
    assert len(waits) == 3
    assert files.changed() == []


def test_a_logo_in_a_folder_of_the_school_s_is_watched(ecole: Path) -> None:
    (ecole / "images").mkdir()
    logo = Path("images/logo.svg")
    shutil.copy(ecole / "logo.svg", logo)
    files = FileWatch(Sources())

    logo.write_text("<svg/>", encoding="utf-8")
    assert files.changed() == [logo]


def test_changes_are_named() -> None:
    paths = [Path("a.html"), Path("b.html"), Path("c.html")]

    assert _name(paths[:1]) == "a.html a changé"
    assert _name(paths[:2]) == "a.html et 1 autre fichier ont changé"
    assert _name(paths) == "a.html et 2 autres fichiers ont changé"


def spell(word: str) -> Iterator[str]:
    """What a worker for tests does: it says a word letter by letter, sleeps for ever, or dies."""
    if word == "meurs":
        os._exit(7)
    if word == "dors":
        time.sleep(3600)
    yield from word


def say(worker: Worker, word: str) -> str:
    worker.start(spell, word)
    said = ""
    while worker.busy:
        said += "".join(worker.read(LONG))
    return said


def test_a_work_that_never_ends_gives_way_to_the_next_and_a_death_is_told() -> None:
    worker = Worker()
    try:
        worker.start(spell, "dors")
        assert say(worker, "un") == "un"
        process = worker._process  # its work is done: the same process takes the next
        assert say(worker, "deux") == "deux"
        assert worker._process is process
        with pytest.raises(Stopped, match="7"):
            say(worker, "meurs")
        assert say(worker, "trois") == "trois"
    finally:
        worker.stop()


def test_a_layout_that_dies_is_told(
    ecole: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    loop = WatchLoop(Request(Sources(), "navette"), ecole)

    def die(wait: float) -> Iterator[Any]:
        raise Stopped(7)

    monkeypatch.setattr(loop.worker, "read", die)
    loop._listen()

    assert capsys.readouterr().err == (
        "erreur : la mise en page de « navette » s'est arrêtée d'elle-même (code 7)\n"
        "aide : annulez la dernière modification, puis recommencez\n\n"
    )


def test_a_terminal_is_wiped_between_two_runs() -> None:
    ours, theirs = pty.openpty()
    code = "from pfmp_cli.terminal import console; console.wipe(); console.say('Suite')"
    subprocess.run([sys.executable, "-c", code], stderr=theirs, check=True, cwd=ROOT)

    assert os.read(ours, 100).startswith(b"\033[2J\033[3J\033[HSuite")
    os.close(ours)
    os.close(theirs)
