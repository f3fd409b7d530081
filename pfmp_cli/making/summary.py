"""What a run comes to, or would, in the lines that sum it up."""

import os
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from pathlib import Path

from pfmp_cli.making.build_plan import Batch, BuildPlan
from pfmp_cli.making.forecast import Forecast
from pfmp_cli.making.jobs import Counts
from pfmp_cli.making.run import Outcome
from pfmp_cli.making.stock import Stock
from pfmp_cli.output.folder import State
from pfmp_cli.planning.left_out import list_left_out
from pfmp_cli.terminal.console import tally
from pfmp_cli.text import count

_MOST = 20  # files of a kind that a summary names
_FEW = 5  # documents written that it names


def sum_up(outcome: Outcome) -> Iterator[str]:
    """What was written, by division, and what was not."""
    plan = outcome.stock.plan
    yield from _name_school(plan)
    left = [job for job in outcome.stock.documents if not job.state.is_to_make]
    yield from format_divisions(Counter(job.place for job in (*outcome.made, *left)))
    written = count(len(outcome.made), "document écrit", "documents écrits")
    kept = _count_states(Counter(job.state for job in left))
    names = [job.path for job in outcome.made] if len(outcome.made) <= _FEW else []
    end = " :" if names else ""
    yield f"{', '.join(filter(None, (written, kept)))} dans {outcome.root}{os.sep}{end}"
    yield from _cut(names)
    yield from _name_left(outcome.stock)
    yield from _list_files(outcome.print_files, "fichier", " pour le copieur, recto verso")
    yield from _list_files(outcome.zips, "archive")
    if outcome.removed:
        removed = count(len(outcome.removed), "fichier d'avant enlevé", "fichiers d'avant enlevés")
        yield f"{removed} :"
        yield from _cut([f"{path} ({why})" for path, why in outcome.removed.items()])
    yield from _list_undone(outcome.stock, outcome.offered, outcome.outdated, outcome.prune)
    yield from _count_left_out(plan.batches)
    yield from filter(None, [tally(outcome.heard)])
    yield from _count_others(plan.batches)


def sum_up_dry_run(forecast: Forecast) -> Iterator[str]:
    """What a batch would make."""
    stock, documents = forecast.stock, forecast.stock.documents
    yield from _name_school(stock.plan)
    yield from format_divisions(Counter(job.place for job in documents))
    pages = sum(job.workshop.get_merger(job.edition).master.pages for job in documents)
    kinds = stock.plan.workshops[0].documents
    numbers = Counter(job.entry.document for job in documents)
    said = [count(number, *kinds[name].names) for name, number in numbers.items()]
    said += [f"{count(pages, 'page')} en tout", tally(forecast.diagnostics)]
    yield ", ".join(filter(None, said))
    states = Counter(job.state for job in documents)
    yield f"dans {forecast.root}{os.sep} : {_count_states(states)}"
    yield from _name_left(stock)
    if stock.print_files:
        yield f"{count(len(stock.print_files), 'fichier')} pour le copieur, recto verso"
    if stock.zips:
        yield count(len(stock.zips), "archive")
    named = {job.path for job in documents}
    others = [gap for gap in forecast.gaps if gap.path not in named]
    if stale := [gap.path for gap in others if gap.state is State.STALE]:
        yield f"{count(len(stale), 'autre fichier', 'autres fichiers')} à refaire :"
        yield from _cut(stale)
    yield from _list_undone(stock, forecast.orphans, forecast.outdated)
    yield from _count_left_out(stock.plan.batches)
    yield from _count_others(stock.plan.batches)
    yield "--dry-run : rien n'est écrit"


def sum_up_check(forecast: Forecast) -> Iterator[str]:
    """What a build would write, after the list of it."""
    yield from _name_school(forecast.stock.plan)
    left = (job.state for job in forecast.stock.documents if not job.state.is_to_make)
    states = Counter([*(gap.state for gap in forecast.gaps), *left])
    yield f"dans {forecast.root}{os.sep} : {_count_states(states)}"
    yield from _name_left(forecast.stock)
    if forecast.changed:
        yield "effacez ce qui est modifié pour que « pfmp build » le refasse"
    yield from _list_undone(forecast.stock, forecast.orphans, forecast.outdated)
    yield from filter(None, [tally(forecast.diagnostics)])
    yield "--check : rien n'est écrit"


def _name_school(plan: BuildPlan) -> Iterator[str]:
    yield from plan.names
    if caption := plan.workshops[0].projet.caption:
        yield f"Établissement : {caption}"


def format_divisions(counts: Counts) -> Iterator[str]:
    """A line a division; a table where there are several kinds of documents."""
    divisions = sorted({division for division, _ in counts})
    kinds = list(dict.fromkeys(kind for _, kind in counts))
    if len(kinds) < 2:
        yield from (f"  {division} : {counts[division, kinds[0]]}" for division in divisions)
        return
    rows = [["", *kinds]]
    rows += [[name, *(str(counts[name, kind]) for kind in kinds)] for name in divisions]
    if len(divisions) > 1:
        totals = (sum(counts[name, kind] for name in divisions) for kind in kinds)
        rows.append(["en tout", *map(str, totals)])
    first, *others = (max(map(len, column)) for column in zip(*rows, strict=True))
    for name, *cells in rows:
        padded = (cell.rjust(width) for cell, width in zip(cells, others, strict=True))
        yield "  ".join((f"  {name.ljust(first)}", *padded))


def _count_states(states: Counter[State]) -> str:
    """« 50 nouveaux, 2 à refaire, 10 laissés tels quels »."""
    left = sum(number for state, number in states.items() if not state.is_to_make)
    parts = (
        (states[State.NEW], "nouveau", "nouveaux"),
        (states[State.STALE], "à refaire", "à refaire"),
        (left, "laissé tel quel", "laissés tels quels"),
    )
    return ", ".join(count(*part) for part in parts if part[0])


def _name_left(stock: Stock) -> Iterator[str]:
    """The documents left alone because they are not as they were made, if there are any."""
    kinds = {
        State.FILLED: ("rempli", "remplis"),
        State.CHANGED: ("modifié sans être rempli", "modifiés sans être remplis"),
    }
    for state, words in kinds.items():
        if paths := [job.path for job in stock.documents if job.state is state]:
            since = "depuis que pfmp " + ("l'a fait" if len(paths) == 1 else "les a faits")
            yield f"dont {count(len(paths), *words)} {since} :"
            yield from _cut(paths)


def _list_files(paths: Sequence[Path], name: str, what_for: str = "") -> Iterator[str]:
    if paths:
        yield f"{count(len(paths), name)}{what_for} :"
        yield from (f"  {path}" for path in paths)


def _list_undone(
    stock: Stock, orphans: Mapping[str, str], outdated: Sequence[str], prune: bool = False
) -> Iterator[str]:
    """What is left to a run for all pupils, what is no longer anyone's and is left, and what is not
    made with what it holds."""
    yield from _name_engines(stock)
    if stock.awaited:
        left = count(len(stock.awaited), "document d'un autre élève", "documents d'autres élèves")
        yield f"{left} à faire : relancez sans --eleve ni --division"
    if stock.unmade:
        words = ("fichier de division les attend", "fichiers de division les attendent")
        yield f"{count(len(stock.unmade), *words)} :"
        yield from _cut([job.path for job in stock.unmade])
    if orphans:
        left = count(len(orphans), "fichier d'avant n'est", "fichiers d'avant ne sont")
        why = "modifié depuis, gardé" if prune else "--prune enlève ce que nul n'a modifié"
        yield f"{left} plus à personne ({why}) :"
        yield from _cut([f"{path} ({why})" for path, why in orphans.items()])
    if outdated:
        words = ("fichier qu'elle ne fait pas n'est", "fichiers qu'elle ne fait pas ne sont")
        yield f"après cette commande, {count(len(outdated), *words)} plus à jour :"
        yield from _cut(outdated)


def _name_engines(stock: Stock) -> Iterator[str]:
    """What the documents that another system made were laid out with, where it differs."""
    engines = [(_tell_apart(a, b), _tell_apart(b, a)) for a, b in stock.elsewhere]
    for (there, here), number in Counter(engines).items():
        made = count(number, "document fait", "documents faits")
        yield f"{made} ailleurs, avec {there} (ici : {here}) : laissés, ils disent la même chose"


def _tell_apart(key: str, other: str) -> str:
    """« Pango 1.56.3, HarfBuzz 10.2.0 »: what a master was laid out with, and another was not."""
    mine, theirs = (one.partition(" ")[2].split(", ") for one in (key, other))
    return ", ".join(part for part in mine if part not in theirs) or "rien de cela"


def _cut(paths: Sequence[str]) -> Iterator[str]:
    """The first of many paths, each on its line."""
    yield from (f"  {path}" for path in paths[:_MOST])
    if len(paths) > _MOST:
        yield f"  … et {count(len(paths) - _MOST, 'autre')}"


def _count_left_out(batches: Sequence[Batch]) -> Iterator[str]:
    """The pupils that the command line does not choose, if there are any."""
    left = sum(batch.roster.not_chosen for batch in batches if batch.roster.chosen is None)
    if left:
        yield count(left, "élève laissé", "élèves laissés") + " de côté"


def _count_others(batches: Sequence[Batch]) -> Iterator[str]:
    """The pupils of lists of the whole school who are not ours, or not there."""
    for _, of_file in groupby(batches, key=lambda batch: batch.rank):
        yield from _count_of_file(list(of_file))


def _count_of_file(batches: Sequence[Batch]) -> Iterator[str]:
    rosters = [batch.roster.of_chosen() for batch in batches]
    others = sum(len(roster.others) for roster in rosters)
    if others and batches[0].roster.chosen is None:
        ours = [
            f"{roster.rows_read - len(roster.others)} en {batch.workshop.referentiel.diplome.sigle}"
            for roster, batch in zip(rosters, batches, strict=True)
        ]
        read = count(sum(roster.rows_read for roster in rosters), "élève lu", "élèves lus")
        left = ("d'une autre formation laissé de côté", "d'autres formations laissés de côté")
        yield ", ".join((read, *ours, count(others, *left)))
    for roster in rosters:
        yield from list_left_out(roster, _MOST)
        if stages := roster.placements:
            read = count(stages.read, "stage lu", "stages lus")
            aside = count(stages.left_out, "d'un élève laissé de côté", "d'élèves laissés de côté")
            yield f"{read} dans {stages.file}" + (f", {aside}" if stages.left_out else "")
    pupils = [eleve for roster in rosters for eleve in roster.eleves]
    if refused := sum(any(not days for _, days in eleve.dates) for eleve in pupils):
        whose = count(refused, "élève a un stage", "élèves ont un stage")
        yield f"{whose} en erreur : ni attestation, ni feuille de présence"
