"""`pfmp check`: what every family of rules finds, and what it lets pass.

A file of `corpus/mauvais/` says in itself what is found in it, and nothing else may be:
`#! ligne:colonne gravité [règle] : message | aide`. A file of `corpus/bons/` stays silent.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from pfmp_cli.checking.check_all import check_all
from pfmp_cli.checking.findings import Findings
from pfmp_cli.checking.targets import find_targets
from pfmp_cli.checking.template_trial import try_editions
from pfmp_cli.diagnostics import Diagnostic
from pfmp_cli.domain.fabrication import Liste
from pfmp_cli.domain.projet import Projet
from pfmp_cli.loading.sources import Sources
from pfmp_cli.planning.editions import list_editions
from pfmp_cli.press.workshop import Workshop
from tests.every_rule import FAMILIES
from tests.reading import load_referentiel

CORPUS = Path(__file__).parent / "corpus"
SMALL = CORPUS / "referentiel.yaml"
EXPECTED = re.compile(r"^(?:\{)?#! (.*?)(?: #\})?$", re.MULTILINE)


def files(folder: str) -> list[Path]:
    found = (path for path in (CORPUS / folder).rglob("*") if path.suffix != ".svg")
    return sorted(path for path in found if path.is_file())


def family_of(path: Path) -> str:
    """`mauvais/code-2.yaml` → `code`; `mauvais/modele/navette.html` → `modele`."""
    name = path.parent.name if path.suffix == ".html" else path.stem
    return re.sub(r"-\d$", "", name)


def check(path: Path) -> Findings:
    if path.suffix == ".html":
        return try_one(path)
    rendu = path.stem == "debordement"
    targets = find_targets([path], Sources(referentiel=SMALL))
    lists = [Liste(fichier=str(one)) for one in targets.lists]
    return check_all(targets, lists, rendu)


def try_one(path: Path) -> Findings:
    """One document of one class, laid out."""
    workshop = Workshop(load_referentiel(SMALL), Projet(), (path.parent,))
    document = workshop.documents[path.stem]
    mine = list(list_editions(workshop.referentiel, [document]))[:1]
    _, problems = try_editions(workshop, mine, mine)
    found = (*workshop.templates.find_syntax_errors(), *problems)
    return Findings(diagnostics=list(dict.fromkeys(found)))


def tell(diagnostic: Diagnostic) -> str:
    position = diagnostic.position
    place = f"{position.line}:{position.column}" if position else "-"
    said = f"{diagnostic.severity.value} [{diagnostic.rule.family}] : {diagnostic.message}"
    return f"{place} {said} | {diagnostic.help}"


@pytest.mark.parametrize(
    "path", files("mauvais"), ids=lambda path: f"{family_of(path)}-{path.stem}"
)
def test_a_bad_file_gets_what_it_says(path: Path) -> None:
    found = [tell(diagnostic) for diagnostic in check(path).ordered()]

    assert EXPECTED.findall(path.read_text("utf-8")) == found
    assert any(f"[{family_of(path)}]" in line for line in found)


@pytest.mark.parametrize("path", files("bons"), ids=lambda path: f"{family_of(path)}-{path.stem}")
def test_a_good_file_stays_silent(path: Path) -> None:
    assert [tell(diagnostic) for diagnostic in check(path).ordered()] == []


@pytest.mark.parametrize("folder", ["mauvais", "bons"])
def test_every_family_of_rules_has_a_bad_file_and_a_good_one(folder: str) -> None:
    assert {family_of(path) for path in files(folder)} == set(FAMILIES)
