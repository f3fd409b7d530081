"""The files that the page runs: what `session` imports, found by reading the imports."""

import ast
import re
import sys
import zipfile
from collections.abc import Iterator
from importlib.util import find_spec
from io import BytesIO
from pathlib import Path

from pfmp_cli.press.printing.archive_file import describe_member

_ROOT = Path(__file__).parent.parent.parent
_START = "pfmp_cli.page.session"
_COMPILED, _ANSWERED = "python_calamine", "holidays"
_DATA = "vacances_scolaires_france"  # whose table is read
# Modules of Python's own that nothing in the page asks for; an .xls may ask for any code page that
# Windows has, and what was DOS's in France.
_NEEDLESS = re.compile(
    r"(_pydatetime|_pydecimal|_pyio|_pyrepl|_sysconfigdata[\w-]*|argparse"
    r"|asyncio/(proactor|windows)_events|bdb|cProfile|code|compileall|concurrent/futures/process"
    r"|configparser|ctypes|curses|dbm|doctest|email|encodings/(cp(?!125|437|85[08]|874|9)\w+|hp_roman8"
    r"|koi8_.|kz1048|palmos|ptcp154|tis_620)|ensurepip|fractions|ftplib|http|idlelib|imaplib"
    r"|importlib/(metadata|resources)|ipaddress|logging/(config|handlers)|mailbox|modulefinder"
    r"|multiprocessing|optparse|pdb|pickle|pickletools|platform|plistlib|poplib|profile|profiling"
    r"|pstats|pydoc|pydoc_data|smtplib|socketserver|sqlite3|statistics|symtable|sysconfig|tarfile"
    r"|timeit|tkinter|tomllib|trace|turtle|turtledemo|unittest|urllib/request|uuid|venv|webbrowser"
    r"|wsgiref|xml/(dom|sax)|xmlrpc|zipapp|zoneinfo)(\.py|/)"
)


def find_imports(path: Path) -> Iterator[str]:
    """Every name that a file imports when it runs, late imports too: `a` and `a.b` for
    `from a import b`."""
    waiting: list[ast.AST] = [ast.parse(path.read_text("utf-8"))]
    while waiting:
        node = waiting.pop()
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module or ""
            yield from (f"{node.module}.{alias.name}" for alias in node.names)
        for_types = isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING"
        waiting += [] if for_types else ast.iter_child_nodes(node)


def find_core() -> tuple[dict[str, Path], set[str]]:
    """The modules of ours that the page runs, each with its file, and what else they import."""
    ours: dict[str, Path] = {}
    others: set[str] = set()
    waiting = {_START}
    while waiting:
        name = waiting.pop()
        path = _locate(name)
        if path and name not in ours:
            ours[name] = path
            waiting |= {name.rpartition(".")[0] or name, *find_imports(path)} - ours.keys()
        elif not path and not name.startswith("pfmp_cli"):
            others.add(name.partition(".")[0])
    return ours, others


def _locate(name: str) -> Path | None:
    stem = _ROOT.joinpath(*name.split("."))
    found = (stem / "__init__.py", stem.with_suffix(".py"))
    ours = name.partition(".")[0] == "pfmp_cli"
    return next((path for path in found if path.is_file()), None) if ours else None


def pack_core(wheel: Path, holidays: str) -> bytes:
    """An archive of all that is imported beside Python's own: `wheel` is that of calamine,
    `holidays` the source of what answers in the place of that package. The others are pure
    Python."""
    ours, others = find_core()
    files = {path.relative_to(_ROOT).as_posix(): path.read_bytes() for path in ours.values()}
    for library in {*others, _DATA} - sys.stdlib_module_names - {_COMPILED, _ANSWERED}:
        folder = _find_folder(library)
        files |= {
            path.relative_to(folder.parent).as_posix(): path.read_bytes()
            for path in folder.rglob("*")
            if path.suffix in (".py", ".csv")
        }
    with zipfile.ZipFile(wheel) as archive:
        names = [name for name in archive.namelist() if name.startswith(f"{_COMPILED}/")]
        files |= {name: archive.read(name) for name in names}
    return _pack(files | {f"{_ANSWERED}.py": holidays.encode()})


def _find_folder(library: str) -> Path:
    spec = find_spec(library)
    assert spec
    assert spec.origin
    return Path(spec.origin).parent


def trim_library(content: bytes) -> bytes:
    """Python's own library without what the page never asks for."""
    with zipfile.ZipFile(BytesIO(content)) as archive:
        kept = [
            name for name in archive.namelist() if not (_NEEDLESS.match(name) or name.endswith("/"))
        ]
        return _pack({name: archive.read(name) for name in kept})


def _pack(files: dict[str, bytes]) -> bytes:
    """A zip that is not compressed, for the page is, as a whole: same bytes for the same files."""
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as archive:
        for name in sorted(files):
            archive.writestr(describe_member(name), files[name])
    return buffer.getvalue()
