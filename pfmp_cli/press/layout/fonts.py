"""The packaged typeface: its files, and the Latin cut that pupils' values are set in.

Source Sans Pro comes from a pinned PyPI package, so that a document never depends on the
fonts of the machine that makes it.
"""

from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from pfmp_cli.press.merging.master import FontMetrics

FILES = {
    "romain": "SourceSansPro-Regular.ttf",
    "italique": "SourceSansPro-It.ttf",
    "demi-gras": "SourceSansPro-Semibold.ttf",
    "gras": "SourceSansPro-Bold.ttf",
}
VALUES = "demi-gras"

# What a French school's file can hold: Latin with its extensions (Vietnamese included), letters
# of African names (ɓ ɗ ɛ ɲ), modifier letters (ʻ ʼ), punctuation, currency, a few signs of forms.
_CHARACTERS = (
    "20-7E A0-24F 253 254 256 257 25B 263 272 28B 2B9-2CC 1E00-1EF9 2010-2026 "
    "2030-203A 20AC 2116 2122 2212"
)


def font_path(name: str) -> Path:
    """The file of one of `FILES`; found without importing the package."""
    spec = find_spec("font_source_sans_pro")
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError("font-source-sans-pro")
    return Path(spec.origin).parent / "files" / FILES[name]


@cache
def cut_values_font() -> tuple[bytes, FontMetrics]:
    """The TrueType file that values are set in, cut to `_CHARACTERS`, and its metrics.

    Glyph numbers are those of the cut. Kerning is dropped: a merge sets glyphs by their
    widths alone. Tables that the cut has no use for are not even read.
    """
    from io import BytesIO

    from fontTools import subset
    from fontTools.ttLib import TTFont

    options = subset.Options(
        layout_features=[], hinting=False, notdef_outline=True, name_IDs=[1, 2, 6]
    )
    options.drop_tables += ["GDEF", "GPOS", "GSUB"]
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=subset.parse_unicodes(_CHARACTERS))
    with TTFont(font_path(VALUES), recalcTimestamp=False, lazy=True) as font:
        subsetter.subset(font)
        buffer = BytesIO()
        font.save(buffer)
        return buffer.getvalue(), _measure(font)


def _measure(font: Any) -> FontMetrics:
    numbers = font.getReverseGlyphMap()
    scale = 1000 / font["head"].unitsPerEm
    widths = {name: round(advance * scale) for name, (advance, _) in font["hmtx"].metrics.items()}
    characters = {chr(code): name for code, name in font.getBestCmap().items()}
    head = font["head"]
    return FontMetrics(
        glyphs={char: f"{numbers[name]:04x}" for char, name in characters.items()},
        widths=tuple(widths[name] for name in font.getGlyphOrder()),
        bbox=(head.xMin, head.yMin, head.xMax, head.yMax),
        ascent=font["hhea"].ascent,
        descent=font["hhea"].descent,
    )


def make_to_unicode(metrics: FontMetrics) -> bytes:
    """The CMap by which a reader turns glyph numbers back into text."""
    texts: dict[str, str] = {}
    for char, glyph in metrics.glyphs.items():
        texts.setdefault(glyph, char.encode("utf-16-be").hex())
    pairs = [f"<{glyph}> <{text}>" for glyph, text in sorted(texts.items())]
    blocks = (pairs[start : start + 100] for start in range(0, len(pairs), 100))
    body = "\n".join(
        f"{len(block)} beginbfchar\n" + "\n".join(block) + "\nendbfchar" for block in blocks
    )
    return _CMAP.format(body).encode("ascii")


_CMAP = """/CIDInit /ProcSet findresource begin
12 dict begin
begincmap
/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def
/CMapName /Adobe-Identity-UCS def
/CMapType 2 def
1 begincodespacerange
<0000> <ffff>
endcodespacerange
{}
endcmap
CMapName currentdict /CMap defineresource pop
end
end"""
