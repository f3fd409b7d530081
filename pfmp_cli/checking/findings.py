"""What a check found: diagnostics with the kind of file they are about, and their rule."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path

from pfmp_cli.diagnostics import Diagnostic, line_and_column

# Every rule, and what it finds. A machine's report names the rule of each of its lines.
REGLES = {
    "fichier": "un fichier, un logo ou un dossier manque, ou n'est pas de ceux que pfmp lit",
    "syntaxe": "du YAML illisible ou ambigu",
    "forme": "une clé inconnue ou absente, une valeur qui n'a pas la forme attendue",
    "code": "un code qui n'a pas la forme attendue",
    "code-double": "un code qui désigne deux choses",
    "libelle-double": "un libellé qui a deux codes",
    "reference": "un renvoi à ce qui n'existe pas",
    "option": "une option absente, ou que la classe n'a pas",
    "echelle": "deux niveaux d'une échelle qui ont le même nom, ou presque",
    "lacune": "une liste vide, déclarée (avertissement) ou non (erreur)",
    "bloc-vide": "un bloc du contexte sans titre, ni texte, ni liste",
    "accolades": "dans la lettre, une accolade que rien ne remplit",
    "semaines": "des périodes qui ne font pas les semaines du diplôme",
    "dates": "des dates de période impossibles",
    "calendrier": "des dates possibles et douteuses : semaines, jours fériés, année scolaire",
    "complement": "un complément là où le référentiel n'a pas de lacune",
    "perime": "un texte officiel qui n'est plus en vigueur",
    "a-confirmer": "un mot du document source à confirmer",
    "euro": "« € » collé à un mot",
    "espaces": "des espaces doubles ou de trop",
    "accord": "un « (e) » à moitié écrit, ou écrit deux fois",
    "parentheses": "une parenthèse ou un guillemet sans son pendant",
    "puces": "une puce dans un texte",
    "ponctuation": "la ponctuation d'un élément de liste",
    "guillemets": "un guillemet ou une apostrophe qui n'est pas français",
    "caracteres": "un caractère invisible, perdu, mal lu ou copié d'un PDF",
    "modele": "un modèle qui ne peut pas être rempli",
    "mise-en-page": "un modèle que la mise en page refuse",
    "liste": "une liste d'élèves",
    "debordement": "une valeur trop longue pour sa place, ou que la police n'a pas",
}
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
