"""A school's folder, made whole or not at all, from what ships as examples."""

import os
import shutil
import tempfile
from pathlib import Path

from pfmp_cli.diagnostics import InputRefused, OutputRefused, Position
from pfmp_cli.output.obstacles import explain
from pfmp_cli.rules import usage_rules as rules
from pfmp_cli.shipped import shipped

# Folders of the examples that have a place of their own; everything else keeps its own.
CI, NOUVEAU = "ci", "nouveau"
MADE_THERE = {"__pycache__", "documents"}  # by commands that were run in the examples
# They would be at work in our own repository, were they shipped under these names.
_DOTTED = ("gitignore", "editorconfig", "vscode")
_CI = {
    "github.yml": ".github/workflows/pfmp.yml",
    "github-pages.yml": ".github/workflows/page.yml",
    "gitlab-ci.yml": ".gitlab-ci.yml",
}


def list_files() -> dict[str, Path]:
    """Each file of a school's folder → the shipped file that it is a copy of."""
    examples = shipped("examples")
    files = {
        _place(path.relative_to(examples)): path
        for path in sorted(examples.rglob("*"))
        if path.is_file() and not MADE_THERE & {*path.relative_to(examples).parts}
    }
    schemas = sorted(shipped("schemas").iterdir())
    return files | {f"schemas/{path.name}": path for path in schemas}


def _place(path: Path) -> str:
    """Where a file of the examples goes."""
    first, *rest = path.parts
    if first == CI:
        inside = "/".join(rest)
        return _CI.get(inside, f"{CI}/{inside}")
    if first != NOUVEAU:
        return path.as_posix()
    return "/".join([f".{rest[0]}" if rest[0] in _DOTTED else rest[0], *rest[1:]])


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
