"""Write the tables of the keys of the two YAML files into the guide, from the models.

python -m tools.make_reference
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import MISSING, fields
from pathlib import Path
from typing import Any

from pfmp_cli.yaml_files.json_schema import MODELS
from pfmp_cli.yaml_files.models import keys_of, model_in

DOCS = Path(__file__).resolve().parent.parent / "docs"
# The page of each, and the file that it is about.
PAGES = {"referentiel": ("referentiel.md", "referentiel.yaml"), "projet": ("pfmp.md", "pfmp.yaml")}


def format_reference(name: str) -> str:
    """The page of `referentiel` or `projet`: a section a group of keys, in the file's order."""
    groups: dict[Any, list[str]] = {}
    for place, model in _walk("", MODELS[name]):
        groups.setdefault(model, []).append(place)
    lines = [
        f"# Les clés de `{PAGES[name][1]}`\n",
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


def main() -> None:
    for name, (page, _) in PAGES.items():
        (DOCS / page).write_text(format_reference(name), encoding="utf-8")


if __name__ == "__main__":
    main()
