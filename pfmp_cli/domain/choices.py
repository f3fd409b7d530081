"""Values of a pupil that are one of a few words: what a template can choose a text by."""

from datetime import date

SEXES = ("F", "M")
AGES = ("moins_de_16", "mineur", "majeur")
# By the last part of a field's name.
CHOICES: dict[str, tuple[str, ...]] = {"sexe": SEXES, "age": AGES}


def name_age(naissance: date, jour: date) -> str:
    """Which of `AGES` one who was born on `naissance` has on `jour`; a birthday counts."""
    age = age_on(naissance, jour)
    return AGES[(age >= 16) + (age >= 18)]


def age_on(naissance: date, jour: date) -> int:
    """In whole years; negative before the birth."""
    before = (jour.month, jour.day) < (naissance.month, naissance.day)
    return jour.year - naissance.year - before
