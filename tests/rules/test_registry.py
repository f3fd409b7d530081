"""Every rule has a code of its own, well-formed words, and is said somewhere."""

from __future__ import annotations

import ast
import importlib
import pkgutil
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

import pytest

from pfmp_cli import rules
from pfmp_cli.diagnostics import Rule
from pfmp_cli.rules.registry import FAMILIES, OTHER_FAMILIES, list_rules

PACKAGE = Path(rules.__file__).parent.parent
RULES = list_rules()
# It begins in lower case, or with a mark, and has no full stop at its end.
SENTENCE = re.compile(r"[^A-ZÀ-Þ !][^!]*[^ .!]")


def constants() -> dict[tuple[str, str], Rule]:
    """Every rule by its file and the name that it is declared under there."""
    return {
        (file.name, name): value
        for file in pkgutil.iter_modules(rules.__path__)
        for name, value in vars(importlib.import_module(f"{rules.__name__}.{file.name}")).items()
        if isinstance(value, Rule)
    }


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
    assert len(constants()) == len(RULES)


def test_every_rule_is_said_somewhere() -> None:
    assert sorted({name for _, name in constants()} - set(names_used())) == []


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_a_rule_is_well_written(rule: Rule) -> None:
    family, name = rule.code.split("/")

    assert family in {**FAMILIES, **OTHER_FAMILIES}
    assert re.fullmatch("[a-z0-9]+(-[a-z0-9]+)*", name)
    assert SENTENCE.fullmatch(rule.sentence)
    assert not rule.help or SENTENCE.fullmatch(rule.help)
    for _, field, form, conversion in Formatter().parse(rule.sentence + rule.help):
        assert field is None or (field.isidentifier() and conversion is None)
        assert not form or form.isalpha()  # a noun, which agrees
