"""What a check found: diagnostics with the kind of file they are about, and their rule."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path

from pfmp_cli.diagnostics import Diagnostic, line_and_column
from pfmp_cli.rules.registry import FAMILIES

REGLES = FAMILIES

# The kinds of files, one and several.
GENRES = {
    "referentiel": ("référentiel", "référentiels"),
    "projet": ("établissement", "établissements"),
    "modele": ("dossier de modèles", "dossiers de modèles"),
    "liste": ("liste", "listes"),
}


@dataclass(frozen=True, slots=True)
class Finding:
    """A diagnostic, and the kind of file that it is about (a key of GENRES, or '')."""

    kind: str
    diagnostic: Diagnostic


@dataclass
class Findings:
    """A check as it goes: the files read, what was found, and what could not be looked at."""

    files: list[tuple[str, Path]] = field(default_factory=list)
    findings: dict[Finding, None] = field(default_factory=dict)
    remarks: list[str] = field(default_factory=list)

    def add(self, kind: str, rule: str, diagnostics: Iterable[Diagnostic]) -> None:
        """Take diagnostics in under their family, or `rule` for want of one; the same one once."""
        for diagnostic in diagnostics:
            family = (diagnostic.rule.code or rule).partition("/")[0]
            named = replace(diagnostic, rule=replace(diagnostic.rule, code=family))
            self.findings[Finding(kind, named)] = None

    @property
    def diagnostics(self) -> list[Diagnostic]:
        return [finding.diagnostic for finding in self.findings]

    def has_errors(self) -> bool:
        return any(diagnostic.is_error for diagnostic in self.diagnostics)

    def ordered(self) -> list[Finding]:
        """By file, in the order they were read, then by place in the file."""
        ranks = {name: rank for rank, name in enumerate(dict.fromkeys(map(_file, self.findings)))}
        return sorted(
            self.findings, key=lambda one: (ranks[_file(one)], *line_and_column(one.diagnostic))
        )


def _file(finding: Finding) -> str:
    position = finding.diagnostic.position
    return position.file if position else ""
