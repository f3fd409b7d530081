"""Files damaged at random, the same way for the same number; and a limit on how long one takes."""

from __future__ import annotations

import io
import random
import signal
import sys
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager

SECONDS = 20  # of one reading: a hang, not a slow machine
TOKENS = (
    *(b"", b"\x00", b"\r", b"\n", b"\t", b";", b",", b'"', b"'", b"=", b"<", b">", b"&", b"/"),
    *(b"..", b"../", b"\\", b"-", b":", b"#", b"{", b"[", b"|", b"*a", b"&a", b"!", b"%", b"?"),
    *(b"0", b"1", b"9" * 25, b"-1", b"31/02/2009", b"2009-13-40", b"\xff", b"\xef\xbb\xbf"),
    *("é".encode(), "é".encode("cp1252"), "Ễ".encode(), "\u202e".encode(), b"\xed\xa0\x80"),
    *(b"CON", b"oui", b"true", b"nom", b"prenom", b"&#0;", b"&#x10FFFF;", b"]]>", b"<!--"),
)


class Hang(BaseException):
    """Not an `Exception`: no reader can take it for something that it knows."""


@contextmanager
def limited() -> Iterator[None]:
    """Raise Hang in what takes longer than `SECONDS`, where the system has alarms."""
    if sys.platform == "win32":
        yield
        return

    def stop(_number: int, _frame: object) -> None:
        raise Hang

    before = signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, SECONDS)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def mutate(content: bytes, seed: str) -> bytes:
    """`content` damaged; a zip mostly in the files that it holds."""
    chance = random.Random(seed)
    if content.startswith(b"PK") and chance.random() < 0.7:
        return _mutate_members(content, chance)
    return _mutate_bytes(content, chance)


def _mutate_members(content: bytes, chance: random.Random) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(target, "w") as new:
        chosen = set(chance.sample(old.namelist(), chance.randint(1, len(old.namelist()))))
        for name in old.namelist():
            data = old.read(name)
            new.writestr(name, _mutate_bytes(data, chance) if name in chosen else data)
    return target.getvalue()


def _mutate_bytes(content: bytes, chance: random.Random) -> bytes:
    for _ in range(chance.choice((1, 1, 2, 3, 8))):
        content = chance.choice((_replace, _replace, _replace, _move_line, _repeat, _cut))(
            content, chance
        )
    return content


def _replace(content: bytes, chance: random.Random) -> bytes:
    """A few bytes gone, something else in their place."""
    start = chance.randint(0, len(content))
    token = chance.choice((*TOKENS, chance.randbytes(chance.randint(1, 6))))
    return content[:start] + token + content[start + chance.choice((0, 0, 1, 1, 2, 5, 40)) :]


def _move_line(content: bytes, chance: random.Random) -> bytes:
    lines = content.splitlines(keepends=True)
    if len(lines) < 2:
        return content
    line = lines.pop(chance.randrange(len(lines)))
    lines.insert(chance.randint(0, len(lines)), line)
    return b"".join(lines)


def _repeat(content: bytes, chance: random.Random) -> bytes:
    """A piece of it once more, or many times."""
    start = chance.randint(0, len(content))
    piece = content[start : start + chance.choice((1, 3, 20, 200))]
    return content[:start] + piece * chance.choice((1, 2, 50)) + content[start:]


def _cut(content: bytes, chance: random.Random) -> bytes:
    return content[: chance.randint(0, len(content))] if chance.random() < 0.3 else content
