"""Plain data → the models of the domain, checked by pydantic."""

from dataclasses import is_dataclass
from functools import cache
from types import NoneType
from typing import Any, TypeVar, get_args, get_origin, get_type_hints

from pydantic import TypeAdapter

M = TypeVar("M")
# mypy takes a class for something that has no hash: hence `ignore[arg-type]` below.


@cache
def adapter(model: Any) -> TypeAdapter[Any]:
    """What checks a model."""
    return TypeAdapter(model)


def build(model: type[M], data: Any) -> M:
    """The model that the data are. Raises pydantic's ValidationError, which is a ValueError."""
    given = _without_empty(data, model)
    built: M = adapter(model).validate_python(given)  # type: ignore[arg-type]
    return built


@cache
def keys_of(model: Any) -> dict[str, Any]:
    """The keys of a model and their types."""
    return get_type_hints(model)


def model_in(hint: Any) -> type[Any] | None:
    """The one model that a type such as `dict[str, tuple[Item, ...]]` is about."""
    if isinstance(hint, type) and is_dataclass(hint):
        return hint
    return next(filter(None, map(model_in, get_args(hint))), None)


def _without_empty(data: Any, hint: Any) -> Any:
    """The data where a key without a value counts as left out."""
    inside = [one for one in get_args(hint) if one is not NoneType]
    if isinstance(data, list) and get_origin(hint) is tuple:
        return [_without_empty(item, inside[0]) for item in data]
    if isinstance(data, dict) and get_origin(hint) is dict:
        return {name: _without_empty(value, inside[1]) for name, value in data.items()}
    if isinstance(data, dict) and is_dataclass(hint):
        keys = keys_of(hint)  # type: ignore[arg-type]
        return {
            name: _without_empty(value, keys.get(name))
            for name, value in data.items()
            if value not in (None, "") or name not in keys
        }
    return _without_empty(data, inside[0]) if NoneType in get_args(hint) else data
