"""A check for machines: as JSON, and as what GitHub and GitLab show in a change.

A machine's report ends in logs that many can read: there, what a class file holds is not said,
only where to look.
"""

import hashlib
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, TypeAlias

from pfmp_cli import __version__
from pfmp_cli.checking.findings import Findings
from pfmp_cli.diagnostics import Diagnostic, Position, Severity

# One finding as machines are told of it, by the names that the guide gives.
Line: TypeAlias = dict[str, Any]

VERSION = 1
GITHUB = {"erreur": "error", "avertissement": "warning", "remarque": "notice"}
GITLAB = {"erreur": "major", "avertissement": "minor", "remarque": "info"}
MASKED = "« pfmp check » sans --format montre la cellule"


def format_json(findings: Findings) -> str:
    """An object; the guide says what its keys are, and `version` changes when they do."""
    lines = list(_lines(findings))
    severities = [line["severite"] for line in lines]
    return _dump({
        "version": VERSION,
        "pfmp": __version__,
        "erreurs": severities.count(Severity.ERROR.value),
        "avertissements": severities.count(Severity.WARNING.value),
        "fichiers": [
            {"genre": kind, "chemin": _relative(str(path))} for kind, path in findings.files
        ],
        "remarques": findings.remarks,
        "diagnostics": lines,
    })  # fmt: skip


def format_github(findings: Findings) -> str:
    """Workflow commands, a line each, that GitHub shows at the lines of a change."""
    return "\n".join(map(_as_command, _lines(findings)))


def format_gitlab(findings: Findings) -> str:
    """A Code Quality report. GitLab knows a finding again by its fingerprint, so that it does
    not depend on the line."""
    seen: dict[str, int] = {}
    return _dump([_as_quality(line, seen) for line in _lines(findings)])


FORMATS: dict[str, Callable[[Findings], str]] = {
    "json": format_json,
    "github": format_github,
    "gitlab": format_gitlab,
}


def _lines(findings: Findings) -> Iterator[Line]:
    for diagnostic in findings.ordered():
        yield _tell(diagnostic, findings.kind_of(diagnostic))


def _tell(diagnostic: Diagnostic, kind: str) -> Line:
    place, masked = diagnostic.position or Position(""), kind == "liste"
    return {
        "regle": diagnostic.rule.family,
        "severite": diagnostic.severity.value,
        "message": diagnostic.masked if masked else diagnostic.message,
        "aide": MASKED if masked else diagnostic.help,
        "genre": kind or None,
        "fichier": _relative(place.file) if diagnostic.position else None,
        "ligne": place.line,
        "colonne": place.column,
        "longueur": place.length if place.column is not None else None,
        "repere": None if masked else place.label,
    }


def _relative(file: str) -> str:
    """The path from the current folder, which is the repository's in a pipeline; with `/`."""
    path, here = Path(file), Path.cwd()
    inside = path.is_absolute() and path.is_relative_to(here)
    return (path.relative_to(here) if inside else path).as_posix()


def _dump(data: Any) -> str:
    return json.dumps(data, ensure_ascii=False, indent=2)


def _as_command(line: Line) -> str:
    properties = {
        "file": line["fichier"],
        "line": line["ligne"],
        "col": line["colonne"],
        "endColumn": line["colonne"] and line["colonne"] + line["longueur"],
        "title": f"pfmp : {line['regle']}",
    }
    said = ",".join(
        f"{key}={_escape(str(value)).replace(':', '%3A').replace(',', '%2C')}"
        for key, value in properties.items()
        if value
    )
    text = line["message"] + (f"\naide : {line['aide']}" if line["aide"] else "")
    return f"::{GITHUB[line['severite']]} {said}::{_escape(text)}"


def _escape(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _as_quality(line: Line, seen: dict[str, int]) -> dict[str, Any]:
    path = line["fichier"] or "pfmp.yaml"
    told = "\n".join((path, line["regle"], line["message"], line["repere"] or ""))
    rank = seen[told] = seen.get(told, 0) + 1
    return {
        "description": line["message"] + (f" ; {line['aide']}" if line["aide"] else ""),
        "check_name": line["regle"],
        "fingerprint": hashlib.sha256(f"{told}\n{rank}".encode()).hexdigest(),
        "severity": GITLAB[line["severite"]],
        "location": {"path": path, "lines": {"begin": line["ligne"] or 1}},
    }
