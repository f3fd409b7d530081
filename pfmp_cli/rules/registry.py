"""All the rules, and the families that they come in."""

from __future__ import annotations

import importlib
import pkgutil

from pfmp_cli import rules
from pfmp_cli.diagnostics import Rule


def list_rules() -> list[Rule]:
    """Every rule of the files of this folder, in the order of their codes."""
    found = {
        value
        for file in pkgutil.iter_modules(rules.__path__)
        for value in vars(importlib.import_module(f"{rules.__name__}.{file.name}")).values()
        if isinstance(value, Rule)
    }
    return sorted(found, key=lambda rule: rule.code)
