"""Names weigh little, and what no name has weighs most: by that the encoding is found."""

from __future__ import annotations

import pytest

from pfmp_cli.lists.formats import encoding
from pfmp_cli.lists.formats.likelihood import WRONG, weigh

NAMES = (
    *("Zoé", "Hélène", "Rivière", "Ève", "François", "FRANÇOIS", "Benoît", "Noël", "Anaïs"),
    *("JOSÉ", "ZOÉ", "MÜLLER", "Müller", "Élise", "ÉLISE", "D’HÉROUVILLE", "d’Aubigné", "GROß"),
    *("L’Haÿ", "Léa-Noëlle", "Hervé", "DUPRÉ", "Ñuñez", "São", "Œuvrard", "Nuñez"),
    *("Nicolà", "Raphaèle"),
)


@pytest.mark.parametrize("name", NAMES)
def test_no_sign_of_a_name_is_wrong(name: str) -> None:
    weights = list(weigh(f";{name};"))

    assert len(weights) == sum(not letter.isascii() for letter in name)
    assert max(weights) < WRONG


@pytest.mark.parametrize(
    "name", ["FRANçOIS", "JOSé", "ZoÉ", "MÜller", "HéLÈNE", "DUPRé", "Zo\ufffd", "x©y", "Lé¡a"]
)
def test_a_sign_that_no_name_has_there_is_wrong(name: str) -> None:
    assert WRONG in weigh(f";{name};")


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("other", ["mac_roman", "cp850"])
def test_a_name_weighs_less_than_what_another_encoding_makes_of_it(name: str, other: str) -> None:
    misread = name.encode("cp1252").decode(other, "replace")

    assert sum(weigh(f";{name};")) < sum(weigh(f";{misread};"))


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("written", encoding.NAMES)
def test_a_single_name_is_read_in_the_encoding_that_it_was_written_in(
    name: str, written: str
) -> None:
    text = f"nom;prenom\nMARTIN;{name}"
    if text.encode(written, "ignore").decode(written) == text:  # it has all letters
        assert encoding.decode("c", text.encode(written)).text == text


def test_where_two_encodings_make_a_likely_name_it_is_the_first() -> None:
    text = "nom;prenom\nMARTIN;Œnone"  # « înone » of MS-DOS

    assert encoding.decode("c", text.encode("cp1252")).text == text
