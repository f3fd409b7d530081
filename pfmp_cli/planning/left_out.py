"""Who of a list gets nothing, and why: by division and label where it is sure, else by name."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from pfmp_cli.diagnostics import Diagnostic
from pfmp_cli.lists.cells import cite
from pfmp_cli.lists.pupils import LeftOut, Reason, Roster
from pfmp_cli.planning.plan import Plan
from pfmp_cli.rules import output_rules as rules
from pfmp_cli.text import count, either, list_some

_ALL = 10_000
MOST = 20  # pupils, or divisions, that get nothing and are named
_WORDS = {
    Reason.LEFT: ("élève parti avant les périodes", "élèves partis avant les périodes"),
    Reason.TO_COME: ("élève arrivé après les périodes", "élèves arrivés après les périodes"),
    Reason.UNCONCERNED: ("élève non concerné", "élèves non concernés"),
    Reason.APPRENTICE: ("apprenti laissé de côté", "apprentis laissés de côté"),
}


def list_left_out(roster: Roster, most: int = _ALL) -> Iterator[str]:
    """« d'autres formations : 1CAP2 « CAP EPC » 24 », « 1 élève parti … : PRADEL Lilou (…) »."""
    if roster.others:
        yield f"d'autres formations : {list_formations(roster, most)}"
    for reason, words in _WORDS.items():
        if found := roster.left_out_as(reason):
            yield f"{count(len(found), *words)} : {list_some(found, most, _name)}"


def find_nothing(
    made: Sequence[tuple[Plan, Roster]], sigles: Iterable[str]
) -> Iterator[Diagnostic]:
    """What there is to say of a file none of whose pupils gets anything; it may be read for
    several diplomas, `sigles`."""
    if any(plan.documents for plan, _ in made):
        return
    roster = made[0][1]
    if any(one.not_chosen for _, one in made):
        yield rules.NONE_CHOSEN.at()
    elif roster.others and len(roster.others) == len(roster.left_out) == roster.rows_read:
        yield rules.NONE_OF_OURS.at(sigle=either(sigles), groups=list_formations(roster, MOST))
    else:
        why = " ; ".join(line for _, one in made for line in list_left_out(one, MOST))
        yield rules.NOTHING_TO_MAKE.at(why=why or "la liste n'a pas d'élève utilisable")


def list_formations(roster: Roster, most: int = _ALL) -> str:
    """« 1CAP2 « CAP EPC » 24, 2GATL 30 »: the pupils of other courses of study."""
    groups = Counter((other.division, other.mef) for other in roster.others)
    in_order = sorted(groups, key=lambda group: (not any(group), group))  # who has none comes last
    return list_some(in_order, most, lambda group: _label(*group, groups[group]))


def _label(division: str, mef: str, size: int) -> str:
    names = (division, cite(mef)) if mef else (division or "sans division",)
    return " ".join((*filter(None, names), f"{size:,}".replace(",", "\u202f")))


def _name(pupil: LeftOut) -> str:
    """« PRADEL Lilou (TMCV1, 14/11/2025) »."""
    said = ", ".join(filter(None, (pupil.division, f"{pupil.day:%d/%m/%Y}" if pupil.day else "")))
    return f"{pupil.name} ({said})" if said else pupil.name
