"""A system without Pango is told what to type there."""

from __future__ import annotations

import os
import platform
import re
import subprocess
import sys
from pathlib import Path

import pytest

from pfmp_cli.press.layout import pango
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
        "erreur : une bibliothèque du système manque pour mettre en page (Pango, HarfBuzz)\n"
        "aide : tapez : sudo dnf install pango ; sans rien installer : ouvrez la page que « pfmp "
        "page » fait sur un ordinateur qui l'a ; ou prenez le lot de « pfmp bundle », puis ici "
        "« pfmp batch … --bundle pfmp.lot »\n\n"
    )


def test_the_version_is_that_of_the_library_that_lays_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from weasyprint.text.ffi import pango as library

    number = library.pango_version()  # 15012 is 1.50.12
    named = f"{number // 100 % 100}00.{number % 100}"
    assert pango.pango_version() in (f"libpango-1.0.so.0.{named}", str(number))
    monkeypatch.setattr(pango, "LINKER_CACHE", tmp_path / "none")
    assert pango.pango_version() == str(number)


@pytest.mark.skipif(not pango.LINKER_CACHE.exists(), reason="only Linux keeps that list")
def test_on_windows_it_is_found_where_weasyprint_looks(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from weasyprint.text.ffi import pango as library

    known = re.search(rb"/[^\0]+/libpango-1\.0\.so\.0\b", pango.LINKER_CACHE.read_bytes())
    assert known
    (tmp_path / "libpango-1.0-0.dll").symlink_to(os.fsdecode(known[0]))
    monkeypatch.setattr(pango, "LINKER_CACHE", tmp_path / "none")
    monkeypatch.setattr(pango, "_LIBRARIES", ())
    monkeypatch.setenv("WEASYPRINT_DLL_DIRECTORIES", f"{tmp_path}/none;{tmp_path}")

    assert pango.pango_version() == str(library.pango_version())
