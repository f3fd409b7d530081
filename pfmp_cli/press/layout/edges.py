"""Edges of boxes, each drawn as the shape that it covers: WeasyPrint draws two frames and what to
clip them to, which is long to draw and to write shorter."""

from typing import Any

from weasyprint.draw.border import draw_border
from weasyprint.draw.color import get_color

_SIDES = ("top", "right", "bottom", "left")
_CORNERS = ("top_left", "top_right", "bottom_right", "bottom_left")


def draw_edges(stream: Any, box: Any) -> None:
    """What `draw_border` of WeasyPrint draws, which still draws dots and round corners."""
    style = box.style
    widths = [getattr(box, f"border_{side}_width") for side in _SIDES]
    if not any(widths) and not style["column_rule_width"]:
        return
    colors = [get_color(style, f"border_{side}_color") for side in _SIDES]
    drawn = [rank for rank in range(4) if widths[rank] and colors[rank].alpha]
    plain = all(
        style[f"border_{_SIDES[rank]}_style"] == "solid" and colors[rank].alpha == 1
        for rank in drawn
    )
    if not plain or not _is_square(box):
        draw_border(stream, box)
        return
    outer = box.border_box_x(), box.border_box_y(), box.border_width(), box.border_height()
    inner = box.padding_box_x(), box.padding_box_y(), box.padding_width(), box.padding_height()
    alike = len({colors[rank] for rank in range(4) if widths[rank]}) == 1
    with stream.artifact():
        if alike and len(drawn) == 4:
            stream.set_color(colors[0])
            stream.rectangle(*outer)
            stream.rectangle(*inner)
            stream.fill(even_odd=True)
            return
        outside, inside = _find_corners(*outer), _find_corners(*inner)
        for rank in drawn:
            stream.set_color(colors[rank])
            after = (rank + 1) % 4
            _draw(stream, (outside[rank], outside[after], inside[after], inside[rank]), alike)


def _is_square(box: Any) -> bool:
    """Whether edges are all that there is to draw, with no round corner."""
    return (
        box.style["visibility"] == "visible"
        and not box.style["column_rule_width"]
        and box.style["border_image_source"][0] == "none"
        and not any(any(getattr(box, f"border_{corner}_radius")) for corner in _CORNERS)
    )


def _find_corners(x: float, y: float, width: float, height: float) -> list[tuple[float, float]]:
    return [(x, y), (x + width, y), (x + width, y + height), (x, y + height)]


def _draw(stream: Any, points: tuple[tuple[float, float], ...], alike: bool) -> None:
    """An edge of four corners, cut where it meets one of another colour."""
    xs, ys = zip(*points, strict=True)
    if alike or len(set(xs)) == len(set(ys)) == 2:
        stream.rectangle(min(xs), min(ys), max(xs) - min(xs), max(ys) - min(ys))
    else:
        stream.move_to(*points[0])
        for point in points[1:]:
            stream.line_to(*point)
    stream.fill()
