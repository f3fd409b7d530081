"""The files of a run, and all that is wrong with them.

The one way in of every command: `check` stops there, `batch`, `build` and `watch` go on.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from pfmp_cli.diagnostics import Diagnostic, InputRefused
from pfmp_cli.domain.selection import Selection
from pfmp_cli.loading.school import School

if TYPE_CHECKING:
    from pfmp_cli.lists.pupils import Roster


@dataclass
class Loader:
    """Reads lists, and keeps all that is wrong; a file that is refused stops no other.

    `kinds` is what each file that was read is: « referentiel », « projet », « liste ».
    """

    kinds: dict[str, str] = field(default_factory=dict)
    problems: dict[Diagnostic, None] = field(default_factory=dict)

    def add(self, diagnostics: Iterable[Diagnostic]) -> list[Diagnostic]:
        """Keep what is wrong, the same once."""
        found = list(diagnostics)
        self.problems |= dict.fromkeys(found)
        return found

    def has_errors(self) -> bool:
        return any(problem.is_error for problem in self.problems)

    def refuse(self) -> None:
        """Raise InputRefused with all that is wrong where one thing of it is an error."""
        if self.has_errors():
            raise InputRefused(self.problems)

    def load_list(
        self,
        path: Path,
        schools: Sequence[School],
        choices: Sequence[Selection | None],
        stages: Path | None = None,
    ) -> list[tuple[int, Selection, "Roster"]]:
        """The pupils of a class file, with the placements of a second file where there is one: of
        each diploma that there is a choice of, by its rank.

        Nothing where a file cannot be used at all.
        """
        from pfmp_cli.loading.class_files import load_classes

        self.kinds |= {str(one): "liste" for one in (path, stages) if one}
        try:
            rosters = load_classes(path, stages, list(zip(schools, choices, strict=True)))
        except InputRefused as exception:
            self.add(exception.diagnostics)
            return []
        chosen = [(rank, choice) for rank, choice in enumerate(choices) if choice]
        return [(*one, roster) for one, roster in zip(chosen, rosters, strict=True)]
