"""The models → JSON Schemas, by which an editor completes and checks a YAML file as one types.

A schema refuses what the models refuse in shape, and says in French what each key is for. It
takes what they take: a key without a value, a number without quotes for a text.
"""

import json
from typing import Any, TypeAlias

from pfmp_cli.domain.projet import Projet
from pfmp_cli.domain.referentiel import Referentiel
from pfmp_cli.yaml_files.models import adapter

Schema: TypeAlias = dict[str, Any]

DIALECT = "https://json-schema.org/draft/2020-12/schema"
SIGNATURE = "Écrit par « pfmp schema » à partir des modèles ; ne pas modifier."
MODELS: dict[str, Any] = {"referentiel": Referentiel, "projet": Projet}
# How each is called in a folder: after the file that it describes.
FILES = {"referentiel": "referentiel.schema.json", "projet": "pfmp.schema.json"}
_SAID = ("title", "description", "examples")
_BLANK = "ce texte est vide"


def format_schema(name: str) -> str:
    """The text of a schema's file; `name` is a key of MODELS."""
    return json.dumps(build_schema(name), ensure_ascii=False, indent=2) + "\n"


def build_schema(name: str) -> Schema:
    """The schema of `referentiel` or `projet`."""
    made = adapter(MODELS[name]).json_schema()
    definitions = made.pop("$defs", {})
    return {
        "$schema": DIALECT,
        "$comment": SIGNATURE,
        **_describe(made, definitions),
        "$defs": {key: _describe(part, definitions) for key, part in sorted(definitions.items())},
    }


def _describe(schema: Schema, definitions: Schema) -> Schema:
    """An object's schema with the French of its model, in place of pydantic's own."""
    required = schema.get("required", [])
    return {
        **_said(schema, definitions),
        "type": "object",
        "additionalProperties": False,
        **({"required": required} if required else {}),
        "properties": {
            key: {**_said(part, definitions), **_loosen(part, key not in required)}
            for key, part in schema["properties"].items()
        },
    }


def _said(schema: Schema, definitions: Schema) -> Schema:
    """What it is for; pydantic leaves out a title that the model behind has too."""
    behind = definitions.get(schema.get("$ref", "").rpartition("/")[2], {})
    said = {"title": behind.get("title"), **schema}
    return {word: said[word] for word in _SAID if said.get(word)}


def _loosen(schema: Schema, optional: bool) -> Schema:
    """A value's schema as the models read it; with `optional`, it may be left empty."""
    schema = {key: part for key, part in schema.items() if key not in (*_SAID, "propertyNames")}
    if schema.get("default") in (None, [], {}) or isinstance(schema.get("default"), dict):
        schema.pop("default", None)
    if "anyOf" in schema:
        (schema,) = [part for part in schema["anyOf"] if part.get("type") != "null"]
        optional = True
    for key in ("items", "additionalProperties"):
        if isinstance(schema.get(key), dict):
            schema[key] = _loosen(schema[key], False)
    if "$ref" in schema:
        return {"anyOf": [schema, {"type": "null"}]} if optional else schema
    if "pattern" in schema or (schema["type"] == "string" and "enum" not in schema):
        return _loosen_text(schema, optional)
    if "enum" in schema:
        loose = {"type": ["string", "null"], "enum": [*schema["enum"], "", None]}
        return {**schema, **loose} if optional else schema
    types = schema["type"] if isinstance(schema["type"], list) else [schema["type"]]
    if optional:
        return {**schema, "type": list(dict.fromkeys([*types, "null"]))}
    return schema


def _loosen_text(schema: Schema, optional: bool) -> Schema:
    """A text of a known shape, or any text that is not blank: a number is read as one."""
    schema.pop("minLength", None)
    if "pattern" not in schema:
        schema = {"type": ["string", "number"], "pattern": r"\S", "patternErrorMessage": _BLANK}
    if not optional:
        return schema
    if "format" in schema:
        return {"anyOf": [schema, {"enum": ["", None]}]}
    types = schema["type"] if isinstance(schema["type"], list) else [schema["type"]]
    return {**schema, "type": [*types, "null"], "pattern": f"^$|{schema['pattern']}"}
