"""The school's key: made once, kept, and never replaced in silence."""

from __future__ import annotations

import errno
import io
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from pfmp_cli.diagnostics import InputRefused
from pfmp_cli.loading import secret
from pfmp_cli.loading.secret import NAME, find_secret, keep

Opener = Callable[[str, int], int]


def test_a_kept_key_is_found_again(tmp_path: Path) -> None:
    made = find_secret(tmp_path)
    assert not list(tmp_path.iterdir())
    keep(made)
    found = find_secret(tmp_path)
    assert found.key == made.key != find_secret(tmp_path / "ailleurs").key
    assert not found.places
    keep(found)


def test_the_first_folder_that_has_one_counts(tmp_path: Path) -> None:
    school, output = tmp_path / "ecole", tmp_path / "sortie"
    for folder in (school, output):
        folder.mkdir()
    keep(find_secret(output))
    assert find_secret(school, output).key == find_secret(output).key
    keep(find_secret(school))
    assert find_secret(school, output).key == find_secret(school).key


def test_where_the_school_s_folder_is_closed_the_output_folder_has_it(tmp_path: Path) -> None:
    made = find_secret(tmp_path / "absent", tmp_path)
    keep(made)
    assert find_secret(tmp_path).key == made.key


def test_an_edited_key_is_one_and_a_spoiled_one_is_refused(tmp_path: Path) -> None:
    keep(find_secret(tmp_path))
    place, key = tmp_path / NAME, find_secret(tmp_path).key
    place.write_bytes(place.read_bytes().replace(b"\n", b"\r\n"))
    assert find_secret(tmp_path).key == key
    place.write_text(f"\n{key.hex().upper()}", encoding="utf-8-sig")
    assert find_secret(tmp_path).key == key
    place.write_bytes(place.read_bytes()[:-9])
    with pytest.raises(InputRefused, match="n'est plus la clé"):
        find_secret(tmp_path)
    place.unlink()
    os.mkdir(place)
    with pytest.raises(InputRefused, match="ne se lit pas"):
        find_secret(tmp_path)


def test_a_key_that_another_run_has_just_kept_is_not_replaced(tmp_path: Path) -> None:
    late = find_secret(tmp_path)
    keep(find_secret(tmp_path))
    kept = (tmp_path / NAME).read_bytes()
    with pytest.raises(InputRefused, match="relancez"):
        keep(late)
    assert (tmp_path / NAME).read_bytes() == kept


def test_a_key_that_could_not_be_written_leaves_nothing_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    full, free = tmp_path / "plein", tmp_path / "libre"
    for folder in (full, free):
        folder.mkdir()

    class Full(io.FileIO):
        def write(self, _: object) -> int:
            raise OSError(errno.ENOSPC, "full")

    def open_there(path: Path, mode: str, opener: Opener) -> io.FileIO:
        kind = Full if path.parent == full else io.FileIO
        return kind(path, mode.removesuffix("b"), opener=opener)

    made = find_secret(full, free)
    monkeypatch.setattr(secret, "open", open_there, raising=False)
    keep(made)
    assert not list(full.iterdir())
    assert find_secret(full, free).key == made.key


def test_nothing_shows_the_key(tmp_path: Path) -> None:
    assert find_secret(tmp_path).key.hex() not in repr(find_secret(tmp_path))
    assert "Secret()" in repr(find_secret(tmp_path))
