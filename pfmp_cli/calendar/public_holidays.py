"""The French public holidays, as the package `holidays` has them.

Its module of France is loaded by its file: by its name, those of 250 other countries are loaded
with it, which takes longer than all that a check does with a calendar.
"""

from __future__ import annotations

from datetime import date
from functools import cache
from importlib.util import find_spec, module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType


@cache
def feries(year: int) -> frozenset[date]:
    """Those of metropolitan France, as `holidays.country_holidays("FR")` says."""
    return frozenset(_load_france().France(years=year))


@cache
def _load_france() -> ModuleType:
    package = find_spec("holidays")
    assert package is not None
    assert package.origin is not None
    path = Path(package.origin).parent / "countries" / "france.py"
    spec = spec_from_file_location("pfmp_holidays_france", path)
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
