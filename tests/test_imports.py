"""Imports run one way: what is below knows nothing of what is above."""

import ast
from collections.abc import Iterator
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "pfmp_cli"

# From the foundations up. A unit (a package of `pfmp_cli`, or a module beside them) imports those
# of the lines below its own, never one of its own line or above.
LAYERS = (
    {"pfmp_cli", "diagnostics", "filenames", "progression", "redites", "shipped", "valeurs"},
    {"atomic", "console", "usage"},
    {"inputs"},
    {"autres", "editions"},
    {"plan"},
    {"press"},
    {"choix", "comparaison", "output", "reperes"},
    {"loading", "nouveau"},
    {"versions"},
    {"production"},
    {"controle", "watching"},
    {"commands"},
    {"cli"},
    {"__main__"},
)
RANKS = {unit: rank for rank, units in enumerate(LAYERS) for unit in units}


def is_type_checking(node: ast.AST) -> bool:
    return isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test)


def imports_of(node: ast.AST, at_start: bool) -> Iterator[ast.Import | ast.ImportFrom]:
    """The imports that run; with `at_start`, those that run when the module is loaded."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.Import | ast.ImportFrom):
            yield child
        function = isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda)
        if not is_type_checking(child) and not (at_start and function):
            yield from imports_of(child, at_start)


def targets(node: ast.Import | ast.ImportFrom, modules: set[str]) -> set[str]:
    if isinstance(node, ast.Import):
        return {alias.name for alias in node.names} & modules
    inside = {f"{node.module}.{alias.name}" for alias in node.names}
    return inside & modules or {node.module or ""} & modules


def graph_of(package: Path, at_start: bool) -> dict[str, set[str]]:
    """{module: modules of the package that it imports}"""
    files = {name_of(package, path): path for path in package.rglob("*.py")}
    return {
        module: {
            target
            for node in imports_of(ast.parse(path.read_text("utf-8")), at_start)
            for target in targets(node, set(files))
        }
        for module, path in files.items()
    }


def name_of(package: Path, path: Path) -> str:
    parts = path.relative_to(package.parent).with_suffix("").parts
    return ".".join(parts).removesuffix(".__init__")


def unit_of(module: str) -> str:
    """`pfmp_cli.press.merge` → `press`; the package itself is a unit of its own."""
    return module.split(".")[1] if "." in module else module


def climbs(graph: dict[str, set[str]]) -> list[str]:
    return [
        f"{module} → {target}"
        for module, aims in sorted(graph.items())
        for target in sorted(aims)
        if unit_of(module) != unit_of(target) and RANKS[unit_of(module)] <= RANKS[unit_of(target)]
    ]


def test_every_module_has_its_layer() -> None:
    units = {unit_of(module) for module in graph_of(PACKAGE, at_start=True)}
    assert units <= set(RANKS), "say in LAYERS what the new ones may import"


def test_no_import_climbs_not_even_from_inside_a_function() -> None:
    assert climbs(graph_of(PACKAGE, at_start=False)) == []


def test_no_module_needs_itself_to_be_loaded() -> None:
    TopologicalSorter(graph_of(PACKAGE, at_start=True)).prepare()  # raises CycleError


@pytest.mark.parametrize(
    ("source", "at_start"),
    [
        ("import pfmp_cli.cli", True),
        ("from pfmp_cli import cli", True),
        ("from pfmp_cli.cli import main", True),
        ("if True:\n    from pfmp_cli import cli", True),
        ("def f():\n    from pfmp_cli.cli import main", False),
    ],
)
def test_a_climb_is_seen_however_it_is_written(tmp_path: Path, source: str, at_start: bool) -> None:
    assert climbs(graph_of(made(tmp_path, source), at_start)) == ["pfmp_cli.plan → pfmp_cli.cli"]


@pytest.mark.parametrize(
    "source",
    [
        "if TYPE_CHECKING:\n    from pfmp_cli.cli import main",
        "def f():\n    from pfmp_cli.cli import main",
        "import pathlib",
    ],
)
def test_what_does_not_run_at_start_is_no_import_at_start(tmp_path: Path, source: str) -> None:
    assert climbs(graph_of(made(tmp_path, source), at_start=True)) == []


def made(folder: Path, source: str) -> Path:
    package = folder / "pfmp_cli"
    package.mkdir()
    for name, text in (("__init__", ""), ("cli", ""), ("plan", source)):
        (package / f"{name}.py").write_text(text, encoding="utf-8")
    return package
