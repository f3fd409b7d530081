"""What a person sees: diagnostics with their excerpt, progress, summaries.

The only module that prints. Talk goes to stderr; stdout carries what was asked for. What would
act on a terminal instead of being seen shows as a sign.
"""

import io
import os
import sys
from collections.abc import Iterable
from typing import TextIO, TypeVar

from pfmp_cli.diagnostics import Diagnostic, Position, Severity, line_and_column
from pfmp_cli.terminal.grouping import abridge, place_of
from pfmp_cli.text import count, visible

T = TypeVar("T")

_COLOURS = {"erreur": "1;31", "avertissement": "1;33", "remarque": "1;34", "aide": "1;36"}
_SEVERITIES = list(Severity)
_USUAL = 80  # columns, where nothing says how many there are
_NARROWEST = 20  # characters of an excerpt
_DRAWS = 4  # ENABLE_VIRTUAL_TERMINAL_PROCESSING


def open_streams() -> None:
    """Make both streams ready for any text: a stream that cannot write a letter shows « ? », one
    that is closed leads nowhere, and a file is in UTF-8 on Windows too, where it has a code page.
    """
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name) or open(os.devnull, "w")  # noqa: SIM115
        if isinstance(stream, io.TextIOWrapper):
            is_paged = sys.platform == "win32" and "PYTHONIOENCODING" not in os.environ
            stream.reconfigure(encoding="utf-8" if is_paged else None, errors="replace")
        setattr(sys, name, stream)


def silence(stream: TextIO) -> None:
    """Let what is left to write there go nowhere: nobody reads it, or it has no room."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def say(text: str) -> None:
    """Lines to the person at the keyboard; what cannot be said stops nothing."""
    _tell(_visible_lines(text))


def put(text: object, end: str = "\n") -> None:
    """Lines that were asked for."""
    print(_visible_lines(str(text)), end=end, flush=True)


def _visible_lines(text: str) -> str:
    return "\n".join(map(visible, text.split("\n")))


def _tell(text: str) -> None:
    try:
        print(text, file=sys.stderr, flush=True)
    except OSError:
        silence(sys.stderr)


def wipe() -> None:
    """Begin a fresh screen, on a terminal only."""
    if _obeys(sys.stderr):
        print("\033[2J\033[3J\033[H", end="", file=sys.stderr, flush=True)


def show(diagnostics: Iterable[Diagnostic]) -> None:
    """Print diagnostics, the worst first, each as `format_diagnostic` has it.

    Of very many of one kind, the first ones, and how many others there are.
    """
    for diagnostic, others in abridge(_gravest_first(diagnostics)):
        _tell(_format_for(sys.stderr, diagnostic))
        if others:
            more = f"… et {count(others, 'autre')} de même dans {place_of(diagnostic)}"
            has_line, _ = line_and_column(diagnostic)
            check = " ; « pfmp check », avec les mêmes fichiers, montre tout" if has_line else ""
            say(f"{more}{check}\n")


def put_diagnostics(diagnostics: Iterable[Diagnostic]) -> None:
    """Diagnostics that were asked for, all of them, the gravest first."""
    for diagnostic in _gravest_first(diagnostics):
        print(_format_for(sys.stdout, diagnostic), flush=True)


def _gravest_first(diagnostics: Iterable[Diagnostic]) -> list[Diagnostic]:
    return sorted(diagnostics, key=lambda diagnostic: _SEVERITIES.index(diagnostic.severity))


def _format_for(stream: TextIO, diagnostic: Diagnostic) -> str:
    colour = not os.environ.get("NO_COLOR") and _obeys(stream)
    return format_diagnostic(diagnostic, colour, _measure(stream)) + "\n"


def _obeys(stream: TextIO) -> bool:
    """Whether it is a terminal that draws what it is told to: on Windows, if it is asked first."""
    if sys.platform != "win32" or not stream.isatty():
        return stream.isatty()
    import ctypes
    import msvcrt

    handle = ctypes.c_void_p(msvcrt.get_osfhandle(stream.fileno()))
    mode, system = ctypes.c_ulong(), ctypes.windll.kernel32
    known = system.GetConsoleMode(handle, ctypes.byref(mode))
    return bool(known and system.SetConsoleMode(handle, mode.value | _DRAWS))


def _measure(stream: TextIO) -> int:
    """How many columns there are: what COLUMNS says, or the terminal."""
    if (said := os.environ.get("COLUMNS", "")).isdecimal() and int(said):
        return int(said)
    try:
        return os.get_terminal_size(stream.fileno()).columns or _USUAL
    except (OSError, ValueError):  # it is no terminal
        return _USUAL


def format_diagnostic(diagnostic: Diagnostic, colour: bool = False, width: int = _USUAL) -> str:
    """A diagnostic in lines: the message, its place, the excerpt, what to do."""
    word = diagnostic.severity.value
    lines = [f"{_paint(word, colour)} : {diagnostic.message}"]
    if diagnostic.position is not None:
        lines += _format_position(diagnostic.position, width)
    if diagnostic.help:
        lines.append(f"{_paint('aide', colour)} : {diagnostic.help}")
    return "\n".join(lines)


def _format_position(position: Position, width: int) -> list[str]:
    where = f" ({position.label})" if position.label else ""
    lines = [f"  --> {position}{where}"]
    if position.excerpt is None or position.line is None:
        return lines
    gutter = " " * len(str(position.line))
    text = visible(position.excerpt.expandtabs(1))
    room = max(_NARROWEST, width - len(gutter) - len("  | "))
    excerpt, column = _cut(text, position.column or 1, room)
    lines += [f" {gutter} |", f" {position.line} | {excerpt}"]
    if position.column is not None:
        length = max(1, min(position.length, len(excerpt) - column + 1))
        lines.append(f" {gutter} | {' ' * (column - 1)}{'^' * length}")
    return lines


def _cut(text: str, column: int, room: int) -> tuple[str, int]:
    """A window of a long line around `column`, and the column in that window."""
    if len(text) <= room:
        return text, column
    room -= 2  # for « … » on either side
    start = max(0, min(column - 1 - room // 4, len(text) - room))
    window = text[start : start + room]
    before, after = "…" if start else "", "…" if start + room < len(text) else ""
    return f"{before}{window}{after}", column - start + len(before)


def _paint(word: str, colour: bool) -> str:
    return f"\033[{_COLOURS[word]}m{word}\033[0m" if colour else word


def tally(diagnostics: Iterable[Diagnostic]) -> str:
    """« 3 erreurs, 1 avertissement », or nothing."""
    severities = [diagnostic.severity for diagnostic in diagnostics]
    parts = (
        count(number, severity.value)
        for severity in Severity
        if (number := severities.count(severity))
    )
    return ", ".join(parts)


def track(items: Iterable[T], title: str, total: int) -> Iterable[T]:
    """Go through `total` items under a bar with the time left, on a terminal only."""
    if not total or not sys.stderr.isatty() or os.environ.get("TERM") == "dumb":
        return items
    from pfmp_cli.terminal.progress import follow

    return follow(items, title, total)
