"""A run that can be trusted: killed, run again, run twice at once, and nothing lost."""

from __future__ import annotations

import csv
import hashlib
import json
import os
import random
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pikepdf
import pytest

from benchmarks.pupils import make_pupils
from pfmp_cli.cli import run
from pfmp_cli.output.folder import open_folder
from pfmp_cli.press.merging.checksum import is_sealed
from tests.commande import give_key

ROOT = Path(__file__).resolve().parent.parent.parent
TITLES = "nom;prenom;date_naissance;division;classe;option;telephone\n"
ZOE = "MARTIN;Zoé;01/03/2009;T1;terminale;B;05 36 49 00 01\n"
LAN = "NGUYỄN;Lan;02/04/2009;T1;terminale;B;05 36 49 00 02\n"
MALO = "HOUDOIS;Malo;03/05/2010;P1;premiere;A;05 36 49 00 03\n"


@dataclass
class Ecole:
    """A folder that commands are run in, in this process."""

    path: Path
    capsys: pytest.CaptureFixture[str]

    def list(self, *rows: str, name: str = "eleves.csv") -> None:
        (self.path / name).write_text(TITLES + "".join(rows), encoding="utf-8")

    def batch(self, *arguments: str, name: str = "eleves.csv") -> tuple[int, str]:
        """The exit code, and what was said."""
        code = run(["batch", name, "--documents", "presence", *arguments])
        return code, self.capsys.readouterr().err

    def documents(self) -> list[str]:
        folder = self.path / "documents"
        return sorted(str(path.relative_to(folder)) for path in folder.rglob("*.pdf"))


@pytest.fixture
def ecole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Ecole:
    monkeypatch.chdir(tmp_path)
    return Ecole(tmp_path, capsys)


def snapshot(folder: Path) -> dict[str, str]:
    """The files of a folder, and the hash of each."""
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.rglob("*")
        if path.is_file()
    }


def marks(folder: Path) -> dict[str, tuple[int, int]]:
    """What changes with a file that is written anew, the same or not. (The manifest may be
    touched: its date says until when its files are known.)"""
    return {
        str(path.relative_to(folder)): (
            path.stat().st_ino,
            0 if path.name == "manifest.json" else path.stat().st_mtime_ns,
        )
        for path in folder.rglob("*")
        if path.is_file()
    }


# --- run again ---


def test_a_second_run_writes_nothing_and_needs_no_master(
    ecole: Ecole, monkeypatch: pytest.MonkeyPatch
) -> None:
    ecole.list(ZOE, LAN, MALO)
    monkeypatch.setenv("PFMP_CACHE", str(ecole.path / "cache"))
    first = ecole.batch("--print", "--period", "1")
    before = marks(ecole.path / "documents")
    for master in (ecole.path / "cache").glob("*.maquette"):
        master.unlink()
    second = ecole.batch("--print", "--period", "1")

    summary = "2 fichiers pour le copieur, recto verso :\n" + "".join(
        f"  documents/{name}/{name}_presence_a-imprimer.pdf\n" for name in ("T1", "P1")
    )
    written = "".join(
        f"  {name}_presence-1.pdf\n"
        for name in ("T1/MARTIN_Zoe", "T1/NGUYEN_Lan", "P1/HOUDOIS_Malo")
    )
    assert first == (
        0, f"  P1 : 1\n  T1 : 2\n3 documents écrits dans documents/ :\n{written}{summary}"
    )  # fmt: skip
    assert second == (
        0, "  P1 : 1\n  T1 : 2\n"
        "0 document écrit, 3 laissés tels quels dans documents/\n" + summary,
    )  # fmt: skip
    assert marks(ecole.path / "documents") == before
    assert not list((ecole.path / "cache").glob("*.maquette"))


def test_what_changed_is_written_and_nothing_else(ecole: Ecole) -> None:
    ecole.list(ZOE, LAN)
    ecole.batch("--print", "--period", "1")
    before = marks(ecole.path / "documents")
    ecole.list(ZOE.replace("Zoé", "Zoë"), LAN)
    code, said = ecole.batch("--print", "--period", "1")
    after = marks(ecole.path / "documents")

    assert code == 0
    assert said.startswith(
        "  T1 : 2\n1 document écrit, 1 laissé tel quel dans documents/ :\n"
        "  T1/MARTIN_Zoe_presence-1.pdf\n"
    )
    assert {name for name in after if after[name] != before[name]} == {
        "T1/MARTIN_Zoe_presence-1.pdf", "T1/T1_presence_a-imprimer.pdf", "index.html",
        "manifest.json",
    }  # fmt: skip


def test_a_value_that_a_document_does_not_print_changes_nothing(ecole: Ecole) -> None:
    ecole.list(ZOE)
    ecole.batch("--period", "1")
    before = marks(ecole.path / "documents")
    ecole.list(ZOE.replace("00 01", "00 99"))
    ecole.batch("--period", "1")

    assert marks(ecole.path / "documents") == before


def test_a_place_left_blank_is_told_at_each_run(ecole: Ecole) -> None:
    ecole.list(ZOE.replace("MARTIN", "李"))
    first, second = ecole.batch("--period", "1"), ecole.batch("--period", "1")

    assert "la police n'a pas « 李 » (U+674E) : la place reste à remplir à la main" in first[1]
    assert second[1] == first[1].replace(
        "1 document écrit dans documents/ :\n  T1/Zoe_presence-1.pdf\n",
        "0 document écrit, 1 laissé tel quel dans documents/\n",
    )
    assert "李" not in (ecole.path / "documents/manifest.json").read_text(encoding="utf-8")


@pytest.mark.parametrize("broken", ["{{ rien }}", "<p style='hyphens: {{ 1 / 0 }}'>"])
@pytest.mark.parametrize("options", [(), ("--strict",), ("--dry-run",)])
def test_nothing_is_told_or_left_where_nothing_could_be_begun(
    ecole: Ecole, broken: str, options: tuple[str, ...]
) -> None:
    ecole.list(ZOE, LAN.replace("02/04", "31/02"))
    (ecole.path / "modeles").mkdir()
    (ecole.path / "modeles/presence.html").write_text(broken, encoding="utf-8")
    code, said = ecole.batch("--templates", "modeles", "-o", "sortie/ici", *options)

    assert code == 1
    assert "erreur : « 31/02/2009 » n'est pas au calendrier" in said
    assert "  --> modeles/presence.html:1" in said
    assert "0 document" not in said
    assert not (ecole.path / "sortie").exists()


# --- what someone else wrote ---


def fill_in(path: Path) -> None:
    """Fill a form in, as a viewer that saves the file anew, our name still in it."""
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        fields = (thing for thing in pdf.objects if isinstance(thing, pikepdf.Dictionary))
        next(field for field in fields if field.get("/FT") == "/Tx").V = pikepdf.String("Vu")
        pdf.save(path)


def append_to(path: Path) -> None:
    """Save as a viewer that appends what changed."""
    with path.open("ab") as file:
        file.write(b"9999 0 obj\n<<>>\nendobj\nxref\n0 0\ntrailer\n<<>>\nstartxref\n1\n%%EOF\n")


@pytest.mark.parametrize("save", [fill_in, append_to])
def test_a_grid_filled_in_is_not_overwritten(ecole: Ecole, save: Callable[[Path], None]) -> None:
    ecole.list(ZOE, LAN)
    arguments = ("--documents", "grille", "--period", "1")
    ecole.batch(*arguments)
    grid = ecole.path / "documents/T1/MARTIN_Zoe_grille-1.pdf"
    save(grid)
    filled = grid.read_bytes()
    same = ecole.batch(*arguments)
    ecole.list(ZOE.replace("Zoé", "Zoë"), LAN)
    other = ecole.batch(*arguments)

    assert same == (
        0, "  T1 : 2\n0 document écrit, 2 laissés tels quels dans documents/\n"
        "dont 1 rempli depuis que pfmp l'a fait :\n  T1/MARTIN_Zoe_grille-1.pdf\n",
    )  # fmt: skip
    assert other == (
        3, "erreur : ce document a été rempli ou modifié depuis que pfmp l'a fait ; il n'a pas "
        "été touché\n  --> documents/T1/MARTIN_Zoe_grille-1.pdf\n"
        "aide : pour en avoir un neuf, renommez-le ou déplacez-le d'abord\n\n"
        "  T1 : 1\n0 document écrit, 1 laissé tel quel dans documents/\n1 erreur\n",
    )  # fmt: skip
    assert grid.read_bytes() == filled


def test_two_runs_at_once_in_a_folder_are_refused(ecole: Ecole) -> None:
    ecole.list(ZOE)
    with open_folder(ecole.path / "documents"):
        before = marks(ecole.path / "documents")
        refused = ecole.batch("--period", "1")
        assert marks(ecole.path / "documents") == before

    assert refused == (
        3, "erreur : pfmp écrit déjà dans ce dossier ; rien n'a été touché\n  --> documents\n"
        "aide : attendez la fin de l'autre commande, ou choisissez un autre dossier avec -o\n\n",
    )  # fmt: skip
    assert ecole.batch("--period", "1")[0] == 0


def test_a_file_system_without_locks_is_no_obstacle(
    ecole: Ecole, monkeypatch: pytest.MonkeyPatch
) -> None:
    fcntl = pytest.importorskip("fcntl")

    def no_locks(*_: object) -> None:
        raise OSError(37, "No locks available")

    monkeypatch.setattr(fcntl, "flock", no_locks)
    ecole.list(ZOE)

    assert ecole.batch("--period", "1")[0] == 0
    assert ecole.documents() == ["T1/MARTIN_Zoe_presence-1.pdf"]


# --- files that are no longer anyone's ---


def test_files_of_nobody_are_named_and_removed_on_demand(ecole: Ecole) -> None:
    ecole.list(ZOE, LAN)
    ecole.batch("--period", "1")
    ecole.list(ZOE)
    named, removed = ecole.batch("--period", "1"), ecole.batch("--period", "1", "--prune")

    left = "  T1 : 1\n0 document écrit, 1 laissé tel quel dans documents/\n"
    assert named == (
        0, left + "1 fichier d'avant n'est plus à personne (--prune enlève ce que nul n'a "
        "modifié) :\n  T1/NGUYEN_Lan_presence-1.pdf (parti)\n",
    )  # fmt: skip
    assert removed == (
        0, left + "1 fichier d'avant enlevé :\n"
        "  T1/NGUYEN_Lan_presence-1.pdf (parti)\n",
    )  # fmt: skip
    assert ecole.documents() == ["T1/MARTIN_Zoe_presence-1.pdf"]
    assert ecole.batch("--period", "1", "--prune") == (0, left)


@pytest.mark.parametrize(
    ("rows", "why"),
    [
        ((ZOE, LAN.replace("T1", "T2")), "renommé : T2/NGUYEN_Lan_presence-1.pdf"),
        ((ZOE, LAN.replace("Lan", "Linh")), "renommé : T1/NGUYEN_Linh_presence-1.pdf"),
        ((ZOE, LAN.replace("NGUYỄN;Lan", "Lan;NGUYỄN")), "renommé : T1/Lan_NGUYEN_presence-1.pdf"),
        ((ZOE, LAN.replace("terminale;B", "seconde;")), ""),
        ((ZOE, LAN.replace("Lan", "Linh").replace("02/04", "02/05")), "parti"),
        ((ZOE, LAN.replace("NGUYỄN;Lan", "DUBOIS;Jules")), "parti"),
        ((ZOE,), "parti"),
    ],
    ids=["of another division", "corrected", "exchanged", "of another class", "a namesake",
         "born the same day", "gone"],
)  # fmt: skip
def test_what_is_no_longer_anyone_s_is_so_for_its_true_reason(
    ecole: Ecole, rows: tuple[str, ...], why: str
) -> None:
    ecole.list(ZOE, LAN)
    ecole.batch("--period", "1")
    ecole.list(*rows)
    for _ in range(2):  # of the second run, the new name is no longer new
        said = ecole.batch("--period", "1")[1]
    removed = ecole.batch("--period", "1", "--prune")[1]

    if why:
        assert f"\n  T1/NGUYEN_Lan_presence-1.pdf ({why})\n" in said
    assert removed.count("T1/NGUYEN_Lan_presence-1.pdf") == bool(why)
    assert (f"enlevé :\n  T1/NGUYEN_Lan_presence-1.pdf ({why})\n" in removed) == bool(why)
    assert ("T1/NGUYEN_Lan_presence-1.pdf" in ecole.documents()) == (not why)


def test_without_a_birth_date_who_has_gone_may_have_another_name(ecole: Ecole) -> None:
    ecole.list(ZOE, LAN.replace("02/04/2009", ""))
    ecole.batch("--period", "1")
    ecole.list(ZOE)

    assert "T1/NGUYEN_Lan_presence-1.pdf (parti ou renommé)\n" in ecole.batch("--period", "1")[1]


def test_a_file_of_nobody_that_someone_changed_is_kept(ecole: Ecole) -> None:
    ecole.list(ZOE, LAN)
    ecole.batch("--period", "1")
    append_to(ecole.path / "documents/T1/NGUYEN_Lan_presence-1.pdf")
    ecole.list(ZOE)
    code, said = ecole.batch("--period", "1", "--prune")

    assert (code, said) == (
        0, "  T1 : 1\n0 document écrit, 1 laissé tel quel dans documents/\n"
        "1 fichier d'avant n'est plus à personne (modifié depuis, gardé) :\n"
        "  T1/NGUYEN_Lan_presence-1.pdf (parti)\n",
    )  # fmt: skip
    assert "T1/NGUYEN_Lan_presence-1.pdf" in ecole.documents()


@pytest.mark.parametrize(
    ("arguments", "name"),
    [
        (("--documents", "visite"), "eleves.csv"),
        (("--period", "2"), "eleves.csv"),
        (("--class", "premiere", "--period", "1"), "eleves.csv"),
        (("--option", "A", "--period", "1"), "eleves.csv"),
        (("--period", "1"), "autre.csv"),
    ],
    ids=["another document", "another period", "another class", "another option", "another list"],
)
def test_a_run_knows_nothing_of_files_that_it_would_not_have_made(
    ecole: Ecole, arguments: tuple[str, ...], name: str
) -> None:
    ecole.list(ZOE, LAN, MALO)
    ecole.batch("--period", "1", "--print")
    before = set(ecole.documents())
    ecole.list(MALO, name=name)
    code, said = ecole.batch(*arguments, "--prune", name=name)

    assert (code, "à personne" in said) == (0, False)
    assert before <= set(ecole.documents())


@pytest.mark.parametrize("command", ["batch", "build"])
def test_another_diploma_s_documents_of_the_same_list_are_not_this_one_s_to_remove(
    ecole: Ecole, command: str
) -> None:
    other = ROOT / "tests/autre_diplome"
    ecole.list(ZOE, LAN, "ALIZÉ;Maëva;14/03/2010;CI1;court;toile;\n")
    text = (other / "referentiel.yaml").read_text(encoding="utf-8")
    Path("autre.yaml").write_text(text, encoding="utf-8")
    Path("pfmp.yaml").write_text(FABRICATION, encoding="utf-8")
    words = ["build"] if command == "build" else ["batch", "eleves.csv", "--documents", "resultats"]
    run([*words, "--referentiel", "autre.yaml"])
    theirs = ecole.documents()
    run([*words, "--prune"])
    page = (ecole.path / "documents/index.html").read_text(encoding="utf-8")

    assert "CI1/ALIZE_Maeva_resultats.pdf" in theirs
    assert len(theirs) == (1 if command == "batch" else 7)
    assert {*theirs, "T1/MARTIN_Zoe_resultats.pdf"} <= {*ecole.documents()}
    assert [path for path in theirs if f'href="{path}"' not in page] == []


FABRICATION = """\
fabrication:
  listes: [{fichier: eleves.csv, documents: [resultats]}]
  vierges: {documents: [resultats]}
"""


def test_a_pupil_whose_row_has_an_error_keeps_the_documents(ecole: Ecole) -> None:
    ecole.list(ZOE, LAN)
    ecole.batch("--period", "1")
    ecole.list(ZOE, LAN.replace("02/04", "31/02"))
    code, said = ecole.batch("--period", "1", "--prune")

    assert code == 3
    assert (
        "avertissement : --prune n'a rien enlevé : des documents n'ont pas pu être faits\n"
        "aide : corrigez les erreurs, puis relancez\n" in said
    )
    assert "T1/NGUYEN_Lan_presence-1.pdf" in ecole.documents()


# --- what is in the manifest ---


def test_the_manifest_says_what_each_file_is_and_nothing_of_a_pupil(ecole: Ecole) -> None:
    pupils = list(make_pupils(20))
    with (ecole.path / "eleves.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, pupils[0].keys(), delimiter=";")
        writer.writeheader()
        writer.writerows(pupils)
    assert ecole.batch("--period", "1", "--print")[0] == 0
    path = ecole.path / "documents/manifest.json"
    text = path.read_text(encoding="utf-8")
    entries = json.loads(text)["fichiers"].values()
    made = snapshot(path.parent).items()
    hashes = {name: digest for name, digest in made if name not in (path.name, "pfmp.cle")}

    assert {entry["sha256"] for entry in entries} == set(hashes.values())
    documents = [entry for entry in entries if entry["document"] != "index"]
    assert {(e["document"], e["periode"], e["classe"], e["option"]) for e in documents} == {
        ("presence", "1", "terminale", "B")
    }
    common = {"terminale", "B", "F", "M"}
    data = {value for pupil in pupils for value in pupil.values()} - common
    said = re.sub(r"[0-9a-f]{16,}", "", text.lower())  # a digest may happen to have a postcode
    assert not [value for value in data if value.lower() in said]
    assert path.stat().st_mode & 0o777 == 0o600


# --- killed, interrupted, refused by the disk ---


def write_list(path: Path, count: int, born: str = "") -> None:
    """A list of that many pupils; with `born`, the odd ones have that birth date."""
    rows = (
        f"{pupil['nom']};{pupil['prenom']};"
        f"{born if born and number % 2 else pupil['date_naissance']};"
        f"T{number // 30};terminale;B;\n"
        for number, pupil in enumerate(make_pupils(count))
    )
    path.write_text(TITLES + "".join(rows), encoding="utf-8")


def start(folder: Path, sortie: str, *arguments: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "pfmp_cli", "batch", "eleves.csv", "-o", sortie, *arguments],
        cwd=folder, env={**os.environ, "PYTHONPATH": str(ROOT)}, text=True,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, preexec_fn=heed_interrupts,
    )  # fmt: skip


def heed_interrupts() -> None:
    """Ctrl-C stops what is started, also where the tests run in the background of a shell."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def finish(process: subprocess.Popen[str]) -> tuple[int, str]:
    _, said = process.communicate()
    return process.returncode, said


def wait_for(folder: Path, count: int, process: subprocess.Popen[str]) -> None:
    """Until the run has written `count` documents."""
    while process.poll() is None and len(list(folder.rglob("*.pdf"))) < count:
        time.sleep(0.001)


def faults(folder: Path) -> Iterator[str]:
    """Files under their final name that are not whole."""
    for path in folder.rglob("*.pdf"):
        if not is_sealed(path.read_bytes()):
            yield path.name
    if (folder / "manifest.json").exists():
        json.loads((folder / "manifest.json").read_bytes())


def test_a_run_killed_leaves_whole_files_and_the_rerun_is_as_if_nothing_had_happened(
    tmp_path: Path,
) -> None:
    write_list(tmp_path / "eleves.csv", 120)
    arguments = ("--documents", "presence", "--print", "--zip")
    give_key(tmp_path / "entier")
    assert finish(start(tmp_path, "entier", *arguments))[0] == 0
    expected = snapshot(tmp_path / "entier")
    killed = 0
    for count in (1, 40, 110, 239, 242):
        folder = tmp_path / f"tue-{count}"
        give_key(folder)
        process = start(tmp_path, folder.name, *arguments)
        wait_for(folder, count, process)
        process.kill()
        killed += finish(process)[0] == -signal.SIGKILL
        assert list(faults(folder)) == []
        assert finish(start(tmp_path, folder.name, *arguments))[0] == 0
        assert snapshot(folder) == expected

    assert killed >= 3


@pytest.mark.lent
@pytest.mark.parametrize("again", [False, True], ids=["into a new folder", "over an older run"])
def test_killed_at_a_hundred_random_moments_of_500_pupils(tmp_path: Path, again: bool) -> None:
    """Fifty times each way; over an older run, half the documents change and some go."""
    arguments = ("--documents", "grille", "--period", "1", "--prune")
    older = tmp_path / "ancien"
    give_key(older)
    write_list(tmp_path / "eleves.csv", 540, "01/02/2009")
    assert finish(start(tmp_path, "ancien", *arguments))[0] == 0
    write_list(tmp_path / "eleves.csv", 500)

    def begin(name: str) -> subprocess.Popen[str]:
        if again:
            shutil.copytree(older, tmp_path / name)
        give_key(tmp_path / name)
        return start(tmp_path, name, *arguments)

    def complete(process: subprocess.Popen[str]) -> float:
        begun = time.monotonic()
        assert finish(process)[0] == 0
        return time.monotonic() - begun

    lasting = complete(begin("entier"))
    expected = snapshot(tmp_path / "entier")
    moments, killed = random.Random(4), 0
    while killed < 50:
        process = begin("tue")
        time.sleep(moments.uniform(0, lasting))
        process.kill()
        killed += finish(process)[0] == -signal.SIGKILL
        assert list(faults(tmp_path / "tue")) == []
        lasting = complete(start(tmp_path, "tue", *arguments))
        assert snapshot(tmp_path / "tue") == expected
        shutil.rmtree(tmp_path / "tue")


def test_interrupted_it_says_what_is_written_and_remembers_it(tmp_path: Path) -> None:
    write_list(tmp_path / "eleves.csv", 400)
    finish(start(tmp_path, "autre", "--documents", "presence"))  # lays out
    process = start(tmp_path, "documents", "--documents", "presence")
    wait_for(tmp_path / "documents", 30, process)
    process.send_signal(signal.SIGINT)
    code, said = finish(process)
    written = len(list((tmp_path / "documents").rglob("*.pdf")))

    assert code == 130
    assert f"{written} documents écrits dans documents/\n" in said
    assert said.endswith(
        "Interrompu : ce qui est écrit est entier ; relancez pour avoir le reste.\n"
    )
    entries = json.loads((tmp_path / "documents/manifest.json").read_bytes())["fichiers"]
    assert written - 1 <= len(entries) <= written
    assert sorted(os.listdir(tmp_path / "documents"))[-2:] == ["manifest.json", "pfmp.cle"]


def test_a_disk_that_is_full_is_told_once(tmp_path: Path) -> None:
    disk = tmp_path / "disque"
    disk.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=400k", "tmpfs", str(disk)], check=False,
        capture_output=True,
    )  # fmt: skip
    if mounted.returncode:
        pytest.skip("mounting a small disk takes root")
    try:
        write_list(tmp_path / "eleves.csv", 30)
        arguments = ("--documents", "presence", "--period", "1")
        code, said = finish(start(tmp_path, "disque/d", *arguments))
        whole, left = list(faults(disk)), list(disk.rglob("*.partiel"))
        written, index = len(list(disk.rglob("*.pdf"))), list(disk.rglob("index.html"))
    finally:
        subprocess.run(["umount", str(disk)], check=True)

    assert (code, whole, left, index) == (3, [], [], [])
    told = said.count("erreur :") - said.count("--> disque/d/manifest.json")  # as room is left
    assert told == 1
    assert 0 < written < 29
    assert said.startswith(
        f"erreur : le disque est plein : {30 - written} documents n'ont pas été écrits\n"
        "  --> disque/d/T0/"
    )
    assert (
        "aide : faites de la place, ou choisissez un autre dossier avec -o, puis relancez\n" in said
    )


def test_a_folder_that_is_not_writable_is_told(tmp_path: Path) -> None:
    write_list(tmp_path / "eleves.csv", 1)
    (tmp_path / "ferme").mkdir(mode=0o500)
    process = subprocess.run(
        [sys.executable, "-c", AS_NOBODY, "batch", "eleves.csv", "-o", "ferme"],
        cwd=tmp_path, env={**os.environ, "PYTHONPATH": str(ROOT)}, text=True, capture_output=True,
        check=False,
    )  # fmt: skip

    assert (process.returncode, process.stderr) == (
        3, "erreur : écriture refusée par le système\n  --> ferme\n"
        "aide : fermez le fichier s'il est ouvert ; vérifiez vos droits sur le dossier\n\n",
    )  # fmt: skip
    assert os.listdir(tmp_path / "ferme") == []


@contextmanager
def held(path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """As a viewer of Windows holds a document: all may read it, nothing may take its place."""
    replace = os.replace

    def refuse(source: Path, target: Path) -> None:
        if target.resolve() == path.resolve():
            raise PermissionError(13, "used by another process", str(source), 32, str(target))
        replace(source, target)

    with path.open("rb"), monkeypatch.context() as patch:
        if os.name != "nt":
            patch.setattr(os, "replace", refuse)
        yield


def test_a_document_that_is_open_elsewhere_is_named_and_the_others_are_written(
    ecole: Ecole, monkeypatch: pytest.MonkeyPatch
) -> None:
    ecole.list(ZOE, LAN)
    assert ecole.batch()[0] == 0
    open_one, other = (ecole.path / "documents" / name for name in ecole.documents()[:2])
    before, others_before = open_one.read_bytes(), other.read_bytes()
    ecole.list(*(row.replace("2009", "2008") for row in (ZOE, LAN)))
    with held(open_one, monkeypatch):
        code, said = ecole.batch()

    assert code == 3
    assert said.startswith(
        f"erreur : écriture refusée par le système\n  --> {open_one.relative_to(ecole.path)}\n"
        "aide : fermez le fichier s'il est ouvert ; vérifiez vos droits sur le dossier\n\n"
    )
    assert open_one.read_bytes() == before
    assert other.read_bytes() != others_before
    assert not list(ecole.path.rglob("*.partiel"))
    assert ecole.batch()[0] == 0
    assert open_one.read_bytes() != before


# Root may write anywhere: it gives that up once all is imported and read.
AS_NOBODY = """
import os, sys
import pfmp_cli.commands.batch, pfmp_cli.output.folder
import pfmp_cli.making.run, pfmp_cli.making.summary
from pfmp_cli.cli import run
opened = pfmp_cli.output.folder.open_folder
def as_nobody(path):
    if os.geteuid() == 0:
        os.seteuid(65534)
    return opened(path)
pfmp_cli.output.folder.open_folder = as_nobody
sys.exit(run(sys.argv[1:]))
"""


@pytest.mark.parametrize("command", ["batch", "build"])
def test_where_nothing_can_be_begun_nothing_is_told_or_left(ecole: Ecole, command: str) -> None:
    ecole.list(ZOE)
    (ecole.path / "modeles").mkdir()
    (ecole.path / "modeles" / "livret.html").write_text("{% if x }", encoding="utf-8")
    (ecole.path / "pfmp.yaml").touch()
    code = run([command, "eleves.csv"] if command == "batch" else [command])
    said = ecole.capsys.readouterr().err

    assert code == 1
    assert said.startswith("erreur : modèle : « } » n'est pas attendu ici")
    assert "document" not in said
    assert not (ecole.path / "documents").exists()
