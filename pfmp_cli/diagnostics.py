"""A diagnostic is data: what is wrong, where, and what to do about it.

Stages collect diagnostics and hand them on; only `console` prints them.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum


class Severity(Enum):
    """How bad it is: an error refuses the input (or the row), a warning does not."""

    ERROR = "erreur"
    WARNING = "avertissement"


@dataclass(frozen=True, slots=True)
class Position:
    """A place in a file. Lines and columns count from 1; None where they have no meaning.

    `extrait` is the text of that line as the file has it and `longueur` the number of
    characters to underline from `colonne`. `repere` names the place in the file's own
    terms (a column header, a dotted path).
    """

    file: str
    line: int | None = None
    column: int | None = None
    excerpt: str | None = None
    length: int = 1
    label: str | None = None

    def __str__(self) -> str:
        numbers = (str(n) for n in (self.line, self.column) if n is not None)
        return ":".join((self.file, *numbers))


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One thing to tell the user, in French."""

    severity: Severity
    message: str
    position: Position | None = None
    help: str | None = None
    rule: str = ""
    """Which rule of `pfmp check` found it, where that has a name of its own."""

    @property
    def is_error(self) -> bool:
        return self.severity is Severity.ERROR


def error(
    message: str, position: Position | None = None, help: str | None = None, rule: str = ""
) -> Diagnostic:
    """An error: what it is about is refused."""
    return Diagnostic(Severity.ERROR, message, position, help, rule)


def warning(
    message: str, position: Position | None = None, help: str | None = None, rule: str = ""
) -> Diagnostic:
    """A warning: the work goes on."""
    return Diagnostic(Severity.WARNING, message, position, help, rule)


class InputRefused(Exception):
    """The input cannot be used; `diagnostics` says all that is wrong with it, at once."""

    def __init__(self, diagnostics: Iterable[Diagnostic]) -> None:
        self.diagnostics = tuple(diagnostics)
        super().__init__(self.diagnostics)


def line_and_column(diagnostic: Diagnostic) -> tuple[int, int]:
    """Its line and column, 0 where it has none: those of one file are told in this order."""
    position = diagnostic.position
    return (position.line or 0, position.column or 0) if position else (0, 0)


def suggest(word: str, known: Iterable[str]) -> str | None:
    """The known word nearest to `word`, or None where nothing is near enough to propose."""
    matches = difflib.get_close_matches(word, list(known), n=1, cutoff=0.7)
    return matches[0] if matches else None


def propose(word: str, known: Iterable[str], otherwise: str) -> str:
    """An `aide`: « vouliez-vous dire … ? », or `otherwise` where no known word is near enough."""
    near = suggest(word, known)
    return f"vouliez-vous dire « {near} » ?" if near else otherwise


def either(words: Iterable[str]) -> str:
    """« A », « A ou B », « A, B ou C »; nothing of none."""
    *others, last = [*words] or [""]
    return " ou ".join(filter(None, (", ".join(others), last)))


class WrongUsage(InputRefused):
    """The command line does not make sense, whatever the files hold."""


class OutputRefused(InputRefused):
    """What was to be written could not be, for a reason that is not in the input."""
