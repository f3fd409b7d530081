"""A school's folder, made whole or not at all, from what ships as examples."""

import os
import shutil
import tempfile
from pathlib import Path

from pfmp_cli.diagnostics import InputRefused, OutputRefused, Position
from pfmp_cli.output.obstacles import explain
from pfmp_cli.rules import usage_rules as rules
from pfmp_cli.shipped import shipped

NEW = "nouveau"  # what of the examples is for a school's folder alone
MADE_THERE = {"__pycache__", "documents"}  # by commands that were run in the examples


def list_files() -> dict[str, Path]:
    """Each file of a school's folder → the shipped file that it is a copy of."""
    examples = shipped("examples")
    files: dict[str, Path] = {}
    for path in sorted(path for path in examples.rglob("*") if path.is_file()):
        parts = path.relative_to(examples).parts
        if MADE_THERE.isdisjoint(parts):
            files["/".join(parts).removeprefix(f"{NEW}/")] = path
    return files | {f"schemas/{path.name}": path for path in sorted(shipped("schemas").iterdir())}


def create_folder(folder: Path) -> list[str]:
    """Make the folder and give the names of its files; nothing is left of a failure.

    Raises InputRefused where anything is in it, OutputRefused where it cannot be written.
    """
    files = list_files()
    place = Position(str(folder))
    try:
        there = sorted(path.name for path in folder.iterdir()) if os.path.lexists(folder) else []
        if there:
            names = ", ".join(f"« {name} »" for name in there[:3]) + (", …" if there[3:] else "")
            raise InputRefused([rules.FOLDER_NOT_EMPTY.at(place, folder=folder, names=names)])
        _build(folder.resolve(), files)
    except OSError as exception:
        refused = isinstance(exception, PermissionError)
        reason = "refusé par le système" if refused else explain(exception)
        raise OutputRefused([rules.FOLDER_NOT_MADE.at(place, reason=reason)]) from exception
    return list(files)


def _build(folder: Path, files: dict[str, Path]) -> None:
    """Fill a folder beside, then put it, or what it holds, in its place: an empty folder may be the
    one that a shell is in."""
    beside = Path(tempfile.mkdtemp(prefix=f".{folder.name}.", suffix=".partiel", dir=folder.parent))
    try:
        for name, source in files.items():
            target = beside / name
            target.parent.mkdir(parents=True, exist_ok=True)
            # A YAML file names its schema from where it is: a school has both in its folder.
            content = source.read_bytes().replace(b"$schema=../schemas", b"$schema=schemas")
            target.write_bytes(content)
        if folder.exists():
            for path in beside.iterdir():
                path.rename(folder / path.name)
        else:
            beside.rename(folder)
    finally:
        shutil.rmtree(beside, ignore_errors=True)
