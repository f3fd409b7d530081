"""The page of an output folder as HTML: it needs nothing but itself, on a screen or on paper."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from html import escape
from pathlib import Path
from urllib.parse import quote

from pfmp_cli.diagnostics import Diagnostic, Position
from pfmp_cli.domain.projet import Projet
from pfmp_cli.press.template.typography import typeset
from pfmp_cli.text import count, visible

_FRAME = Path(__file__).with_name("index.html")


@dataclass(slots=True)
class IndexRow:
    """A pupil's line; its documents and messages are HTML."""

    name: str
    documents: list[str] = field(default_factory=list)
    messages: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Group:
    """A division's table; `files` are those of the whole division."""

    name: str
    rows: list[IndexRow] = field(default_factory=list)
    files: list[str] = field(default_factory=list)

    @property
    def documents(self) -> int:
        return sum(len(row.documents) for row in self.rows)


def write_link(text: str, path: str, note: str = "") -> str:
    """A link to a file of the folder, with what has to be known of it."""
    known = f" ({_text(note)})" if note else ""
    return f'<a href="{quote(path)}">{_text(text)}</a>{known}'


def write_message(diagnostic: Diagnostic) -> str:
    """A diagnostic without its excerpt, which is in the list itself."""
    at = diagnostic.position or Position("")
    where = (visible(at.file), f"ligne {at.line}" if at.line else "", at.label)
    place = _text(", ".join(filter(None, where)))
    word = diagnostic.severity.value.capitalize()
    said = f"<strong>{word} :</strong> {_text(diagnostic.message)}"
    said += f' <span class="lieu">({place})</span>' if place else ""
    return said + (f"<br>\n<em>Aide :</em> {_text(diagnostic.help)}" if diagnostic.help else "")


def write_index(
    projet: Projet,
    counts: Iterable[str],
    groups: Sequence[Group],
    messages: Sequence[str],
    left_out: Sequence[str],
    others: Mapping[str, Sequence[str]],
) -> str:
    """The page: the divisions, what is said of no pupil, who was left out, and the other files by
    their folder."""
    school = projet.etablissement.nom
    known = ", ".join(filter(None, (school, projet.annee_scolaire)))
    sections = [*_write_groups(groups)]
    if messages:
        sections.append(_section("liste", "À corriger ou à savoir", _list("avis", messages)))
    if left_out:
        sections.append(_section("laisses", "Laissés de côté", _list("", map(_text, left_out))))
    if others:
        files = "\n".join(_write_others(others))
        sections.append(_section("autres", "Autres documents du dossier", files))
    parts = {
        "title": _text(" – ".join(filter(None, ("Documents de PFMP", school)))),
        "school": f"<p>{_text(known)}</p>" if known else "",
        "counts": _text(", ".join(counts)),
        "divisions": _write_contents(groups) if groups[1:] else "",
        "sections": "\n".join(sections),
    }
    return re.sub(r"\{\{(\w+)\}\}", lambda found: parts[found[1]], _FRAME.read_text("utf-8"))


def _write_contents(groups: Sequence[Group]) -> str:
    links = (
        f'<a href="#division-{rank}">{_text(group.name)} ({len(group.rows)})</a>'
        for rank, group in enumerate(groups, 1)
    )
    return f'<nav aria-label="Divisions">\n{_list("divisions", links)}\n</nav>'


def _write_groups(groups: Sequence[Group]) -> Iterator[str]:
    for rank, group in enumerate(groups, 1):
        files = f"<p>Pour toute la division : {', '.join(group.files)}</p>\n"
        content = (files if group.files else "") + _write_table(group)
        yield _section(f"division-{rank}", group.name, content)


def _write_table(group: Group) -> str:
    told = any(row.messages for row in group.rows)
    what, more = (' class="quoi"', '<th scope="col">À savoir</th>') if told else ("", "")
    counts = f"{count(len(group.rows), 'élève')}, {count(group.documents, 'document')}"
    head = f'<th scope="col" class="nom">Élève</th><th scope="col"{what}>Documents</th>{more}'
    rows = "\n".join(_write_row(row, told) for row in group.rows)
    return (
        f"<table>\n<caption>{counts}</caption>\n<thead><tr>{head}</tr></thead>\n"
        f"<tbody>\n{rows}\n</tbody>\n</table>"
    )


def _write_row(row: IndexRow, told: bool) -> str:
    documents = _list("liens", row.documents) or "aucun"
    notes = f"<td>{_list('avis', row.messages)}</td>" if told else ""
    return f'<tr><th scope="row">{escape(row.name)}</th><td>{documents}</td>{notes}</tr>'


def _write_others(others: Mapping[str, Sequence[str]]) -> Iterator[str]:
    yield "<p>Ils sont vierges, d’une autre liste, ou d’élèves qui ne sont plus dans celle-ci.</p>"
    for name in sorted(others, key=str.lower):
        yield f"<h3>{_text(name)}</h3>\n{_list('liens', others[name])}"


def _section(name: str, title: str, content: str) -> str:
    heading = f'<h2 id="{name}">{_text(title)}</h2>'
    return f'<section aria-labelledby="{name}">\n{heading}\n{content}\n</section>'


def _list(kind: str, items: Iterable[str]) -> str:
    """Items, which are HTML, as a list; nothing where there are none."""
    lines = "".join(f"<li>{item}</li>" for item in items)
    return f'<ul class="{kind}">{lines}</ul>' if lines else ""


def _text(text: str) -> str:
    return escape(typeset(text))
