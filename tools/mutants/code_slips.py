"""Slips in Python: those of cosmic-ray that a person makes, and two that it has not.

Its other replacements (`+` by `<<`, `==` by `is`) are left out: they break at once, or never.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from cosmic_ray.ast import ast_nodes, get_ast
from cosmic_ray.mutating import mutate_code
from cosmic_ray.operators.operator import Operator
from cosmic_ray.plugins import get_operator
from parso.python.tree import Name

from tools.mutants.slip import Slip, make_slip, rank

PAIRS = {
    "ReplaceBinaryOperator": ("Add_Sub", "Sub_Add", "Mul_Add", "FloorDiv_Mul", "Mod_FloorDiv"),
    "ReplaceComparisonOperator": (
        *("Eq_NotEq", "NotEq_Eq", "Is_IsNot", "IsNot_Is"),
        *("Lt_LtE", "LtE_Lt", "Gt_GtE", "GtE_Gt"),
    ),
    "ReplaceUnaryOperator": ("USub_UAdd", "Delete_Not"),
}
SINGLE = (
    *("AddNot", "ReplaceTrueWithFalse", "ReplaceFalseWithTrue", "ReplaceAndWithOr"),
    *("ReplaceOrWithAnd", "ReplaceBreakWithContinue", "ReplaceContinueWithBreak"),
    *("NumberReplacer", "ZeroIterationForLoop", "ExceptionReplacer"),
)
# No test can see these: what is for the type checker, or only says that two lengths agree.
UNSEEN = ("annassign", "tfpdef", "decorator")
UNSEEN_ARGUMENTS = {"strict", "frozen", "slots", "compare", "repr", "usedforsecurity", "maxsize"}
UNSEEN_LINES = ("def ", "if TYPE_CHECKING", "assert ", "import ", "from ")
SYMMETRIC = {"max", "min", "isinstance", "issubclass"}


class SwapArguments(Operator):
    """The first two positional arguments of a call, each in the other's place."""

    def mutation_positions(self, node: Any) -> Iterator[tuple[Any, Any]]:
        if node.type == "arglist" and len(_positional(node)) > 1 and _callee(node) not in SYMMETRIC:
            yield node.start_pos, node.end_pos

    def mutate(self, node: Any, index: int) -> Any:
        first, second, *_ = _positional(node)
        children = node.children
        children[first], children[second] = children[second], children[first]
        return node

    @classmethod
    def examples(cls) -> tuple[()]:
        return ()


class DropCondition(Operator):
    """One operand of `and` or `or` less; or an `if` that always holds."""

    def mutation_positions(self, node: Any) -> Iterator[tuple[Any, Any]]:
        for _ in _conditions(node):
            yield node.start_pos, node.end_pos

    def mutate(self, node: Any, index: int) -> Any:
        place = _conditions(node)[index]
        if node.type in ("if_stmt", "comp_if"):
            node.children[place] = Name("True", node.start_pos, prefix=" ")
        else:
            del node.children[max(place - 1, 0) : max(place + 1, 2)]
        return node

    @classmethod
    def examples(cls) -> tuple[()]:
        return ()


def _positional(arglist: Any) -> list[int]:
    return [
        place
        for place, child in enumerate(arglist.children)
        if child.type not in ("argument", "operator")
    ]


def _callee(arglist: Any) -> str:
    return str(arglist.parent.get_previous_leaf() and arglist.parent.get_previous_leaf().value)


def _conditions(node: Any) -> list[int]:
    if node.type in ("and_test", "or_test"):
        return list(range(0, len(node.children), 2))
    if node.type in ("if_stmt", "comp_if"):
        words = [getattr(child, "value", "") for child in node.children]
        return [place + 1 for place, word in enumerate(words) if word in ("if", "elif")]
    return []


OPERATORS: dict[str, Operator] = {
    **{name: get_operator(f"core/{name}")() for name in SINGLE},
    **{
        f"{name}_{pair}": get_operator(f"core/{name}_{pair}")()
        for name, pairs in PAIRS.items()
        for pair in pairs
    },
    "SwapArguments": SwapArguments(),
    "DropCondition": DropCondition(),
}


@dataclass(frozen=True)
class Place:
    """Where an operator can make a slip."""

    file: str
    operator: str
    occurrence: int
    line: str
    column: int
    variant: int  # of several slips of one operator at one place


def draw_code_slips(root: Path, room: str, number: int, seed: int) -> Iterator[Slip]:
    """The first of the room's places in the seed's order, one slip a place."""
    places = list_places(root, room)
    seen = set()
    for place in sorted(places, key=lambda one: rank(seed, one.file, one.operator, *_where(one))):
        if (place.file, *_where(place)[:2]) in seen:
            continue
        seen.add((place.file, *_where(place)[:2]))
        if len(seen) > number:
            return
        before = (root / place.file).read_text("utf-8")
        after = mutate_code(before, OPERATORS[place.operator], place.occurrence)
        yield make_slip(place.file, before, after)


@cache
def list_places(root: Path, room: str) -> list[Place]:
    return [
        place
        for path in sorted((root / "pfmp_cli" / room).rglob("*.py"))
        for place in find_places(path.relative_to(root).as_posix(), path.read_text("utf-8"))
    ]


def count_places(root: Path, room: str) -> int:
    return len({(place.file, *_where(place)[:2]) for place in list_places(root, room)})


def _where(place: Place) -> tuple[str, int, int]:
    return place.line, place.column, place.variant


def find_places(file: str, source: str) -> Iterator[Place]:
    lines, tree = source.splitlines(), get_ast(source)
    nodes = list(ast_nodes(tree))
    for name, operator in OPERATORS.items():
        occurrence = 0
        for node in nodes:
            for variant, ((row, column), _) in enumerate(operator.mutation_positions(node)):
                line = lines[row - 1]
                shown = line.strip()
                if not _is_unseen(node, shown):
                    column -= len(line) - len(line.lstrip())
                    yield Place(file, name, occurrence, shown, column, variant)
                occurrence += 1


def _is_unseen(node: Any, line: str) -> bool:
    if line.startswith(UNSEEN_LINES):
        return True
    while node.parent:
        first = node.parent.children[0]
        if node.type in UNSEEN and not _is_value(node):
            return True
        if node.parent.type == "argument" and getattr(first, "value", "") in UNSEEN_ARGUMENTS:
            return True
        node = node.parent
    return False


def _is_value(node: Any) -> bool:
    """`x: int = 3` has its annotation and its value in one node: the value may be seen."""
    return bool(
        node.type == "annassign" and "=" in [getattr(c, "value", "") for c in node.children]
    )
