"""`pfmp recap`: the workbook of the office, one row a placement."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from pfmp_cli.commands.options import (
    Classe,
    Divisions,
    Eleves,
    Option,
    Periode,
    Projet,
    ReferentielPath,
    Stages,
    choose_words,
    flag,
)
from pfmp_cli.commands.run_plan import show
from pfmp_cli.diagnostics import InputRefused
from pfmp_cli.loading.sources import Sources, find_projet, tell_projet
from pfmp_cli.terminal import console

RECAP = "recapitulatif.xlsx"  # where, unless told


def recap(
    file: Annotated[
        Path, typer.Argument(metavar="FICHIER", help="La liste des élèves.", readable=False)
    ],
    classe: Classe = None,
    option: Option = None,
    periode: Periode = None,
    eleve: Eleves = None,
    division: Divisions = None,
    stages: Stages = None,
    output: Annotated[
        Path | None,
        flag("-o", "--output", metavar="FICHIER", text=f"Le classeur à écrire (« {RECAP} »)."),
    ] = None,
    projet: Projet = None,
    referentiel: ReferentielPath = None,
) -> int:
    """Le classeur du bureau des stages : qui est où, qui visiter, ce qui manque.

    Une ligne par stage, une feuille par division, une des visites par professeur, une de ce
    qui est à compléter.
    """
    from pfmp_cli.loading.loader import Loader
    from pfmp_cli.making.placement_tables import list_placed, sum_up_recap, tabulate
    from pfmp_cli.output.spreadsheet import write_workbook
    from pfmp_cli.planning.command_words import choose_among
    from pfmp_cli.planning.owners import drop_silent
    from pfmp_cli.planning.pupil_choice import choose_pupils
    from pfmp_cli.rules.output_rules import NOTHING_TO_MAKE

    loader = Loader()
    path = find_projet(projet, file)
    if told := tell_projet(projet, path):
        console.say(told)
    schools = loader.load_schools(Sources(path, referentiel))
    if not schools:
        raise InputRefused(loader.problems)
    choices = choose_among((one.referentiel for one in schools), classe, option, periode)
    asked = list(zip(schools, choices, strict=True))
    rosters = loader.load_lists(file, asked, stages)
    loader.refuse()
    rosters, names = choose_pupils(rosters, choose_words(eleve, division))
    said = list(loader.problems)
    placed = []
    for roster, (school, choice) in zip(rosters, [one for one in asked if one[1]], strict=True):
        said += drop_silent([*roster.diagnostics, *roster.unclear], roster)
        chosen = choice.periode if choice else None
        placed += list_placed(roster.of_chosen(), school.referentiel, school.projet, chosen)
    if not placed:
        raise InputRefused([*said, NOTHING_TO_MAKE.at()])
    known = schools[0].projet
    title = " – ".join(filter(None, ("PFMP", known.etablissement.nom, known.annee_scolaire)))
    written = write_workbook(output or Path(RECAP), title, tabulate(placed))
    code = show(said, [*names, sum_up_recap(placed)])
    console.put(written)
    return code
