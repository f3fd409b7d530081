"""How a text is made to fit its box, and what is drawn where there is none."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pfmp_cli.press.merging.drawing import (
    NARROWEST,
    SMALLEST,
    Fit,
    draw_blank,
    draw_rules,
    fit,
)
from pfmp_cli.press.merging.master import POINTS_PER_MM, Slot, Style


def half_em(text: str) -> int:
    return 500 * len(text)


ONE = Style(size=10)
THREE = Style(size=10, lines=3)


def test_a_text_that_fits_is_set_as_it_is() -> None:
    assert fit("x" * 20, 100, ONE, half_em) == Fit(("x" * 20,))


def test_a_text_a_little_too_wide_is_condensed() -> None:
    assert fit("x" * 25, 100, ONE, half_em) == Fit(("x" * 25,), narrow=0.8)


def test_a_wider_one_is_made_smaller_too() -> None:
    fitted = fit("x" * 30, 100, ONE, half_em)

    assert fitted is not None
    assert (fitted.narrow, round(fitted.size, 3)) == (NARROWEST, 0.833)


def test_below_the_floor_it_does_not_fit() -> None:
    assert fit("x" * 36, 100, ONE, half_em) is None


def test_a_field_of_several_lines_is_broken_between_words() -> None:
    assert fit("aaaa bbbb cccc", 60, THREE, half_em) == Fit(("aaaa bbbb", "cccc"))


def test_a_line_break_is_kept_where_there_are_lines_for_it() -> None:
    assert fit("aa\nbb", 100, THREE, half_em) == Fit(("aa", "bb"))
    assert fit("aa\nbb", 100, ONE, half_em) == Fit(("aa bb",))


def test_a_word_wider_than_the_box_is_condensed_rather_than_cut() -> None:
    fitted = fit("aa " + "x" * 11, 50, THREE, half_em)

    assert fitted == Fit(("aa", "x" * 11), narrow=0.9)


@given(st.text(alphabet="ab c", min_size=1, max_size=200), st.integers(20, 400), st.integers(1, 4))
def test_what_fits_never_leaves_its_box_and_loses_no_word(
    text: str, width: int, lignes: int
) -> None:
    style = Style(lines=lignes)
    fitted = fit(text, width, style, half_em)
    if fitted is None:
        return
    scale = style.size * fitted.size * fitted.narrow / 1000

    assert " ".join(fitted.lines).split() == text.split()
    assert len(fitted.lines) <= lignes
    assert all(half_em(line) * scale <= width + 1e-6 for line in fitted.lines)
    assert fitted.size >= SMALLEST
    assert fitted.narrow >= NARROWEST


@pytest.mark.parametrize(
    ("style", "strokes"),
    [
        (Style(blank="rien"), 0),
        (Style(blank="ligne"), 1),
        (Style(blank="ligne", lines=3), 3),
        (Style(blank="date"), 5),
        (Style(blank="peigne:14"), 16),
    ],
)
def test_a_blank_is_what_a_hand_needs(style: Style, strokes: int) -> None:
    assert draw_blank(200, 30, style).count(" m ") == strokes


def test_a_style_that_means_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="vide="):
        Style(blank="trait")


def rules_of(row: str) -> list[str]:
    """The strokes of a slot of 5 mm by 40 mm that stands in this row, to a millimetre."""
    slot = Slot(1, "x", 40 * POINTS_PER_MM, 5 * POINTS_PER_MM, Style(pitch_mm=5, row=row), ())
    words = draw_rules(slot).split()
    at = [f"{float(w) / POINTS_PER_MM:.1f}" if w[-1].isdigit() else w for w in words]
    return " ".join(at[at.index("w") + 1 :]).replace(" l", ";").removesuffix("; S").split("; ")


def test_a_value_brings_the_rules_of_its_row_along() -> None:
    assert rules_of("8 20 12 10") == [
        "-2.0 -1.5 m -2.0 6.5",
        "18.0 -1.5 m 18.0 6.5",
        "30.0 -1.5 m 30.0 6.5",
        "-2.0 -1.5 m 40.0 -1.5",
    ]


def test_the_height_alone_is_the_rule_over_a_row_that_begins_a_part() -> None:
    assert rules_of("8") == ["0.0 6.5 m 40.0 6.5"]


def test_a_row_is_written_in_millimetres() -> None:
    with pytest.raises(ValueError, match="une hauteur, puis des largeurs"):
        Style(row="8mm")
