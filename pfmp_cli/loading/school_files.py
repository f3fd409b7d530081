"""The YAML files of a school → what a run works with, and all that is wrong with them."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Generic, TypeVar

from pfmp_cli.diagnostics import Diagnostic, InputRefused, Position, WrongUsage
from pfmp_cli.domain.projet import Projet
from pfmp_cli.domain.referentiel import Referentiel
from pfmp_cli.loading.images import check_logo, find_logo
from pfmp_cli.loading.loader import Loader
from pfmp_cli.loading.school import School
from pfmp_cli.loading.sources import (
    Sources,
    find_diploma,
    find_projet,
    find_referentiel,
    find_templates,
)
from pfmp_cli.review.contradictions import find_contradictions
from pfmp_cli.review.diploma_contradictions import check_diplomas, find_absent
from pfmp_cli.review.doubts import find_projet_doubts
from pfmp_cli.review.period_dates import check_calendrier
from pfmp_cli.review.school_contradictions import check_projet
from pfmp_cli.rules import loading_rules as rules
from pfmp_cli.rules.selection_rules import UNKNOWN_DIPLOMA
from pfmp_cli.text import either
from pfmp_cli.yaml_files.diplomas import DiplomaPart, split_diplomas
from pfmp_cli.yaml_files.model_errors import salvage, validate
from pfmp_cli.yaml_files.source import YamlSource, read_yaml

M = TypeVar("M", Referentiel, Projet)


@dataclass(frozen=True)
class ReadFile(Generic[M]):
    """A YAML file as far as it could be read. `sound`: nothing in it is an error."""

    path: Path
    source: YamlSource | None = None
    model: M | None = None
    sound: bool = False


@dataclass
class SchoolLoader(Loader):
    """Reads the school's files as well; `sources` are the YAML files, `projets` what they say of
    the school for each of its diplomas, where it is sound."""

    referentiels: dict[Path, ReadFile[Referentiel]] = field(default_factory=dict)
    projets: list[ReadFile[Projet]] = field(default_factory=list)
    sources: list[YamlSource] = field(default_factory=list)

    def load_schools(self, sources: Sources) -> list[School]:
        """The school, once for each of its diplomas; nothing where the référentiel of one cannot
        be used. Raises WrongUsage where the référentiel named is of none of them."""
        path = find_projet(sources.projet)
        projet = self._read(Projet, path, "projet") if path else None
        if projet and projet.source and not projet.model:
            projet = self._read_part(projet.source)
        templates = find_templates(sources.templates, path)
        parts = split_diplomas(projet.source) if projet and projet.source else []
        if projet and parts:
            return self._open_diplomas(parts, projet.sound, sources.referentiel, templates)
        referentiel = self._read_referentiel(find_referentiel(sources.referentiel, path))
        school = self._open(projet, referentiel, templates)
        return [school] if school else []

    def _open_diplomas(
        self,
        parts: Sequence[DiplomaPart],
        sound: bool,
        given: Path | None,
        templates: tuple[Path, ...],
    ) -> list[School]:
        paths = [find_diploma(part.referentiel, part.source.path) for part in parts]
        absent = self.add(find_absent(parts, paths))
        read = [self._read_referentiel(path) for path in paths] if not absent else []
        diplomas = tuple(one.model for one in read if one.model and one.sound)
        if len(diplomas) < len(parts):
            return []
        sound = not self.add(check_diplomas(parts, diplomas)) and sound
        opened = [
            self._open(self._read_part(part.source, sound), one, templates, diplomas)
            for part, one in zip(parts, read, strict=True)
        ]
        ranks = {path.resolve(): rank for rank, path in enumerate(paths)}
        if given and given.resolve() not in ranks:
            raise WrongUsage([UNKNOWN_DIPLOMA.at(path=given, known=either(map(str, paths)))])
        schools = [school for school in opened if school]
        if len(schools) < len(parts):
            return []
        return [schools[ranks[given.resolve()]]] if given else schools

    @staticmethod
    def _read_part(source: YamlSource, sound: bool = False) -> ReadFile[Projet]:
        """A school's file; what is left of one that is not `sound`."""
        model = validate(Projet, source) if sound else salvage(source.data)
        return ReadFile(source.path, source, model, sound)

    def _read_referentiel(self, path: Path) -> ReadFile[Referentiel]:
        """A référentiel, with all that contradicts something in it said."""
        if path not in self.referentiels:
            read = self._read(Referentiel, path, "referentiel")
            if read.model and read.source:
                contradictions = self.add(find_contradictions(read.model, read.source))
                read = replace(read, sound=not contradictions)
            self.referentiels[path] = read
        return self.referentiels[path]

    def _open(
        self,
        projet: ReadFile[Projet] | None,
        referentiel: ReadFile[Referentiel],
        templates: tuple[Path, ...],
        diplomas: tuple[Referentiel, ...] = (),
    ) -> School | None:
        """The school under its référentiel, with all that contradicts something in it said."""
        self.add(
            rules.NO_TEMPLATES.at(Position(str(folder)), path=folder)
            for folder in templates
            if not folder.is_dir()
        )
        problems = self._check_projet(projet, referentiel.model, diplomas) if projet else []
        if referentiel.model is None or not referentiel.sound:
            return None
        school = School(referentiel.model, Projet(), templates, diplomas=diplomas)
        if projet is None:
            return school
        if problems or not projet.sound or projet.model is None:
            return None
        self.projets.append(projet)
        logo = find_logo(projet.path, projet.model)
        return replace(school, projet=projet.model, logo=logo, path=projet.path)

    def _read(self, model: type[M], path: Path, kind: str) -> ReadFile[M]:
        """The file, with all that is wrong with its text and its shape."""
        self.kinds[str(path)] = kind
        source = None
        try:
            source = read_yaml(path)
            self.sources.append(source)
            self.add(source.doubts)
            return ReadFile(path, source, validate(model, source), True)
        except InputRefused as exception:
            self.add(exception.diagnostics)
            return ReadFile(path, source)

    def _check_projet(
        self,
        read: ReadFile[Projet],
        referentiel: Referentiel | None,
        diplomas: Sequence[Referentiel],
    ) -> list[Diagnostic]:
        projet, source = read.model, read.source
        if projet is None or source is None:
            return []
        self.add(find_projet_doubts(projet, source))
        problems = self.add(check_logo(projet, source))
        if referentiel is not None:
            problems += self.add(check_projet(projet, referentiel, source, diplomas))
            if not problems:
                self.add(check_calendrier(projet, referentiel, source))
        return problems
