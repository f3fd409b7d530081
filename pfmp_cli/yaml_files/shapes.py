"""The values of `pfmp.yaml` that have a shape: each read by us, and told to editors.

What a JSON Schema knows of it stands beside the validator that it mirrors.
"""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator, WithJsonSchema

from pfmp_cli.domain.referentiel import Texte
from pfmp_cli.yaml_files.model_errors import ValueRefused


def _read_date(value: Any) -> date:
    """Only `2026-01-05`: pydantic would also take a number of seconds."""
    if isinstance(value, date):
        return value
    if not isinstance(value, str) or not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", value):
        shown = f"« {value} »" if isinstance(value, str | int) else "cette valeur"
        raise ValueRefused(f"{shown} n'est pas une date", f"écrivez {_dashed(value)}")
    try:
        return date.fromisoformat(value)
    except ValueError:
        raise ValueRefused(
            f"le « {value} » n'existe pas", "écrivez l'année, le mois et le jour : 2026-01-05"
        ) from None


def _dashed(value: Any) -> str:
    """The date that was meant by `5/1/2026`, or the shape of one."""
    day = re.fullmatch(r"([0-9]{1,2})[/.-]([0-9]{1,2})[/.-]([0-9]{4})", str(value))
    if day is None or int(day[2]) > 12 or int(day[1]) > 31:
        return "l'année, le mois et le jour : 2026-01-05"
    return f"{day[3]}-{int(day[2]):02}-{int(day[1]):02}"


def _like(pattern: str, what: str, help: str) -> AfterValidator:
    """A text that must match the whole pattern; `what` ends « … n'est pas »."""

    def check(value: str) -> str:
        if re.fullmatch(pattern, value) is None:
            raise ValueRefused(f"« {value} » n'est pas {what}", help)
        return value

    return AfterValidator(check)


def _follow(value: str) -> str:
    first, second = value.split("-")
    if int(second) != int(first) + 1:
        raise ValueRefused(
            f"« {value} » n'est pas une année scolaire",
            f"les deux années se suivent : {first}-{int(first) + 1}",
        )
    return value


def _tell(pattern: str, what: str, help: str, **more: Any) -> WithJsonSchema:
    """The same for an editor, which knows no validator of ours."""
    said = f"ce n'est pas {what} ; {help}"
    return WithJsonSchema(
        {"type": "string", "pattern": f"^(?:{pattern})$", "patternErrorMessage": said, **more}
    )


def _following_years() -> str:
    """Two years that follow each other: their last digit goes up by one, or their tens do."""
    # « (?:) » parts a back reference from the digit after it.
    ones = "|".join(rf"{n}-\1(?:){n + 1}" for n in range(9))
    tens = "|".join(rf"{n}9-\2(?:){n + 1}0" for n in range(9))
    return f"([0-9]{{3}})(?:{ones})|([0-9]{{2}})(?:{tens})"


_MOIS_JOUR = "(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])"
_ANNEES = ("une année scolaire", "écrivez par exemple 2025-2026")
_POSTAL = ("[0-9]{5}", "un code postal", "écrivez les cinq chiffres")
_COURRIEL = (r"[^@\s]+@[^@\s]+\.[^@\s]+", "une adresse électronique", "écrivez nom@domaine.fr")
_UAI = ("[0-9]{7}[A-Z]", "un UAI", "écrivez sept chiffres et une lettre majuscule")

Date = Annotated[
    date,
    BeforeValidator(_read_date),
    _tell(f"[0-9]{{4}}-{_MOIS_JOUR}", "une date", "écrivez par exemple 2026-01-05", format="date"),
]
AnneeScolaire = Annotated[
    Texte,
    _like("[0-9]{4}-[0-9]{4}", *_ANNEES),
    AfterValidator(_follow),
    _tell(_following_years(), *_ANNEES),
]
CodePostal = Annotated[
    Texte,
    _like(*_POSTAL),
    _tell(*_POSTAL, type=["string", "integer"], minimum=10000, maximum=99999),
]
Courriel = Annotated[Texte, _like(*_COURRIEL), _tell(*_COURRIEL)]
Uai = Annotated[Texte, _like(*_UAI), _tell(*_UAI)]
