"""What is kept between runs is believed only where nobody else has had a hand in it."""

from __future__ import annotations

import os
import re
import stat
import subprocess
import sys
from importlib.metadata import requires
from pathlib import Path

import pytest

from pfmp_cli.cli import run
from pfmp_cli.press import master_key
from pfmp_cli.press.cache_folder import keep, recall
from pfmp_cli.press.laying_out import keep_master, read_master
from pfmp_cli.press.layout.make_master import make_master
from pfmp_cli.press.master_key import LAYOUT_PACKAGES
from pfmp_cli.press.merging.packed_master import MasterKey, recipe_of
from pfmp_cli.press.template.render import Templates


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "cache"
    monkeypatch.setenv("PFMP_CACHE", str(folder))
    return folder


def flip(path: Path, place: int) -> None:
    """Turn over one bit of a file."""
    content = bytearray(path.read_bytes())
    content[place] ^= 1
    path.write_bytes(content)


def test_the_folder_is_for_its_owner_only_whatever_the_umask(cache: Path) -> None:
    before = os.umask(0o002)
    try:
        keep("a", b"un")
    finally:
        os.umask(before)

    assert stat.S_IMODE(cache.stat().st_mode) == 0o700
    assert recall("a") == b"un"


@pytest.mark.skipif(not hasattr(os, "getuid"), reason="owners and modes of Unix")
@pytest.mark.parametrize(
    ("what", "fault"),
    [
        ("link", "est un lien"),
        ("open to a group", "peut être modifié par d'autres"),
        ("open to all", "peut être modifié par d'autres"),
        ("of someone else", "n'est pas à vous"),
    ],
)
def test_a_folder_that_others_have_a_hand_in_is_gone_without_and_told_once(
    cache: Path, capsys: pytest.CaptureFixture[str], what: str, fault: str
) -> None:
    if what == "link":
        cache.with_name("ailleurs").mkdir(mode=0o700)
        cache.symlink_to(cache.with_name("ailleurs"))
    else:
        cache.mkdir(mode=0o700)
    if what == "of someone else":
        if os.getuid() != 0:
            pytest.skip("root alone gives a folder away")
        os.chown(cache, 65534, 65534)
    elif what != "link":
        cache.chmod(0o775 if what == "open to a group" else 0o777)
    keep("a", b"un")

    assert recall("a") is None
    assert list(cache.iterdir()) == []
    assert capsys.readouterr().err == (
        f"avertissement : le cache de pfmp n'est pas utilisé : ce dossier {fault}\n"
        f"  --> {cache}\n"
        "aide : supprimez-le, et pfmp le refait pour vous seul ; ou nommez-en un autre dans "
        "PFMP_CACHE\n\n"
    )


def test_a_run_without_a_cache_makes_its_documents_and_says_so_once(
    cache: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    cache.symlink_to(tmp_path)  # its workers are told the same, and say nothing
    (tmp_path / "eleves.csv").write_text(
        "nom;prenom;classe;option\nUN;Zoé;terminale;A\nDEUX;Zoé;seconde;\n", encoding="utf-8"
    )

    assert run(["batch", "eleves.csv", "--documents", "resultats"]) == 0
    assert capfd.readouterr().err.count("le cache de pfmp n'est pas utilisé") == 1
    assert len(list((tmp_path / "documents").rglob("*.pdf"))) == 2


HOMELESS = """
import os, sys
import pfmp_cli.press.cache_folder as folder, platformdirs
os.setuid(54321)  # of no account
folder.keep("a", b"un")
print(folder.recall("a"), sorted(os.listdir()))
"""


def test_a_user_without_a_home_goes_without(tmp_path: Path) -> None:
    if not hasattr(os, "getuid") or os.getuid() != 0:
        pytest.skip("root alone becomes a user of no account")
    tmp_path.chmod(0o777)
    process = subprocess.run(
        [sys.executable, "-c", HOMELESS], cwd=tmp_path, env={}, text=True, capture_output=True,
        check=False,
    )  # fmt: skip

    assert (process.stdout, process.stderr) == ("None []\n", "")


def test_masters_that_were_exchanged_or_damaged_are_not_there(cache: Path) -> None:
    masters = {
        MasterKey(name * 64): make_master(f"<html lang=fr><title>{name}</title>") for name in "ab"
    }
    for key, master in masters.items():
        keep_master(key, master)
    one, other = (cache / f"{key}.maquette" for key in masters)
    assert [read_master(key) for key in masters] == list(masters.values())

    contents = one.read_bytes(), other.read_bytes()
    one.write_bytes(contents[1])
    other.write_bytes(contents[0])
    assert [read_master(key) for key in masters] == [None, None]
    for place in range(0, len(contents[0]), 97):
        one.write_bytes(contents[0])
        flip(one, place)
        assert read_master(MasterKey("a" * 64)) is None


def test_compiled_templates_that_were_damaged_are_compiled_again(
    cache: Path, tmp_path: Path
) -> None:
    (tmp_path / "modeles").mkdir()
    (tmp_path / "modeles/mot.html").write_text("<p>Bonjour {{ nom }} !", encoding="utf-8")
    expected = Templates([tmp_path / "modeles"]).render("mot", {"nom": "à tous"})
    (compiled,) = cache.glob("*.jinja")
    content = compiled.read_bytes()
    for place in range(0, len(content), 7):
        compiled.write_bytes(content)
        flip(compiled, place)
        assert Templates([tmp_path / "modeles"]).render("mot", {"nom": "à tous"}) == expected
    assert compiled.read_bytes() == content


def test_every_package_that_lays_out_is_in_the_key_of_a_master() -> None:
    found, waiting = {"weasyprint"}, ["weasyprint"]
    while waiting:
        for requirement in requires(waiting.pop()) or ():
            name = re.split(r"[^\w.-]", requirement)[0].lower()
            if "extra ==" not in requirement and name not in found:
                found.add(name)
                waiting.append(name)

    # `pycparser` reads the declarations of C functions, and draws nothing.
    assert found - {"pycparser"} == set(LAYOUT_PACKAGES)


def test_another_pango_makes_other_masters_of_the_same_recipe(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    keys = []
    for version in ("1.50.12", "1.56.3", "1.50.12"):
        monkeypatch.setattr(master_key, "list_libraries", lambda v=version: [f"Pango {v}"])
        master_key.describe_engine.cache_clear()
        keys.append(master_key.master_key("<p>"))
    master_key.describe_engine.cache_clear()

    assert keys[0] == keys[2] != keys[1]
    assert len(set(map(recipe_of, keys))) == 1
    assert recipe_of(keys[0]) != recipe_of(master_key.master_key("<b>"))
