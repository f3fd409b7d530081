"""The tags of a laid-out document, made right for PDF/UA-1.

WeasyPrint leaves four things to mend: running headers and footers are tagged but hang
nowhere (they are artifacts), a box inside a link is a link once more, empty boxes leave empty
elements, and header cells do not say what they head. All of it works on WeasyPrint's own
objects (pydyf), before they are written.
"""

from collections.abc import Iterator
from typing import Any

import pydyf

# A row needs all its cells to stay a row, an empty one too.
_KEPT_EMPTY = {"/TD", "/TH"}
_WRAPPERS = {"/Span", "/NonStruct"}
# What may hold marked contents itself.
_WITH_CONTENT = {*_KEPT_EMPTY, *_WRAPPERS, "/P", "/LBody", "/Lbl", "/Link"}
_WITH_CONTENT |= {f"/H{level}" for level in range(1, 5)}
_BLOCKS = {"/Div", "/Sect", "/P", "/L", "/Table", *(f"/H{level}" for level in range(1, 7))}


def resolve(pdf: Any, reference: Any) -> Any:
    """The object that `12 0 R` names."""
    return pdf.objects[int(reference.split()[0])]


def add(pdf: Any, thing: Any) -> Any:
    """The same thing, as one of the objects of a PDF."""
    pdf.add_object(thing)
    return thing


def is_reference(value: Any) -> bool:
    """Whether an entry of `K` is a reference (it is a number where it is marked content)."""
    return isinstance(value, bytes)


class Structure:
    """The structure tree of `pdf`: its root element and the parent tree's numbers."""

    def __init__(self, pdf: Any) -> None:
        self.pdf = pdf
        self.pages = {reference: page for page, reference in enumerate(pdf.page_references)}
        root = resolve(pdf, pdf.catalog["StructTreeRoot"])
        self.document = resolve(pdf, root["K"][0])
        self.numbers = resolve(pdf, root["ParentTree"])["Nums"]
        self.reachable = set(self._reach(self.document))

    def page_elements(self, page: int) -> list[Any]:
        """The elements of a page's marked contents, by marked-content id."""
        return self.numbers[2 * page + 1]  # type: ignore[no-any-return]

    def get_element(self, parent: int) -> Any:
        """The element of an annotation, by its key in the parent tree."""
        return resolve(self.pdf, self.numbers[self._find(parent) + 1])

    def forget(self, parent: int) -> None:
        """Take an annotation out of the parent tree."""
        at = self._find(parent)
        del self.numbers[at : at + 2]

    def drop_repeated(self, parent: int, annotation: bytes) -> bool:
        """Take out the annotation of a box inside a link, which the link's own covers; whether
        it is one."""
        element = self.get_element(parent)
        if element["S"] != "/Span" or not self.hangs(element):
            return False
        element["K"][:] = [kid for kid in element["K"] if not self._is_of(kid, annotation)]
        self.forget(parent)
        return True

    def _is_of(self, kid: Any, annotation: bytes) -> bool:
        return is_reference(kid) and resolve(self.pdf, kid).get("Obj") == annotation

    def _find(self, parent: int) -> int:
        return self.numbers.index(parent, 2 * len(self.pages))  # type: ignore[no-any-return]

    def hangs(self, element: Any) -> bool:
        """Whether an element of the layout is part of the document: not a running one."""
        return element.reference in self.reachable

    def nest_form(self, element: Any, parent: int) -> Any:
        """A new `Form` for the annotation of a link's `element`, which is to hold it."""
        form = pydyf.Dictionary({"Type": "/StructElem", "S": "/Form"})
        form.update(P=element.reference, Pg=element["Pg"], K=pydyf.Array(element["K"]))
        self.pdf.add_object(form)
        self.numbers[self._find(parent) + 1] = form.reference
        return form

    def adopt(self, element: Any, page: int) -> int:
        """Make a link's `element` a `Span` of marked content on `page`; the content's id."""
        contents = self.page_elements(page)
        contents.append(element.reference)
        element["S"] = "/Span"
        element["K"][:] = [len(contents) - 1]
        return len(contents) - 1

    def _reach(self, element: Any) -> Iterator[bytes]:
        """References of an element and of all those that hang on it."""
        yield element.reference
        for child in self._children(element):
            if "K" in child:
                yield from self._reach(child)

    def _children(self, element: Any) -> list[Any]:
        return [resolve(self.pdf, kid) for kid in element["K"] if is_reference(kid)]

    def make_artifacts(self, streams: list[Any]) -> None:
        """Mark as artifacts what is tagged but hangs nowhere: running headers and footers."""
        for page, stream in enumerate(streams):
            elements = self.page_elements(page)
            loose = {mcid for mcid, ref in enumerate(elements) if ref not in self.reachable}
            _untag(stream.stream, loose)
            for mcid in loose:
                elements[mcid] = "null"

    def prune(self) -> None:
        """Take out elements without content, those that this leaves without any, and those that
        only wrap lines of text or blocks."""
        self._prune(self.document)

    def _prune(self, element: Any) -> bool:
        """Prune below `element`; whether anything is left of it."""
        kept: list[Any] = []
        element.pop("Type", None)  # which it need not say
        for kid in element["K"]:
            child = resolve(self.pdf, kid) if is_reference(kid) else None
            if child is None or child.get("S") is None:
                kept.append(kid)
            elif self._prune(child):
                if self._groups(child, kept):
                    kept += self._ungroup(child, element)
                else:
                    kept += self._unwrap(child, element) if self._wraps(child, element) else [kid]
        element["K"][:] = kept
        if element["S"] == "/NonStruct" and not all(map(is_reference, kept)):
            element["S"] = "/Span"
        return bool(kept) or element["S"] in _KEPT_EMPTY

    def _wraps(self, child: Any, element: Any) -> bool:
        """Whether `child` says nothing that its parent does not say of the same contents."""
        return (
            child["S"] in _WRAPPERS
            and element["S"] in _WITH_CONTENT
            and all(not is_reference(kid) for kid in child["K"])
        )

    def _unwrap(self, child: Any, element: Any) -> list[int]:
        """The marked contents of `child`, hung on its parent."""
        contents = self.page_elements(self.pages[child["Pg"]])
        for mcid in child["K"]:
            contents[mcid] = element.reference
        return list(child["K"])

    def _groups(self, child: Any, before: list[Any]) -> bool:
        """Whether `child` is a box that says nothing: of blocks, or of a value whose label is all
        that is `before` it."""
        tags = [self._tag(kid) for kid in child["K"]]
        beside = tags == ["/Span"] and [self._tag(kid) for kid in before] == tags
        return child["S"] == "/Div" and (beside or all(tag in _BLOCKS for tag in tags))

    def _tag(self, kid: Any) -> Any:
        return resolve(self.pdf, kid).get("S") if is_reference(kid) else None

    def _ungroup(self, child: Any, element: Any) -> list[Any]:
        """What is in `child`, hung on its parent."""
        for kid in self._children(child):
            kid["P"] = element.reference
        return list(child["K"])

    def scope_headers(self) -> None:
        """Say of each header cell whether it heads a column (its row is all headers) or a row."""
        for row in self.pdf.objects:
            if isinstance(row, dict) and row.get("S") == "/TR":
                cells = self._children(row)
                scope = "/Column" if all(cell["S"] == "/TH" for cell in cells) else "/Row"
                for cell in cells:
                    # Rows and columns are found by the scope of their heads.
                    cell["A"].pop("Headers", None)
                    if cell["S"] == "/TH":
                        cell["A"]["Scope"] = scope
                        cell.pop("ID")
                    elif len(cell["A"]) == 1:
                        del cell["A"]


def _untag(operators: list[Any], loose: set[int]) -> None:
    """Turn `/Span {MCID} BDC` into `/Artifact BMC` for the ids in `loose`."""
    for index, operator in enumerate(operators):
        if operator == b"BDC" and operators[index - 1].get("MCID") in loose:
            operators[index - 2 : index + 1] = ["/Artifact", b"", b"BMC"]
