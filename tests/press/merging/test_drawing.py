"""How a text is made to fit its box, and what is drawn where there is none."""

from __future__ import annotations

import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pfmp_cli.press.merging.drawing import (
    Typesetter,
    bounds,
    draw_blank,
    draw_cross,
    draw_rules,
    draw_to_fill,
)
from pfmp_cli.press.merging.fitting import NARROWEST, SMALLEST, Fit, fit, fit_start
from pfmp_cli.press.merging.master import POINTS_PER_MM, FontMetrics, Slot, Style

TALL, HIGH = 8 * POINTS_PER_MM, 24 * POINTS_PER_MM  # of one line, of three


def half_em(text: str) -> int:
    return 500 * len(text)


ONE = Style(size=10)
THREE = Style(size=10, lines=3)


def test_a_text_that_fits_is_set_as_it_is() -> None:
    assert fit("x" * 20, 100, TALL, ONE, half_em) == Fit(("x" * 20,))


def test_a_text_a_little_too_wide_is_condensed() -> None:
    assert fit("x" * 25, 100, TALL, ONE, half_em) == Fit(("x" * 25,), narrow=0.8)


def test_a_wider_one_is_made_smaller_too() -> None:
    fitted = fit("x" * 30, 100, TALL, ONE, half_em)

    assert fitted is not None
    assert (fitted.narrow, round(fitted.size, 3)) == (NARROWEST, 0.833)


def test_what_does_not_fit_on_its_line_takes_two_closer_ones_before_it_is_left_out() -> None:
    two = fit("x" * 29 + " yy", 100, TALL, ONE, half_em)

    assert two == Fit(("x" * 29, "yy"), size=0.8, narrow=NARROWEST, packed=True)
    assert fit("x" * 40, 100, TALL, ONE, half_em) == two._replace(lines=("x" * 31, "x" * 9))
    assert fit("x" * 63, 100, TALL, ONE, half_em) is None


def test_no_text_is_smaller_than_eight_points() -> None:
    for size in (8, 9, 10, 13):
        fitted = fit("xx xx " * 6, 100, TALL, Style(size=size), half_em)
        assert fitted is not None
        assert fitted.size * size >= SMALLEST == 8


@pytest.mark.parametrize("measure", ["size", "lines", "pitch_mm"])
def test_a_field_without_a_measure_is_refused(measure: str) -> None:
    with pytest.raises(ValueError, match="nombres positifs"):
        Style(**{measure: 0})  # type: ignore[arg-type]


def test_a_field_of_several_lines_is_broken_between_words() -> None:
    assert fit("aaaa bbbb cccc", 60, HIGH, THREE, half_em) == Fit(("aaaa bbbb", "cccc"))


def test_lines_are_kept_where_there_is_room_for_them_and_else_joined_by_commas() -> None:
    assert fit("aa\nbb", 100, HIGH, THREE, half_em) == Fit(("aa", "bb"))
    assert fit("aa\nbb,\ncc\ndd\ne", 100, HIGH, THREE, half_em) == Fit(("aa, bb, cc, dd, e",))
    assert fit("aa\nbb", 100, TALL, ONE, half_em) == Fit(("aa, bb",))


def test_a_word_wider_than_the_box_is_condensed_rather_than_cut() -> None:
    fitted = fit("aa " + "x" * 11, 50, HIGH, THREE, half_em)

    assert fitted == Fit(("aa", "x" * 11), narrow=0.9)


@given(st.text(alphabet="ab c", min_size=1, max_size=200), st.integers(20, 400), st.integers(1, 4))
def test_what_fits_never_leaves_its_box_and_loses_no_word(
    text: str, width: int, lignes: int
) -> None:
    style = Style(lines=lignes)
    fitted = fit(text, width, style.height_mm * POINTS_PER_MM, style, half_em)
    if fitted is None:
        return
    scale = style.size * fitted.size * fitted.narrow / 1000

    assert "".join(fitted.lines).replace(" ", "") == text.replace(" ", "")
    room = style.height_mm // 3.2 if fitted.packed else style.most_lines
    assert len(fitted.lines) <= room
    assert all(half_em(line) * scale <= width + 1e-6 for line in fitted.lines)
    assert fitted.size * style.size >= SMALLEST
    assert fitted.narrow >= NARROWEST


@given(st.text(alphabet="ab c\n", min_size=1, max_size=300), st.integers(1, 90), st.integers(1, 3))
def test_what_is_cut_is_shown_and_left_without_a_letter_lost(
    text: str, width: int, lines: int
) -> None:
    height = lines * TALL
    fitted, rest = fit_start(f"x{text}", width, height, Style(lines=lines), half_em, "… (1)")
    scale = 10 * fitted.size * fitted.narrow / 1000

    assert fitted.lines[-1].endswith("… (1)")
    letters = "".join((*fitted.lines, rest)).replace("… (1)", "")
    assert [c for c in letters if c in "abcx"] == [c for c in f"x{text}" if c in "abcx"]
    assert len(fitted.lines) <= max(1, height // (3.2 * POINTS_PER_MM))
    if fitted.lines != ("… (1)",):  # which a narrower box has nothing but
        assert all(half_em(line) * scale <= width + 1e-6 for line in fitted.lines)


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


MM = 72 / 25.4
Stroke = tuple[tuple[float, float], tuple[float, float]]


def strokes_of(content: str) -> list[Stroke]:
    """The lines that are drawn, in millimetres, from end to end."""
    return [
        ((x1 / MM, y1 / MM), (x2 / MM, y2 / MM))
        for x1, y1, x2, y2 in (
            map(float, found) for found in re.findall(r"(\S+) (\S+) m (\S+) (\S+) l", content)
        )
    ]


def near(*expected: tuple[tuple[float, float], tuple[float, float]]) -> list[Any]:
    return [tuple(pytest.approx(point, abs=0.02) for point in stroke) for stroke in expected]


RULE = 0.25  # mm over the lower edge of its line


def test_each_line_of_a_field_has_its_rule_at_its_foot_from_edge_to_edge() -> None:
    drawn = draw_blank(60 * MM, 24 * MM, Style(lines=3, pitch_mm=8))

    assert strokes_of(drawn) == near(
        *(((0, foot + RULE), (60, foot + RULE)) for foot in (16, 8, 0))
    )


def test_a_date_has_rules_for_day_month_and_year_with_a_stroke_after_each_of_two() -> None:
    day, month, year, *slashes = strokes_of(draw_blank(60 * MM, 8 * MM, Style(blank="date")))

    assert [day, month, year] == near(
        ((0, RULE), (9, RULE)), ((13, RULE), (22, RULE)), ((26, RULE), (42, RULE))
    )
    for slash, left, right in ((slashes[0], day, month), (slashes[1], month, year)):
        (x1, y1), (x2, y2) = slash
        assert left[1][0] < x1 < x2 < right[0][0]
        assert (y1, y2) == pytest.approx((RULE, RULE + 4), abs=0.02)


def test_a_comb_has_a_cell_of_the_same_width_for_each_digit() -> None:
    foot, *teeth = strokes_of(draw_blank(70 * MM, 8 * MM, Style(blank="peigne:14")))

    assert [foot] == near(((0, RULE), (70, RULE)))
    assert teeth == near(*(((5 * n, RULE), (5 * n, RULE + 2)) for n in range(15)))


def test_a_frame_stays_inside_its_field() -> None:
    drawn = draw_blank(60 * MM, 20 * MM, Style(blank="cadre"))
    x, y, width, height = map(float, re.findall(r"(\S+) (\S+) (\S+) (\S+) re S", drawn)[0])

    assert 0 < x < 1
    assert 0 < y < 1
    assert x + width == pytest.approx(60 * MM - x, abs=0.02)
    assert y + height == pytest.approx(20 * MM - y, abs=0.02)


@pytest.mark.parametrize(("height", "rules"), [(7, 0), (15, 1), (40, 4)])
def test_a_zone_to_fill_in_has_rules_that_share_its_height(height: int, rules: int) -> None:
    step = height / (rules + 1)

    assert strokes_of(draw_to_fill("zone", 60 * MM, height * MM)) == near(
        *(((0, height - n * step), (60, height - n * step)) for n in range(1, rules + 1))
    )


def test_a_date_to_fill_in_keeps_its_strokes_and_a_text_has_nothing() -> None:
    blank = strokes_of(draw_blank(60 * MM, 8 * MM, Style(blank="date")))

    assert strokes_of(draw_to_fill("date", 60 * MM, 8 * MM)) == blank[3:]
    assert draw_to_fill("texte", 60 * MM, 8 * MM) == ""


METRICS = FontMetrics(
    glyphs={char: f"{ord(char):04x}" for char in "abc, 0123456789"},
    widths=(500,) * 128,
    bbox=(0, 0, 0, 0),
    ascent=0,
    descent=0,
)


def set_text(text: str, style: Style, width: float = 100) -> list[tuple[float, float, str]]:
    """Where each line of a text is set, and what it is."""
    slot = Slot(1, "eleve.nom", width, style.height_mm * MM, style, ())
    drawn = Typesetter(METRICS).make_drawer(slot)(text)
    assert drawn is not None
    return [
        (float(x), float(y), bytes.fromhex(glyphs).decode("utf-16-be"))
        for x, y, glyphs in re.findall(r"1 0 0 1 (\S+) (\S+) Tm <(\w+)> Tj", drawn)
    ]


@pytest.mark.parametrize(("align", "x"), [("gauche", 0), ("centre", 40), ("droite", 80)])
def test_a_text_stands_where_its_field_says(align: str, x: float) -> None:
    assert set_text("abca", Style(align=align)) == [(x, pytest.approx(1.4 * MM, abs=0.01), "abca")]


@pytest.mark.parametrize("pitch", [4, 8])
def test_lines_follow_one_another_as_text_does_from_the_first_rule_on(pitch: int) -> None:
    style = Style(lines=3, pitch_mm=pitch)
    leading = min(pitch, 1.35 * 10 / MM)

    assert set_text("aa\nbb\ncc", style) == [
        (0, pytest.approx((2 * pitch + 1.4 - n * leading) * MM, abs=0.01), text)
        for n, text in enumerate(("aa", "bb", "cc"))
    ]


def test_a_text_is_condensed_before_it_is_made_smaller_in_several_lines_too() -> None:
    steps = [fit("x" * size, 100, HIGH, THREE, half_em) for size in (20, 22, 25, 27, 31, 32)]

    assert [one and (one.size, one.narrow) for one in steps] == [
        (1.0, 1.0),
        (1.0, 0.9),
        (1.0, NARROWEST),
        (0.9, NARROWEST),
        (0.8, NARROWEST),
        (0.8, NARROWEST),  # cut, on two lines
    ]


def test_weeks_are_bars_on_a_year_from_september_and_a_text_that_is_not_seen() -> None:
    style = Style(strip=1, pitch_mm=4)
    slot = Slot(1, "pfmp1.numeros_semaines", 530, 4 * MM, style, ())
    drawn = Typesetter(METRICS).make_drawer(slot)("36, 53, 1, 35") or ""

    bars = re.findall(r"(\S+) 0 (\S+) (\S+) re", drawn)
    assert [float(x) for x, _, _ in bars] == [0, 170, 180, 520]
    assert {(float(width), float(height)) for _, width, height in bars} == {(10, 11.34)}
    assert "BT 3 Tr" in drawn
    assert set_text("1, 2", style)[0][2] == "1, 2"


def test_a_field_draws_over_its_edges_by_ten_points_on_every_side() -> None:
    assert bounds(100, 20) == (-10, -10, 110, 30)


def test_the_letters_are_condensed_and_made_smaller_as_much_as_the_text_needs() -> None:
    slot = Slot(1, "eleve.nom", 100, 8 * MM, ONE, ())
    drawer = Typesetter(METRICS).make_drawer(slot)
    condensed, smaller = drawer("a" * 25), drawer("a" * 30)

    assert "Tz" not in (drawer("a" * 20) or "")
    assert condensed is not None
    assert condensed.startswith("BT /V 10 Tf 0 g 80 Tz 1 0 0 1 0.00 ")
    assert smaller is not None
    assert smaller.startswith("BT /V 8.333 Tf 0 g 80 Tz 1 0 0 1 0.00 ")
    assert drawer("a" * 70) is None


def test_a_line_break_is_a_comma_in_a_field_of_one_line() -> None:
    assert [text for _, _, text in set_text("aa\nbb", Style())] == ["aa, bb"]


def test_a_value_chooses_its_text_the_last_where_several_are_its_own() -> None:
    style = Style(texts=(("", "élève"), ("F", "stagiaire"), ("F", "apprentie"), ("M", "apprenti")))

    assert [style.text_for(value) for value in ("F", "M", "X", "")] == [
        *("apprentie", "apprenti", "élève", "élève")
    ]
    assert Style(texts=(("F", "apprentie"),)).text_for("M") == "M"


def test_a_note_is_broken_where_its_strip_ends() -> None:
    setter, letter = Typesetter(METRICS), 500 * SMALLEST * NARROWEST / 1000

    assert setter.break_note("a" * 100, 100.01 * letter) == ("a" * 100,)
    assert setter.break_note("a" * 100, 99.99 * letter) == ("a" * 99, "a")


def test_a_cross_stands_in_the_middle_of_its_box() -> None:
    assert strokes_of(draw_cross(20 * MM, 10 * MM)) == near(((4, 2), (16, 8)), ((4, 8), (16, 2)))


def test_closer_lines_stay_in_the_field() -> None:
    first, second = set_text("a" * 40, Style(pitch_mm=7))

    assert (first[1], second[1]) == (pytest.approx(4.2 * MM, abs=0.01), pytest.approx(MM, abs=0.01))
