"""What a place has no room for: it goes on in a note, in the margin of the same page.

The slot of the value draws its note too, so that it is read right behind what it continues,
and a master has nothing more in it. Notes are read with the sheet turned, its foot to the left;
those of a page follow each other.
"""

from pfmp_cli.press.merging.drawing import Typesetter
from pfmp_cli.press.merging.fitting import PACKED
from pfmp_cli.press.merging.master import Slot

_Written = tuple[int, str]  # lines of a margin that are full, and what stands on the next


class Notes:
    """The notes of one document: how many there are, and what each page has of them."""

    def __init__(self, typesetter: Typesetter) -> None:
        self._typesetter = typesetter
        self._count = 0
        self._written: dict[int, _Written] = {}

    def draw(self, slot: Slot, text: str) -> str | None:
        """The operators of a text that `slot` has no room for; None where the margin has none."""
        if slot.style.page:  # a code is no text
            return None
        margin, pages = slot.margin, {place.page for place in slot.places}
        mark = f"({self._count + 1})"
        shown, rest = self._typesetter.draw_start(slot, text, f"… {mark}")
        # A slot of several pages has its note at the same height on all of them.
        full, before = max(
            (self._written.get(page, (0, "")) for page in pages),
            key=lambda written: (written[0], self._typesetter.measure(written[1])),
        )
        note = f"{before} {mark} …{rest}".strip()
        lines = self._typesetter.break_note(note, margin.length)
        if full + len(lines) > margin.lines:
            return None
        self._count += 1
        self._written |= dict.fromkeys(pages, (full + len(lines) - 1, lines[-1]))
        x = margin.x + (full + 0.75) * PACKED
        return f"{shown} {self._typesetter.draw_upwards(lines, before, x, margin.y)}"
