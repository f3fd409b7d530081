"""The cut font in a PDF: once as a file, and as one or two fonts that draw with it."""

from __future__ import annotations

from typing import Any

import pydyf

from pfmp_cli.press.layout.fonts import cut_values_font, make_to_unicode, measure_win_ansi


class Embedding:
    """The font file of one PDF; `values` is the font that a merge sets pupils' values in."""

    def __init__(self, pdf: Any) -> None:
        self.pdf = pdf
        data, self.metrics = cut_values_font()
        self.file = self._add(pydyf.Stream([data], {"Length1": len(data)}, compress=True))
        self.values = self._embed_values_font("/PFMPAA+SourceSansPro-Semibold")

    def _embed_values_font(self, name: str) -> Any:
        """The font by glyph number: all characters of the cut."""
        descriptor = self._describe(name, 4)
        descendant = self._add(pydyf.Dictionary({
            "Type": "/Font", "Subtype": "/CIDFontType2", "BaseFont": name,
            "CIDSystemInfo": "<</Registry (Adobe)/Ordering (Identity)/Supplement 0>>",
            "CIDToGIDMap": "/Identity", "FontDescriptor": descriptor.reference,
            "W": pydyf.Array([0, pydyf.Array(self.metrics.widths)]),
        }))  # fmt: skip
        to_unicode = self._add(pydyf.Stream([make_to_unicode(self.metrics)], compress=True))
        return self._add(pydyf.Dictionary({
            "Type": "/Font", "Subtype": "/Type0", "BaseFont": name, "Encoding": "/Identity-H",
            "DescendantFonts": pydyf.Array([descendant.reference]),
            "ToUnicode": to_unicode.reference,
        }))  # fmt: skip

    def embed_typing_font(self) -> Any:
        """The same file as a font that every reader can type in: a simple one, with the
        characters of WinAnsiEncoding. Its name has no subset tag, as it lacks none of them:
        readers refuse to type in a subset."""
        name = "/PFMPSaisie-Semibold"
        descriptor = self._describe(name, 32)
        return self._add(pydyf.Dictionary({
            "Type": "/Font", "Subtype": "/TrueType", "BaseFont": name,
            "Encoding": "/WinAnsiEncoding", "FirstChar": 32, "LastChar": 255,
            "Widths": pydyf.Array(measure_win_ansi(self.metrics)),
            "FontDescriptor": descriptor.reference,
        }))  # fmt: skip

    def _describe(self, name: str, flags: int) -> Any:
        """A descriptor; `flags` are 4 for a font by glyph number, 32 for one by character."""
        metrics = self.metrics
        return self._add(pydyf.Dictionary({
            "Type": "/FontDescriptor", "FontName": name, "Flags": flags, "ItalicAngle": 0,
            "FontBBox": pydyf.Array(metrics.bbox), "Ascent": metrics.ascent,
            "Descent": metrics.descent, "CapHeight": 660, "StemV": 110,
            "FontFile2": self.file.reference,
        }))  # fmt: skip

    def _add(self, thing: Any) -> Any:
        self.pdf.add_object(thing)
        return thing
