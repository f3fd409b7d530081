"""What a check found, and the kinds of files that it looked at."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from pfmp_cli.diagnostics import Diagnostic, line_and_column
from pfmp_cli.terminal.console import tally
from pfmp_cli.text import count

# The kinds of files, one and several.
KINDS = {
    "referentiel": ("référentiel", "référentiels"),
    "projet": ("établissement", "établissements"),
    "modele": ("dossier de modèles", "dossiers de modèles"),
    "liste": ("liste", "listes"),
}
# What a finding is about whose file is of no kind, by the family of its rule.
_BY_FAMILY = {
    "modele": "modele",
    "mise-en-page": "modele",
    "liste": "liste",
    "stage": "liste",
    "valeur": "liste",
    "debordement": "liste",
}


@dataclass
class Findings:
    """The files that were checked, with their kind; what was found; what was not looked at; what
    the schools are called.

    `left_out` names the pupils who would get nothing: no machine is told of it.
    """

    files: list[tuple[str, Path]] = field(default_factory=list)
    diagnostics: Sequence[Diagnostic] = ()
    remarks: list[str] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)
    kinds: Mapping[str, str] = field(default_factory=dict)
    schools: list[str] = field(default_factory=list)

    def has_errors(self) -> bool:
        return any(diagnostic.is_error for diagnostic in self.diagnostics)

    def has_warnings(self) -> bool:
        """Whether there is something to put right."""
        return not all(diagnostic.is_remark for diagnostic in self.diagnostics)

    def kind_of(self, diagnostic: Diagnostic) -> str:
        """The kind of file that a finding is about, '' for none."""
        of_file = self.kinds.get(_file(diagnostic))
        return of_file or _BY_FAMILY.get(diagnostic.rule.family, "")

    def ordered(self) -> list[Diagnostic]:
        """By file, in the order that they were found in, then by place in the file."""
        files = dict.fromkeys(map(_file, self.diagnostics))
        ranks = {name: rank for rank, name in enumerate(files)}
        return sorted(self.diagnostics, key=lambda one: (ranks[_file(one)], *line_and_column(one)))

    def sum_up(self, with_pupils: bool) -> str:
        """What was read, who would get nothing, and what came of it."""
        kinds = [kind for kind, _ in self.files]
        read = [count(kinds.count(kind), *names) for kind, names in KINDS.items() if kind in kinds]
        said = tally(self.diagnostics) or "rien à signaler"
        schools = (f"Établissement : {caption}" for caption in self.schools)
        files = f"{', '.join(read) or 'aucun fichier relu'} : {said}"
        left_out = self.left_out if with_pupils else ()
        return "\n".join([*self.remarks, *left_out, *schools, files])


def _file(diagnostic: Diagnostic) -> str:
    return diagnostic.position.file if diagnostic.position else ""
