"""The house stands: arrows between rooms go down, files make no circle, the core runs anywhere.

Every import counts: those under `TYPE_CHECKING` and those inside functions too.
"""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "pfmp_cli"

# From the top of the house down. A room (a folder of `pfmp_cli`, or a file beside them) imports
# the rooms below its own line only.
ROOMS = (
    {"__main__"},
    {"cli"},
    {"commands"},
    {"checking", "comparing", "making", "page", "watching"},
    {"output"},
    {"press"},
    {"planning"},
    {"loading"},
    {"lists"},
    {"review"},
    {"yaml_files"},
    {"calendar"},
    {"domain"},
    {"terminal"},
    {"rules"},
    {"diagnostics"},
    {"atomic", "shipped", "text"},
    {"pfmp_cli"},
)
RANKS = {room: rank for rank, rooms in enumerate(ROOMS) for room in rooms}

# What runs once a pupil, in a browser too: the standard library, and these where they are used.
CORE = ("domain", "lists", "planning", "press.merging", "press.printing")
LIBRARIES_OF_THE_CORE = {"phonenumbers", "python_calamine", "xlrd"}
ROOMS_OF_THE_CORE = {"calendar", "diagnostics", "domain", "lists", "planning", "rules", "text"}


def imports_of(path: Path) -> Iterator[str]:
    """Every name that a file imports, anywhere: `a` and `a.b` for `from a import b`."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module or ""
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def graph_of(package: Path) -> dict[str, set[str]]:
    """{module: modules of the package that it imports}"""
    files = {name_of(package, path): path for path in package.rglob("*.py")}
    return {
        module: {
            name
            for name in imports_of(path)
            if name in files and not (is_package(files[name]) and name != package.name)
        }
        - {module}
        for module, path in files.items()
    }


def is_package(path: Path) -> bool:
    return path.name == "__init__.py"


def name_of(package: Path, path: Path) -> str:
    parts = path.relative_to(package.parent).with_suffix("").parts
    return ".".join(parts).removesuffix(".__init__")


def room_of(module: str) -> str:
    """`pfmp_cli.press.merging.merge` → `press`; the package itself is a room of its own."""
    return module.split(".")[1] if "." in module else module


def climbs(graph: dict[str, set[str]]) -> list[str]:
    """The imports that do not go down."""
    return [
        f"{module} → {target}"
        for module, targets in sorted(graph.items())
        for target in sorted(targets)
        if room_of(module) != room_of(target) and RANKS[room_of(module)] >= RANKS[room_of(target)]
    ]


def circles(graph: dict[str, set[str]]) -> list[list[str]]:
    """The groups of files of which each needs all the others, itself included."""
    reached = {module: reach(module, graph) for module in graph}
    groups = {
        frozenset(other for other in reached[module] if module in reached[other])
        for module in graph
        if module in reached[module]
    }
    return sorted(sorted(group) for group in groups)


def reach(module: str, graph: dict[str, set[str]]) -> set[str]:
    found: set[str] = set()
    waiting = list(graph[module])
    while waiting:
        target = waiting.pop()
        if target not in found:
            found.add(target)
            waiting += graph[target]
    return found


def strangers(room: str) -> set[str]:
    """What the files of a room of the core import, and may not."""
    found = set()
    for path in (PACKAGE / room.replace(".", "/")).rglob("*.py"):
        for name in imports_of(path):
            first, _, rest = name.partition(".")
            if first == "pfmp_cli":
                inside = rest.split(".")[0] in ROOMS_OF_THE_CORE or rest.startswith(CORE)
                known = not rest or inside or rest == "press"
            else:
                known = first in sys.stdlib_module_names | LIBRARIES_OF_THE_CORE
            if not known:
                found.add(f"{path.name}: {name}")
    return found


def python_files() -> list[Path]:
    return [path for path in PACKAGE.rglob("*.py") if "data" not in path.parts]


def count_lines(path: Path) -> int:
    return len(path.read_text("utf-8").splitlines())


def test_every_room_has_its_place() -> None:
    assert {room_of(module) for module in graph_of(PACKAGE)} == set(RANKS)


def test_arrows_between_rooms_go_down() -> None:
    assert climbs(graph_of(PACKAGE)) == []


def test_files_make_no_circle() -> None:
    assert circles(graph_of(PACKAGE)) == []


@pytest.mark.parametrize("room", CORE)
def test_the_core_needs_what_runs_anywhere(room: str) -> None:
    assert strangers(room) == set()


def test_no_file_name_stands_twice() -> None:
    names = [path.name for path in python_files() if path.name != "__init__.py"]
    assert sorted(names) == sorted(set(names))


def test_rooms_and_files_stay_small() -> None:
    files = python_files()
    folders = {path.parent for path in files}
    rooms = [path for path in PACKAGE.iterdir() if path.is_dir() and path.name != "data"]
    lines = sum(map(count_lines, files))
    assert [str(path) for path in files if count_lines(path) > 300] == []
    assert [str(path) for path in folders if len(list(path.glob("*.py"))) > 16] == []
    assert len(list(PACKAGE.glob("*.py"))) <= 10
    assert [
        room.name for room in rooms if sum(map(count_lines, room.rglob("*.py"))) > lines / 4
    ] == []


@pytest.mark.parametrize(
    "source",
    [
        "import pfmp_cli.cli",
        "from pfmp_cli import cli",
        "from pfmp_cli.cli import main",
        "if TYPE_CHECKING:\n    from pfmp_cli.cli import main",
        "def f():\n    from pfmp_cli.cli import main",
    ],
)
def test_a_climb_is_seen_however_it_is_written(tmp_path: Path, source: str) -> None:
    graph = graph_of(make_package(tmp_path, {"cli": "", "loading": source}))
    assert climbs(graph) == ["pfmp_cli.loading → pfmp_cli.cli"]


def test_a_circle_is_seen_through_a_late_import(tmp_path: Path) -> None:
    late = "def f():\n    from pfmp_cli import loading"
    graph = graph_of(make_package(tmp_path, {"loading": "import pfmp_cli.text", "text": late}))
    assert circles(graph) == [["pfmp_cli.loading", "pfmp_cli.text"]]


def make_package(folder: Path, files: dict[str, str]) -> Path:
    package = folder / "pfmp_cli"
    package.mkdir()
    for name, text in {"__init__": "", **files}.items():
        (package / f"{name}.py").write_text(text, encoding="utf-8")
    return package


def test_what_typer_keeps_to_itself_is_used_in_one_file() -> None:
    users = [path.name for path in PACKAGE.rglob("*.py") if "typer._" in path.read_text("utf-8")]

    assert users == ["usage.py"]
