"""The nouns of the domain as plain data and back, without what checks them in YAML."""

from collections.abc import Callable
from dataclasses import fields, is_dataclass
from datetime import date
from enum import Enum
from functools import cache, partial
from pathlib import Path
from types import UnionType
from typing import Any, TypeVar, Union, cast, get_args, get_origin, get_type_hints

T = TypeVar("T")


def to_plain(value: Any) -> Any:
    """What JSON can write; of a noun, the keys that are not as they would be without."""
    if is_dataclass(value):
        known = ((field, getattr(value, field.name)) for field in fields(value))
        return {field.name: to_plain(said) for field, said in known if said != field.default}
    if isinstance(value, dict):
        return {name: to_plain(said) for name, said in value.items()}
    if isinstance(value, tuple | list):
        return [to_plain(said) for said in value]
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, Path):
        return str(value)
    return value.isoformat() if isinstance(value, date) else value


def from_plain(hint: type[T], data: Any) -> T:
    """The noun that `to_plain` wrote. Raises TypeError, KeyError, ValueError or
    AttributeError for other data."""
    build: Callable[[Any], T] = _builder(cast(Any, hint))
    return build(data)


@cache
def _builder(hint: Any) -> Callable[[Any], Any]:
    origin, inner = get_origin(hint), get_args(hint)
    if isinstance(hint, type) and is_dataclass(hint):
        hints = get_type_hints(hint)
        return lambda data: hint(**{name: _builder(hints[name])(data[name]) for name in data})
    if origin in (Union, UnionType):
        return lambda data: None if data is None else _builder(inner[0])(data)
    if origin is tuple and inner[-1] is Ellipsis:
        return lambda data: tuple(map(_builder(inner[0]), data))
    if origin is tuple:
        return lambda data: tuple(
            _builder(one)(said) for one, said in zip(inner, data, strict=True)
        )
    if origin is dict:
        return lambda data: dict(zip(data, map(_builder(inner[1]), data.values()), strict=True))
    if isinstance(hint, type) and issubclass(hint, Enum | Path):
        return hint
    return date.fromisoformat if hint is date else partial(_check, hint)


def _check(hint: Any, data: Any) -> Any:
    if hint is float and isinstance(data, int):
        return float(data)
    if isinstance(hint, type) and not isinstance(data, hint):
        raise TypeError(hint.__name__)
    return data
