"""Files are whole or not there, and nobody else's is touched."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from pfmp_cli.atomic import write_atomically
from pfmp_cli.diagnostics import InputRefused
from pfmp_cli.output import (
    FileInTheWay,
    diagnose_file,
    is_ours,
    prepare_folder,
    write_blank,
    write_document,
)

OURS = b"%PDF-1.7 ... /Producer (pfmp)>>"


def test_parts_are_written_one_after_another(tmp_path: Path) -> None:
    write_atomically(tmp_path / "a", [b"un", b"deux"])

    assert (tmp_path / "a").read_bytes() == b"undeux"
    assert [path.name for path in tmp_path.iterdir()] == ["a"]


def test_a_file_is_for_its_owner_only(tmp_path: Path) -> None:
    write_atomically(tmp_path / "a", [b"x"])

    assert stat.S_IMODE((tmp_path / "a").stat().st_mode) == 0o600


def test_a_write_that_fails_leaves_the_old_file_and_nothing_beside(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "a"
    write_atomically(target, [b"ancien"])

    def full(*_: object) -> int:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "writev", full)
    with pytest.raises(OSError, match="No space"):
        write_atomically(target, [b"nouveau"])
    assert target.read_bytes() == b"ancien"
    assert [path.name for path in tmp_path.iterdir()] == ["a"]


def test_a_write_cut_short_by_the_system_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def one_byte(descriptor: int, parts: list[bytes]) -> int:
        return os.write(descriptor, parts[0][:1])

    monkeypatch.setattr(os, "writev", one_byte)
    write_atomically(tmp_path / "a", [b"un", b"deux"])

    assert (tmp_path / "a").read_bytes() == b"undeux"


def test_our_own_document_is_made_again(tmp_path: Path) -> None:
    write_document(tmp_path / "a.pdf", [OURS])
    write_document(tmp_path / "a.pdf", [OURS, b" bis"])

    assert (tmp_path / "a.pdf").read_bytes() == OURS + b" bis"


def test_a_file_that_is_not_ours_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_text("le rapport du proviseur")

    with pytest.raises(FileInTheWay):
        write_document(tmp_path / "a.pdf", [OURS])
    assert (tmp_path / "a.pdf").read_text() == "le rapport du proviseur"


def test_a_folder_of_that_name_is_not_ours(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").mkdir()

    assert not is_ours(tmp_path / "a.pdf")


def test_a_blank_goes_into_the_folder_given(tmp_path: Path) -> None:
    assert write_blank(tmp_path, "livret.pdf", [OURS]) == tmp_path / "livret.pdf"


def test_an_output_folder_that_is_a_file_is_refused_at_once(tmp_path: Path) -> None:
    (tmp_path / "documents").write_text("")

    with pytest.raises(InputRefused) as refused:
        prepare_folder(tmp_path / "documents")
    assert refused.value.diagnostics[0].is_error


@pytest.mark.parametrize(
    ("exception", "message"),
    [
        (OSError(28, "No space left on device"), "écriture impossible : le disque est plein"),
        (PermissionError(13, "Permission denied"), "écriture refusée par le système"),
        (
            FileInTheWay("a.pdf"),
            "un fichier que pfmp n'a pas fait est à cette place ; il n'a pas été touché",
        ),
    ],
)
def test_why_a_file_could_not_be_written_is_told_in_french(
    exception: OSError, message: str
) -> None:
    assert diagnose_file(exception, Path("a.pdf")).message == message
