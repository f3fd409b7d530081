"""What pages draw, written shorter: the same ink in two thirds of the bytes. Edges of one colour
that touch are one rule."""

import re
import zlib
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

import pydyf

_COLOR = rb"(\S+ \S+ \S+ rg\n)"
_BOX = rb"\S+ \S+ \S+ \S+ re\n"
_FILL = re.compile(
    rb"q\n(%b)W\nn\n/Artifact\nBMC\nq\n(?:/a1\.0 gs\n)?%b?\1W\nn\n\1f\nQ\nEMC\nQ\n" % (_BOX, _COLOR)
)
_FILLS = re.compile(rb"^(?:%b)?%bf\n(?:\1?%bf\n)+" % (_COLOR, _BOX, _BOX), re.MULTILINE)
_OPAQUE = re.compile(rb"/[aA]1(?:\.0)? gs\n")
_NUMBERS = re.compile(rb"^[-\d. ]+ (?:re|m|l|c|rg|RG|w|Tm)$", re.MULTILINE)
_NUMBER = re.compile(rb"-?\d+\.\d*")  # `600.` for what sums up to nearly 600
_GLYPHS, _SPECIAL = re.compile(rb"<([0-9a-f]+)>"), re.compile(rb"[\\()]")
_TEXT = re.compile(rb"^\[<.*\] TJ$", re.MULTILINE)


def shorten(content: bytes) -> bytes:
    """The operators of a page, shorter."""
    content = content.replace(b"/Artifact\n\nBMC\n", b"/Artifact\nBMC\n")
    content = _FILL.sub(rb"/Artifact\nBMC\n\2\1f\nEMC\n", content)
    if b" gs\n" not in (opaque := _OPAQUE.sub(b"", content)):
        content = opaque
    content = content.replace(b"/Artifact\nBMC\nEMC\n", b"").replace(b"EMC\n/Artifact\nBMC\n", b"")
    content = _FILLS.sub(_draw_fills, content)
    content = _NUMBERS.sub(lambda line: _NUMBER.sub(_round, line[0]), content)
    return _TEXT.sub(_draw_text, content)


def shorten_pages(pdf: Any, pages: list[Any], streams: list[Any]) -> None:
    """Shorten what `pages` draw. What two of them have in common but for their heads and feet (a
    grid of either period) is a content of its own, which both show."""
    bodies: dict[bytes, list[int]] = defaultdict(list)
    for number, stream in enumerate(streams):
        content = shorten(read(stream))
        last = content.rfind(b"/Span\n<</MCID")
        cut = content.find(b"EMC\n", last) + 4 if last >= 0 else 0
        stream.stream = [content[:cut], content[cut:]]
        bodies[content[:cut]].append(number)
    for body, numbers in bodies.items():
        if body and len(numbers) > 1:
            pdf.add_object(shared := pydyf.Stream([body], compress=True))
            for number in numbers:
                del streams[number].stream[0]
                both = [shared.reference, streams[number].reference]
                pages[number]["Contents"] = pydyf.Array(both)


def pack_streams(things: Iterable[Any]) -> None:
    """Pack streams here: pydyf packs each twice, once to write it and once to hash it."""
    for thing in things:
        if getattr(thing, "compress", False):
            thing.compress = False
            packed = zlib.compress(read(thing), 9)
            thing.extra["Filter"], thing.stream = "/FlateDecode", [packed]


def _separate(write: Any) -> property:
    """A stream as `write` writes it, with an end of line that its last byte is not taken for."""

    def write_apart(stream: Any) -> bytes:
        written: bytes = write(stream)
        content = written.removesuffix(b"\nendstream")
        return content + b"\r\nendstream" if content.endswith(b"\r") else written

    return property(write_apart)


# Where pydyf ends a stream with `\n` and its last byte is `\r`, checkers find it one byte short.
pydyf.Stream.data = _separate(pydyf.Stream.data.fget)


def read(stream: Any) -> bytes:
    """What a stream of pydyf's that is not packed holds."""
    stream.compress, compress = False, stream.compress
    _, _, body = stream.data.partition(b"\nstream\n")
    stream.compress = compress
    return bytes(body.removesuffix(b"\nendstream"))


def _draw_fills(found: re.Match[bytes]) -> bytes:
    """Boxes of one colour, one after the other: those that continue each other are one."""
    lying: dict[tuple[float, float], list[tuple[float, float]]] = defaultdict(list)
    standing: dict[tuple[float, float], list[tuple[float, float]]] = defaultdict(list)
    for box in re.findall(rb"(\S+) (\S+) (\S+) (\S+) re", found[0]):
        x, y, width, height = (round(float(number), 3) for number in box)
        if width >= height:
            lying[y, height].append((x, x + width))
        else:
            standing[x, width].append((y, y + height))
    boxes = [_box(a, y, b - a, h) for (y, h), spans in lying.items() for a, b in _join(spans)]
    boxes += [_box(x, a, w, b - a) for (x, w), spans in standing.items() for a, b in _join(spans)]
    return b"%b%bf\n" % (found[1] or b"", b"".join(boxes))


def _draw_text(found: re.Match[bytes]) -> bytes:
    """Glyphs with nothing to move between them are one string, by their bytes."""
    return _GLYPHS.sub(_write_glyphs, found[0].replace(b">0<", b"").replace(b">0]", b">]"))


def _join(spans: list[tuple[float, float]]) -> Iterator[tuple[float, float]]:
    """Spans that touch, as one."""
    start, end = min(spans)
    for a, b in sorted(spans):
        if a > end + 0.01:
            yield start, end
            start = a
        end = max(end, b)
    yield start, end


def _box(x: float, y: float, width: float, height: float) -> bytes:
    return b"%.6f %.6f %.6f %.6f re\n" % (x, y, width, height)


def _round(found: re.Match[bytes]) -> bytes:
    """A number, to what no printer shows."""
    number = float(found[0]) or 0.0  # which -0 is
    if number and not 1e-4 <= abs(number) < 1e5:  # where digits alone would be an exponent
        return found[0]
    return b"%.*g" % (6 if abs(number) >= 1000 else 5, number)


def _write_glyphs(found: re.Match[bytes]) -> bytes:
    """A string of glyphs by their bytes, not by their digits."""
    glyphs = bytes.fromhex(found[1].decode("ascii"))
    return b"(%b)" % _SPECIAL.sub(rb"\\\g<0>", glyphs).replace(b"\r", rb"\r")
