"""The values of `pfmp.yaml` that have a shape: each read by us, and told to editors.

What a JSON Schema knows of it stands beside the reader that it mirrors.
"""

import re
from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any

from pfmp_cli.diagnostics import Diagnostic, Rule
from pfmp_cli.rules import yaml_rules as rules
from pfmp_cli.text import DAYS, MONTHS, either, fold

# Places with public holidays of their own, and their code in the package `holidays`.
_TERRITOIRES = {
    "Alsace": "6AE",
    "Moselle": "57",
    "Guadeloupe": "971",
    "Martinique": "972",
    "Guyane": "973",
    "La Réunion": "974",
    "Mayotte": "976",
    "Saint-Barthélemy": "BL",
    "Saint-Martin": "MF",
    "Nouvelle-Calédonie": "NC",
    "Polynésie française": "PF",
    "Wallis-et-Futuna": "WF",
}


class Misshapen(ValueError):
    """Raised by a shape: what is wrong, without its place."""

    def __init__(self, diagnostic: Diagnostic) -> None:
        super().__init__(diagnostic.message)
        self.diagnostic = diagnostic


@dataclass(frozen=True, eq=False)
class Shape:
    """A value's shape: `read` takes what YAML has or raises Misshapen, `told` is for editors.

    Its two methods are all that pydantic asks for; nothing of it is imported.
    """

    read: Callable[[Any], Any]
    told: dict[str, Any]

    def __get_pydantic_core_schema__(self, source: Any, handler: Callable[[Any], Any]) -> Any:
        when = "after" if source is str else "before"
        read = {"type": "no-info", "function": self.read}
        return {"type": f"function-{when}", "function": read, "schema": handler(source)}

    def __get_pydantic_json_schema__(
        self, core: Any, handler: Callable[[Any], dict[str, Any]]
    ) -> dict[str, Any]:
        return {**handler(core), **self.told}


def _read_date(value: Any) -> date:
    """Only `2026-01-05`: pydantic would also take a number of seconds."""
    if isinstance(value, date):
        return value
    typed = re.fullmatch(r"([0-9]{4})-([0-9]{2})-([0-9]{2})", str(value))
    meant = typed or re.fullmatch(
        r"(?P<d>[0-9]{1,2})[/.-](?P<m>[0-9]{1,2})[/.-](?P<y>(?:20)?[0-9]{2})", str(value)
    )
    if meant is None:
        shown = f"« {value} »" if isinstance(value, str | int) else "cette valeur"
        raise Misshapen(rules.NOT_A_DATE.at(found=shown, date=_SHAPE_OF_A_DATE))
    year, month, day = map(int, typed.groups() if typed else meant.group("y", "m", "d"))
    year += 2000 if year < 100 else 0
    try:
        found = date(year, month, day)
    except ValueError:
        advice = _advise_last_day(year, month, day)
        raise Misshapen(rules.NO_SUCH_DATE.at(value=value, advice=advice)) from None
    if typed is None:
        raise Misshapen(rules.NOT_A_DATE.at(found=f"« {value} »", date=found))
    return found


def _advise_last_day(year: int, month: int, day: int) -> str:
    """The last day of a month that does not have so many."""
    if not (1 <= month <= 12 and year >= 1 and 28 < day <= 31):
        return f"écrivez {_SHAPE_OF_A_DATE}"
    last = monthrange(year, month)[1]
    return f"{MONTHS[month - 1]} {year} a {last} jours : écrivez {date(year, month, last)}"


def _like(pattern: str, rule: Rule, **more: Any) -> Shape:
    """A text that must match the whole pattern."""

    def read(value: str) -> str:
        if re.fullmatch(pattern, value) is None:
            raise Misshapen(rule.at(value=value))
        return value

    said = rule.sentence.replace("« {value} »", "ce")
    return Shape(read, _tell(pattern, f"{said} ; {rule.help}", **more))


def read_jours(value: Any) -> tuple[int, ...]:
    """`lundi-vendredi`, or `lundi, mardi, jeudi`: days of the week, 0 is Monday."""
    if isinstance(value, tuple):
        return value
    days: set[int] = set()
    for part in str(value).split(","):
        ends = [DAYS.index(day) for day in map(fold, part.split("-")) if day in DAYS]
        if len(ends) != part.count("-") + 1 or len(ends) > 2 or ends[0] > ends[-1]:
            raise Misshapen(rules.NOT_DAYS.at(value=value))
        days |= {*range(ends[0], ends[-1] + 1)}
    if len(days) == len(DAYS):
        raise Misshapen(rules.NOT_DAYS.at(value=value))
    return tuple(sorted(days))


def _read_territoire(value: Any) -> str:
    """The code that the package `holidays` has for a place with public holidays of its own."""
    known = {fold(name): code for name, code in _TERRITOIRES.items()}
    known |= {fold(code): code for code in known.values()}
    known |= dict.fromkeys(("67", "68", "alsacemoselle"), "6AE")
    if (word := fold(str(value))) in known:
        return known[word]
    names = f"écrivez {either(_TERRITOIRES)}, ou le numéro du département ; rien en métropole"
    raise Misshapen(rules.NOT_A_TERRITORY.at(value=value, advice=names))


def read_years(value: str) -> str:
    if re.fullmatch("[0-9]{4}-[0-9]{4}", value) is None:
        raise Misshapen(rules.NOT_A_YEAR.at(value=value))
    first, second = value.split("-")
    if int(second) != int(first) + 1:
        raise Misshapen(rules.YEARS_APART.at(value=value, years=f"{first}-{int(first) + 1}"))
    return value


def _tell(pattern: str, said: str, **more: Any) -> dict[str, Any]:
    """The same for an editor, which knows no reader of ours."""
    return {"type": "string", "pattern": f"^(?:{pattern})$", "patternErrorMessage": said, **more}


def _following_years() -> str:
    """Two years that follow each other: their last digit goes up by one, or their tens do."""
    # « (?:) » parts a back reference from the digit after it.
    ones = "|".join(rf"{n}-\1(?:){n + 1}" for n in range(9))
    tens = "|".join(rf"{n}9-\2(?:){n + 1}0" for n in range(9))
    return f"([0-9]{{3}})(?:{ones})|([0-9]{{2}})(?:{tens})"


_SHAPE_OF_A_DATE = "l'année, le mois et le jour : 2026-01-05"
_MONTH_DAY = "(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])"
_DATE = "ce n'est pas une date ; écrivez par exemple 2026-01-05"
_DAY = f"({'|'.join(DAYS)})"
_JOURS = "ce ne sont pas des jours de la semaine ; écrivez par exemple lundi-vendredi"
_YEARS = "ce n'est pas une année scolaire ; écrivez par exemple 2025-2026"
_NUMBER = {"type": ["string", "integer"], "minimum": 10000, "maximum": 99999}

Date = Annotated[date, Shape(_read_date, _tell(f"[0-9]{{4}}-{_MONTH_DAY}", _DATE, format="date"))]
Jours = Annotated[tuple[int, ...], Shape(read_jours, _tell(f"{_DAY}([-,] *{_DAY})*", _JOURS))]
Territoire = Annotated[str, Shape(_read_territoire, {"type": ["string", "integer"]})]
AnneeScolaire = Annotated[str, Shape(read_years, _tell(_following_years(), _YEARS))]
CodePostal = Annotated[str, _like("[0-9]{5}", rules.NOT_A_POSTCODE, **_NUMBER)]
Courriel = Annotated[str, _like(r"[^@\s]+@[^@\s]+\.[^@\s]+", rules.NOT_AN_ADDRESS)]
Uai = Annotated[str, _like("[0-9]{7}[A-Z]", rules.NOT_A_UAI)]
