"""Files are whole or not there, and nobody else's is touched."""

from __future__ import annotations

import os
import re
import stat
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from pfmp_cli.atomic import (
    PARTIAL,
    NotAFile,
    open_atomically,
    read_regular,
    write_atomically,
)
from pfmp_cli.diagnostics import OutputRefused, Position, Rule
from pfmp_cli.output import digests
from pfmp_cli.output.folder import State, open_folder, walk
from pfmp_cli.output.manifest import Entry
from pfmp_cli.output.obstacles import (
    Obstacle,
    diagnose_file,
)
from pfmp_cli.output.single_file import write_blank
from pfmp_cli.press.merging.checksum import seal_pdf
from pfmp_cli.rules import output_rules as rules
from tests.systems import UNIX

OURS = seal_pdf(b"%PDF-1.7 ...\nstartxref\n12\n%%EOF\n")
NEWER = seal_pdf(b"%PDF-1.7 ... bis\nstartxref\n12\n%%EOF\n")
SAME_SIZE = seal_pdf(b"%PDF-1.7 ,,,\nstartxref\n12\n%%EOF\n")
FORM = seal_pdf(
    "%PDF-1.7\n%🖤\n1 0 obj<</AcroForm 2 0 R/T(a)>>endobj\nstartxref\n12\n%%EOF\n".encode()
)
ENTREE = Entry("livret", "master", "valeurs")


def test_parts_are_written_one_after_another(tmp_path: Path) -> None:
    write_atomically(tmp_path / "a", [b"un", b"deux"])

    assert (tmp_path / "a").read_bytes() == b"undeux"
    assert [path.name for path in tmp_path.iterdir()] == ["a"]


@UNIX
def test_a_file_is_for_its_owner_only(tmp_path: Path) -> None:
    write_atomically(tmp_path / "a", [b"x"])

    assert stat.S_IMODE((tmp_path / "a").stat().st_mode) == 0o600


def test_a_write_that_fails_leaves_the_old_file_and_nothing_beside(
    tmp_path: Path,
) -> None:
    target = tmp_path / "a"
    write_atomically(target, [b"ancien"])
    resource = pytest.importorskip("resource")
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (10_000, before[1]))
    try:
        with pytest.raises(OSError, match="File too large"):
            write_atomically(target, [b"nouveau", bytes(20_000)])
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert target.read_bytes() == b"ancien"
    assert [path.name for path in tmp_path.iterdir()] == ["a"]


def test_a_file_that_is_held_for_a_moment_on_windows_is_written_after_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "a"
    write_atomically(target, [b"ancien"])
    replace, held = os.replace, [1, 2, 3]

    def wait(source: Path, target: Path) -> None:
        if held:
            held.pop()
            raise PermissionError(13, "used by another process", str(source), 32, str(target))
        replace(source, target)

    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setattr(os, "replace", wait)
    write_atomically(target, [b"nouveau"])

    assert (target.read_bytes(), held) == (b"nouveau", [])


def write(folder: Path, content: bytes, entree: Entry = ENTREE, chemin: str = "T/a.pdf") -> None:
    with open_folder(folder) as dossier:
        dossier.write(chemin, [content], entree)


def examine(folder: Path, entree: Entry = ENTREE) -> State:
    with open_folder(folder) as dossier:
        return dossier.claim("T/a.pdf", entree)


def test_our_own_document_is_made_again(tmp_path: Path) -> None:
    write(tmp_path, OURS)
    write(tmp_path, NEWER)

    assert (tmp_path / "T/a.pdf").read_bytes() == NEWER


def test_a_document_of_ours_that_no_manifest_knows_is_made_again(tmp_path: Path) -> None:
    (tmp_path / "T").mkdir()
    (tmp_path / "T/a.pdf").write_bytes(OURS)
    write(tmp_path, NEWER)

    assert (tmp_path / "T/a.pdf").read_bytes() == NEWER


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"le rapport du proviseur", rules.FILE_IN_THE_WAY),
        (b"", rules.FILE_IN_THE_WAY),
        (OURS + b"5 0 obj <<>> endobj\nstartxref\n90\n%%EOF\n", rules.FILE_CHANGED),
        (OURS.replace(b"1.7", b"1.4"), rules.FILE_CHANGED),
    ],
    ids=["of someone else", "empty", "saved again", "changed in its place"],
)
@pytest.mark.parametrize("alone", [True, False])
def test_what_is_not_as_pfmp_wrote_it_is_left_alone(
    tmp_path: Path, content: bytes, expected: Rule, alone: bool
) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(content)
    if alone:
        with pytest.raises(OutputRefused) as refused:
            write_blank(path, "", [OURS])
        assert refused.value.diagnostics == (expected.at(Position(str(path))),)
    else:
        with pytest.raises(Obstacle, match=expected.code):
            write(tmp_path, OURS, chemin="a.pdf")
    assert path.read_bytes() == content


def test_a_document_saved_anew_by_a_viewer_is_known_by_the_manifest(tmp_path: Path) -> None:
    write(tmp_path, OURS)
    (tmp_path / "T/a.pdf").write_bytes(b"%PDF-1.7 without a trace of pfmp")

    assert examine(tmp_path) is State.CHANGED
    with pytest.raises(Obstacle, match=rules.FILE_CHANGED.code):
        write(tmp_path, NEWER, Entry("livret", "master", "autres valeurs"))


def test_a_folder_of_that_name_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "T/a.pdf").mkdir(parents=True)

    with pytest.raises(NotAFile):
        write(tmp_path, OURS)


@UNIX
def test_a_link_of_that_name_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "T").mkdir()
    (tmp_path / "ailleurs.pdf").write_bytes(OURS)
    (tmp_path / "T/a.pdf").symlink_to(tmp_path / "ailleurs.pdf")

    with pytest.raises(NotAFile):
        write(tmp_path, NEWER)
    assert (tmp_path / "ailleurs.pdf").read_bytes() == OURS


def test_a_document_whose_values_or_master_changed_is_to_be_made(tmp_path: Path) -> None:
    write(tmp_path, OURS)

    assert examine(tmp_path) is State.UNCHANGED
    assert examine(tmp_path, Entry("livret", "master", "autres")) is State.STALE
    assert examine(tmp_path, Entry("livret", "autre", "valeurs")) is State.STALE


def test_a_document_that_was_removed_is_to_be_made(tmp_path: Path) -> None:
    write(tmp_path, OURS)
    (tmp_path / "T/a.pdf").unlink()

    assert examine(tmp_path) is State.STALE


def test_a_document_that_a_run_without_manifest_replaced_is_to_be_made(tmp_path: Path) -> None:
    write(tmp_path, OURS)
    (tmp_path / "T/a.pdf").write_bytes(NEWER)

    assert examine(tmp_path) is State.STALE


@UNIX
def test_a_document_copied_to_a_new_date_is_not_changed_and_not_read_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path, OURS)
    document = tmp_path / "T/a.pdf"
    os.utime(document, ns=(TUESDAY, TUESDAY))
    read: list[Path] = []

    def watch(path: Path) -> bytes:
        read.append(path)
        return read_regular(path)

    monkeypatch.setattr(digests, "read_regular", watch)
    assert examine(tmp_path) is State.UNCHANGED
    assert read == [document]
    wait_a_tick(tmp_path)
    assert [examine(tmp_path), examine(tmp_path), examine(tmp_path)] == [State.UNCHANGED] * 3
    assert read == [document] * 2  # once more, when its date was old enough to tell a change


TUESDAY = 1_700_000_000_123_456_789  # in 2023


def wait_a_tick(folder: Path) -> None:
    """Until the disk's clock is past all dates that its files could share."""
    deadline = (folder / "T/a.pdf").stat().st_ctime_ns + 50_000_000
    while (folder / "horloge").write_bytes(b"") or (
        (folder / "horloge").stat().st_mtime_ns < deadline
    ):
        pass
    (folder / "horloge").unlink()


def test_what_was_written_just_now_is_not_read_to_know_its_digest(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a.pdf").write_bytes(OURS)
    known = digests.Digests(tmp_path)
    known.note("k", tmp_path / "a.pdf", "as written")
    monkeypatch.setattr(digests, "read_regular", lambda path: pytest.fail(f"reads {path}"))

    assert known.find("k", tmp_path / "a.pdf") == "as written"


@UNIX
def test_an_older_copy_with_its_date_is_seen(tmp_path: Path) -> None:
    write(tmp_path, OURS)
    document = tmp_path / "T/a.pdf"
    wait_a_tick(tmp_path)
    assert examine(tmp_path) is State.UNCHANGED
    before = document.stat()
    document.write_bytes(SAME_SIZE)
    os.utime(document, ns=(before.st_atime_ns, before.st_mtime_ns))

    assert (document.stat().st_size, document.stat().st_mtime_ns) == (
        before.st_size, before.st_mtime_ns,
    )  # fmt: skip
    assert examine(tmp_path) is State.STALE


def test_a_manifest_dated_tomorrow_hides_no_change(tmp_path: Path) -> None:
    write(tmp_path, OURS)
    tomorrow = (tmp_path / "manifest.json").stat().st_mtime_ns + 86_400 * 10**9
    os.utime(tmp_path / "manifest.json", ns=(tomorrow, tomorrow))
    (tmp_path / "T/a.pdf").write_bytes(SAME_SIZE)

    assert examine(tmp_path) is State.STALE


@pytest.mark.parametrize(
    ("become", "state"),
    [
        (lambda pdf: b"", State.STALE),
        (lambda pdf: bytes(len(pdf)), State.STALE),
        (lambda pdf: pdf[:10], State.STALE),
        (lambda pdf: pdf[:-20], State.STALE),
        (lambda pdf: pdf + b"1 0 obj<</FT/Tx/V(Vu)>>endobj\nstartxref\n9\n%%EOF\n", State.FILLED),
        (lambda pdf: b"%PDF-1.6\n 1 0 obj<</Type/ObjStm>>\n%%EOF\n", State.FILLED),
        (lambda pdf: pdf.replace(b"Form", b"Fxrm"), State.CHANGED),
        (lambda pdf: pdf.replace(b"(a)", b"(b)"), State.CHANGED),
        (lambda pdf: b"%PDF-1.6\n%%EOF\n", State.CHANGED),
        (lambda pdf: b"%PDF-1.6\n/AcroForm", State.CHANGED),
        (lambda pdf: b"a letter on /AcroForm\n%%EOF\n", State.CHANGED),
        (lambda pdf: b"PK a letter", State.CHANGED),
    ],
    ids=["emptied", "zeros", "cut early", "cut late", "saved behind", "saved anew and compressed",
         "without its form", "one letter", "another PDF", "a form saved in part", "no PDF",
         "another file"],
)  # fmt: skip
def test_only_a_whole_form_is_filled_in_and_what_is_left_of_one_is_made_again(
    tmp_path: Path, become: Callable[[bytes], bytes], state: State
) -> None:
    write(tmp_path, FORM)
    (tmp_path / "T/a.pdf").write_bytes(become(FORM))

    assert examine(tmp_path) is state
    if state is State.STALE:
        write(tmp_path, FORM)
        assert (tmp_path / "T/a.pdf").read_bytes() == FORM
    else:
        with pytest.raises(Obstacle, match=rules.FILE_CHANGED.code):
            write(tmp_path, FORM)
        assert (tmp_path / "T/a.pdf").read_bytes() == become(FORM)


@pytest.mark.parametrize("content", [b"", OURS[:-9], OURS + b"x", b"PK"])
def test_what_nobody_fills_in_is_made_again_whatever_has_become_of_it(
    tmp_path: Path, content: bytes
) -> None:
    printed = replace(ENTREE, tirage="a-imprimer")
    write(tmp_path, OURS, printed)
    (tmp_path / "T/a.pdf").write_bytes(content)

    assert examine(tmp_path, printed) is State.STALE
    write(tmp_path, OURS, printed)
    assert (tmp_path / "T/a.pdf").read_bytes() == OURS


def test_a_folder_made_for_nothing_is_not_left(tmp_path: Path) -> None:
    with open_folder(tmp_path / "a/b"):
        pass
    (tmp_path / "vide").mkdir()
    with open_folder(tmp_path / "vide"):
        pass

    assert os.listdir(tmp_path) == ["vide"]  # that was there


def test_a_blank_goes_into_the_folder_given(tmp_path: Path) -> None:
    assert write_blank(tmp_path, "livret.pdf", [OURS]) == tmp_path / "livret.pdf"


def test_an_output_folder_that_is_a_file_is_refused_at_once(tmp_path: Path) -> None:
    (tmp_path / "documents").write_text("")

    with pytest.raises(OutputRefused) as refused, open_folder(tmp_path / "documents"):
        pass
    assert refused.value.diagnostics[0].message == (
        "écriture impossible : un fichier est à la place d'un dossier"
    )


@pytest.mark.parametrize("content", ["", "{}", "[1]", '{"name": "Une application"}',
                                     '{"pfmp": 2, "fichiers": {}}',
                                     '{"pfmp": 1, "fichiers": {"a": {"nom": "x"}}}',
                                     '{"pfmp": 1, "fichiers": {"a": {"document": ["x"], "master":'
                                     ' "", "valeurs": ""}}}'])  # fmt: skip
def test_a_manifest_of_someone_else_is_not_overwritten(tmp_path: Path, content: str) -> None:
    (tmp_path / "manifest.json").write_text(content)

    with pytest.raises(OutputRefused) as refused, open_folder(tmp_path):
        pass
    expected = diagnose_file(Obstacle(rules.FOREIGN_MANIFEST), tmp_path / "manifest.json")
    assert refused.value.diagnostics == (expected,)
    assert (tmp_path / "manifest.json").read_text() == content
    assert os.listdir(tmp_path) == ["manifest.json"]


def test_a_folder_is_held_by_one_run_at_a_time(tmp_path: Path) -> None:
    with open_folder(tmp_path) as first:
        with pytest.raises(OutputRefused) as refused, open_folder(tmp_path):
            pass
        first.write("T/a.pdf", [OURS], ENTREE)
    with open_folder(tmp_path) as then:
        assert then.claim("T/a.pdf", ENTREE) is State.UNCHANGED

    assert refused.value.diagnostics == (diagnose_file(Obstacle(rules.FOLDER_BUSY), tmp_path),)
    assert sorted(os.listdir(tmp_path)) == ["T", "manifest.json"]


def test_what_a_dead_run_left_half_written_is_swept_away(tmp_path: Path) -> None:
    other = tmp_path / "autre"
    for folder in (tmp_path / "T", other):
        folder.mkdir()
        (folder / ".pfmp-0123456789abcdef.partiel").touch()
    (tmp_path / ".pfmp-fedcba9876543210.partiel").touch()
    (tmp_path / "T/notes.12-3.partiel").touch()  # a user's own
    (other / "manifest.json").touch()  # the folder of another run
    write(tmp_path, OURS)

    left = sorted(path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*partiel"))
    assert left == ["T/notes.12-3.partiel", "autre/.pfmp-0123456789abcdef.partiel"]


@UNIX
def test_what_a_link_leads_to_is_not_swept(tmp_path: Path) -> None:
    half_written = tmp_path / "ailleurs/.pfmp-0123456789abcdef.partiel"
    half_written.parent.mkdir()
    half_written.touch()
    (tmp_path / "sortie").mkdir()
    (tmp_path / "sortie/lien").symlink_to(half_written.parent)
    write(tmp_path / "sortie", OURS)

    assert half_written.exists()


def test_what_is_being_written_has_a_name_that_nobody_can_lay_a_link_at(tmp_path: Path) -> None:
    names = set()
    for _ in range(2):
        with open_atomically(tmp_path / "a.pdf"):
            names |= {path.name for path in tmp_path.iterdir()} - {"a.pdf"}

    assert len(names) == 2
    assert all(re.fullmatch(PARTIAL, name) for name in names)


@UNIX
def test_a_division_s_folder_that_leads_out_of_the_output_folder_is_not_written_through(
    tmp_path: Path,
) -> None:
    (tmp_path / "ailleurs").mkdir()
    (tmp_path / "sortie").mkdir()
    (tmp_path / "sortie/T").symlink_to(tmp_path / "ailleurs")

    with pytest.raises(Obstacle, match=rules.FOLDER_ELSEWHERE.code):
        write(tmp_path / "sortie", OURS)
    assert os.listdir(tmp_path / "ailleurs") == []


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="pipes of Unix")
def test_a_pipe_in_the_place_of_a_document_is_refused_and_not_waited_for(tmp_path: Path) -> None:
    write(tmp_path, OURS)
    (tmp_path / "T/a.pdf").unlink()
    os.mkfifo(tmp_path / "T/a.pdf")

    assert examine(tmp_path) is State.STALE
    with pytest.raises(NotAFile):
        write(tmp_path, NEWER)
    with open_folder(tmp_path) as dossier:
        assert list(dossier.prune(["T/a.pdf"])) == []


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="pipes of Unix")
def test_a_pipe_in_the_place_of_the_manifest_is_refused_and_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "manifest.json")

    with pytest.raises(OutputRefused) as refused, open_folder(tmp_path):
        pass
    assert refused.value.diagnostics == (diagnose_file(NotAFile(), tmp_path / "manifest.json"),)


def test_files_that_nobody_claims_are_told_and_removed_on_demand(tmp_path: Path) -> None:
    write(tmp_path, OURS, chemin="T/a.pdf")
    write(tmp_path, OURS, chemin="U/b.pdf")
    write(tmp_path, OURS, Entry("grille", "m", "v"), chemin="U/c.pdf")
    (tmp_path / "U/copie.pdf").write_bytes(OURS)
    with open_folder(tmp_path) as dossier:
        dossier.claim("T/A.pdf", ENTREE)  # as files are named on Windows
        orphans = dossier.orphans(lambda entree: entree.document == "livret")
        removed = list(dossier.prune(orphans))

    assert orphans == removed == ["U/b.pdf"]
    assert sorted(os.listdir(tmp_path / "U")) == ["c.pdf", "copie.pdf"]


def test_a_file_that_nobody_claims_but_someone_filled_in_is_kept(tmp_path: Path) -> None:
    write(tmp_path, OURS)
    (tmp_path / "T/a.pdf").write_bytes(OURS + b"rempli")
    with open_folder(tmp_path) as dossier:
        assert list(dossier.prune(dossier.orphans(lambda _: True))) == []

    assert (tmp_path / "T/a.pdf").read_bytes() == OURS + b"rempli"


def test_the_folder_of_the_last_file_goes_with_it(tmp_path: Path) -> None:
    write(tmp_path, OURS)
    with open_folder(tmp_path) as dossier:
        assert list(dossier.prune(dossier.orphans(lambda _: True))) == ["T/a.pdf"]

    assert os.listdir(tmp_path) == ["manifest.json"]


MESSAGES = [
    (OSError(28, "No space left on device"), "écriture impossible : le disque est plein",
     "libérez de la place, ou choisissez un autre dossier avec -o"),
    (PermissionError(13, "Permission denied"), "écriture refusée par le système",
     "fermez le fichier s'il est ouvert ; vérifiez vos droits sur le dossier"),
    (Obstacle(rules.FILE_IN_THE_WAY),
     "un fichier que pfmp n'a pas fait est à cette place ; il n'a pas été touché",
     "déplacez-le, ou choisissez un autre dossier avec -o"),
    (Obstacle(rules.FILE_CHANGED),
     "ce document a été rempli ou modifié depuis que pfmp l'a fait ; il n'a pas été touché",
     "pour en avoir un neuf, renommez-le ou déplacez-le d'abord"),
    (Obstacle(rules.FOREIGN_MANIFEST),
     "ce fichier n'est pas un manifeste de pfmp, ou il est abîmé ; rien n'a été touché",
     "choisissez un autre dossier avec -o ; s'il est abîmé, supprimez-le, pfmp le refait"),
    (Obstacle(rules.FOLDER_BUSY), "pfmp écrit déjà dans ce dossier ; rien n'a été touché",
     "attendez la fin de l'autre commande, ou choisissez un autre dossier avec -o"),
]  # fmt: skip


@pytest.mark.parametrize(("exception", "message", "aide"), MESSAGES, ids=lambda v: str(v)[:30])
def test_why_a_file_could_not_be_written_is_told_in_french(
    exception: OSError, message: str, aide: str
) -> None:
    diagnostic = diagnose_file(exception, Path("a.pdf"))

    assert (diagnostic.message, diagnostic.help) == (message, aide)


def test_a_path_that_windows_has_no_room_for_is_no_folder_that_is_missing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    lost = [FileNotFoundError(2, "No such file", "a" * length) for length in (300, 3)]
    monkeypatch.setattr(sys, "platform", "win32")
    told = [diagnose_file(one, Path("a.pdf")).message for one in lost]

    assert told == [
        "écriture impossible : le nom, avec celui de ses dossiers, est trop long",
        "écriture impossible : le dossier n'existe pas et ne peut pas être créé",
    ]


def test_a_document_left_as_it_is_is_known_by_what_the_last_run_says_of_it(tmp_path: Path) -> None:
    write(tmp_path, OURS, Entry("livret", "master", "valeurs", "liste A", vides=("eleve.nom",)))
    examine(tmp_path, Entry("livret", "master", "valeurs", "liste B"))
    with open_folder(tmp_path) as dossier:
        known = dossier.find("T/a.pdf")

    assert known is not None
    assert (known.liste, known.vides, known.taille) == ("liste B", ("eleve.nom",), len(OURS))
    assert examine(tmp_path) is State.UNCHANGED


def test_a_folder_that_is_gone_holds_nothing(tmp_path: Path) -> None:
    assert list(walk(tmp_path / "parti")) == []


@UNIX
def test_while_a_run_writes_its_lock_is_for_its_owner_only(tmp_path: Path) -> None:
    with open_folder(tmp_path):
        (lock,) = [path for path in tmp_path.iterdir() if path.name != "manifest.json"]
        assert stat.S_IMODE(lock.stat().st_mode) == 0o600
