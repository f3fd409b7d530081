"""The tables of the keys: current, and with every key of every group."""

from __future__ import annotations

import pytest

from pfmp_cli.yaml_files.json_schema import build_schema
from tools.make_reference import DOCS, PAGES, format_reference


@pytest.mark.parametrize("name", PAGES)
def test_the_committed_pages_are_current(name: str) -> None:
    page, _ = PAGES[name]

    assert (DOCS / page).read_text("utf-8") == format_reference(name), "make reference"


@pytest.mark.parametrize("name", PAGES)
def test_the_tables_have_every_key_of_the_schema(name: str) -> None:
    told = format_reference(name)
    schema = build_schema(name)

    for group in (schema, *schema["$defs"].values()):
        required = group.get("required", [])
        for key, part in group["properties"].items():
            shown = f"**`{key}`**" if key in required else f"`{key}`"
            text, examples = part.get("description", ""), part.get("examples", ())
            example = ", ".join(f"`{one}`" for one in examples)
            assert f"| {shown} | {part['title']} | {text} | {example} |" in told


def test_a_group_says_where_it_is() -> None:
    told = format_reference("projet")

    assert "\n## Établissement\n\nLe lycée, sa lettre, son calendrier." in told
    places = "`calendrier.periodes`, `diplomes.calendrier.periodes`"
    assert f"\n## Dates d'une période ({places})\n" in told
    assert "\n## Niveau (`niveaux`, `attitudes.niveaux`, `diplomes.niveaux`, " in told
