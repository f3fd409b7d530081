"""A school under the référentiel of a diploma."""

from dataclasses import dataclass
from pathlib import Path

from pfmp_cli.domain.projet import Projet
from pfmp_cli.domain.referentiel import Referentiel


@dataclass(frozen=True)
class School:
    """A school under a référentiel, which is sound.

    `own_templates` are folders, `logo` is an image, `path` its file, None where there is none.
    `diplomas` are the référentiels of all its diplomas, where it has several: its pupils are known
    by their divisions alone.
    """

    referentiel: Referentiel
    projet: Projet
    own_templates: tuple[Path, ...] = ()
    logo: Path | None = None
    path: Path | None = None
    diplomas: tuple[Referentiel, ...] = ()

    @property
    def folder(self) -> Path:
        """Where the paths that the school's file names start."""
        return self.path.parent if self.path else Path()
