"""The texts of a YAML file: every character is where the file has it."""

from __future__ import annotations

from pathlib import Path

import pytest

from pfmp_cli.review.copy_damage import find_damage
from pfmp_cli.shipped import shipped
from pfmp_cli.yaml_files.source import parse_yaml, read_yaml
from pfmp_cli.yaml_files.texts import list_texts


@pytest.mark.parametrize("name", ["referentiel.yaml", "examples/pfmp.yaml"])
def test_every_character_is_where_it_is_said_to_be(name: str) -> None:
    source = read_yaml(shipped(name))
    for texte in list_texts(source):
        for character, (line, column) in zip(texte.value, texte.places, strict=True):
            there = source.lines[line][column : column + 1]
            assert there == character or (character.isspace() and not there.strip()), texte.loc


@pytest.mark.parametrize(
    ("written", "place"),
    [
        ("un  mot", "1:6"),
        ("'un  mot'", "1:7"),
        ('"un  mot"', "1:7"),
        ('"\\x20un\\x20 mot"', "1:4"),  # with escapes: the whole text
        ("'l''un  mot'", "1:4"),
        ("un\n  deux  mots", "2:7"),
        ("'un\n  deux  mots'", "2:7"),
        (">-\n  un\n  deux  mots", "3:7"),
        (">\n\n  un\n\n  deux  mots\n", "5:7"),
        ("|\n  un\n  deux  mots\n", "3:7"),
        (">-\n  un \n  deux mots", "2:5"),  # a space at the end of a line, before the line's own
        ("[a, un  mot]", "1:10"),
        ("{b: un  mot}", "1:10"),
    ],
)
def test_a_double_space_is_found_in_every_way_to_write_a_text(written: str, place: str) -> None:
    (found,) = find_damage(parse_yaml(f"a: {written}\n", Path("x.yaml")))

    assert found.message == "plusieurs espaces de suite"
    assert str(found.position) == f"x.yaml:{place}"


@pytest.mark.parametrize(
    "written", ["un\n  mot", ">-\n  un\n  mot", "|\n  un\n  mot", '"un\\\n  mot"']
)
def test_the_end_of_a_line_is_no_double_space(written: str) -> None:
    assert find_damage(parse_yaml(f"a: {written}\n", Path("x.yaml"))) == []


def test_what_quotes_damage_is_not_read_again() -> None:
    assert find_damage(parse_yaml("errata: [{source: 'et/ ou  •'}]\n", Path("x.yaml"))) == []


def test_a_word_without_an_end_is_gone_through_once() -> None:
    text = "nom: x/ y €a (e( a(e)(e) " + "a1" * 20_000 + "\n"  # hours, were each letter a start

    rules = [damage.rule.code for damage in find_damage(parse_yaml(text, Path("f")))]

    assert {"euro/debut", "espaces/barre"} <= {*rules}


def test_a_text_of_very_many_lines_is_laid_side_by_side_once() -> None:
    lines = "".join(f"  mot  {n}\n" for n in range(20_000))

    assert len(find_damage(parse_yaml(f"nom: >-\n{lines}", Path("f")))) == 20_000
