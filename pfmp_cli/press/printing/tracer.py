"""What a pupil's values draw over the pages of a master (a sheet of tracing paper).

A class's print file holds the pages once, without their slots; each pupil's
overlays are laid on them.
"""

from __future__ import annotations

from collections.abc import Mapping

from pfmp_cli.press.merging.drawing import Typesetter
from pfmp_cli.press.merging.master import Master


class Tracer:
    """Draws overlays for one master, pupil after pupil."""

    def __init__(self, master: Master) -> None:
        self._pages = master.pages
        self._typesetter = Typesetter(master.metrics)
        self._slots = [
            (
                slot,
                self._typesetter.make_drawer(slot),
                self._typesetter.draw_blank(slot),
            )
            for slot in master.slots
        ]

    def trace(self, values: Mapping[str, str]) -> list[str]:
        """The operators over each page, in the page's coordinates; the font's name is `V`.

        A value that cannot be shown leaves its place blank, as in the pupil's own document.
        """
        pages: list[list[str]] = [[] for _ in range(self._pages)]
        for slot, draw, blank in self._slots:
            value = slot.style.text_for(values.get(slot.field, ""))
            missing = not value or self._typesetter.find_missing(value)
            content = (None if missing else draw(value)) or blank
            if content:
                for place in slot.places:
                    at = f"{place.x:.2f} {place.y:.2f}"
                    pages[place.page].append(f"q 1 0 0 1 {at} cm {content} Q")
        return ["\n".join(parts) for parts in pages]
