"""What a person sees: diagnostics with their excerpt, progress, summaries.

The only module that prints. Talk goes to stderr; stdout carries what was asked for.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Sized
from typing import TextIO, TypeVar

from pfmp_cli.diagnostics import Diagnostic, Position, Severity
from pfmp_cli.terminal.grouping import abridge
from pfmp_cli.text import count

T = TypeVar("T")

_COLOURS = {"erreur": "1;31", "avertissement": "1;33", "remarque": "1;34", "aide": "1;36"}
_SEVERITIES = list(Severity)
_WIDEST = 100  # characters of an excerpt
_MARGIN = 24  # of them, how many before the place at fault


def say(text: str) -> None:
    """A line to the person at the keyboard."""
    print(text, file=sys.stderr)


def wipe() -> None:
    """Begin a fresh screen, on a terminal only."""
    if sys.stderr.isatty():
        print("\033[2J\033[3J\033[H", end="", file=sys.stderr, flush=True)


def show(diagnostics: Iterable[Diagnostic]) -> None:
    """Print diagnostics, the worst first, each as `format_diagnostic` has it.

    Of very many of one kind, the first ones, and where the others are.
    """
    ordered = sorted(diagnostics, key=lambda diagnostic: _SEVERITIES.index(diagnostic.severity))
    for diagnostic in abridge(ordered):
        say(format_diagnostic(diagnostic, has_colour(sys.stderr)) + "\n")


def format_diagnostic(diagnostic: Diagnostic, colour: bool = False) -> str:
    """A diagnostic in lines: the message, its place, the excerpt, what to do."""
    word = diagnostic.severity.value
    lines = [f"{_paint(word, colour)} : {diagnostic.message}"]
    if diagnostic.position is not None:
        lines += _format_position(diagnostic.position)
    if diagnostic.help:
        lines.append(f"{_paint('aide', colour)} : {diagnostic.help}")
    return "\n".join(lines)


def _format_position(position: Position) -> list[str]:
    where = f" ({position.label})" if position.label else ""
    lines = [f"  --> {position}{where}"]
    if position.excerpt is None or position.line is None:
        return lines
    gutter = " " * len(str(position.line))
    excerpt, column = _cut(position.excerpt.expandtabs(1), position.column or 1)
    lines += [f" {gutter} |", f" {position.line} | {excerpt}"]
    if position.column is not None:
        length = max(1, min(position.length, len(excerpt) - column + 1))
        lines.append(f" {gutter} | {' ' * (column - 1)}{'^' * length}")
    return lines


def _cut(text: str, column: int) -> tuple[str, int]:
    """A window of a long line around `column`, and the column in that window."""
    if len(text) <= _WIDEST:
        return text, column
    start = max(0, min(column - 1 - _MARGIN, len(text) - _WIDEST))
    window = text[start : start + _WIDEST]
    before, after = "…" if start else "", "…" if start + _WIDEST < len(text) else ""
    return f"{before}{window}{after}", column - start + len(before)


def _paint(word: str, colour: bool) -> str:
    return f"\033[{_COLOURS[word]}m{word}\033[0m" if colour else word


def has_colour(stream: TextIO) -> bool:
    """Whether to paint what goes there."""
    return stream.isatty() and not os.environ.get("NO_COLOR")


def tally(diagnostics: Iterable[Diagnostic]) -> str:
    """« 3 erreurs, 1 avertissement », or nothing."""
    severities = [diagnostic.severity for diagnostic in diagnostics]
    parts = (
        count(number, severity.value)
        for severity in Severity
        if (number := severities.count(severity))
    )
    return ", ".join(parts)


def track(items: Iterable[T], title: str, total: int | None = None) -> Iterable[T]:
    """Go through `items` under a bar with the time left, on a terminal only."""
    total = len(items) if total is None and isinstance(items, Sized) else total
    if not total or not sys.stderr.isatty() or os.environ.get("TERM") == "dumb":
        return items
    from pfmp_cli.terminal.progress import follow

    return follow(items, title, total)
