"""Every file read, and all the problems of all of them: one that is refused stops no other."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from pfmp_cli.checking.findings import Findings
from pfmp_cli.checking.targets import Targets, shorten
from pfmp_cli.diagnostics import Diagnostic, InputRefused
from pfmp_cli.domain.projet import Projet
from pfmp_cli.domain.referentiel import Referentiel
from pfmp_cli.domain.selection import Selection
from pfmp_cli.loading import (
    PROJET,
    Sources,
    find_logo,
    find_modeles,
    find_referentiel,
    load_eleves,
    load_placements,
)
from pfmp_cli.review.contradictions import find_contradictions
from pfmp_cli.review.copy_damage import find_damage
from pfmp_cli.review.doubts import (
    find_projet_doubts,
    find_projet_scales,
    find_referentiel_doubts,
)
from pfmp_cli.review.period_dates import check_calendrier
from pfmp_cli.review.school_contradictions import check_projet
from pfmp_cli.yaml_files.model_errors import validate
from pfmp_cli.yaml_files.salvage import salvage
from pfmp_cli.yaml_files.source import YamlSource, read_yaml

if TYPE_CHECKING:
    from pfmp_cli.lists.pupils import Roster

M = TypeVar("M")


@dataclass(frozen=True)
class ReadFile:
    """A YAML file as far as it could be read. `sain`: nothing in it is an error."""

    path: Path
    source: YamlSource | None = None
    model: object | None = None
    sound: bool = False


@dataclass(frozen=True)
class School:
    """What templates and lists are tried with: a school under a référentiel, which is sound.

    `sure` is False where the school's file has errors, and a school that knows nothing stands
    in for it. `source` is its file, where that is to be checked.
    """

    referentiel: Referentiel
    projet: Projet
    logo: Path | None
    templates: tuple[Path, ...]
    certain: bool = True
    source: YamlSource | None = None


def read_again(targets: Targets, sources: Sources, findings: Findings) -> list[School]:
    """Read all the files and say what is wrong with each; the schools that can be tried.

    What the lists are held against and is not itself to be checked is told only where it is
    refused.
    """
    return _Reading(targets, sources, findings).run()


class _Reading:
    def __init__(self, targets: Targets, sources: Sources, findings: Findings) -> None:
        self.targets, self.sources, self.findings = targets, sources, findings

    def run(self) -> list[School]:
        paths = self.targets.referentiels or [self._usual_referentiel()]
        referentiels = [self._read(Referentiel, path, "referentiel") for path in paths]
        base = _as(Referentiel, referentiels[0])
        projets = [self._read(Projet, path, "projet") for path in self._projets()]
        self._check_referentiels(referentiels, projets)
        schools = [self._open_ecole(lu, referentiels[0]) for lu in projets]
        if not projets and base and referentiels[0].sound:
            schools.append(School(base, Projet(), None, self._modeles(Path())))
        opened = [school for school in schools if school is not None]
        used = dict.fromkeys(path for school in opened for path in school.templates)
        self.findings.files += [("modele", path) for path in used or self.targets.modeles]
        return opened

    def _usual_referentiel(self) -> Path:
        projet = next(iter(self._projets()), None)
        return shorten(find_referentiel(self.sources.referentiel, projet))

    def _projets(self) -> list[Path]:
        """Those to check, or the one that a command would use."""
        if self.targets.projets:
            return self.targets.projets
        usual = self.sources.projet or Path(PROJET)
        return [usual] if self.sources.projet or usual.exists() else []

    def _modeles(self, folder: Path) -> tuple[Path, ...]:
        given = self.targets.modeles or [*filter(None, [self.sources.templates])]
        beside = find_modeles(folder)
        return tuple(given or ([beside] if beside else []))

    def _read(self, modele: type[M], path: Path, kind: str) -> ReadFile:
        """The file, with all that is wrong with its text and its shape."""
        listed = [*self.targets.referentiels, *self.targets.projets]
        if path in listed:
            self.findings.files.append((kind, path))
        try:
            source = read_yaml(path)
        except InputRefused as exception:
            rule = "syntaxe" if path.is_file() else "fichier"
            self.findings.add(kind, rule, exception.diagnostics)
            return ReadFile(path)
        self.findings.add(kind, "syntaxe", source.problems)
        if path in listed:
            self.findings.add(kind, "", find_damage(source))
        try:
            return ReadFile(path, source, validate(modele, replace(source, problems=())), True)
        except InputRefused as exception:
            already = {_place(problem) for problem in source.problems}
            shape = [one for one in exception.diagnostics if _place(one) not in already]
            self.findings.add(kind, "forme", shape)
            left = salvage(modele, source.data) if modele is Projet else None
            return ReadFile(path, source, left)

    def _check_referentiels(self, referentiels: list[ReadFile], projets: list[ReadFile]) -> None:
        schools = [projet for lu in projets if (projet := _as(Projet, lu))]
        for rank, lu in enumerate(referentiels):
            if (found := _as(Referentiel, lu)) and lu.source:
                contradictions = find_contradictions(found, lu.source)
                self.findings.add("referentiel", "forme", contradictions)
                sain = lu.sound and not lu.source.problems and not contradictions
                referentiels[rank] = replace(lu, sound=sain)
                if lu.path in self.targets.referentiels:
                    doubts = find_referentiel_doubts(found, lu.source, schools)
                    self.findings.add("referentiel", "", doubts)

    def _open_ecole(self, lu: ReadFile, base: ReadFile) -> School | None:
        """The school, with all that contradicts something in it said."""
        referentiel, folder = _as(Referentiel, base), lu.path.parent
        problems = self._check_projet(lu, referentiel)
        projet = _as(Projet, lu)
        if referentiel is None or not base.sound:
            return None
        modeles = self._modeles(folder)
        if projet is None or problems or not lu.sound or (lu.source and lu.source.problems):
            return School(referentiel, Projet(), None, modeles, certain=False)
        source = lu.source if lu.path in self.targets.projets else None
        return School(referentiel, projet, find_logo(lu.path, projet), modeles, source=source)

    def _check_projet(self, lu: ReadFile, referentiel: Referentiel | None) -> list[Diagnostic]:
        projet, listed = _as(Projet, lu), lu.path in self.targets.projets
        if projet is None or lu.source is None:
            return []
        problems = _find_logo_missing(projet, lu.source)
        if listed:
            self.findings.add("projet", "", find_projet_doubts(projet, lu.source))
            self.findings.add("projet", "", find_projet_scales(projet, lu.source))
        if referentiel is not None:
            problems += check_projet(projet, referentiel, lu.source)
            known = _with_sound_dates(projet, referentiel, problems)
            doubts = check_calendrier(known, referentiel, lu.source) if listed else []
            self.findings.add("projet", "calendrier", doubts)
        self.findings.add("projet", "reference", problems)
        return problems


def _find_logo_missing(projet: Projet, source: YamlSource) -> list[Diagnostic]:
    try:
        find_logo(source.path, projet)
    except InputRefused as exception:
        place = source.position(("etablissement", "logo"))
        return [
            replace(one, position=place, rule=replace(one.rule, code="fichier"))
            for one in exception.diagnostics
        ]
    return []


def read_list(path: Path, ecole: School, findings: Findings) -> Roster | None:
    """A class file, with all that is wrong with it; None where it cannot be used at all."""
    findings.files.append(("liste", path))
    try:
        school = ecole.projet
        roster = load_eleves(path, ecole.referentiel, school.divisions, school.annee_scolaire)
    except InputRefused as exception:
        findings.add("liste", "liste", exception.diagnostics)
        return None
    findings.add("liste", "liste", roster.diagnostics)
    return roster


def read_placements(
    path: Path, roster: Roster, school: School, selection: Selection, findings: Findings
) -> Roster:
    """The list with the placements of a second file, and all that is wrong with that one."""
    from pfmp_cli.lists.matching import attach_placements

    findings.files.append(("liste", path))
    try:
        stages = load_placements(path, school.referentiel)
    except InputRefused as exception:
        findings.add("liste", "liste", exception.diagnostics)
        return roster
    found = attach_placements(roster, stages, school.referentiel, school.projet, selection.periode)
    findings.add("liste", "liste", found.diagnostics[len(roster.diagnostics) :])
    return found


def _as(modele: type[M], lu: ReadFile) -> M | None:
    return lu.model if isinstance(lu.model, modele) else None


def _place(diagnostic: Diagnostic) -> tuple[int | None, int | None] | None:
    position = diagnostic.position
    return (position.line, position.column) if position else None


def _with_sound_dates(
    projet: Projet, referentiel: Referentiel, problems: list[Diagnostic]
) -> Projet:
    """The school with the dates that can be looked at: of known classes, without an error."""
    codes = {classe.code for classe in referentiel.classes}
    wrong = [one.position.label or "" for one in problems if one.position]
    calendrier = projet.calendrier
    kept = {
        code: dates
        for code, dates in calendrier.periodes.items()
        if code in codes and not any(f"periodes.{code}" in label for label in wrong)
    }
    return replace(projet, calendrier=replace(calendrier, periodes=kept))
