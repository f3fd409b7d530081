"""The tables that say what the code says: current; those of the keys, with every key."""

from __future__ import annotations

import pytest

from pfmp_cli.yaml_files.json_schema import FILES, build_schema
from tools import make_reference
from tools.make_reference import DOCS, PAGES, format_reference


@pytest.mark.parametrize("name", PAGES)
def test_the_committed_pages_are_current(name: str) -> None:
    page = (DOCS / name).read_text("utf-8")

    assert page == PAGES[name](page), f"docs/{name} is not what the code says: make reference"


def test_a_new_column_gets_its_row_and_the_others_keep_what_is_said_of_them(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    before = "| `nom` | obligatoire, imprimé comme il est écrit | Nom de famille, "
    page = (DOCS / "colonnes.md").read_text("utf-8")
    monkeypatch.setitem(
        make_reference.PUPIL_COLUMNS, "lieu_naissance", ("né à", "ville de naissance")
    )

    assert before in page
    assert before in make_reference.put_columns(page)
    assert "| `lieu_naissance` | | Né à, Ville de naissance |" in make_reference.put_columns(page)


@pytest.mark.parametrize("name", FILES)
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
