"""A diagnostic is data: what is wrong, where, and what to do about it.

Stages collect diagnostics and hand them on; only `console` prints them.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import Enum

from pfmp_cli.text import visible


class Severity(Enum):
    """How bad it is: an error refuses the input (or the row), a warning does not.

    A remark says what was understood, where that is sure: `--strict` passes over it.
    """

    ERROR = "erreur"
    WARNING = "avertissement"
    REMARK = "remarque"


@dataclass(frozen=True, slots=True)
class Position:
    """A place in a file. Lines and columns count from 1; None where they have no meaning.

    `excerpt` is the text of that line as the file has it and `length` the number of
    characters to underline from `column`. `label` names the place in the file's own
    terms (a column header, a dotted path), on one line. `row` is what a list's table calls the
    row that it is in.
    """

    file: str
    line: int | None = None
    column: int | None = None
    excerpt: str | None = None
    length: int = 1
    label: str | None = None
    row: int | None = field(default=None, compare=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "label", self.label and visible(self.label))

    def __str__(self) -> str:
        numbers = (str(n) for n in (self.line, self.column) if n is not None)
        return visible(":".join((self.file, *numbers)))


@dataclass(frozen=True, slots=True)
class Rule:
    """Something that can be said: its words stand here once, wherever it is found.

    `code` is « famille/nom »; `sentence` and `help` are in French, with `{name}` where a value
    goes, `{cells:cellule}` where a number goes with its noun. All rules are declared in `rules`.
    """

    code: str
    severity: Severity
    sentence: str
    help: str = ""

    @property
    def family(self) -> str:
        """What `check` files it under."""
        return self.code.partition("/")[0]

    def at(self, position: Position | None = None, **values: object) -> Diagnostic:
        """What the rule says of a place, with the values that its words ask for."""
        return Diagnostic(
            self, tuple((name, str(value)) for name, value in values.items()), position
        )


class _Value(str):
    """A value in a sentence: under « cellule », « 1 cellule », « 3 cellules », « … cellules »."""

    def __format__(self, noun: str) -> str:
        plural = "s" if noun and self not in ("0", "1") else ""
        return f"{self!s} {noun}{plural}" if noun else str(self)


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One thing to tell the user: a rule, the values that it found, and where.

    Values may come from a pupil's row: a report that must show none of it is made of `masked`.
    Whatever they hold, what is said is one line, and shows on a terminal as it is.
    """

    rule: Rule
    values: tuple[tuple[str, str], ...] = ()
    position: Position | None = None

    @property
    def message(self) -> str:
        return self._say(self.rule.sentence, dict(self.values))

    @property
    def masked(self) -> str:
        """The message without any value."""
        return self._say(self.rule.sentence, dict.fromkeys(dict(self.values), "…"))

    @property
    def help(self) -> str | None:
        """What to do about it, where there is something to do."""
        return self._say(self.rule.help, dict(self.values)) or None

    def _say(self, words: str, values: dict[str, str]) -> str:
        return visible(words.format_map({name: _Value(text) for name, text in values.items()}))

    @property
    def severity(self) -> Severity:
        return self.rule.severity

    @property
    def is_error(self) -> bool:
        return self.severity is Severity.ERROR

    @property
    def is_remark(self) -> bool:
        return self.severity is Severity.REMARK


class InputRefused(Exception):
    """The input cannot be used; `diagnostics` says all that is wrong with it, at once."""

    def __init__(self, diagnostics: Iterable[Diagnostic]) -> None:
        self.diagnostics = tuple(diagnostics)
        super().__init__(self.diagnostics)


def line_and_column(diagnostic: Diagnostic) -> tuple[int, int]:
    """Its line and column, 0 where it has none: those of one file are told in this order."""
    position = diagnostic.position
    return (position.line or 0, position.column or 0) if position else (0, 0)


class WrongUsage(InputRefused):
    """The command line does not make sense, whatever the files hold."""


class OutputRefused(InputRefused):
    """What was to be written could not be, for a reason that is not in the input."""
