"""`pfmp booklet` and `pfmp grid`: one document without a pupil."""

from pathlib import Path

from pfmp_cli.commands import options
from pfmp_cli.loading.sources import Sources
from pfmp_cli.terminal import console
from pfmp_cli.text import count


def booklet(
    classe: options.Classe = None,
    option: options.Option = None,
    variante: options.Variante = None,
    output: options.Sortie = None,
    projet: options.Projet = None,
    referentiel: options.ReferentielPath = None,
    templates: options.TemplatesPath = None,
) -> int:
    """Un livret vierge, à remplir à la main."""
    sources = Sources(projet, referentiel, templates)
    return _make_blank("livret", sources, output, variante, classe, option)


def grid(
    classe: options.Classe = None,
    option: options.Option = None,
    periode: options.Periode = None,
    variante: options.Variante = None,
    output: options.Sortie = None,
    projet: options.Projet = None,
    referentiel: options.ReferentielPath = None,
    templates: options.TemplatesPath = None,
) -> int:
    """Une grille d'évaluation vierge, de la première période sauf --period."""
    sources = Sources(projet, referentiel, templates)
    return _make_blank("grille", sources, output, variante, classe, option, periode)


def _make_blank(
    name: str,
    sources: Sources,
    output: Path | None,
    variantes: list[str] | None,
    *words: str | None,
) -> int:
    """One document without a pupil; `words` are class, option and period as typed."""
    from pfmp_cli.output.single_file import write_blank
    from pfmp_cli.planning.command_words import choose, choose_edition
    from pfmp_cli.press.workshop import load_workshop

    workshop = load_workshop(sources, *words)
    selection = choose(workshop.referentiel, *words)
    document = workshop.documents[name]
    edition = choose_edition(document, workshop.referentiel, selection, variantes or ())
    console.show(workshop.doubts)
    merger = workshop.get_merger(edition)
    workshop.remember()
    blank = merger.merge(workshop.compose(edition))
    path = write_blank(output, edition.file_name, (merger.master.pdf, blank.update))
    pages = count(merger.master.pages, "page")
    console.say(f"{name.capitalize()} vierge de {pages} :")
    console.put(path)
    return options.DONE
