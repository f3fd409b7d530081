"""The cut font in a PDF: what values are set in, and what is typed in a form."""

from typing import Any

import pydyf

from pfmp_cli.press.layout.fonts import cut_values_font, make_to_unicode
from pfmp_cli.press.layout.tags import add
from pfmp_cli.press.merging.master import FontMetrics

# No subset tag: readers refuse to type in a subset.
_NAME = "/PFMP-Semibold"


def embed_font(pdf: Any) -> tuple[Any, FontMetrics]:
    """The font of one PDF, by glyph number: all characters of the cut, in every reader.

    With a simple font a form would lose what WinAnsiEncoding lacks: « ș », « ğ », « ễ ».
    """
    data, metrics = cut_values_font()
    file = add(pdf, pydyf.Stream([data], {"Length1": len(data)}, compress=True))
    descriptor = add(pdf, pydyf.Dictionary({
        "Type": "/FontDescriptor", "FontName": _NAME, "Flags": 4, "ItalicAngle": 0,
        "FontBBox": pydyf.Array(metrics.bbox), "Ascent": metrics.ascent,
        "Descent": metrics.descent, "CapHeight": 660, "StemV": 110,
        "FontFile2": file.reference,
    }))  # fmt: skip
    descendant = add(pdf, pydyf.Dictionary({
        "Type": "/Font", "Subtype": "/CIDFontType2", "BaseFont": _NAME,
        "CIDSystemInfo": "<</Registry (Adobe)/Ordering (Identity)/Supplement 0>>",
        "CIDToGIDMap": "/Identity", "FontDescriptor": descriptor.reference,
        "W": pydyf.Array([0, pydyf.Array(metrics.widths)]),
    }))  # fmt: skip
    to_unicode = add(pdf, pydyf.Stream([make_to_unicode(metrics)], compress=True))
    font = add(pdf, pydyf.Dictionary({
        "Type": "/Font", "Subtype": "/Type0", "BaseFont": _NAME, "Encoding": "/Identity-H",
        "DescendantFonts": pydyf.Array([descendant.reference]),
        "ToUnicode": to_unicode.reference,
    }))  # fmt: skip
    return font, metrics
