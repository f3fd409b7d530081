"""Links that stand for form fields → AcroForm fields and their widgets.

The annotation stays the same object, at its place among the page's annotations and in the
structure tree, whose element becomes a `Form`. So the tab order is the reading order. What
shows of a field without a value (box, rule) is the page's: a widget draws its mark alone.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pydyf

from pfmp_cli.diagnostics import InputRefused
from pfmp_cli.press.layout.tags import add, is_reference
from pfmp_cli.press.merging import drawing
from pfmp_cli.press.merging.master import POINTS_PER_MM, ChoiceList, FormData
from pfmp_cli.press.merging.merge import FORM_IDENTIFIER
from pfmp_cli.press.template.form_inputs import FormInput, name_states
from pfmp_cli.rules import template_rules as rules

# The name of the font among the form's resources. PDFium (Chromium) sets ’, œ and – in a font
# of its own, ill spaced, unless this name is one of those that it takes for fonts of symbols.
FONT = "Wingdings"
# Bits of `Ff` (ISO 32000-1, 12.7.4). A radio button without NoToggleToOff can be undone;
# DoNotScroll: what is typed is what a printer shows.
_READ_ONLY = 1
_MULTILINE, _RADIO, _DO_NOT_SCROLL, _COMB = 1 << 12, 1 << 15, 1 << 23, 1 << 24
PRINTED = 4  # of an annotation's `F`
_LINE_HEIGHT = 6 * POINTS_PER_MM  # of a line to type in, over its rule
_RULE = 0.75  # what a rule takes, in points
_RIGHT = 2  # of a field's `Q`
_LENGTHS = {"date": 10, "note": 5}


@dataclass(frozen=True, slots=True)
class Widget:
    """A form field as the layout left it: its annotation, on a page, and that one's key in
    the parent tree. `span` is the element that holds it beside a pupil's field, else None."""

    form_input: FormInput
    annotation: Any
    rectangle: tuple[float, float, float, float]  # left, bottom, right, top
    page: int
    parent: int
    span: Any = None


class Form:
    """The form of one PDF; `font` is what its fields type in."""

    def __init__(self, pdf: Any, pages: list[Any], font: Any) -> None:
        self.pdf, self.pages = pdf, pages
        self.fonts = f"<</Font<</{FONT} {font.reference.decode()}>>>>"
        self.appearances: dict[tuple[str, float, float], bytes] = {}
        self.going: dict[str, list[int]] = defaultdict(list)
        self.lists: list[ChoiceList] = []

    def build(self, widgets: list[Widget]) -> FormData:
        """Add the fields to the catalogue; what a merge takes out of them again.

        Raises InputRefused for two fields that contradict each other.
        """
        fields = add(self.pdf, self._add_fields(widgets))
        identifier = add(self.pdf, pydyf.Dictionary({"FT": "/Tx", "Ff": _READ_ONLY}))
        identifier["T"] = pydyf.String(FORM_IDENTIFIER)
        fields.append(identifier.reference)
        form = {"Fields": fields.reference, "DR": self.fonts}
        form["DA"] = pydyf.String(f"/{FONT} 10 Tf 0 g")
        self.pdf.catalog["AcroForm"] = pydyf.Dictionary(form)
        self._list(fields, fields)
        for widget in widgets:
            if widget.span:
                self._list_span(widget)
        self._list_annotations({widget.page for widget in widgets if widget.span})
        return FormData(
            {champ: tuple(numbers) for champ, numbers in self.going.items()},
            tuple(self._choose_lists()),
            identifier.number,
        )

    def _choose_lists(self) -> Iterator[ChoiceList]:
        """The lists that something can go from."""
        going = {number for numbers in self.going.values() for number in numbers}
        for liste in self.lists:
            if not going.isdisjoint(liste.members):
                going.add(liste.number)
                yield liste

    def _list(self, owner: Any, array: Any, passing: bool = False) -> None:
        """Note an object that has `array` as one that can lose references, which end it."""
        before, after = (part.decode("latin-1") for part in owner.data.split(array.data))
        fixed = "".join(f"{one} " for one in array if not is_reference(one))
        members = tuple(int(one.split()[0]) for one in array if is_reference(one))
        start, end = f"{before}[{fixed}", f"]{after}"
        self.lists.append(ChoiceList(owner.number, start, members, end, passing))

    def _list_span(self, widget: Widget) -> None:
        """The element of a pupil's field: its marked content, and the form's element, that goes."""
        self._list(widget.span, widget.span["K"])
        going = *self.lists[-1].members, widget.annotation.number
        self.going[widget.form_input.name] += going

    def _list_annotations(self, pages: set[int]) -> None:
        for page in sorted(pages):
            annotations = add(self.pdf, self.pages[page]["Annots"])
            self.pages[page]["Annots"] = annotations.reference
            self._list(annotations, annotations)

    def _add_fields(
        self, widgets: list[Widget], depth: int = 0, parent: bytes | None = None
    ) -> Any:
        """The fields of these names from the part `depth` on: `note` of `p1.note`."""
        groups: dict[str, list[Widget]] = defaultdict(list)
        for widget in widgets:
            groups[widget.form_input.name.split(".")[depth]].append(widget)
        fields = pydyf.Array()
        for part, group in groups.items():
            ending = [one for one in group if one.form_input.name.count(".") == depth]
            if 0 < len(ending) < len(group):
                raise InputRefused([rules.INPUT_STARTS_ANOTHER.at(name=ending[0].form_input.name)])
            entries = {"T": pydyf.String(part), **({"Parent": parent} if parent else {})}
            if ending:
                fields.append(self._add_field(group, entries))
            else:
                branch = add(self.pdf, pydyf.Dictionary(entries))
                branch["Kids"] = self._add_fields(group, depth + 1, branch.reference)
                self._list(branch, branch["Kids"], passing=True)
                fields.append(branch.reference)
        return fields

    def _add_field(self, widgets: list[Widget], entries: dict[str, Any]) -> bytes:
        """One field; its only widget is the same object, several are its `Kids`."""
        first = widgets[0].form_input
        if len({_family(widget.form_input) for widget in widgets}) > 1:
            raise InputRefused([rules.INPUT_OF_TWO_KINDS.at(name=first.name)])
        entries.update(_describe(first))
        states = name_states([widget.form_input.value for widget in widgets])
        for widget in widgets:
            self._draw(widget, states[widget.form_input.value])
        if len(widgets) == 1 and first.kind != "choix":
            widgets[0].annotation.update(entries)
            return widgets[0].annotation.reference  # type: ignore[no-any-return]
        parent = add(self.pdf, pydyf.Dictionary(entries))
        for widget in widgets:
            widget.annotation["Parent"] = parent.reference
            widget.annotation["TU"] = pydyf.String(widget.form_input.title)
        parent["Kids"] = pydyf.Array([widget.annotation.reference for widget in widgets])
        if any(widget.span for widget in widgets):
            self._list(parent, parent["Kids"], passing=True)
        return parent.reference  # type: ignore[no-any-return]

    def _draw(self, widget: Widget, state: str) -> None:
        """Make the annotation a widget, with an appearance for each of its states (a box has
        `state` when it is ticked)."""
        form_input, annotation = widget.form_input, widget.annotation
        left, bottom, right, top = _fit(form_input.kind, widget.rectangle)
        width, height = round(right - left, 1), round(top - bottom, 1)
        annotation.clear()
        annotation.update(Type="/Annot", Subtype="/Widget", F=PRINTED)
        annotation["P"] = self.pages[widget.page].reference
        annotation["Rect"] = pydyf.Array([round(one, 2) for one in (left, bottom, right, top)])
        annotation["StructParent"] = widget.parent
        if form_input.kind in ("case", "choix"):
            on = self._appear(drawing.draw_cross(width, height), width, height)
            off = self._appear("", width, height)
            annotation["AS"] = "/Off"
            annotation["MK"] = "<</CA(8)>>"
            annotation["AP"] = f"<</N<</{state} {on.decode()}/Off {off.decode()}>>>>"
        else:
            blank = drawing.draw_to_fill(form_input.kind, width, height)
            stream = self._appear(f"/Tx BMC {blank} EMC", width, height)
            annotation["DA"] = pydyf.String(f"/{FONT} {form_input.size:g} Tf 0 g")
            annotation["AP"] = f"<</N {stream.decode()}>>"

    def _appear(self, content: str, width: float, height: float) -> bytes:
        """A form XObject that draws `content`; the same one for the same."""
        key = (content, width, height)
        if key not in self.appearances:
            entries = {"Type": "/XObject", "Subtype": "/Form"}
            entries |= {"BBox": pydyf.Array([0, 0, width, height]), "Resources": self.fonts}
            form = pydyf.Stream([content.encode("ascii")], entries)
            self.appearances[key] = add(self.pdf, form).reference
        return self.appearances[key]


def _family(form_input: FormInput) -> str:
    """A box or a text: genres of one family can share a name."""
    return form_input.kind if form_input.kind in ("case", "choix") else "texte"


def _describe(form_input: FormInput) -> dict[str, Any]:
    """The entries of a field that do not depend on where it is."""
    title = form_input.group or form_input.title
    if form_input.kind in ("case", "choix"):
        flags = _RADIO if form_input.kind == "choix" else 0
        return {"FT": "/Btn", "Ff": flags, "TU": pydyf.String(title)}
    flags = _DO_NOT_SCROLL
    flags |= _MULTILINE if form_input.kind == "zone" else 0
    flags |= _COMB if form_input.comb else 0
    entries = {"FT": "/Tx", "Ff": flags, "TU": pydyf.String(title)}
    if length := form_input.length or _LENGTHS.get(form_input.kind):
        entries["MaxLen"] = length
    if form_input.kind == "note":
        entries["Q"] = _RIGHT
    return entries


def _fit(
    kind: str, rectangle: tuple[float, float, float, float]
) -> tuple[float, float, float, float]:
    """What of the layout's box is filled: over its rule, or inside its frame."""
    left, bottom, right, top = rectangle
    if kind in ("case", "choix"):
        return rectangle
    if kind == "zone":
        return (left + 2, bottom + 2, right - 2, top - 2)
    return (left, bottom + _RULE, right, min(top, bottom + _RULE + _LINE_HEIGHT))
