"""A file that is written alone, where the user says: a blank document, a text."""

import os
from collections.abc import Sequence
from pathlib import Path

from pfmp_cli.atomic import write_atomically
from pfmp_cli.output.obstacles import Obstacle, check_replaceable, told
from pfmp_cli.rules.output_rules import FILE_IN_THE_WAY


def write_blank(target: Path | None, name: str, parts: Sequence[bytes]) -> Path:
    """Write one document where `target` says (a file, a folder, or here) and give its path.

    Raises OutputRefused.
    """
    path = Path(name) if target is None else target
    if path.is_dir():
        path = path / name
    with told(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        if os.path.lexists(path):
            check_replaceable(path)
        write_atomically(path, parts)
    return path


def write_marked(path: Path, content: bytes, mark: bytes = b"") -> Path:
    """Write a file, in place of an older one of ours at the most, and give its path.

    Ours has the `mark` where `content` has it, counted from the start or from the end.

    Raises OutputRefused.
    """
    with told(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        ours = mark and path.is_file() and _is_ours(path.read_bytes(), content, mark)
        if os.path.lexists(path) and not ours:
            raise Obstacle(FILE_IN_THE_WAY)
        write_atomically(path, [content])
    return path


def _is_ours(old: bytes, content: bytes, mark: bytes) -> bool:
    place = content.rindex(mark)
    return old.startswith(mark, place) or old.startswith(mark, len(old) + place - len(content))
