"""The nouns of the domain as plain data and back, without what checks them in YAML."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from datetime import date
from functools import cache
from types import UnionType
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

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
    return value.isoformat() if isinstance(value, date) else value


def from_plain(hint: type[T], data: Any) -> T:
    """The noun that `to_plain` wrote. Raises TypeError, KeyError, ValueError or
    AttributeError for other data."""
    built: T = _build(hint, data)
    return built


def _build(hint: Any, data: Any) -> Any:
    origin, inner = get_origin(hint), get_args(hint)
    if isinstance(hint, type) and is_dataclass(hint):
        hints = _hints(hint)
        return hint(**{name: _build(hints[name], said) for name, said in data.items()})
    if origin in (Union, UnionType):
        return None if data is None else _build(inner[0], data)
    if origin is tuple:
        types = [inner[0]] * len(data) if inner[-1] is Ellipsis else inner
        return tuple(_build(one, said) for one, said in zip(types, data, strict=True))
    if origin is dict:
        return {name: _build(inner[1], said) for name, said in data.items()}
    if hint is date:
        return date.fromisoformat(data)
    if isinstance(hint, type) and not isinstance(data, hint):
        raise TypeError(hint.__name__)
    return data


@cache
def _hints(noun: Any) -> dict[str, Any]:
    return get_type_hints(noun)
