"""A school's folder, made whole or not at all, from what ships as examples."""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path

from pfmp_cli.diagnostics import InputRefused, OutputRefused, Position, Rule
from pfmp_cli.output.obstacles import explain
from pfmp_cli.rules import usage_rules as rules
from pfmp_cli.shipped import shipped

# Folders of the examples that have a place of their own; everything else keeps its own.
CI, NOUVEAU = "ci", "nouveau"
MADE_THERE = {"__pycache__", "documents"}  # by commands that were run in the examples
# They would be at work in our own repository, were they shipped under these names.
_DOTTED = ("gitignore", "editorconfig", "vscode")
_CI = {"github.yml": ".github/workflows/pfmp.yml", "gitlab-ci.yml": ".gitlab-ci.yml"}


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

    Raises InputRefused where anything is in the way, OutputRefused where it cannot be written.
    """
    if folder.exists() or folder.is_symlink():
        _check_empty(folder)
    elif not folder.parent.is_dir():
        raise _refuse(rules.NO_PARENT, folder.parent)
    files = list_files()
    try:
        _build(folder.resolve(), files)
    except OSError as exception:
        refused = isinstance(exception, PermissionError)
        reason = "refusé par le système" if refused else explain(exception)
        told = rules.FOLDER_NOT_MADE.at(Position(str(folder)), reason=reason)
        raise OutputRefused([told]) from exception
    return list(files)


def _check_empty(folder: Path) -> None:
    if not folder.is_dir():
        raise _refuse(rules.NOT_A_FOLDER, folder)
    try:
        there = sorted(path.name for path in folder.iterdir())
    except OSError:
        raise _refuse(rules.UNREADABLE_FOLDER, folder) from None
    if there:
        names = ", ".join(f"« {name} »" for name in there[:3]) + (", …" if there[3:] else "")
        raise _refuse(rules.FOLDER_NOT_EMPTY, folder, names=names)


def _refuse(rule: Rule, folder: Path, **values: str) -> InputRefused:
    return InputRefused([rule.at(Position(str(folder)), folder=folder, **values)])


def _build(folder: Path, files: dict[str, Path]) -> None:
    """Fill a folder beside, then put it, or what it holds, in its place."""
    beside = Path(tempfile.mkdtemp(prefix=f".{folder.name}.", suffix=".partiel", dir=folder.parent))
    try:
        for name, source in files.items():
            target = beside / name
            target.parent.mkdir(parents=True, exist_ok=True)
            # A YAML file names its schema from where it is: a school has both in its folder.
            target.write_bytes(
                source.read_bytes().replace(b"$schema=../schemas", b"$schema=schemas")
            )
        if folder.exists():
            _move(beside, folder)
        else:
            beside.rename(folder)
    finally:
        shutil.rmtree(beside, ignore_errors=True)


def _move(source: Path, folder: Path) -> None:
    """Everything into an empty folder, which may be the one that a shell is in."""
    moved: list[Path] = []
    try:
        for path in sorted(source.iterdir()):
            target = folder / path.name
            if os.path.lexists(target):
                raise FileExistsError(None, f"« {path.name} » vient d'apparaître", str(target))
            path.rename(target)
            moved.append(target)
    except BaseException:
        for path in moved:
            shutil.rmtree(path) if path.is_dir() else path.unlink()
        raise
