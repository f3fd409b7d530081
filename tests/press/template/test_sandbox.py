"""A template is anyone's: it looks at data, runs nothing, and reads no file of elsewhere."""

from __future__ import annotations

import os
import types
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any

import pytest
from jinja2.runtime import Undefined

from pfmp_cli.diagnostics import Diagnostic, InputRefused
from pfmp_cli.domain.referentiel import Referentiel
from pfmp_cli.planning.editions import Edition
from pfmp_cli.press.template.context import build_context
from pfmp_cli.press.template.render import Templates
from pfmp_cli.press.template.template_files import list_documents
from pfmp_cli.shipped import shipped
from tests.reading import read_projet
from tests.systems import UNIX

Context = dict[str, Any]


@pytest.fixture(scope="session")
def context(referentiel: Referentiel) -> Context:
    projet, _ = read_projet(shipped("examples/pfmp.yaml"), referentiel)
    return build_context(Edition("essai", "terminale", "B", periode="3"), referentiel, projet)


def render(context: Context, folder: Path, text: str) -> str:
    (folder / "essai.html").write_text(text, encoding="utf-8")
    return Templates([folder]).render("essai", context)


def refused(context: Context, folder: Path, text: str) -> list[Diagnostic]:
    with pytest.raises(InputRefused) as caught:
        render(context, folder, text)
    return list(caught.value.diagnostics)


@pytest.mark.parametrize(
    "text",
    [
        "{{ ''.__class__.__mro__ }}",
        "{{ referentiel.__class__ }}",
        "{{ referentiel['__class__'] }}",
        "{{ referentiel|attr('__init__') }}",
        "{{ [referentiel]|map(attribute='__init__.__globals__')|list }}",
        "{{ referentiel.__init__.__globals__['sys'].modules }}",
        "{{ referentiel.__pydantic_config__.update(x=1) }}",
        "{{ referentiel.parse_raw('x') }}",
        "{{ etablissement.parse_file('/etc/passwd').nom }}",
        "{{ etablissement.model_config.update(extra='allow') }}",
        "{{ referentiel.classe('terminale') }}",
        "{{ referentiel.activites_of('terminale', 'B') }}",
        "{{ '{0.__class__}'.format(referentiel) }}",
        "{{ '{0[__class__]}'.format(referentiel) }}",
        "{{ '{x.__init__.__globals__}'.format_map({'x': referentiel}) }}",
        "{{ lipsum.__globals__ }}",
        "{{ lipsum['__globals__']['os'] }}",
        "{{ cycler.__init__.__globals__ }}",
        "{{ joiner.__init__ }}",
        "{{ namespace.mro() }}",
        "{{ dict.mro() }}",
        "{{ dict.fromkeys('abc') }}",
        "{{ {}.fromkeys('abc') }}",
        "{{ champ.choose }}",
        "{{ champ.values is none }}{{ champ.values }}",
        "{{ image.__func__.__globals__ }}",
        "{{ image.__self__.folders }}",
        "{{ selon.__self__._value }}",
        "{{ self._TemplateReference__context }}",
        "{{ self.__init__.__globals__ }}",
        "{% macro m() %}{% endmacro %}{{ m._environment }}",
        "{% macro m() %}{% endmacro %}{{ m.__init__.__globals__ }}",
        "{% import '_macros.html' as m with context %}{{ m._body_stream }}",
        "{% for x in [1] %}{{ loop._iterator }}{{ loop.__init__.__globals__ }}{% endfor %}",
        "{{ ([1]|map('string')).gi_frame.f_globals }}",
        "{{ ([1]|map('string')).send(none) }}",
        "{{ projet.divisions.clear() }}",
        "{{ projet.divisions.update(x=1) }}",
        "{{ stages.pop('1') }}",
        "{{ [1].clear() }}",
        "{{ lettre.date.today() }}",
        "{{ periodes[0].__replace__ }}",
        "{{ range(10**9)|length }}",
        "{{ eleve.nom.__globals__ }}",
        "{{ ['x']|map('attr', '__class__')|map('string')|list }}",
        "{{ ''.encode().fromhex('00') }}",
    ],
)
def test_what_reaches_for_code_is_refused_at_its_line(
    context: Context, tmp_path: Path, text: str
) -> None:
    (diagnostic,) = refused(context, tmp_path, "<p>\n" + text)

    assert diagnostic.is_error
    assert diagnostic.position is not None
    assert (Path(diagnostic.position.file).name, diagnostic.position.line) == ("essai.html", 2)
    assert "Jinja dit" not in diagnostic.message
    assert " object at 0x" not in diagnostic.message


def test_of_all_that_a_template_is_given_nothing_runs(context: Context) -> None:
    """Every attribute of every object within reach is data, a data's method, or not there."""
    environment = Templates()._renderer._environment
    things = list(reach(context))
    shown = set()
    for thing in things:
        for name in dir(thing):
            found = environment.getattr(thing, name)
            if isinstance(found, Undefined):
                continue
            shown.add((type(thing).__name__, name))
            assert not isinstance(found, type | types.FunctionType | types.ModuleType), name
            if isinstance(found, types.MethodType):
                assert type(found.__self__).__module__ not in {"jinja2.environment", "pathlib"}
            if callable(found) and environment.is_safe_callable(found):
                assert isinstance(found.__self__, str | int | float | tuple | list | dict)
    assert {type(thing).__name__ for thing in things} >= {"Referentiel", "Projet", "PlacedPeriode"}
    assert ("Referentiel", "classes") in shown
    assert ("PlacedPeriode", "lignes") in shown
    assert ("Referentiel", "classe") not in shown


def reach(thing: Any, seen: set[int] | None = None) -> Iterator[Any]:
    """Objects of ours that are reached from it, each once."""
    seen = set() if seen is None else seen
    if id(thing) in seen:
        return
    seen.add(id(thing))
    if is_dataclass(thing):
        yield thing
        for field in fields(thing):
            yield from reach(getattr(thing, field.name), seen)
    elif isinstance(thing, dict):
        for value in thing.values():
            yield from reach(value, seen)
    elif isinstance(thing, tuple | list):
        for value in thing:
            yield from reach(value, seen)


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("{{ classe.code.upper() }}", "TERMINALE"),
        ("{{ 'a-b'.split('-')|join(' ') }}", "a b"),
        ("{{ '{} {}'.format(1, 2) }}", "1 2"),
        ("{% set l = [] %}{% set _ = l.append(1) %}{{ l }}", "[1]"),
        ("{{ {'a': 1}.items()|list }}", "[(&#39;a&#39;, 1)]"),
        ("{% set n = namespace(x=0) %}{% if true %}{% set n.x = 2 %}{% endif %}{{ n.x }}", "2"),
        ("{% for x in 'ab' %}{{ loop.index }}{{ loop.cycle('i', 'p') }}{% endfor %}", "1i2p"),
        ("{% macro m(x) %}{{ x }}{{ caller() }}{% endmacro %}{% call m(1) %}c{% endcall %}", "1c"),
        ("{% set c = cycler('a', 'b') %}{{ c.next() }}{{ c.next() }}{{ c.current }}", "aba"),
        ("{{ periodes[0].semaines is number }}", "True"),
        ("{{ contacts|map(attribute='role')|first is string }}", "True"),
        ("{% for x in [1, [2]] recursive %}{{ x if x is number else loop(x) }}{% endfor %}", "12"),
    ],
)  # fmt: skip
def test_what_templates_are_made_of_works(
    context: Context, tmp_path: Path, text: str, html: str
) -> None:
    assert render(context, tmp_path, text) == html


@UNIX
@pytest.mark.parametrize("text", ["{% include 'lien.html' %}", "{% extends 'lien.html' %}",
                                  "{{ image('lien.html') }}"])  # fmt: skip
def test_a_link_that_leads_out_of_the_templates_is_not_followed(
    context: Context, tmp_path: Path, text: str
) -> None:
    folder = tmp_path / "modeles"
    folder.mkdir()
    (tmp_path / "secret").write_text("secret", encoding="utf-8")
    (folder / "lien.html").symlink_to(tmp_path / "secret")
    (diagnostic,) = refused(context, folder, text)

    assert diagnostic.message == (
        "le modèle « lien.html » n'est pas un fichier du dossier des modèles"
    )
    assert diagnostic.position is not None
    assert diagnostic.position.file == str(folder / "lien.html")


@UNIX
def test_a_link_within_the_templates_is_followed(context: Context, tmp_path: Path) -> None:
    (tmp_path / "vrai.html").write_text("contenu", encoding="utf-8")
    (tmp_path / "lien.html").symlink_to("vrai.html")

    assert render(context, tmp_path, "{% include 'lien.html' %}") == "contenu"


@UNIX
def test_what_is_no_file_is_told_and_not_waited_for(context: Context, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "tuyau.html")
    (tmp_path / "dossier.html").mkdir()
    (tmp_path / "zero.html").symlink_to("/dev/zero")
    templates = Templates([tmp_path])

    assert {"tuyau", "dossier", "zero", "livret"} <= list_documents(templates.folders).keys()
    assert [one.message for one in templates.find_syntax_errors()] == [
        f"le modèle « {name}.html » n'est pas un fichier du dossier des modèles"
        for name in ("dossier", "tuyau", "zero")
    ]
    with pytest.raises(InputRefused, match="modele/pas-un-fichier"):
        templates.render("tuyau", context)


@pytest.mark.parametrize("name", ["/etc/passwd", "../secret", "logo.svg/../../secret", "texte.png"])
def test_an_image_is_a_file_of_the_templates_and_an_image(
    context: Context, tmp_path: Path, name: str
) -> None:
    folder = tmp_path / "modeles"
    folder.mkdir()
    (folder / "texte.png").write_text("secret", encoding="utf-8")
    (tmp_path / "secret").write_text("secret", encoding="utf-8")

    assert refused(context, folder, f"{{{{ image('{name}') }}}}")
