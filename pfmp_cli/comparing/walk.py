"""Two référentiels → their changes.

The walk knows no field: it goes through the models' data, so that nothing that a document
could print is ever left out. Names are `noms`' affair, and pairs `appariement`'s.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict
from typing import Any

from pfmp_cli.comparing.changes import ABSENT, Atome, Changement, Genre, as_lists
from pfmp_cli.comparing.moves import join_moves
from pfmp_cli.comparing.pairing import (
    Appariement,
    find_exchange,
    find_moved,
    match_coded,
    match_plain,
)
from pfmp_cli.comparing.place_names import (
    ELEMENTS,
    INCONNU,
    Nom,
    count_inside,
    is_coded,
    is_reference,
    label_of,
    name_codes,
    name_place,
    name_rubrique,
    quote,
    show,
)
from pfmp_cli.comparing.words import words_of
from pfmp_cli.domain.referentiel import Referentiel
from pfmp_cli.yaml_files.source import Loc


def compare_referentiels(ancien: Referentiel, nouveau: Referentiel) -> list[Changement]:
    """All that differs, in the order of the new file; nothing where they mean the same."""
    old, new = as_lists(asdict(ancien)), as_lists(asdict(nouveau))
    walk = _Walk(old, new)
    walk.compare(old, new, (), ())
    return join_moves(walk.found, new)


class _Walk:
    """Goes through both at once; `lo` and `ln` are the place in the old data and in the new."""

    def __init__(self, old: Any, new: Any) -> None:
        self.old, self.new = old, new
        self.found: list[Changement] = []

    def compare(self, old: Any, new: Any, lo: Loc, ln: Loc) -> None:
        if isinstance(old, dict) and isinstance(new, dict):
            self._mappings(old, new, lo, ln)
        elif isinstance(old, list) and isinstance(new, list):
            self._lists(old, new, lo, ln)
        elif old != new:
            self._values(old, new, lo, ln)

    def _mappings(self, old: dict[str, Any], new: dict[str, Any], lo: Loc, ln: Loc) -> None:
        for key in [*new, *(key for key in old if key not in new)]:
            here_old, here_new = old.get(key, ABSENT), new.get(key, ABSENT)
            self.compare(here_old, here_new, (*lo, key), (*ln, key))
        if list(old) != list(new) and set(old) == set(new):
            self._tell(Genre.ORDRE, lo, ln, suite=", ".join(new), atomes=[Atome(ln, old, new)])

    def _values(self, old: Any, new: Any, lo: Loc, ln: Loc) -> None:
        atomes = [Atome(ln, old, new)]
        if ln[-1] == "option":  # None is no option: common to all
            texts = [show(value or "commune") for value in (old, new)]
            self._tell(Genre.VALEUR, lo, ln, before=texts[0], after=texts[1], atomes=atomes)
        elif old in (None, ABSENT):
            self._tell(Genre.AJOUT, lo, ln, after=show(new), feminin=None, atomes=atomes)
        elif new in (None, ABSENT):
            self._tell(Genre.RETRAIT, lo, ln, before=show(old), feminin=None, atomes=atomes)
        elif isinstance(old, str) and isinstance(new, str):
            self._tell(Genre.TEXTE, lo, ln, before=old, after=new, atomes=atomes)
        else:
            self._tell(Genre.VALEUR, lo, ln, before=show(old), after=show(new), atomes=atomes)

    def _lists(self, old: list[Any], new: list[Any], lo: Loc, ln: Loc) -> None:
        if is_coded(old) and is_coded(new):
            self._coded(old, new, lo, ln)
        else:
            self._plain(old, new, lo, ln)

    def _coded(self, old: list[Any], new: list[Any], lo: Loc, ln: Loc) -> None:
        nom = ELEMENTS.get(str(ln[-1]), INCONNU)
        pairs = match_coded(old, new, nom.label, nom.petit)
        self._swaps(old, pairs, nom, lo, ln)
        swapped = {pair for both in pairs.echanges for pair in both}
        for i, j in pairs.paires:
            before = self._recode(old, new, (i, j), nom, (lo, ln))
            if (i, j) in swapped:
                before = {**before, str(nom.label): new[j][nom.label]}
            self.compare(before, new[j], (*lo, i), (*ln, j))
        self._added(new, pairs, lo, ln, nom)
        self._removed(old, pairs, lo, ln, nom)
        self._code_order(old, new, pairs, lo, ln)

    def _swaps(self, old: list[Any], pairs: Appariement, nom: Nom, lo: Loc, ln: Loc) -> None:
        for (a, x), (b, y) in pairs.echanges:
            labels = [str(old[rank][nom.label]) for rank in (a, b)]
            self._tell(
                Genre.ECHANGE, (*lo, a), (*ln, x), codes=(old[a]["code"], old[b]["code"]),
                before=labels[0], after=labels[1],
                atomes=[Atome((*ln, x, str(nom.label)), labels[0], labels[1]),
                        Atome((*ln, y, str(nom.label)), labels[1], labels[0])],
            )  # fmt: skip

    def _recode(
        self, old: list[Any], new: list[Any], pair: tuple[int, int], nom: Nom, locs: tuple[Loc, Loc]
    ) -> dict[str, Any]:
        """The old element under the new one's code; a change of code is told."""
        (i, j), (lo, ln) = pair, locs
        before, code, other = old[i], old[i]["code"], new[j]["code"]
        if code == other:
            return dict(before)
        used = next((one for one in old if one["code"] == other), None)
        suite = f"{other} était « {used[nom.label]} »" if used and nom.label else ""
        renamed = {**before, "code": other}
        followed = _follow(before, code, other)
        if followed != renamed and other in _prefixes(new[j]):
            renamed, suite = followed, "ses codes suivent"
        self._tell(
            Genre.CODE, (*lo, i), (*ln, j), codes=(code, other), suite=suite,
            before=str(before[nom.label]) if nom.label else "",
            atomes=[Atome((*ln, j, "code"), code, other)],
        )  # fmt: skip
        return renamed

    def _added(self, new: list[Any], pairs: Appariement, lo: Loc, ln: Loc, nom: Nom | None) -> None:
        for j in pairs.ajoutes:
            self._tell(
                Genre.AJOUT, lo, (*ln, j), after=label_of(new[j], nom), suite=count_inside(new[j]),
                feminin=nom.feminin if nom else None, atomes=[Atome((*ln, j), ABSENT, new[j])],
            )  # fmt: skip

    def _removed(
        self, old: list[Any], pairs: Appariement, lo: Loc, ln: Loc, nom: Nom | None
    ) -> None:
        for i in pairs.retires:
            self._tell(
                Genre.RETRAIT, (*lo, i), (*ln, i), before=label_of(old[i], nom),
                suite=count_inside(old[i]),
                feminin=nom.feminin if nom else None, atomes=[Atome((*ln, i), old[i], ABSENT)],
            )  # fmt: skip

    def _plain(self, old: list[Any], new: list[Any], lo: Loc, ln: Loc) -> None:
        reference = is_reference(new, ln) or is_reference(old, lo)
        pairs = match_plain(old, new, alike=not reference)
        for i, j in pairs.paires:
            self.compare(old[i], new[j], (*lo, i), (*ln, j))
        nom = ELEMENTS[str(ln[-1])] if reference else None
        self._added(new, pairs, lo, ln, nom)
        self._removed(old, pairs, lo, ln, nom)
        self._order(new, [j for _, j in pairs.paires], lo, ln, lambda one: quote(words_of(one)))

    def _code_order(
        self, old: list[Any], new: list[Any], pairs: Appariement, lo: Loc, ln: Loc
    ) -> None:
        """A code that is in both keeps its rank in the order, whatever its label became."""
        place = {one["code"]: j for j, one in enumerate(new)}
        after = {old[i]["code"]: new[j]["code"] for i, j in pairs.paires}
        codes = [one["code"] for one in old]
        kept = [code if code in place else after.get(code) for code in codes]
        order = list(dict.fromkeys(place[code] for code in kept if code is not None))
        self._order(new, order, lo, ln, lambda one: str(one["code"]))

    def _order(
        self, new: list[Any], order: list[int], lo: Loc, ln: Loc, show: Callable[[Any], str]
    ) -> None:
        if not (moved := find_moved(order)):
            return
        if exchange := find_exchange(order):
            codes = tuple(show(new[order[rank]]) for rank in exchange)
            suite = f"{codes[0]} et {codes[1]} ont échangé leur place"
        else:
            codes = tuple(show(new[order[rank]]) for rank in moved)
            suite = " ; ".join(_tell_move(new, order[rank], show) for rank in moved)
        before = list(new)
        for rank, place in enumerate(sorted(order)):
            before[place] = new[order[rank]]
        self._tell(Genre.ORDRE, lo, ln, codes=codes, suite=suite, atomes=[Atome(ln, before, new)])

    def _tell(
        self, kind: Genre, lo: Loc, ln: Loc, *, atomes: Sequence[Atome],
        codes: tuple[str, ...] = (), before: str = "", after: str = "", suite: str = "",
        feminin: bool | None = True,
    ) -> None:  # fmt: skip
        data, loc = (self.old, lo) if kind is Genre.RETRAIT else (self.new, ln)
        place = loc[:-1] if _is_label(data, loc) else loc
        self.found.append(Changement(
            name_rubrique(data, loc), kind, name_place(data, place),
            codes or name_codes(data, loc), before, after, suite, feminin, tuple(atomes),
        ))  # fmt: skip


def _is_label(data: Any, loc: Loc) -> bool:
    """Whether `loc` is the label of an element with a code."""
    owner = str(loc[-3]) if len(loc) > 2 else ""
    nom = ELEMENTS.get(owner)
    return nom is not None and isinstance(loc[-2], int) and nom.label == loc[-1]


def _follow(element: dict[str, Any], code: str, other: str) -> dict[str, Any]:
    """The element under another code, with the codes under it that begin with the old one."""

    def rename(value: Any) -> Any:
        if isinstance(value, list):
            return [rename(inner) for inner in value]
        if isinstance(value, dict) and str(value.get("code", "")).startswith(f"{code}."):
            return {**value, "code": other + value["code"].removeprefix(code)}
        return value

    return {**{key: rename(value) for key, value in element.items()}, "code": other}


def _prefixes(element: dict[str, Any]) -> set[str]:
    """What stands before the point in the codes under an element."""
    inner = (one for value in element.values() if is_coded(value) for one in value)
    return {str(one["code"]).rpartition(".")[0] for one in inner}


def _tell_move(new: list[Any], place: int, show: Callable[[Any], str]) -> str:
    if place == 0:
        return f"{show(new[0])} passe en tête"
    return f"{show(new[place])} passe après {show(new[place - 1])}"
