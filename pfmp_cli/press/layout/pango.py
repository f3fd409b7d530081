"""Pango, which no pip installs: how each system does, as WeasyPrint's documentation has it."""

import os
import platform
import zlib
from contextlib import suppress
from pathlib import Path

# The function of each that says its version, its files on Linux and macOS, and on Windows.
_LIBRARIES = {
    "Pango": (
        "pango_version_string",
        ("libpango-1.0.so.0", "libpango-1.0.dylib"),
        "libpango-1.0-0.dll",
    ),
    "HarfBuzz": (
        "hb_version_string",
        ("libharfbuzz.so.0", "libharfbuzz.0.dylib"),
        "libharfbuzz-0.dll",
    ),
}
# On Windows they are where WeasyPrint looks, in no folder of the system.
_WINDOWS = "C:/msys64/ucrt64/bin;C:/msys64/mingw64/bin;C:/Program Files/GTK3-Runtime Win64/bin"
LINKER_CACHE = Path("/etc/ld.so.cache")

_COMMANDS = {
    "Darwin": "brew install pango",
    "Windows": "pacman -S mingw-w64-ucrt-x86_64-pango",
    "debian": "sudo apt install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0",
    "fedora": "sudo dnf install pango",
    "arch": "sudo pacman -S pango",
}


def list_libraries() -> list[str]:
    """What the system lays out and packs with: « Pango 1.56.3 », « HarfBuzz 10.2.0 », « zlib
    1.3.1 ». What is not there is not named: masters that are kept do without."""
    found = [*map(_find_version, _LIBRARIES), f"zlib {zlib.ZLIB_RUNTIME_VERSION}"]
    return [library for library in found if library]


def _find_version(library: str) -> str:
    import ctypes  # not where all is remembered

    function, files, dll = _LIBRARIES[library]
    folders = os.environ.get("WEASYPRINT_DLL_DIRECTORIES", _WINDOWS).split(";")
    for name in (*files, *(f"{folder}/{dll}" for folder in folders)):
        with suppress(OSError, AttributeError):
            tell = ctypes.CDLL(name)[function]
            tell.restype = ctypes.c_char_p
            return f"{library} {tell().decode()}"
    return ""


def stamp_libraries() -> object:
    """What changes when they do: to load them takes some ten milliseconds, and Linux writes the
    cache of its linker at each installation."""
    try:
        status = LINKER_CACHE.stat()
    except OSError:
        return list_libraries()
    return status.st_mtime_ns, status.st_size


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
