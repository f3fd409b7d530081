"""How a noun is written: a frozen dataclass, whose keys say in French what they are for."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, TypeVar, dataclass_transform

T = TypeVar("T")
Texts = tuple[str, ...]
_CONFIG = {
    "extra": "forbid",
    "coerce_numbers_to_str": True,  # `code: 1` is the text that was typed
    "str_strip_whitespace": True,
    "str_min_length": 1,
}


def key(title: str, text: str = "", **more: Any) -> Any:
    """A key of a YAML file; `more` are limits of its value (`ge`, `min_length`…) and `examples`."""
    return field(metadata=_said(title, text, more))


def optional(title: str, text: str = "", default: Any = None, **more: Any) -> Any:
    """A key that may be left out; `dict` as its default is an empty one."""
    made = {"default_factory": dict} if default is dict else {"default": default}
    return field(**made, metadata=_said(title, text, more))


def _said(title: str, text: str, more: dict[str, Any]) -> dict[str, Any]:
    return {"title": title, **({"description": text} if text else {}), **more}


@dataclass_transform(frozen_default=True, kw_only_default=True, field_specifiers=(key,))
def model(title: str, text: str = "") -> Callable[[type[T]], type[T]]:
    """A group of keys, called so in French.

    What checks it (pydantic, in `yaml_files`) finds its rules in the fields' metadata and in
    `__pydantic_config__`; nothing of it is imported here.
    """

    def make(cls: type[T]) -> type[T]:
        said = {"title": title, "json_schema_extra": {"description": text}}
        cls.__doc__ = title  # else a signature is worked out for it, as slowly as all the rest
        cls.__pydantic_config__ = {**_CONFIG, **said}  # type: ignore[attr-defined]
        return dataclass(frozen=True, kw_only=True, repr=False)(cls)

    return make
