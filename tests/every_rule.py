"""All the rules, by the name that each is declared under, and the families that the guide has."""

from __future__ import annotations

import importlib
import pkgutil
import re
from pathlib import Path

from pfmp_cli import rules
from pfmp_cli.diagnostics import Rule

_GUIDE = (Path(__file__).resolve().parent.parent / "docs" / "guide.md").read_text("utf-8")

# By file and name.
DECLARED: dict[tuple[str, str], Rule] = {
    (file.name, name): value
    for file in pkgutil.iter_modules(rules.__path__)
    for name, value in vars(importlib.import_module(f"{rules.__name__}.{file.name}")).items()
    if isinstance(value, Rule)
}
RULES = sorted({*DECLARED.values()}, key=lambda rule: rule.code)
# Of what `check` finds: those of the table « règle | ce qu'elle trouve ».
FAMILIES = re.findall(
    r"^\| `([a-z-]+)` \|", _GUIDE.partition("| règle |")[2].partition("\n\n")[0], re.M
)
