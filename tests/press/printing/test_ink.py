"""A copier gets black and greys: what is dark is black, and what is light stays a grey."""

from __future__ import annotations

import pytest

from pfmp_cli.press.printing.ink import use_black


@pytest.mark.parametrize(
    ("colour", "ink"),
    [
        (b"0 0 0 rg", b"0 g"),
        (b"0.1 0.2 0.45 rg", b"0 g"),
        (b"0.1 0.2 0.45 RG", b"0 G"),
        (b"0.5 0.5 0.5 rg", b"0.5 g"),
        (b"0.5 0.5 0.5 RG", b"0.5 G"),
        (b"1 0 0 rg", b"0 g"),  # the eye sees red and blue as dark, green as light
        (b"0 1 0 rg", b"0.715 g"),
        (b"1 1 1 rg", b"1 g"),
    ],
)
def test_a_colour_is_black_or_the_grey_that_the_eye_sees(colour: bytes, ink: bytes) -> None:
    assert use_black(b"q\n%b 0 0 9 9 re f\nQ" % colour) == b"q\n%b 0 0 9 9 re f\nQ" % ink


@pytest.mark.parametrize(
    "content", [b"\n1 0 0 1 5 5 cm", b"\n0.5 g", b"(\\n1 0 0 rg)", b"\n1 0 0 rga"]
)
def test_what_sets_no_colour_stays(content: bytes) -> None:
    assert use_black(content) == content
