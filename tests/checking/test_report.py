"""What machines are told of a check: nothing of a pupil, and the place where to look."""

from __future__ import annotations

import json
from pathlib import Path
from string import Formatter

import pytest

from pfmp_cli.checking.findings import Findings
from pfmp_cli.checking.report import FORMATS, format_github, format_gitlab, format_json
from pfmp_cli.diagnostics import Position, Rule, Severity
from tests.every_rule import RULES

MACHINES = sorted(set(FORMATS) - {"text"})
SIGN = "Ƣ"  # that no rule has in its words
PLACE = Position("eleves.csv", 3, 7, f"{SIGN}{SIGN};x", 2, SIGN)
KINDS = {"eleves.csv": "liste", "pfmp.yaml": "projet"}


@pytest.mark.parametrize("length", [1, 2, 3, 40])
@pytest.mark.parametrize("form", MACHINES)
def test_no_value_of_a_class_file_however_short_is_in_a_report(form: str, length: int) -> None:
    told = [rule.at(PLACE, **dict.fromkeys(names_in(rule), SIGN * length)) for rule in RULES]
    report = FORMATS[form](Findings([("liste", Path("eleves.csv"))], told, kinds=KINDS))

    assert len(told) > 100
    assert SIGN not in report
    assert report.count("eleves.csv") >= len(told)


def names_in(rule: Rule) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(rule.sentence + rule.help) if name}


WRONG = Rule("dates/essai", Severity.ERROR, "« {day} » : 100 %,\nnon", "écrivez {day}")
DOUBT = Rule("liste/essai", Severity.WARNING, "classe « {classe} »", "")
FOUND = Findings(
    [("liste", Path("eleves.csv")), ("projet", Path("pfmp.yaml"))],
    [
        WRONG.at(Position("pfmp.yaml", 9, 4, "du: x", 5, "calendrier"), day="x"),
        DOUBT.at(PLACE, classe=SIGN),
        WRONG.at(Position("pfmp.yaml", 2), day="y"),
    ],
    ["sans rendu"],
    kinds=KINDS,
)


def test_a_program_finds_what_the_guide_says_it_finds() -> None:
    report = json.loads(format_json(FOUND))

    assert (report["version"], report["erreurs"], report["avertissements"]) == (1, 2, 1)
    assert report["fichiers"] == [
        {"genre": "liste", "chemin": "eleves.csv"},
        {"genre": "projet", "chemin": "pfmp.yaml"},
    ]
    assert report["remarques"] == ["sans rendu"]
    second, first, third = report["diagnostics"]
    assert first == {
        "regle": "dates",
        "severite": "erreur",
        "message": "« x » : 100 %,␊non",
        "aide": "écrivez x",
        "genre": "projet",
        "fichier": "pfmp.yaml",
        "ligne": 9,
        "colonne": 4,
        "longueur": 5,
        "repere": "calendrier",
    }
    assert (second["ligne"], second["colonne"], second["longueur"]) == (2, None, None)
    assert (third["message"], third["repere"]) == ("classe « … »", None)
    assert "--format" in third["aide"]


def test_github_is_given_a_line_a_finding_with_its_place() -> None:
    second, first, third = format_github(FOUND).split("\n")

    assert first == (
        "::error file=pfmp.yaml,line=9,col=4,endColumn=9,title=pfmp %3A dates::"
        "« x » : 100 %25,␊non%0Aaide : écrivez x"
    )
    assert second.startswith("::error file=pfmp.yaml,line=2,title=pfmp %3A dates::")
    assert third.startswith(
        "::warning file=eleves.csv,line=3,col=7,endColumn=9,title=pfmp %3A liste::"
    )


def test_gitlab_knows_a_finding_again_when_it_moves_and_tells_two_apart() -> None:
    def read(line: int, *days: str) -> list[dict[str, object]]:
        told = [
            WRONG.at(Position("pfmp.yaml", line + rank), day=day) for rank, day in enumerate(days)
        ]
        found: list[dict[str, object]] = json.loads(format_gitlab(Findings(diagnostics=told)))
        return found

    prints = [one["fingerprint"] for one in read(3, "x", "x", "y")]
    assert prints == [one["fingerprint"] for one in read(80, "x", "x", "y")]
    assert len(set(prints)) == 3
    assert read(3, "x")[0]["location"] == {"path": "pfmp.yaml", "lines": {"begin": 3}}
    assert [(one["severity"], one["check_name"]) for one in json.loads(format_gitlab(FOUND))] == [
        ("major", "dates"),
        ("major", "dates"),
        ("minor", "liste"),
    ]
