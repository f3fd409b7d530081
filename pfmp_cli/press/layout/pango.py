"""Pango, which no pip installs: how each system does, as WeasyPrint's documentation has it."""

import os
import platform
import re
from contextlib import suppress
from pathlib import Path

_LIBRARIES = ("libpango-1.0.so.0", "libpango-1.0.dylib")
# On Windows it is where WeasyPrint looks, in no folder of the system.
_WINDOWS = "C:/msys64/ucrt64/bin;C:/msys64/mingw64/bin;C:/Program Files/GTK3-Runtime Win64/bin"
LINKER_CACHE = Path("/etc/ld.so.cache")

_COMMANDS = {
    "Darwin": "brew install pango",
    "Windows": "pacman -S mingw-w64-ucrt-x86_64-pango",
    "debian": "sudo apt install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0",
    "fedora": "sudo dnf install pango",
    "arch": "sudo pacman -S pango",
}


def pango_version() -> str:
    """The version of the library, '' where there is none: masters that are kept do without.

    Linux says it in the name of the file; to load it takes some ten milliseconds.
    """
    with suppress(OSError):
        known = re.search(rb"/[^\0]+/libpango-1\.0\.so\.0\b", LINKER_CACHE.read_bytes())
        file = os.path.basename(os.path.realpath(known[0])) if known else b""
        if re.fullmatch(rb".+\.so\.0\.[0-9.]+", file):
            return os.fsdecode(file)
    import ctypes

    folders = os.environ.get("WEASYPRINT_DLL_DIRECTORIES", _WINDOWS).split(";")
    for name in (*_LIBRARIES, *(f"{folder}/libpango-1.0-0.dll" for folder in folders)):
        with suppress(OSError):
            return str(ctypes.CDLL(name).pango_version())
    return ""


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
