"""A check for machines: as JSON, and as what GitHub and GitLab show in a change.

A machine's report ends in logs that many can read: there, what a class file holds is not said,
only where to look.
"""

import hashlib
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from pfmp_cli import __version__
from pfmp_cli.checking.findings import Findings
from pfmp_cli.checking.targets import shorten
from pfmp_cli.diagnostics import Diagnostic, Position, Severity

VERSION = 1
GITHUB = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.REMARK: "notice"}
GITLAB = {Severity.ERROR: "major", Severity.WARNING: "minor", Severity.REMARK: "info"}
MASKED = "« pfmp check » sans --format montre la cellule"


@dataclass(frozen=True, slots=True)
class ReportLine:
    """One finding as machines are told of it: its file is there, relative where it can be."""

    kind: str
    diagnostic: Diagnostic
    message: str
    help: str | None
    position: Position
    file: str | None


def format_json(findings: Findings) -> str:
    """An object; the guide says what its keys are, and `version` changes when they do."""
    lines = list(_lines(findings))
    severities = [line.diagnostic.severity for line in lines]
    return _dump({
        "version": VERSION,
        "pfmp": __version__,
        "erreurs": severities.count(Severity.ERROR),
        "avertissements": severities.count(Severity.WARNING),
        "fichiers": [
            {"genre": kind, "chemin": _relative(str(path))} for kind, path in findings.files
        ],
        "remarques": findings.remarks,
        "diagnostics": [_as_json(line) for line in lines],
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


def _lines(findings: Findings) -> Iterator[ReportLine]:
    for diagnostic in findings.ordered():
        kind = findings.kind_of(diagnostic)
        place = diagnostic.position or Position("")
        file = _relative(place.file) if diagnostic.position else None
        if kind == "liste":
            place = replace(place, excerpt=None, label=None)
            yield ReportLine(kind, diagnostic, diagnostic.masked, MASKED, place, file)
        else:
            yield ReportLine(kind, diagnostic, diagnostic.message, diagnostic.help, place, file)


def _relative(file: str) -> str:
    """The path from the current folder, which is the repository's in a pipeline; with `/`."""
    return shorten(Path(file)).as_posix()


def _dump(data: Any) -> str:
    return json.dumps(data, ensure_ascii=False, indent=2)


def _as_json(line: ReportLine) -> dict[str, Any]:
    diagnostic, position = line.diagnostic, line.position
    return {
        "regle": diagnostic.rule.family,
        "severite": diagnostic.severity.value,
        "message": line.message,
        "aide": line.help,
        "genre": line.kind or None,
        "fichier": line.file,
        "ligne": position.line,
        "colonne": position.column,
        "longueur": position.length if position.column is not None else None,
        "repere": position.label,
    }


def _as_command(line: ReportLine) -> str:
    diagnostic, position = line.diagnostic, line.position
    properties = {
        "file": line.file,
        "line": position.line,
        "col": position.column,
        "endColumn": position.column and position.column + position.length,
        "title": f"pfmp : {diagnostic.rule.family}",
    }
    said = ",".join(
        f"{key}={_escape_property(str(value))}" for key, value in properties.items() if value
    )
    text = line.message + (f"\naide : {line.help}" if line.help else "")
    return f"::{GITHUB[diagnostic.severity]} {said}::{_escape(text)}"


def _escape(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _escape_property(text: str) -> str:
    return _escape(text).replace(":", "%3A").replace(",", "%2C")


def _as_quality(line: ReportLine, seen: dict[str, int]) -> dict[str, Any]:
    diagnostic, position = line.diagnostic, line.position
    path = line.file or "pfmp.yaml"
    told = "\n".join((path, diagnostic.rule.family, line.message, position.label or ""))
    rank = seen[told] = seen.get(told, 0) + 1
    text = line.message + (f" ; {line.help}" if line.help else "")
    return {
        "description": text,
        "check_name": diagnostic.rule.family,
        "fingerprint": hashlib.sha256(f"{told}\n{rank}".encode()).hexdigest(),
        "severity": GITLAB[diagnostic.severity],
        "location": {"path": path, "lines": {"begin": position.line or 1}},
    }
