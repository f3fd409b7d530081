"""A document or a text written alone, where the user says."""

from __future__ import annotations

from pathlib import Path

import pytest

from pfmp_cli.diagnostics import OutputRefused
from pfmp_cli.output.obstacles import Obstacle, diagnose_file
from pfmp_cli.output.single_file import write_blank, write_marked
from pfmp_cli.press.merging.checksum import seal_pdf
from pfmp_cli.rules.output_rules import FILE_IN_THE_WAY
from tests.systems import UNIX

OLD, NEW = (seal_pdf(b"%PDF-1.7 " + word + b"\nstartxref\n12\n%%EOF\n") for word in (b"a", b"b"))
MARK = "# de pfmp"


@pytest.mark.parametrize(
    ("target", "place"),
    [
        (None, "livret.pdf"),
        ("ici", "ici/livret.pdf"),
        ("mon.pdf", "mon.pdf"),
        ("x/y.pdf", "x/y.pdf"),
    ],
    ids=["nowhere said", "a folder", "a file", "a folder to make"],
)
def test_a_blank_stands_where_one_says_and_is_made_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, target: str | None, place: str
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "ici").mkdir()
    for content in (OLD, NEW):
        written = write_blank(Path(target) if target else None, "livret.pdf", [content])

        assert written == Path(place)
        assert written.read_bytes() == content
    assert [path.name for path in tmp_path.rglob("*.pdf")] == [Path(place).name]


def test_a_text_with_our_mark_is_made_again(tmp_path: Path) -> None:
    path = tmp_path / "schemas/pfmp.json"
    for text in (f"{MARK}\nun\n", f"{MARK}\ndeux\n"):
        assert write_marked(path, text.encode(), MARK.encode()) == path
        assert path.read_text(encoding="utf-8") == text


def test_a_text_that_speaks_of_our_mark_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "notes.txt"
    path.write_text(f"le fichier est {MARK}, je le garde\n", encoding="utf-8")
    for content in (f"{MARK}\nun\n", f"un long contenu {MARK}"):
        with pytest.raises(OutputRefused):
            write_marked(path, content.encode(), MARK.encode())


@UNIX
def test_a_text_without_our_mark_a_folder_and_a_link_to_nothing_are_left_alone(
    tmp_path: Path,
) -> None:
    (tmp_path / "texte").write_text("à quelqu'un", encoding="utf-8")
    (tmp_path / "dossier").mkdir()
    (tmp_path / "lien").symlink_to(tmp_path / "rien")
    for name in ("texte", "dossier", "lien"):
        with pytest.raises(OutputRefused) as refused:
            write_marked(tmp_path / name, MARK.encode(), MARK.encode())
        assert refused.value.diagnostics == (
            diagnose_file(Obstacle(FILE_IN_THE_WAY), tmp_path / name),
        )
    assert (tmp_path / "texte").read_text(encoding="utf-8") == "à quelqu'un"
    assert not (tmp_path / "rien").exists()
