"""The direct rendering that a merge is held against: the values in the text, and no slot."""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import escape, unescape

from pfmp_cli.press.merging.master import BASELINE_MM
from pfmp_cli.press.template.field_link import SCHEME, parse_href

_FIELD = re.compile(rf'<a class="champ" style="([^"]*)" href="({SCHEME}[^"]*)"></a>')
_ALIGN = {"gauche": "left", "centre": "center", "droite": "right"}
_FONT = (
    "position:absolute;left:0;width:100%;font-weight:600;font-kerning:none;"
    "font-variant-ligatures:none;font-feature-settings:normal;"
)


def set_values(html: str, values: Mapping[str, str]) -> str:
    """A rendered template with the values where its fields are."""
    return _FIELD.sub(lambda found: _set(found[1], unescape(found[2]), values), html)


def _set(box: str, href: str, values: Mapping[str, str]) -> str:
    name, style, _ = parse_href(href)
    assert style
    value = style.text_for(values.get(name, ""))
    if not value or style.page:  # a code is no text
        return f'<span class="champ" style="{box}"></span>'
    # The line box of CSS puts the baseline at (line + ascent - descent) / 2 under its
    # top, with the font's 0.984 and 0.273: shift it to where a slot has its baseline.
    top = style.pitch_mm - style.leading_mm / 2 - BASELINE_MM
    css = (
        f"{_FONT}top:calc({top}mm - {0.3555 * style.size}pt);"
        f"font-size:{style.size}pt;line-height:{style.leading_mm}mm;"
        f"white-space:{'nowrap' if style.lines == 1 else 'pre-line'};"
        f"text-align:{_ALIGN[style.align]}"
    )
    return f'<span class="champ" style="{box}"><span style="{css}">{escape(value)}</span></span>'
