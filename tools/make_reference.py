"""Write the tables of the documentation that say what the code says: keys and columns.

python -m tools.make_reference
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import MISSING, fields
from functools import partial
from pathlib import Path
from typing import Any

import yaml

from pfmp_cli.lists.columns import (
    MORE_COLUMNS,
    OWNER_COLUMNS,
    PLACEMENT_COLUMNS,
    PUPIL_COLUMNS,
    STAGE_COLUMNS,
)
from pfmp_cli.shipped import shipped
from pfmp_cli.yaml_files.json_schema import FILES, MODELS
from pfmp_cli.yaml_files.models import keys_of, model_in

DOCS = Path(__file__).resolve().parent.parent / "docs"
COLUMNS = "| colonne | ce qu'on y écrit | autres titres reconnus |\n|---|---|---|\n"


def put_columns(page: str) -> str:
    """Every column and its titles; what is written in one is said in the page alone."""
    variants = yaml.safe_load(shipped("referentiel.yaml").read_text("utf-8"))["variantes"]
    pupil = PUPIL_COLUMNS | {variant["code"]: () for variant in variants}
    stage = {f"pfmp1_{name}": titles for name, titles in STAGE_COLUMNS.items()}
    before, *parts = page.split(COLUMNS)
    for part, columns in zip(parts, (pupil, stage), strict=True):
        before += COLUMNS + _put_titles(part, columns)
    return before


def put_placement_columns(page: str) -> str:
    """The same, of a file of placements."""
    dates = {name: MORE_COLUMNS[name] for name in ("periode", "du", "au", "jours")}
    before, _, part = page.partition(COLUMNS)
    columns = OWNER_COLUMNS | dates | PLACEMENT_COLUMNS | MORE_COLUMNS
    return before + COLUMNS + _put_titles(part, columns)


def _put_titles(part: str, columns: Mapping[str, Sequence[str]]) -> str:
    """A text that begins with a table, with these rows instead."""
    told = dict(re.findall(r"^\| `(\w+)` \| (.*?) ?\| ", part, re.MULTILINE))
    rows = ""
    for name, titles in columns.items():
        known = ", ".join(title[0].upper() + title[1:] for title in titles)
        cells = (f" {cell} " if cell else " " for cell in (f"`{name}`", told.get(name), known))
        rows += f"|{'|'.join(cells)}|\n"
    return rows + "\n" + part.partition("\n\n")[2]


def format_reference(name: str, _: str = "") -> str:
    """The page of `referentiel` or `projet`: a section a group of keys, in the file's order."""
    groups: dict[Any, list[str]] = {}
    for place, model in _walk("", MODELS[name]):
        groups.setdefault(model, []).append(place)
    lines = [
        f"# Les clés de `{FILES[name].replace('schema.json', 'yaml')}`\n",
        "Une clé en gras est obligatoire. Page écrite par `make reference` à partir des modèles : "
        "ne pas modifier.",
        *(line for model, places in groups.items() for line in _tell(model, places)),
    ]
    return "\n".join(lines) + "\n"


def _walk(place: str, model: Any) -> Iterator[tuple[str, Any]]:
    """The model at `place` and those inside; a section that holds sections is one."""
    yield place, model
    for name, hint in keys_of(model).items():
        inner = model_in(hint)
        if inner is not None and inner is not model:
            yield from _walk(f"{place}.{name}".removeprefix("."), inner)


def _tell(model: Any, places: list[str]) -> Iterator[str]:
    config = model.__pydantic_config__
    text = config["json_schema_extra"]["description"]
    where = ", ".join(f"`{place}`" for place in places if place)
    yield f"\n## {config['title']}" + (f" ({where})" if where else "")
    yield f"\n{text}\n" if text else ""
    yield "| clé | titre | à quoi elle sert | exemple |"
    yield "|---|---|---|---|"
    for one in fields(model):
        said = one.metadata
        required = one.default is MISSING and one.default_factory is MISSING
        shown = f"**`{one.name}`**" if required else f"`{one.name}`"
        examples = ", ".join(f"`{example}`" for example in said.get("examples", ()))
        yield f"| {shown} | {said['title']} | {said.get('description', '')} | {examples} |"


# Each page, and what makes it of what it was.
PAGES: dict[str, Callable[[str], str]] = {
    "colonnes.md": put_columns,
    "pfmp.md": partial(format_reference, "projet"),
    "referentiel.md": partial(format_reference, "referentiel"),
    "stages.md": put_placement_columns,
}


def main() -> None:
    for name, make in PAGES.items():
        page = DOCS / name
        page.write_text(make(page.read_text("utf-8")), encoding="utf-8")


if __name__ == "__main__":
    main()
