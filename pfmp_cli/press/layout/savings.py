"""What WeasyPrint does again and again for one document, done once: the same bytes, sooner.

Each of these stands in the place of one of its functions, and gives what that one gives: a test
lays documents out with and without. Another version than the one they were tried with does without.
"""

import re
import sys
from collections.abc import Callable, Iterator
from copy import copy
from functools import cache, lru_cache
from typing import Any

import pydyf
import weasyprint
from weasyprint import css
from weasyprint.formatting_structure import boxes
from weasyprint.layout import inline, percent
from weasyprint.text import line_break

TRIED = "70.0"
_RARE = re.compile(r"float\s*:\s*(?:foot)?note|list-item|<summary")
_SIDES = ("top", "right", "bottom", "left")
_LENGTHS = (
    *(f"{kind}_{side}" for kind in ("margin", "padding") for side in _SIDES),
    *(f"border_{side}_width" for side in _SIDES),
    *(f"{limit}{size}" for limit in ("", "min_", "max_") for size in ("width", "height")),
)


@cache
def save_time() -> None:
    """Have all of it from now on, in this process."""
    if weasyprint.__version__ != TRIED:
        return
    css.find_style_attributes = _share_declarations(css.find_style_attributes)
    inline.split_first_line = _remember_lines(inline.split_first_line)
    inline.strut = _remember_struts(inline.strut)
    pydyf.PDF.page_references = property(_name_pages)
    _keep_layouts(line_break.Layout)
    resolve = _remember_lengths(percent.resolve_percentages)
    for name, module in list(sys.modules.items()):
        if name.startswith("weasyprint.layout.") and hasattr(module, "resolve_percentages"):
            module.resolve_percentages = resolve  # type: ignore[attr-defined]


def _share_declarations(find: Callable[..., Iterator[Any]]) -> Callable[..., Iterator[Any]]:
    """Elements with the same `style` have one style, as those with the same classes do."""

    def find_shared(*arguments: Any) -> Iterator[Any]:
        known: dict[str, Any] = {}
        for specificity, element, declarations, base in find(*arguments):
            if specificity == (1, 0, 0):
                declarations = known.setdefault(element.get("style"), declarations)
            yield specificity, element, declarations, base

    return find_shared


def _remember_lines(split: Callable[..., Any]) -> Callable[..., Any]:
    """A text is broken once for a width: columns are tried several times, periods are alike."""

    def split_once(text: str, style: Any, context: Any, *others: Any, **options: Any) -> Any:
        lines = vars(context).setdefault("lines", {})
        key = (text, id(style), *others, *options.items())
        if key not in lines:
            lines[key] = style, split(text, style, context, *others, **options)
        layout, *metrics = lines[key][1]
        return copy(layout), *metrics

    return split_once


def _keep_layouts(layouts: Any) -> None:
    """Pango's layout of a line is drawn as it was measured, where nothing is to be added to it."""
    reactivate = layouts.reactivate

    def reactivate_changed(layout: Any, style: Any) -> None:
        if layout.justification_spacing or style["block_ellipsis"] != "none":
            reactivate(layout, style)

    layouts.reactivate, layouts.deactivate = reactivate_changed, lambda layout: None


def _remember_struts(measure: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """The least height of a line, which depends on its style alone."""

    def measure_once(style: Any) -> Any:
        known = vars(style)
        if "strut" not in known:
            known["strut"] = measure(style)
        return known["strut"]

    return measure_once


def _remember_lengths(resolve: Callable[[Any, Any], None]) -> Callable[[Any, Any], None]:
    """The lengths of a box, which depend on its style and on the size of what it is in."""

    def resolve_once(box: Any, containing_block: Any) -> None:
        size = containing_block
        if isinstance(size, boxes.Box):
            size = size.width, size.height
        known = vars(box.style).setdefault("lengths", {})
        if size in known:
            vars(box).update(known[size])
            return
        resolve(box, size)
        if box.style["border_collapse"] == "separate":
            known[size] = {name: getattr(box, name) for name in _LENGTHS}

    return resolve_once


def _name_pages(pdf: Any) -> tuple[bytes, ...]:
    return _name_objects(tuple(pdf.pages["Kids"][::3]))


@lru_cache(1)
def _name_objects(numbers: tuple[int, ...]) -> tuple[bytes, ...]:
    """Asked of all pages for each tag."""
    return tuple(b"%d 0 R" % number for number in numbers)


def spare_styles(page: Any, html: str) -> None:
    """Six styles of each element are for notes and for the marks of lists: a document without notes
    needs one, of its lists."""
    if weasyprint.__version__ == TRIED and not _RARE.search(html):
        page._ua_stylesheets = lambda forms=False: [_make_lean_stylesheet()]


@cache
def _make_lean_stylesheet() -> Any:
    sheet = copy(weasyprint.UA_STYLESHEET)
    matcher = sheet.matcher = copy(sheet.matcher)
    of_any = [one for one in matcher.other_selectors if "note" not in (one[3] or "")]
    matcher.other_selectors = [one for one in of_any if one[3] != "marker"]
    marks = [one for one in of_any if one[3] == "marker"]
    names = matcher.lower_local_name_selectors
    matcher.lower_local_name_selectors = names | {"li": [*names["li"], *marks]}
    return sheet
