"""What is left of a file whose shape is wrong in places, so that the rest can be looked at.

Only for a model that can do without any of its keys: elsewhere, what is left would contradict
itself.
"""

from __future__ import annotations

from copy import deepcopy
from typing import Any, TypeVar

from pydantic import ValidationError

from pfmp_cli.yaml_files.models import build
from pfmp_cli.yaml_files.source import Loc

M = TypeVar("M")
ROUNDS = 4


def salvage(model: type[M], data: Any) -> M | None:
    """The model without the keys that it refuses; None where it cannot do without them.

    Items of a list stay where they are, so that the places of the file still hold.
    """
    left = deepcopy({} if data is None else data)
    for _ in range(ROUNDS):
        try:
            return build(model, left)
        except ValidationError as exception:
            places = [details["loc"] for details in exception.errors(include_url=False)]
        gone: set[Loc] = set()
        for place in places:
            if not any(place[:end] in gone for end in range(len(place) + 1)):
                gone.update(_drop(left, place))
        if not gone:
            return None
    return None


def _drop(data: Any, loc: Loc) -> list[Loc]:
    """Take out the nearest key that leads to `loc`; where it was, or nothing."""
    for end in range(len(loc), 0, -1):
        parent = _get(data, loc[: end - 1])
        if isinstance(parent, dict) and loc[end - 1] in parent:
            del parent[loc[end - 1]]
            return [loc[:end]]
    return []


def _get(data: Any, loc: Loc) -> Any:
    for step in loc:
        try:
            data = data[step]
        except (LookupError, TypeError):
            return None
    return data
