"""The code that a scanner reads: any text that it may hold is read back from a picture of it."""

from __future__ import annotations

import re

import zxingcpp
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from pfmp_cli.press.merging.qr_code import SIDE, draw_code

QUIET = 4  # modules of white around
TEXTS = st.text("0123456789ABCDEFGHJKMNPQRSTVWXYZ-", min_size=1, max_size=20)


def modules(drawn: str | None) -> list[str]:
    assert drawn
    (digits,) = re.findall(r"ID ([0-9a-f]+)>", drawn)
    return [f"{int(digits[n : n + 6], 16):024b}"[:SIDE] for n in range(0, len(digits), 6)]


def picture(drawn: str | None) -> Image.Image:
    """What a printer makes of the operators, four dots a module."""
    rows = modules(drawn)
    image = Image.new("L", (SIDE + 2 * QUIET,) * 2, 255)
    for y, row in enumerate(rows, QUIET):
        for x, module in enumerate(row, QUIET):
            if module == "1":
                image.putpixel((x, y), 0)
    return image.resize((image.width * 4, image.height * 4), Image.Resampling.NEAREST)


@given(TEXTS)
@settings(max_examples=40, deadline=None)
def test_what_is_written_is_read(text: str) -> None:
    assert [code.text for code in zxingcpp.read_barcodes(picture(draw_code(text, 20)))] == [text]


EYE = ["1111111", "1000001", "1011101", "1011101", "1011101", "1000001", "1111111"]


def test_what_all_symbols_have_is_where_the_norm_says() -> None:
    """A reader forgives much of it; a poor copy of it is then one too many."""
    rows = modules(draw_code("7KD2M9QX4F3A29XC101", 20))
    columns = ["".join(column) for column in zip(*rows, strict=True)]

    assert [row[:7] for row in rows[:7]] == EYE
    assert [row[-7:] for row in rows[:7]] == EYE
    assert [row[:7] for row in rows[-7:]] == EYE
    assert rows[6] == columns[6] == "1111111" + "0101010" + "1111111"
    assert rows[7][:8] == rows[7][-8:] == rows[-8][:8] == "0" * 8
    assert columns[7][:8] == columns[-8][:8] == columns[7][-8:] == "0" * 8
    assert rows[-8][8] == "1"
    # Level M and mask 0, twice: the norm's table of formats says 101010000010010.
    across = rows[8][:6] + rows[8][7:9] + columns[8][7] + columns[8][5::-1]
    beside = columns[8][-1:-8:-1] + rows[8][-8:]
    assert across == beside == "101010000010010"


def test_what_a_code_cannot_hold_is_not_drawn() -> None:
    assert [draw_code(text, 20) for text in ("0" * 21, "Zoé", "a")] == [None] * 3


def test_a_seventh_of_it_may_be_lost() -> None:
    spoiled = picture(draw_code("7KD2M9QX4F3A29XC101", 20))
    spoiled.paste(255, (64, 56, 80, 72))
    assert [code.text for code in zxingcpp.read_barcodes(spoiled)] == ["7KD2M9QX4F3A29XC101"]
