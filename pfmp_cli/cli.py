"""The commands, each a table of contents: options → load → plan → press → report."""

from __future__ import annotations

import os
import sys
import traceback
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer._click.exceptions import UsageError

from pfmp_cli import __version__, console
from pfmp_cli.diagnostics import InputRefused, WrongUsage
from pfmp_cli.loading import Sources
from pfmp_cli.usage import FrenchCommand, FrenchGroup, explain_usage

if TYPE_CHECKING:
    from pfmp_cli.batch import Bilan
    from pfmp_cli.inputs.eleves import Lecture
    from pfmp_cli.plan import Plan

DONE, REFUSED, USAGE, PARTIAL, INTERRUPTED = 0, 1, 2, 3, 130

_CODES = (
    "Codes de retour : 0 fait ; 1 fichiers refusés, rien n'est écrit ; 2 commande mal "
    "écrite ; 3 certains documents n'ont pas pu être faits, les autres le sont."
)

app = typer.Typer(
    name="pfmp",
    cls=FrenchGroup,
    help="Les documents des périodes de formation en milieu professionnel (PFMP).",
    epilog=_CODES,
    add_completion=False,
    rich_markup_mode=None,
    no_args_is_help=True,
    options_metavar="[OPTIONS]",
    subcommand_metavar="COMMANDE …",
)


def _option(*names: str, metavar: str | None = None, text: str) -> Any:
    return typer.Option(*names, metavar=metavar, help=text, show_default=False)


Classe = Annotated[
    str | None,
    _option("--class", metavar="CLASSE", text="seconde, premiere ou terminale."),
]
Option = Annotated[str | None, _option("--option", metavar="LETTRE", text="L'option du diplôme.")]
Projet = Annotated[
    Path | None,
    _option("--projet", metavar="FICHIER",
            text="L'établissement (pfmp.yaml du dossier courant, s'il y est)."),
]  # fmt: skip
ReferentielPath = Annotated[
    Path | None,
    _option("--referentiel", metavar="FICHIER", text="Un autre référentiel que celui fourni."),
]
TemplatesPath = Annotated[
    Path | None,
    _option("--templates", metavar="DOSSIER",
            text="Des modèles qui remplacent, fichier par fichier, ceux fournis."),
]  # fmt: skip
Periode = Annotated[
    str | None, _option("--period", metavar="NUMERO", text="Une seule des périodes de l'année.")
]
Variante = Annotated[
    list[str] | None,
    _option("--variante", metavar="CODE", text="Une variante, par exemple primo_entrant."),
]
Sortie = Annotated[
    Path | None,
    _option("-o", "--output", metavar="FICHIER", text="Le PDF à écrire, ou son dossier."),
]
Strict = Annotated[
    bool, _option("--strict", text="Au premier problème, tout refuser et ne rien écrire.")
]


@app.callback(invoke_without_command=True)
def _root(
    version: Annotated[bool, _option("--version", text="Afficher la version.")] = False,
) -> None:
    if version:
        print(f"pfmp {__version__}")
        raise typer.Exit


@app.command(cls=FrenchCommand)
def booklet(
    classe: Classe = None,
    option: Option = None,
    variante: Variante = None,
    sortie: Sortie = None,
    projet: Projet = None,
    referentiel: ReferentielPath = None,
    templates: TemplatesPath = None,
) -> int:
    """Un livret vierge, à remplir à la main."""
    sources = Sources(projet, referentiel, templates)
    return _make_blank("livret", sources, sortie, variante, classe, option)


@app.command(cls=FrenchCommand)
def grid(
    classe: Classe = None,
    option: Option = None,
    periode: Periode = None,
    variante: Variante = None,
    sortie: Sortie = None,
    projet: Projet = None,
    referentiel: ReferentielPath = None,
    templates: TemplatesPath = None,
) -> int:
    """Une grille d'évaluation vierge, de la période 1 sauf --period."""
    sources = Sources(projet, referentiel, templates)
    return _make_blank("grille", sources, sortie, variante, classe, option, periode)


def _make_blank(
    name: str,
    sources: Sources,
    sortie: Path | None,
    variantes: list[str] | None,
    *words: str | None,
) -> int:
    """One document without a pupil; `words` are class, option and period as typed."""
    from pfmp_cli.choix import choose, choose_edition
    from pfmp_cli.loading import load_workshop
    from pfmp_cli.output import write_blank

    workshop = load_workshop(sources)
    choix = choose(workshop.referentiel, *words)
    document = workshop.templates.documents()[name]
    edition = choose_edition(document, workshop.referentiel, choix, variantes or ())
    merger = workshop.get_merger(edition)
    blank = merger.merge({}, merger.master.titre)
    path = write_blank(sortie, edition.file_name, (merger.master.pdf, blank.update))
    pages = console.count(merger.master.pages, "page")
    console.say(f"{name.capitalize()} vierge de {pages} :")
    print(path)
    return DONE


@app.command(cls=FrenchCommand)
def batch(
    fichier: Annotated[Path, typer.Argument(metavar="FICHIER", help="La liste des élèves.")],
    classe: Classe = None,
    option: Option = None,
    periode: Periode = None,
    documents: Annotated[
        str,
        _option("--documents", metavar="NOMS", text="Lesquels, par exemple livret,grille."),
    ] = "livret",
    sortie: Annotated[
        Path,
        _option("-o", "--output", metavar="DOSSIER", text="Où écrire (« documents »)."),
    ] = Path("documents"),
    imprimer: Annotated[
        bool,
        _option("--print", text="Écrire aussi, par classe, un seul PDF pour le copieur."),
    ] = False,
    imposition: Annotated[
        str | None,
        _option(
            "--imposition",
            metavar="livret-a5",
            text="Ce PDF en livrets A5 à plier : feuilles A4, recto verso, bord court.",
        ),
    ] = None,
    strict: Strict = False,
    projet: Projet = None,
    referentiel: ReferentielPath = None,
    templates: TemplatesPath = None,
) -> int:
    """Le livret, ou d'autres documents, de chaque élève d'une liste.

    --class et --option disent ce que la liste ne dit pas, et y choisissent ce qu'elle dit.
    """
    from pfmp_cli.batch import (
        Bilan,
        check_imposition,
        check_plan,
        group_tirages,
        print_classes,
        run_batch,
    )
    from pfmp_cli.choix import choose, choose_documents
    from pfmp_cli.loading import load_eleves, load_workshop
    from pfmp_cli.output import prepare_folder
    from pfmp_cli.plan import plan_documents

    check_imposition(imposition)
    workshop = load_workshop(Sources(projet, referentiel, templates))
    choix = choose(workshop.referentiel, classe, option, periode)
    kinds = choose_documents(workshop.templates.documents(), documents)
    lecture = load_eleves(fichier, workshop.referentiel, workshop.projet.divisions)
    plan = plan_documents(lecture, workshop.referentiel, workshop.projet.divisions, kinds, choix)
    problems = check_plan(plan, workshop, lecture, strict)
    prepare_folder(sortie)
    editions = plan.editions()
    for _ in console.track(workshop.prepare(editions), "Mise en page", len(editions)):
        pass
    bilan = Bilan(diagnostics=problems)
    try:
        steps = run_batch(plan.commandes, workshop, lecture, sortie, bilan)
        for _ in console.track(steps, "Documents", len(plan.commandes)):
            pass
        if imprimer or imposition:
            tirages = group_tirages(plan.commandes)
            steps = print_classes(tirages, workshop, imposition, sortie, bilan)
            for _ in console.track(steps, "À imprimer", len(tirages)):
                pass
    finally:
        console.show(bilan.diagnostics)
        console.say(_summarize(bilan, sortie, plan.ecartes))
        for line in _count_others(lecture, plan, workshop.referentiel.diplome.sigle):
            console.say(line)
    return PARTIAL if any(diagnostic.is_error for diagnostic in bilan.diagnostics) else DONE


def _summarize(bilan: Bilan, sortie: Path, ecartes: int) -> str:
    """What was written, by division, and what was not."""
    lines = [f"  {name} : {number}" for name, number in sorted(bilan.ecrits.items())]
    total = console.count(bilan.ecrits.total(), "document écrit", "documents écrits")
    lines.append(f"{total} dans {sortie}{os.sep}")
    if bilan.tirages:
        files = console.count(len(bilan.tirages), "fichier", "fichiers")
        lines.append(f"{files} pour le copieur, recto verso :")
        lines += [f"  {path}" for path in bilan.tirages]
    if ecartes:
        lines.append(console.count(ecartes, "élève laissé", "élèves laissés") + " de côté")
    if said := console.tally(bilan.diagnostics):
        lines.append(said)
    return "\n".join(lines)


def _count_others(lecture: Lecture, plan: Plan, sigle: str) -> Iterator[str]:
    """The pupils of a list of the whole school who are not ours, or have left."""
    if plan.autres:
        lus, ours = console.count(lecture.lus, "élève lu", "élèves lus"), lecture.lus - plan.autres
        others = console.count(
            plan.autres,
            "d'une autre formation laissé de côté",
            "d'autres formations laissés de côté",
        )
        yield f"{lus}, {ours} en {sigle}, {others}"
    if lecture.sortis:
        yield console.count(
            lecture.sortis,
            "élève sorti de l'établissement laissé de côté",
            "élèves sortis de l'établissement laissés de côté",
        )


def run(arguments: list[str] | None = None) -> int:
    """Run the command line (`sys.argv` where there are no `arguments`); the exit code."""
    try:
        code = app(arguments, prog_name="pfmp", standalone_mode=False)
    except UsageError as exception:
        return _refuse_usage(exception)
    except InputRefused as exception:
        console.show(exception.diagnostics)
        return USAGE if isinstance(exception, WrongUsage) else REFUSED
    except (KeyboardInterrupt, typer.Abort):
        code = INTERRUPTED
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE
    except Exception as exception:  # a fault of ours: say so, and never show a pupil's data
        console.say(_describe_fault(exception))
        return REFUSED
    if code == INTERRUPTED:
        console.say("Interrompu : ce qui est écrit est entier ; relancez pour avoir le reste.")
    return code or DONE


def _refuse_usage(exception: UsageError) -> int:
    if type(exception).__name__ == "NoArgsIsHelpError":
        print(exception.format_message())
        return USAGE
    console.show([explain_usage(exception)])
    return USAGE


def _describe_fault(exception: Exception) -> str:
    """An unexpected error: where in our code, which versions, how to report; no values."""
    frames = traceback.extract_tb(exception.__traceback__)
    places = [f"  {Path(frame.filename).name}:{frame.lineno} {frame.name}" for frame in frames[-5:]]
    python = ".".join(map(str, sys.version_info[:3]))
    return "\n".join([
        f"erreur : défaut de pfmp ({type(exception).__name__}) ; ce n'est pas votre faute",
        *places,
        f"pfmp {__version__}, Python {python}, {sys.platform}",
        "aide : envoyez ces lignes aux auteurs de pfmp ; elles n'ont aucune donnée d'élève",
    ])  # fmt: skip
