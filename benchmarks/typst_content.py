"""What a template sees, written as JSON for the Typst way, with its fonts and its logo."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from pfmp_cli.calendar.weeks import PeriodeDatee, format_date, format_intervalle
from pfmp_cli.press.layout.fonts import FILES, font_path
from pfmp_cli.press.template.typography import typeset

_SCHOOL = ("etablissement", "lettre", "contacts", "annee_scolaire")
_DIPLOMA = ("referentiel", "diplome", "classe", "option", "activites", "contexte", "niveaux")


def write_content(context: Mapping[str, Any], folder: Path, projet: Path) -> None:
    """Write `content.json`, `fonts/` and the logo into `folder`."""
    content = {name: _plain(context[name]) for name in (*_SCHOOL, *_DIPLOMA, "evaluation")}
    content["periodes"] = [_plain_periode(periode) for periode in context["periodes"]]
    text = json.dumps(content, ensure_ascii=False, indent=1)
    (folder / "content.json").write_text(text, encoding="utf-8")
    (folder / "fonts").mkdir(exist_ok=True)
    for path in map(font_path, FILES):
        (folder / "fonts" / path.name).write_bytes(path.read_bytes())
    logo = context["etablissement"].logo
    if logo:
        (folder / logo).write_bytes((projet.parent / logo).read_bytes())


def _plain_periode(periode: PeriodeDatee) -> dict[str, Any]:
    """A period with its dates in words, as the template's filters write them."""
    assert periode.du is not None
    assert periode.au is not None
    weeks = [
        {
            "numero": week.numero,
            "jours": [format_date(day, avec_jour=True, avec_annee=False) for day in week.days],
        }
        for week in periode.semaines_calendaires
    ]
    dates = typeset(format_intervalle(periode.du, periode.au))
    return {"code": periode.code, "semaines": periode.semaines, "dates": dates, "calendrier": weeks}


def _plain(value: Any) -> Any:
    """Models and dataclasses as dictionaries, texts as they are printed."""
    if isinstance(value, BaseModel):
        return {name: _plain(getattr(value, name)) for name in type(value).model_fields}
    if dataclasses.is_dataclass(value):
        return {
            field.name: _plain(getattr(value, field.name)) for field in dataclasses.fields(value)
        }
    if isinstance(value, Mapping):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(item) for item in value]
    if isinstance(value, date):
        return typeset(format_date(value))
    return typeset(value) if isinstance(value, str) else value
