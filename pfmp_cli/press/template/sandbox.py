"""What Jinja lets a template do: look at data, and call what is made for templates.

A template may be anyone's. Of a dataclass it sees the fields and properties; of texts, numbers,
days and lists the methods that change nothing; of classes, functions and modules nothing.
"""

from dataclasses import fields, is_dataclass
from datetime import date
from functools import cache
from types import BuiltinMethodType, MethodType
from typing import Any

from jinja2.environment import TemplateModule
from jinja2.runtime import BlockReference, LoopContext, Macro, Undefined
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.utils import Cycler, Namespace

# Bytes, generators and all the rest have nothing that a document needs.
_SEEN = (str, int, float, date, tuple, list, dict, LoopContext, TemplateModule, Namespace, Cycler)
_CALLED = (Macro, BlockReference, LoopContext, Undefined)


class Sandbox(ImmutableSandboxedEnvironment):
    """The one environment of all templates. What may not be seen does not exist."""

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        if attr in declared_names(obj) or (type(obj) is list and attr == "append"):
            return True
        return isinstance(obj, _SEEN) and super().is_safe_attribute(obj, attr, value)

    def is_safe_callable(self, obj: Any) -> bool:
        if isinstance(obj, _CALLED) or any(obj is known for known in self.globals.values()):
            return True
        method = getattr(obj, "__wrapped__", obj)  # Jinja's own `str.format`
        bound = isinstance(method, (BuiltinMethodType, MethodType))
        return bound and isinstance(method.__self__, _SEEN)

    def unsafe_undefined(self, obj: Any, attribute: str) -> Undefined:
        return self.undefined(obj=obj, name=attribute)


def declared_names(thing: Any) -> frozenset[str]:
    """What a template finds in an object of ours."""
    return _declared(thing.__class__)


@cache
def _declared(cls: type) -> frozenset[str]:
    if not is_dataclass(cls):
        return frozenset()
    properties = {name for name in dir(cls) if isinstance(getattr(cls, name), property)}
    return frozenset(
        name for name in {field.name for field in fields(cls)} | properties if name[0] != "_"
    )
