"""`pfmp recap`: the workbook of the office, one row a placement."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from pfmp_cli.commands import options
from pfmp_cli.commands.options import argument, choose_words, flag
from pfmp_cli.commands.run_plan import show
from pfmp_cli.diagnostics import InputRefused
from pfmp_cli.loading.sources import Sources, find_projet, tell_projet
from pfmp_cli.terminal import console

if TYPE_CHECKING:
    from pfmp_cli.making.placement_tables import Placed

RECAP = "recapitulatif.xlsx"  # where, unless told


def recap(
    file: Annotated[
        Path | None,
        argument(
            "[FICHIER]", "La liste des élèves ; sans elle, toutes celles que déclare pfmp.yaml."
        ),
    ] = None,
    classe: options.Classe = None,
    option: options.Option = None,
    periode: options.Periode = None,
    eleve: options.Eleves = None,
    division: options.Divisions = None,
    stages: options.Stages = None,
    output: Annotated[
        Path | None, flag("-o, --output FICHIER", f"Le classeur à écrire (« {RECAP} »).")
    ] = None,
    projet: options.Projet = None,
    referentiel: options.ReferentielPath = None,
) -> int:
    """Le classeur du bureau des stages : qui est où, qui visiter, ce qui manque.

    Une ligne par stage, une feuille par division, une des visites par professeur, une de ce
    qui est à compléter.
    """
    from pfmp_cli.domain.fabrication import Liste
    from pfmp_cli.loading.school_files import SchoolLoader
    from pfmp_cli.making.placement_tables import arrange, list_placed, sum_up_recap, tabulate
    from pfmp_cli.output.spreadsheet import write_workbook
    from pfmp_cli.planning.command_words import choose_among
    from pfmp_cli.planning.owners import drop_silent
    from pfmp_cli.planning.pupil_choice import choose_pupils
    from pfmp_cli.rules.output_rules import NO_LIST, NOTHING_TO_MAKE

    loader = SchoolLoader()
    path = find_projet(projet, *([file] if file else []))
    if told := tell_projet(projet, path):
        console.say(told)
    schools = loader.load_schools(Sources(path, referentiel))
    if not schools:
        raise InputRefused(loader.problems)
    listes = [Liste(fichier=str(file))] if file else schools[0].projet.fabrication.listes
    if not listes:
        loader.add([NO_LIST.at()])
    folder, read = Path() if file else schools[0].folder, []
    for one in sorted(listes, key=lambda one: bool(one.stages)):  # those that say more, last
        words = (classe or one.classe, option or one.option, periode or one.periode)
        choices = choose_among((school.referentiel for school in schools), *words)
        other = stages or (folder / one.stages if one.stages else None)
        read += loader.load_list(folder / one.fichier, schools, choices, other)
    loader.refuse()
    rosters, names = choose_pupils([roster for *_, roster in read], choose_words(eleve, division))
    said = dict.fromkeys(loader.problems)
    found: list[Placed] = []
    for roster, (rank, choice, _) in zip(rosters, read, strict=True):
        said |= dict.fromkeys(drop_silent([*roster.diagnostics, *roster.unclear], roster))
        of, chosen = schools[rank], choice.periode if periode else None
        found += list_placed(roster.of_chosen(), of.referentiel, of.projet, chosen)
    if not (placed := arrange(found)):
        raise InputRefused([*said, NOTHING_TO_MAKE.at(why="aucun élève n'a de période")])
    known = schools[0].projet
    title = " – ".join(filter(None, ("PFMP", known.etablissement.nom, known.annee_scolaire)))
    written = write_workbook(output or Path(RECAP), title, tabulate(placed))
    code = show(said, [*names, sum_up_recap(placed)])
    console.put(written)
    return code
