"""Every rule has a code of its own, well-formed words, and is said somewhere."""

from __future__ import annotations

import ast
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

import pytest

from pfmp_cli import rules
from pfmp_cli.diagnostics import Rule
from tests.every_rule import DECLARED, FAMILIES, RULES

PACKAGE = Path(rules.__file__).parent.parent
# Of what `check` does not look at, or files under the family of the whole file.
OTHERS = ("commande", "sortie", "cle", "lot", "stage", "valeur")
# It begins in lower case, or with a mark, and has no full stop at its end.
SENTENCE = re.compile(r"[^A-ZÀ-Þ !][^!]*[^ .!]")


def names_used() -> Iterator[str]:
    """Every name that the package reads, or takes from a module."""
    for path in PACKAGE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load):
                yield node.id
            elif isinstance(node, ast.Attribute):
                yield node.attr


def test_there_are_rules_and_each_has_a_code_of_its_own() -> None:
    assert RULES
    assert [code for code, n in Counter(rule.code for rule in RULES).items() if n > 1] == []
    assert len(DECLARED) == len(RULES)


def test_every_rule_is_said_somewhere() -> None:
    assert sorted({name for _, name in DECLARED} - set(names_used())) == []


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_a_rule_is_well_written(rule: Rule) -> None:
    family, name = rule.code.split("/")

    assert family in (*FAMILIES, *OTHERS), "a family is a line of the table of docs/guide.md"
    assert re.fullmatch("[a-z0-9]+(-[a-z0-9]+)*", name)
    assert SENTENCE.fullmatch(rule.sentence)
    assert not rule.help or SENTENCE.fullmatch(rule.help)
    for _, field, form, conversion in Formatter().parse(rule.sentence + rule.help):
        assert field is None or (field.isidentifier() and conversion is None)
        assert not form or form.isalpha()  # a noun, which agrees
