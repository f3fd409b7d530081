"""`--zip`: the documents of a division in one file."""

from __future__ import annotations

import subprocess
import sys
import zipfile

import pytest

from pfmp_cli.cli import run
from pfmp_cli.press.merging.checksum import is_sealed
from tests.commande import FAUTIF, LAN, MALO, ZOE, CommandLine, give_key

DOCUMENTS = ("--documents", "resultats", "--zip")


def test_a_division_gets_a_zip_of_its_documents(commande: CommandLine) -> None:
    commande.write(LAN, ZOE, MALO, FAUTIF)  # in the zip, in the order of names
    outcome = commande.batch(*DOCUMENTS, "--print")
    folder = commande.path / "documents"

    assert outcome.code == 3
    assert "2 archives :\n  documents/T1/T1.zip\n  documents/P1/P1.zip\n" in outcome.err
    with zipfile.ZipFile(folder / "T1/T1.zip") as archive:
        assert archive.testzip() is None
        assert archive.namelist() == ["T1/MARTIN_Zoe_resultats.pdf", "T1/NGUYEN_Lan_resultats.pdf"]
        for info in archive.infolist():
            assert archive.read(info) == (folder / info.filename).read_bytes()
            assert info.date_time == (1980, 1, 1, 0, 0, 0)
            assert info.external_attr >> 16 == 0o100600
    assert (folder / "T1/T1.zip").stat().st_mode & 0o777 == 0o600


def test_a_zip_is_the_same_for_the_same_documents_and_left_alone(commande: CommandLine) -> None:
    commande.write(ZOE, LAN)
    for name in ("documents", "ailleurs"):
        give_key(commande.path / name)
    commande.batch(*DOCUMENTS)
    path = commande.path / "documents/T1/T1.zip"
    first, written = path.read_bytes(), path.stat()
    commande.batch(*DOCUMENTS)
    commande.batch(*DOCUMENTS, "-o", "ailleurs")

    assert is_sealed(first)
    assert path.stat() == written
    assert (commande.path / "ailleurs/T1/T1.zip").read_bytes() == first
    commande.write(ZOE, LAN.replace("Lan", "Linh"))
    commande.batch(*DOCUMENTS, "--prune")
    assert zipfile.ZipFile(path).namelist()[1] == "T1/NGUYEN_Linh_resultats.pdf"


def test_a_zip_of_someone_else_is_not_overwritten(commande: CommandLine) -> None:
    commande.write(ZOE)
    (commande.path / "documents/T1").mkdir(parents=True)
    path = commande.path / "documents/T1/T1.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("photo.txt", "à moi")
    before = path.read_bytes()
    outcome = commande.batch(*DOCUMENTS)

    assert outcome.code == 3
    assert "un fichier que pfmp n'a pas fait est à cette place" in outcome.err
    assert path.read_bytes() == before
    assert [n for n in commande.files("documents") if n.endswith("partiel")] == []


def test_the_zip_of_a_division_that_is_no_more_is_nobody_s(commande: CommandLine) -> None:
    commande.write(ZOE, MALO)
    commande.batch(*DOCUMENTS)
    commande.write(ZOE)
    outcome = commande.batch(*DOCUMENTS, "--prune")

    assert (
        "2 fichiers d'avant enlevés :\n  P1/HOUDOIS_Malo_resultats.pdf (parti)\n"
        "  P1/P1.zip (plus d'élève dans cette division)\n"
    ) in outcome.err
    assert not (commande.path / "documents/P1").exists()


def test_a_zip_that_a_school_no_longer_declares_is_not_asked_for(commande: CommandLine) -> None:
    commande.write(ZOE)
    for words in (", archives: true", ""):
        liste = f"{{fichier: eleves.csv, documents: [resultats]{words}}}"
        (commande.path / "pfmp.yaml").write_text(f"fabrication: {{listes: [{liste}]}}")
        commande.capsys.readouterr()
        run(["build"])

    assert "  T1/T1.zip (plus demandé)" in commande.capsys.readouterr().err


def test_divisions_that_differ_by_case_alone_share_a_zip(commande: CommandLine) -> None:
    commande.write(ZOE, LAN.replace("T1", "t1"))
    commande.batch(*DOCUMENTS)
    names = [name for name in commande.files("documents") if name.endswith(".zip")]

    assert names == ["T1/T1.zip"]
    archive = zipfile.ZipFile(commande.path / "documents/T1/T1.zip")
    assert archive.namelist() == ["T1/MARTIN_Zoe_resultats.pdf", "t1/NGUYEN_Lan_resultats.pdf"]


MEMORY = """
import resource, sys
from pathlib import Path
from pfmp_cli.atomic import open_atomically
from pfmp_cli.output.obstacles import check_replaceable
from pfmp_cli.press.printing.archive_file import fill_archive
folder = Path(sys.argv[1])
names = [f"T1/{number}.pdf" for number in range(int(sys.argv[2]))]
for name in names:
    (folder / name).write_bytes(bytes(300_000))
with open_atomically(folder / "T1.zip") as file:
    fill_archive(file, ((name, (folder / name).read_bytes()) for name in names))
check_replaceable(folder / "T1.zip")
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="resource is of Unix")
def test_memory_does_not_grow_with_the_number_of_documents(commande: CommandLine) -> None:
    (commande.path / "T1").mkdir()

    def peak(number: int) -> int:
        command = [sys.executable, "-c", MEMORY, str(commande.path), str(number)]
        return int(subprocess.run(command, capture_output=True, check=True).stdout)

    few, many = peak(3), peak(300)
    assert many < few + 20_000  # kB, where the documents are 90 MB
    assert (commande.path / "T1.zip").stat().st_size > 90_000_000
