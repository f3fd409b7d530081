"""A code that a scanner reads: QR Code, version 1-M, mask 0 (ISO/IEC 18004).

A symbol depends on the bits of its text by exclusive or alone. So what each bit changes is
worked out once, and a symbol is made by putting these together: a few microseconds a pupil.
A symbol is one number, a bit a module, row by row from the top, 1 for black.
"""

from collections.abc import Iterator
from functools import cache

SIDE = 21  # modules
_LONGEST = 20  # characters of a text
_ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"
_DATA, _CHECK = 16, 10  # codewords
_BITS = 8 * _DATA
_FORMAT = 0b101010000010010  # level M and mask 0, protected and masked as in annex C
_FIELD = 0x11D  # the polynomial of the field that the check words are worked out in


def draw_code(text: str, size: float) -> str | None:
    """The PDF operators for a code `size` points wide, its lower left corner at the origin; None
    for a text that is too long, or of other characters."""
    if len(text) > _LONGEST or not set(text) <= set(_ALPHABET):
        return None
    rows = "".join(f"{row << 3:06x}" for row in _rows(_make_symbol(text)))
    image = f"BI /W {SIDE} /H {SIDE} /IM true /D [1 0] /F /AHx ID {rows}> EI"
    return f"q 0 g {size:.2f} 0 0 {size:.2f} 0 0 cm {image} Q"


def _rows(symbol: int) -> Iterator[int]:
    for row in reversed(range(SIDE)):
        yield symbol >> row * SIDE & (1 << SIDE) - 1


def _make_symbol(text: str) -> int:
    symbol, changes = _work_out_changes()
    data = _encode(text)
    for bit, change in enumerate(changes):
        if data >> bit & 1:
            symbol ^= change
    return symbol


def _encode(text: str) -> int:
    """The bits of the data: two characters in eleven bits, then filled up as the norm says."""
    values = [_ALPHABET.index(char) for char in text]
    data, length = 0b0010 << 9 | len(values), 13
    for first, *second in (values[n : n + 2] for n in range(0, len(values), 2)):
        width, value = (11, first * 45 + second[0]) if second else (6, first)
        data, length = data << width | value, length + width
    end = min(length + 4, _BITS)
    end += -end % 8
    data <<= end - length
    for number in range((_BITS - end) // 8):
        data = data << 8 | (0x11 if number % 2 else 0xEC)
    return data


@cache
def _work_out_changes() -> tuple[int, list[int]]:
    """The symbol of data that is all zeros, and what each bit of the data changes in it, the
    last bit first."""
    fixed, path = _lay_out()
    mask = sum(1 << place for place in path if sum(divmod(place, SIDE)) % 2 == 0)
    changes = []
    for bit in range(_BITS):
        data = (1 << bit).to_bytes(_DATA, "big")
        words = int.from_bytes(data + _work_out_check(data), "big")
        changes.append(sum(1 << place for n, place in enumerate(reversed(path)) if words >> n & 1))
    return fixed ^ mask, changes


def _work_out_check(data: bytes) -> bytes:
    """The check words: what is left of the data divided by the generator (Reed and Solomon)."""
    generator = [1]
    power = 1
    for _ in range(_CHECK):
        shifted = [0, *(_multiply(one, power) for one in generator)]
        generator = [a ^ b for a, b in zip([*generator, 0], shifted, strict=True)]
        power = _multiply(power, 2)
    rest = [*data, *bytes(_CHECK)]
    for place in range(_DATA):
        factor = rest[place]
        for n, one in enumerate(generator):
            rest[place + n] ^= _multiply(one, factor)
    return bytes(rest[-_CHECK:])


def _multiply(a: int, b: int) -> int:
    product = 0
    while b:
        product ^= a if b & 1 else 0
        a <<= 1
        a ^= _FIELD if a & 0x100 else 0
        b >>= 1
    return product


def _lay_out() -> tuple[int, list[int]]:
    """The black modules that all symbols have, and the places of the data's bits in their order.

    A place is the number of its bit in the symbol.
    """
    modules: dict[tuple[int, int], bool] = {}
    for top, left in ((0, 0), (0, SIDE - 7), (SIDE - 7, 0)):
        for row in range(-1, 8):
            for column in range(-1, 8):
                ring = max(abs(row - 3), abs(column - 3))
                modules[top + row, left + column] = ring not in (2, 4)
    for n in range(8, SIDE - 8):
        modules[6, n] = modules[n, 6] = n % 2 == 0
    # Around the upper left corner, the last bit first; then along the two others.
    around = [(row, 8) for row in (0, 1, 2, 3, 4, 5, 7, 8)]
    around += [(8, column) for column in (7, 5, 4, 3, 2, 1, 0)]
    beside = [(8, SIDE - 1 - n) for n in range(8)] + [(SIDE - 7 + n, 8) for n in range(7)]
    for n, (first, second) in enumerate(zip(around, beside, strict=True)):
        modules[first] = modules[second] = bool(_FORMAT >> n & 1)
    modules[SIDE - 8, 8] = True
    # The margins of the eyes, of which some are outside, are white.
    fixed = sum(1 << _place(*module) for module, black in modules.items() if black)
    return fixed, [_place(*module) for module in _snake() if module not in modules]


def _snake() -> Iterator[tuple[int, int]]:
    """Two columns at a time from the right, up and down in turn, past the dotted column."""
    for turn, right in enumerate((20, 18, 16, 14, 12, 10, 8, 5, 3, 1)):
        for row in range(SIDE) if turn % 2 else reversed(range(SIDE)):
            yield from ((row, right), (row, right - 1))


def _place(row: int, column: int) -> int:
    return (SIDE - 1 - row) * SIDE + SIDE - 1 - column
