"""A title as a file writes it → the field of its column."""

import re
from collections.abc import Callable, Mapping
from functools import cache
from typing import TypeAlias

from pfmp_cli.lists.columns import fold_title
from pfmp_cli.lists.formats.cell_text import clean_cell
from pfmp_cli.text import fold

# The field of a title, '' of one that is passed over, None of an unknown one.
FindField: TypeAlias = Callable[[str], str | None]

LONGEST_TITLE = 200
_REMARK = re.compile(
    r"(?<![^\W_])\([^()]*\)|\[[^\[\]]*\]|\bjj.?mm.?aa(?:aa)?\b", re.IGNORECASE
)  # « Né(e) le (jj/mm/aaaa) » has one
# Words of a remark that make it another column: « Nom (responsable) ».
_OF_ANOTHER = re.compile(
    "usage|usuel|marital|resp(?!ect)|repr|legal|parent|pere|mere|tut(?:eur|rice)|entreprise|"
    "stage|prof|referent|maitre|autre|conjoint|urgence|dirigeant"
)
_OF_PUPIL = re.compile("eleve|stagiaire|jeune")  # « Tél. (élève) » is no company's


def make_finder(titles: Mapping[str, str]) -> FindField:
    """`titles` are folded titles → fields. What a known title has in parentheses does not count."""

    @cache
    def find(title: str) -> str | None:
        if len(title) > LONGEST_TITLE or not (title := clean_cell(title)):
            return None
        field = titles.get(fold_title(title))
        if field is not None or not (remarks := _REMARK.findall(title)):
            return field
        field = titles.get(fold_title(_REMARK.sub("", title)))
        said = fold(" ".join(remarks))
        is_pupils = not field or field.startswith("eleve.")
        if _OF_ANOTHER.search(said) or (not is_pupils and _OF_PUPIL.search(said)):
            return None
        return field

    return find
