"""Pango, which no pip installs: how each system does, as WeasyPrint's documentation has it."""

from __future__ import annotations

import platform

_COMMANDS = {
    "Darwin": "brew install pango",
    "Windows": "pacman -S mingw-w64-ucrt-x86_64-pango",
    "debian": "sudo apt install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0",
    "fedora": "sudo dnf install pango",
    "arch": "sudo pacman -S pango",
}


def advise_installation() -> str:
    """What to type on this system."""
    known = next((name for name in _name_system() if name in _COMMANDS), None)
    if known is None:
        return "installez Pango par le gestionnaire de paquets de votre système"
    where = "installez MSYS2 (msys2.org), puis dans sa fenêtre " if known == "Windows" else ""
    return f"{where}tapez : {_COMMANDS[known]}"


def _name_system() -> list[str]:
    """Its names, its own first, then those that it is made from: « ubuntu », « debian »."""
    if platform.system() != "Linux":
        return [platform.system()]
    try:
        release = platform.freedesktop_os_release()
    except OSError:
        return []
    return [release.get("ID", ""), *release.get("ID_LIKE", "").split()]
