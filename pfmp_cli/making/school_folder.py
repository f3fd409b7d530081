"""A school's folder, made whole or not at all, from what ships as examples."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

from pfmp_cli.diagnostics import Diagnostic, InputRefused, OutputRefused, Position, error
from pfmp_cli.output.obstacles import explain
from pfmp_cli.shipped import shipped

# Folders of the examples that have a place of their own; everything else keeps its own.
CI, NOUVEAU = "ci", "nouveau"
MADE_THERE = {"__pycache__", "documents"}  # by commands that were run in the examples
# They would be at work in our own repository, were they shipped under these names.
_POINTES = ("gitignore", "editorconfig", "vscode")
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
    return "/".join([f".{rest[0]}" if rest[0] in _POINTES else rest[0], *rest[1:]])


def create_folder(folder: Path) -> list[str]:
    """Make the folder and give the names of its files; nothing is left of a failure.

    Raises InputRefused where anything is in the way, OutputRefused where it cannot be written.
    """
    if folder.exists() or folder.is_symlink():
        _check_empty(folder)
    elif not folder.parent.is_dir():
        raise _refuse(f"le dossier « {folder.parent} » n'existe pas", folder.parent,
                      "créez-le d'abord, ou choisissez un autre endroit")  # fmt: skip
    files = list_files()
    try:
        _build(folder.resolve(), files)
    except OSError as exception:
        raise OutputRefused([_diagnose(exception, folder)]) from exception
    return list(files)


def _diagnose(exception: OSError, folder: Path) -> Diagnostic:
    refused = isinstance(exception, PermissionError)
    reason = "refusé par le système" if refused else explain(exception)
    return error(f"le dossier ne peut pas être créé : {reason}", Position(str(folder)),
                 "rien n'est écrit ; vérifiez vos droits, et la place sur le disque")  # fmt: skip


def _check_empty(folder: Path) -> None:
    if not folder.is_dir():
        raise _refuse(f"« {folder} » existe déjà, et n'est pas un dossier", folder,
                      "choisissez un autre nom ; rien n'a été touché")  # fmt: skip
    try:
        there = sorted(path.name for path in folder.iterdir())
    except OSError:
        raise _refuse(f"le dossier « {folder} » ne peut pas être lu", folder,
                      "vérifiez vos droits, ou choisissez un autre nom") from None  # fmt: skip
    if there:
        named = ", ".join(f"« {name} »" for name in there[:3]) + (", …" if there[3:] else "")
        raise _refuse(f"le dossier « {folder} » n'est pas vide : {named}", folder,
                      "choisissez un dossier vide ou un nouveau nom ; rien n'a été "
                      "touché")  # fmt: skip


def _refuse(message: str, folder: Path, help: str) -> InputRefused:
    return InputRefused([error(message, Position(str(folder)), help)])


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
        for path in _entries(source):
            target = folder / path.name
            if os.path.lexists(target):
                raise FileExistsError(None, f"« {path.name} » vient d'apparaître", str(target))
            path.rename(target)
            moved.append(target)
    except BaseException:
        for path in moved:
            shutil.rmtree(path) if path.is_dir() else path.unlink()
        raise


def _entries(folder: Path) -> Iterator[Path]:
    yield from sorted(folder.iterdir())
