"""What pydantic says of a YAML file, put into French, with the place and what to do."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any, TypeVar, get_args

from pydantic import BaseModel, ValidationError

from pfmp_cli.diagnostics import Diagnostic, InputRefused, error, line_and_column
from pfmp_cli.text import LONGEST_QUOTE, suggest

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

    from pfmp_cli.yaml_files.source import Loc, YamlSource

M = TypeVar("M", bound=BaseModel)


class ValueRefused(ValueError):
    """Raised by a validator: the French message, and what to do about it."""

    def __init__(self, message: str, help: str | None = None) -> None:
        super().__init__(message)
        self.help = help


def validate(modele: type[M], source: YamlSource) -> M:
    """The model read from the file; an empty file is a mapping without keys.

    Raises InputRefused with all the problems of keys, values and shape, in the file's order.
    """
    problems = list(source.problems)
    try:
        found = modele.model_validate({} if source.data is None else source.data)
    except ValidationError as exc:
        already = {line_and_column(problem) for problem in problems}
        shape = build_diagnostics(exc, source, modele)
        problems += [problem for problem in shape if line_and_column(problem) not in already]
        raise InputRefused(in_order(problems)) from exc
    if problems:
        raise InputRefused(problems)
    return found


def build_diagnostics(
    exception: ValidationError, source: YamlSource, modele: type[BaseModel]
) -> list[Diagnostic]:
    """All of pydantic's errors as diagnostics, in the file's order."""
    return in_order(
        _diagnostic(details, source, modele)
        for details in exception.errors(include_url=False)
        if not _follows(details)
    )


def _follows(details: ErrorDetails) -> bool:
    """A list that pydantic finds too short because its wrong items do not count."""
    if details["type"] != "too_short" or not isinstance(details["input"], list):
        return False
    return len(details["input"]) >= int(details["ctx"]["min_length"])


def in_order(diagnostics: Iterable[Diagnostic]) -> list[Diagnostic]:
    """The diagnostics in the order of the file."""
    return sorted(diagnostics, key=line_and_column)


def proposal(word: str, known: Iterable[str], title: str) -> str:
    """« vouliez-vous écrire « … » ? », or under `title` all that may be written."""
    known = list(known)
    near = suggest(word, known)
    if near is not None:
        return f"vouliez-vous écrire « {near} » ?"
    return f"{title} : " + (", ".join(f"« {one} »" for one in known) or "aucune")


def _diagnostic(details: ErrorDetails, source: YamlSource, modele: type[BaseModel]) -> Diagnostic:
    loc, kind, value = details["loc"], details["type"], details["input"]
    if kind == "extra_forbidden":
        word = str(loc[-1])
        help = proposal(word, _keys_at(modele, loc[:-1]), "clés admises")
        return error(f"clé inconnue « {word} »", source.key_position(loc), help)
    if kind == "missing" and loc not in source:
        add = f"ajoutez une ligne « {loc[-1]}: … »"
        return error(f"la clé « {loc[-1]} » manque", source.position(loc), add)
    nom = f"« {_name(loc)} »" if loc else "le fichier"
    if kind in ("missing", "string_too_short") or value is None:
        return error(f"{nom} est vide", source.position(loc), "complétez cette ligne")
    message, advice = _EXPLANATIONS.get(kind, _unforeseen)(value, details.get("ctx", {}))
    return error(message.replace("{nom}", nom), source.position(loc), advice)


def _name(loc: Loc) -> str:
    """`("activites", 1, "taches", 3)` → `taches[3]`: the last key, and what follows it."""
    last = max((i for i, step in enumerate(loc) if isinstance(step, str)), default=0)
    return str(loc[last]) + "".join(f"[{step}]" for step in loc[last + 1 :])


def _keys_at(modele: type[BaseModel], loc: Loc) -> list[str]:
    """The keys that the model at `loc` knows."""
    for step in loc:
        if step in modele.model_fields:
            modele = _model_in(modele.model_fields[str(step)].annotation) or modele
    return list(modele.model_fields)


def _model_in(annotation: Any) -> type[BaseModel] | None:
    """The one model that an annotation such as `dict[str, tuple[Item, ...]]` is about."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next(filter(None, map(_model_in, get_args(annotation))), None)


# --- one function a kind of error: (value, pydantic's context) → message, aide ----------------

Explanation = Callable[[Any, Mapping[str, Any]], "tuple[str, str | None]"]


def _read(value: Any) -> str:
    """What stands in the file instead, in a few words."""
    if isinstance(value, bool):
        return "« true »" if value else "« false »"
    if isinstance(value, int):
        return f"le nombre {value}"
    if isinstance(value, str):
        return f"« {value} »" if len(value) <= LONGEST_QUOTE else "un long texte"
    return "une liste" if isinstance(value, list) else "un groupe de clés"


def _text(value: Any, _: Mapping[str, Any]) -> tuple[str, str | None]:
    if isinstance(value, bool):
        help = f'écrivez "{str(value).lower()}" entre guillemets'
    elif isinstance(value, dict):
        help = "mettez entre guillemets un texte qui contient « : »"
    else:
        help = "écrivez une seule valeur, sans tiret ni crochets"
    return f"{{nom}} doit être un texte, pas {_read(value)}", help


def _integer(value: Any, _: Mapping[str, Any]) -> tuple[str, str | None]:
    help = "écrivez un nombre entier en chiffres, sans guillemets"
    if isinstance(value, str) and re.fullmatch("[0-9]{1,18}", value):
        help = f"écrivez {int(value)}, sans guillemets ni zéro devant"
    return f"{{nom}} doit être un nombre entier, pas {_read(value)}", help


def _boolean(value: Any, _: Mapping[str, Any]) -> tuple[str, str | None]:
    return f"{{nom}} doit être true ou false, pas {_read(value)}", "écrivez true ou false"


def _list(value: Any, _: Mapping[str, Any]) -> tuple[str, str | None]:
    help = "écrivez chaque élément sur sa propre ligne, après un tiret et une espace"
    return f"{{nom}} doit être une liste, pas {_read(value)}", help


def _mapping(value: Any, _: Mapping[str, Any]) -> tuple[str, str | None]:
    help = "écrivez une ligne « clé: valeur » pour chaque information"
    if isinstance(value, str) and ":" in value:
        help = "mettez une espace ordinaire après le « : »"
    return f"{{nom}} doit être un groupe de clés, pas {_read(value)}", help


def _minimum(value: Any, context: Mapping[str, Any]) -> tuple[str, str | None]:
    least = context.get("ge", context.get("gt", 0) + 1)
    return f"{{nom}} vaut {value}, il faut au moins {least}", "corrigez ce nombre"


def _too_short(_: Any, context: Mapping[str, Any]) -> tuple[str, str | None]:
    count, least = context["actual_length"], context["min_length"]
    return f"{{nom}} compte {count} élément(s), il en faut au moins {least}", "complétez la liste"


def _choice(value: Any, context: Mapping[str, Any]) -> tuple[str, str | None]:
    known = re.findall(r"'([^']*)'", context["expected"])
    return f"{{nom}} ne peut pas valoir {_read(value)}", proposal(
        str(value), known, "valeurs admises"
    )


def _refused(_: Any, context: Mapping[str, Any]) -> tuple[str, str | None]:
    reason = context["error"]
    return str(reason), getattr(reason, "help", None)


def _unforeseen(value: Any, _: Mapping[str, Any]) -> tuple[str, str | None]:
    return f"{{nom}} ne peut pas être {_read(value)}", "corrigez cette valeur"


_EXPLANATIONS: dict[str, Explanation] = {
    "string_type": _text,
    "int_type": _integer,
    "bool_type": _boolean,
    "tuple_type": _list,
    "dict_type": _mapping,
    "model_type": _mapping,
    "greater_than": _minimum,
    "greater_than_equal": _minimum,
    "too_short": _too_short,
    "literal_error": _choice,
    "value_error": _refused,
}
