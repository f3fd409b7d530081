"""A file that is written alone, where the user says: a blank document, a text."""

import os
from collections.abc import Callable, Sequence
from pathlib import Path

from pfmp_cli.atomic import write_atomically
from pfmp_cli.output.obstacles import Obstacle, check_replaceable, told
from pfmp_cli.rules.output_rules import FILE_IN_THE_WAY


def write_alone(path: Path, parts: Sequence[bytes], check: Callable[[Path], None]) -> Path:
    """Write a file, in place of one that `check` does not stop at, and give its path.

    Raises OutputRefused.
    """
    with told(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        if os.path.lexists(path):
            check(path)
        write_atomically(path, parts)
    return path


def write_blank(target: Path | None, name: str, parts: Sequence[bytes]) -> Path:
    """Write one document where `target` says: a file, a folder, or here. Raises OutputRefused."""
    path = Path(name) if target is None else target
    return write_alone(path / name if path.is_dir() else path, parts, check_replaceable)


def write_marked(path: Path, content: bytes, mark: bytes = b"") -> Path:
    """Write a file, in place of an older one of ours at the most. Raises OutputRefused.

    Ours has the `mark` where `content` has it, counted from the start or from the end.
    """

    def check(path: Path) -> None:
        old = path.read_bytes() if mark and path.is_file() else b""
        place = content.rindex(mark)
        places = (place, len(old) + place - len(content))
        if not (old and any(old.startswith(mark, one) for one in places)):
            raise Obstacle(FILE_IN_THE_WAY)

    return write_alone(path, [content], check)
