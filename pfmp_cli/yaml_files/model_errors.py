"""What pydantic says of a YAML file, put into French, with the place and what to do."""

import re
from collections.abc import Callable, Iterable
from dataclasses import MISSING, fields, replace
from typing import Any, TypeVar

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from pfmp_cli.diagnostics import Diagnostic, InputRefused, Position, line_and_column
from pfmp_cli.domain.complements import LISTS
from pfmp_cli.domain.projet import Projet
from pfmp_cli.domain.shapes import Misshapen
from pfmp_cli.rules import yaml_rules as rules
from pfmp_cli.text import LONGEST_QUOTE, suggest
from pfmp_cli.yaml_files.models import build, keys_of, model_in
from pfmp_cli.yaml_files.source import PROBLEMS_MAX, Loc, YamlSource, dotted

M = TypeVar("M")


def validate(model: type[M], source: YamlSource) -> M:
    """The model read from the file; an empty file is a mapping without keys.

    Raises InputRefused with all the problems of keys, values and shape, in the file's order.
    """
    problems = list(source.problems)
    try:
        found = build(model, {} if source.data is None else source.data)
    except ValidationError as exception:
        already = {line_and_column(problem) for problem in problems}
        errors = [one for one in exception.errors(include_url=False) if not _follows(one)]
        told = (_diagnose(details, source, model) for details in errors[:PROBLEMS_MAX])
        problems = in_order(
            [*problems, *(problem for problem in told if line_and_column(problem) not in already)]
        )
        if left := len(errors[PROBLEMS_MAX:]):
            problems.append(rules.MORE_FAULTS.at(Position(str(source.path)), number=left))
        raise InputRefused(problems) from exception
    if problems:
        raise InputRefused(problems)
    return found


def salvage(data: Any) -> Projet | None:
    """What is left of a school's file without the keys that are refused, so that the rest of it can
    be looked at; None of a file that is no group of keys."""
    try:
        return build(Projet, data)
    except ValidationError as exception:
        wrong = {details["loc"][:1] for details in exception.errors(include_url=False)}
    if not isinstance(data, dict):
        return None
    return build(Projet, {key: value for key, value in data.items() if (key,) not in wrong})


def _follows(details: ErrorDetails) -> bool:
    """A list that pydantic finds too short because its wrong items do not count."""
    if details["type"] != "too_short" or not isinstance(details["input"], list):
        return False
    return len(details["input"]) >= int(details["ctx"]["min_length"])


def in_order(diagnostics: Iterable[Diagnostic]) -> list[Diagnostic]:
    """The diagnostics of a file in its order."""
    return sorted(diagnostics, key=line_and_column)


def proposal(word: str, known: Iterable[str], title: str) -> str:
    """« vouliez-vous écrire « … » ? », or under `title` all that may be written."""
    known = list(known)
    near = suggest(word, known)
    if near is not None:
        return f"vouliez-vous écrire « {near} » ?"
    return f"{title} : " + (", ".join(f"« {one} »" for one in known) or "aucune")


def _diagnose(details: ErrorDetails, source: YamlSource, model: Any) -> Diagnostic:
    loc, kind, value = details["loc"], details["type"], details["input"]
    position, context = source.position(loc), details.get("ctx", {})
    if kind == "unexpected_keyword_argument":
        word = str(loc[-1])
        advice = proposal(word, keys_of(_model_at(model, loc[:-1])), "clés admises")
        return rules.UNKNOWN_KEY.at(source.key_position(loc), key=word, advice=advice)
    if kind == "missing" and loc not in source:
        return rules.MISSING_KEY.at(position, key=loc[-1])
    name = f"« {_name(loc)} »" if loc else "le fichier"
    if kind in ("missing", "string_too_short") or value is None:
        return rules.EMPTY.at(position, name=name)
    if isinstance(misshapen := context.get("error"), Misshapen):
        return replace(misshapen.diagnostic, position=position)
    if kind == "greater_than_equal":
        return rules.TOO_SMALL.at(position, name=name, value=value, least=context["ge"])
    if kind == "too_short":
        count, least = context["actual_length"], context["min_length"]
        return rules.TOO_SHORT.at(position, name=name, count=count, least=least)
    if kind == "literal_error":
        known = re.findall(r"'([^']*)'", context["expected"])
        advice = proposal(str(value), known, "valeurs admises")
        return rules.NOT_A_CHOICE.at(position, name=name, found=_show(value), advice=advice)
    if kind not in _KINDS:
        return rules.UNFORESEEN.at(position, name=name, found=_show(value))
    wanted, advise = _KINDS[kind]
    advice = advise(value)
    if kind == "dataclass_type" and isinstance(value, str) and ":" not in value:
        advice = _advise_keys(_model_at(model, loc), loc, value, source.data) or advice
    said = {"name": name, "kind": wanted, "found": _show(value), "advice": advice}
    return rules.NOT_OF_KIND.at(position, **said)


def _name(loc: Loc) -> str:
    """`("activites", 1, "taches", 3)` → `taches[4]`: the last key, and what follows it."""
    last = max((i for i, step in enumerate(loc) if isinstance(step, str)), default=0)
    return dotted(loc[last:]) or ""


def _model_at(model: Any, loc: Loc) -> Any:
    """The model of the value at `loc`."""
    for step in loc:
        model = model_in(keys_of(model).get(str(step))) or model
    return model


def _advise_keys(model: Any, loc: Loc, text: str, data: Any) -> str:
    """The lines to write where a text is there alone: that of its last key that is needed."""
    needed = [key.name for key in fields(model) if key.default is key.default_factory is MISSING]
    if len(text) > LONGEST_QUOTE or not 0 < len(needed) < 3:
        return ""
    values = {"code": _next_code(loc, data), needed[-1]: text}
    lines = [f"« {key}: {values.get(key, '…')} »" for key in needed]
    if not isinstance(loc[-1], int):
        return f"écrivez à la ligne suivante, en retrait, {' et, dessous, '.join(lines)}"
    return f"écrivez {' et, dessous, '.join(lines)}".replace("« ", "« - ", 1)


def _next_code(loc: Loc, data: Any) -> str:
    """The code of a task, a resource or a result, which says where it is."""
    match loc:
        case ("activites", int(rank), str(name), int(place)) if name in LISTS:
            activite = data["activites"][rank]
            if isinstance(activite, dict) and "code" in activite:
                return f"{activite['code']}.{LISTS[name]}{place + 1}"
    return "…"


def _show(value: Any) -> str:
    """What stands in the file instead, in a few words."""
    if isinstance(value, bool):
        return "« true »" if value else "« false »"
    if isinstance(value, int):
        return f"le nombre {value}"
    if isinstance(value, str):
        return f"« {value} »" if len(value) <= LONGEST_QUOTE else "un long texte"
    return "une liste" if isinstance(value, list) else "un groupe de clés"


def _advise_text(value: Any) -> str:
    if isinstance(value, bool):
        return f'écrivez "{str(value).lower()}" entre guillemets'
    if isinstance(value, dict):
        return "mettez entre guillemets un texte qui contient « : »"
    return "écrivez une seule valeur, sans tiret ni crochets"


def _advise_integer(value: Any) -> str:
    if isinstance(value, str) and re.fullmatch("[0-9]{1,18}", value):
        return f"écrivez {int(value)}, sans guillemets ni zéro devant"
    return "écrivez un nombre entier en chiffres, sans guillemets"


def _advise_mapping(value: Any) -> str:
    if isinstance(value, str) and ":" in value:
        return "mettez une espace ordinaire après le « : »"
    return "écrivez une ligne « clé: valeur » pour chaque information"


# What pydantic calls a value of another type → what it should be, and what to do.
_KINDS: dict[str, tuple[str, Callable[[Any], str]]] = {
    "string_type": ("un texte", _advise_text),
    "int_type": ("un nombre entier", _advise_integer),
    "bool_type": ("true ou false", lambda _: "écrivez true ou false"),
    "tuple_type": (
        "une liste",
        lambda _: "écrivez chaque élément sur sa propre ligne, après un tiret et une espace",
    ),
    "dict_type": ("un groupe de clés", _advise_mapping),
    "dataclass_type": ("un groupe de clés", _advise_mapping),
}
