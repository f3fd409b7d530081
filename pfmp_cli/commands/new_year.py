"""`pfmp new-year`: the school's file of next year, beside this year's."""

import os
from typing import Annotated

from pfmp_cli.commands import options
from pfmp_cli.commands.options import argument
from pfmp_cli.diagnostics import InputRefused, Position, WrongUsage
from pfmp_cli.loading.sources import Sources
from pfmp_cli.terminal import console


def new_year(
    year: Annotated[str, argument("ANNÉE", "L'année scolaire, par exemple 2027-2028.")],
    projet: options.Projet = None,
    referentiel: options.ReferentielPath = None,
) -> int:
    """Le pfmp.yaml d'une autre année : le même lycée, les dates à mettre.

    À côté de celui de cette année, qui n'est pas touché ; ses documents iront dans un dossier
    de cette année-là.
    """
    from pfmp_cli.domain.shapes import Misshapen, read_years
    from pfmp_cli.loading.school_files import SchoolLoader
    from pfmp_cli.output.single_file import write_marked
    from pfmp_cli.rules.output_rules import NO_SCHOOL, SAME_YEAR, YEAR_IS_THERE
    from pfmp_cli.yaml_files.next_year import write_next_year
    from pfmp_cli.yaml_files.source import read_yaml

    try:
        read_years(year)
    except Misshapen as exception:
        raise WrongUsage([exception.diagnostic]) from exception
    loader = SchoolLoader()
    schools = loader.load_schools(Sources(projet, referentiel))
    loader.refuse()
    school = schools[0]  # of one of its diplomas: the file is that of all
    if school.path is None:
        raise InputRefused([NO_SCHOOL.at()])
    before, old = school.projet.annee_scolaire, school.path
    if before == year:
        raise WrongUsage([SAME_YEAR.at(year=year)])
    folder = school.projet.fabrication.dossier
    folder = folder.replace(before, year) if before and before in folder else f"{folder}-{year}"
    weeks = [
        {c.code: [p.semaines for p in c.periodes] for c in one.classes}
        for one in school.diplomas or (school.referentiel,)
    ]
    text = write_next_year(read_yaml(old), year, folder, weeks)
    stem = old.stem.replace(before, year) if before and before in old.stem else f"{old.stem}-{year}"
    path = old.with_name(f"{stem}{old.suffix}")
    if os.path.lexists(path):
        raise InputRefused([YEAR_IS_THERE.at(Position(str(path)))])
    write_marked(path, text.encode("utf-8"))
    console.show(loader.problems)
    console.say(
        "Mettez-y les dates de chaque classe ; relisez « lettre » et « divisions ».\n"
        f"Puis : pfmp build --projet {path}"
    )
    console.put(path)
    return options.DONE
