"""A system without Pango is told what to type there."""

from __future__ import annotations

import hashlib
import io
import os
import platform
import re
import subprocess
import sys
import zlib
from pathlib import Path

import pikepdf
import pytest

from pfmp_cli.diagnostics import InputRefused
from pfmp_cli.press import master_key
from pfmp_cli.press.layout import pango
from pfmp_cli.press.layout.make_master import make_master
from pfmp_cli.press.layout.pango import advise_installation

ROOT = Path(__file__).parents[3]
APT = "tapez : sudo apt install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"

DNF = "tapez : sudo dnf install pango"
OTHER = "installez Pango par le gestionnaire de paquets de votre système"


@pytest.mark.parametrize(
    ("system", "release", "advice"),
    [
        ("Linux", {"ID": "debian"}, APT),
        ("Linux", {"ID": "linuxmint", "ID_LIKE": "ubuntu debian"}, APT),
        ("Linux", {"ID": "fedora"}, DNF),
        ("Linux", {"ID": "rocky", "ID_LIKE": "rhel centos fedora"}, DNF),
        ("Linux", {"ID": "arch"}, "tapez : sudo pacman -S pango"),
        ("Linux", {"ID": "nixos"}, OTHER),
        ("Linux", None, OTHER),
        ("Darwin", None, "tapez : brew install pango"),
        ("Windows", None, "installez MSYS2 (msys2.org), puis dans sa fenêtre tapez : "
                          "pacman -S mingw-w64-ucrt-x86_64-pango"),
    ],
)  # fmt: skip
def test_each_system_has_its_command(
    monkeypatch: pytest.MonkeyPatch, system: str, release: dict[str, str] | None, advice: str
) -> None:
    def read_release() -> dict[str, str]:
        if release is None:
            raise OSError("no os-release")
        return release

    monkeypatch.setattr(platform, "system", lambda: system)
    monkeypatch.setattr(platform, "freedesktop_os_release", read_release)

    assert advise_installation() == advice


WITHOUT = """
import cffi, platform
def refuse(*a, **k): raise OSError("cannot load library 'libpango-1.0-0'")
cffi.FFI.dlopen = refuse
platform.freedesktop_os_release = lambda: {"ID": "fedora"}
platform.system = lambda: "Linux"
from pfmp_cli.diagnostics import InputRefused
from pfmp_cli.press.layout.make_master import make_master
from pfmp_cli.terminal import console
try:
    make_master("<p>x")
except InputRefused as refused:
    console.show(refused.diagnostics)
"""


def test_what_is_missing_is_said_once_and_in_french() -> None:
    run = subprocess.run(
        [sys.executable, "-c", WITHOUT], cwd=ROOT, capture_output=True, text=True, check=True
    )

    assert run.stdout == ""
    assert run.stderr == (
        "erreur : une bibliothèque du système (Pango, HarfBuzz) manque pour mettre en page\n"
        "aide : tapez : sudo dnf install pango ; sans rien installer : ouvrez la page que « pfmp "
        "page » fait sur un ordinateur qui l'a ; ou prenez le lot de « pfmp bundle », puis ici "
        "« pfmp batch … --bundle pfmp.lot »\n\n"
    )


def test_where_weasyprint_is_not_installed_it_is_named_and_so_are_the_ways_around(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, "weasyprint", None)  # its import fails
    monkeypatch.setattr(master_key, "LAYOUT_PACKAGES", ("cffi", "un-paquet-absent"))

    assert [name.split()[0] for name in master_key.list_packages()] == ["cffi"]
    with pytest.raises(InputRefused) as refused:
        make_master("<p>x")
    (said,) = refused.value.diagnostics
    assert "(WeasyPrint) manque" in said.message
    assert said.help
    for way in ("pip install weasyprint", "« pfmp page »", "« pfmp bundle »"):
        assert way in said.help


def test_the_versions_are_those_of_the_libraries_that_lay_out() -> None:
    from weasyprint.text.ffi import harfbuzz
    from weasyprint.text.ffi import pango as library

    laid_out_with, *others = pango.list_libraries()
    number = library.pango_version()  # 15012 is 1.50.12
    assert laid_out_with == f"Pango {number // 10000}.{number // 100 % 100}.{number % 100}"
    shaped_with, packed_with = others
    assert harfbuzz.hb_version_atleast(*map(int, re.findall(r"\d+", shaped_with)))
    assert packed_with == f"zlib {zlib.ZLIB_RUNTIME_VERSION}"


@pytest.mark.skipif(not pango.LINKER_CACHE.exists(), reason="only Linux keeps that list")
def test_on_windows_they_are_found_where_weasyprint_looks(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    usual, files = pango.list_libraries(), pango.LINKER_CACHE.read_bytes()
    hidden = {}
    for library, (function, (name, *_), dll) in pango._LIBRARIES.items():
        known = re.search(rb"/[^\0]+/%b\b" % re.escape(name.encode()), files)
        assert known
        (tmp_path / dll).symlink_to(os.fsdecode(known[0]))
        hidden[library] = function, (), dll
    monkeypatch.setattr(pango, "_LIBRARIES", hidden)
    monkeypatch.setenv("WEASYPRINT_DLL_DIRECTORIES", f"{tmp_path}/none;{tmp_path}")
    assert pango.list_libraries() == usual

    monkeypatch.setenv("WEASYPRINT_DLL_DIRECTORIES", f"{tmp_path}/none")
    assert pango.list_libraries() == [f"zlib {zlib.ZLIB_RUNTIME_VERSION}"]


def test_an_installation_is_seen_without_loading_the_libraries(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cache = tmp_path / "ld.so.cache"
    monkeypatch.setattr(pango, "LINKER_CACHE", cache)
    assert pango.stamp_libraries() == pango.list_libraries()  # no Linux
    cache.write_bytes(b"avant")
    before = pango.stamp_libraries()
    assert pango.stamp_libraries() == before
    cache.write_bytes(b"et maintenant")
    assert pango.stamp_libraries() != before


def test_a_font_has_the_same_name_with_every_pango() -> None:
    face = "@font-face { font-family: Police; src: url(police:gras); font-weight: 700 }"
    page = f"<title>t</title><style>{face} p {{ font: 700 9pt Police }}</style><p>mot"
    digest = hashlib.md5(b"Police Bold", usedforsecurity=False).digest()  # no « #kern »
    tag = "".join(chr(65 + letter % 26) for letter in digest[:6])

    with pikepdf.open(io.BytesIO(make_master(f"<html lang=fr>{page}").pdf)) as pdf:
        fonts = {name: str(font.BaseFont) for name, font in pdf.pages[0].Resources.Font.items()}

    assert fonts == {f"/{tag}": f"/{tag}+Police-Bold"}
