"""HTML → master: laid out once by WeasyPrint, its fields turned into slots.

The layout leaves each field as a link whose address starts with `champ:`; just before the file is
written, WeasyPrint hands its own objects over (`finisher`): `tags` mends their tags and `slots`
puts a slot in the place of each link. So the document is neither parsed nor saved a second time.
"""

import atexit
import gc
import logging
import os
import re
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stdout
from functools import cache
from html import escape
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any

from pfmp_cli.diagnostics import Diagnostic, InputRefused
from pfmp_cli.press.layout.fonts import FILES, font_path
from pfmp_cli.press.layout.pango import advise_installation
from pfmp_cli.press.merging.master import Master
from pfmp_cli.rules import template_rules as rules


def make_master(html: str) -> Master:
    """Lay `html` out as PDF/UA-1 and make a master of it.

    Raises InputRefused with all that the layout complained about: a property it does not
    know, an image it may not read, a character that the packaged fonts lack.
    """
    from pfmp_cli.press.layout.slots import Finisher

    finisher = Finisher()
    pdf = lay_out(html, finisher)
    return finisher.build_master(pdf)


def lay_out(html: str, finisher: Any = None) -> bytes:
    """The bytes of the PDF that WeasyPrint makes of `html`; same bytes for the same text."""
    target = BytesIO()
    with _refuse_complaints(), _without_collector():
        weasyprint = _import_weasyprint()
        from pfmp_cli.press.layout.savings import spare_styles

        page = weasyprint.HTML(string=html, url_fetcher=_make_fetcher())
        spare_styles(page, html)
        document = page.render()
        _refuse_missing_glyphs(document)
        document.write_pdf(
            target, finisher=finisher, pdf_variant="pdf/ua-1", pdf_identifier=True, pdf_tags=True
        )
    return target.getvalue()


def _import_weasyprint() -> Any:
    """WeasyPrint, told to look at no font of the system and at no clock."""
    os.environ["FONTCONFIG_FILE"] = str(_isolate_fonts())
    os.environ["SOURCE_DATE_EPOCH"] = "0"
    try:
        with redirect_stdout(StringIO()):  # where it would say in English what is missing
            import weasyprint
    except ImportError as exception:
        missing = rules.MISSING_LIBRARY.at(library="de Python (WeasyPrint)", advice=_INSTALL)
        raise InputRefused([missing]) from exception
    except OSError as exception:
        missing = rules.MISSING_LIBRARY.at(
            library="du système (Pango, HarfBuzz)", advice=advise_installation()
        )
        raise InputRefused([missing]) from exception
    _adapt()
    return weasyprint


_INSTALL = "tapez : pip install weasyprint"
_FEATURES = 1 << 8  # Pango's PANGO_FONT_MASK_FEATURES


@cache
def _adapt() -> None:
    """What WeasyPrint is to do in another way."""
    import weasyprint.draw

    from pfmp_cli.press.layout.edges import draw_edges
    from pfmp_cli.press.layout.savings import save_time

    weasyprint.draw.draw_border = draw_edges
    save_time()
    _forget_features()


def _forget_features() -> None:
    """WeasyPrint names a font by a hash of its description, to which Pango 1.56 adds « #kern »:
    without it, all versions of Pango have one name for it."""
    from weasyprint.pdf import stream
    from weasyprint.text.ffi import pango

    describe = stream.get_pango_font_key

    def describe_alike(font: Any) -> tuple[int, Any, float]:
        _, description, size = describe(font)
        pango.pango_font_description_unset_fields(description, _FEATURES)
        return pango.pango_font_description_hash(description), description, size

    stream.get_pango_font_key = describe_alike


@cache
def _isolate_fonts() -> Path:
    """A configuration of fontconfig that knows one font, ours.

    Without any font Pango crashes on a template that declares none; with the system's, a
    document would depend on the machine.
    """
    folder = Path(tempfile.mkdtemp(prefix="pfmp-polices-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    shutil.copy(font_path("romain"), folder)
    configuration = folder / "fonts.conf"
    configuration.write_text(
        f"<fontconfig><dir>{escape(str(folder))}</dir>"
        f"<cachedir>{escape(str(folder))}</cachedir></fontconfig>",
        encoding="utf-8",
    )
    return configuration


def _make_fetcher() -> Any:
    """Reads what a layout may read: the packaged fonts (`police:gras`) and `data:`."""
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    class Fetcher(URLFetcher):  # type: ignore[misc]
        def fetch(self, url: str, headers: Any = None) -> Any:
            if url.startswith("data:"):
                return super().fetch(url, headers)
            scheme, _, name = url.partition(":")
            if scheme == "police" and name in FILES:
                path = font_path(name)
                return URLFetcherResponse(path.as_uri(), path.read_bytes())
            raise ValueError("un modèle ne lit ni le réseau ni le disque : image('fichier.png')")

    return Fetcher()


@contextmanager
def _refuse_complaints() -> Iterator[None]:
    """Nothing that WeasyPrint logs is let pass: it would be a flaw on paper."""
    complaints: list[str] = []

    class Collector(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            complaints.append(record.getMessage())

    logger = logging.getLogger("weasyprint")
    collector = Collector(logging.WARNING)
    logger.addHandler(collector)
    try:
        yield
    finally:
        logger.removeHandler(collector)
    if complaints:
        raise InputRefused(map(_explain, dict.fromkeys(complaints)))


# WeasyPrint's frequent complaints, in French; what is written at fault is the first group.
_COMPLAINTS = {
    r"Ignored `(.+?)\s*` at .*, unknown property\.": "la propriété de « {} » n'existe pas",
    r"Ignored `(.+?)\s*` at .*, invalid value\.": "la valeur de « {} » n'est pas permise",
    r"Failed to load image at '(.+?)': (?:ValueError: )?(.*)": "l'image « {} » n'est pas lue : {}",
    r"Image \"(.+)\" has no required alt description": "l'image « {} » n'a pas de texte (alt)",
}


def _explain(text: str) -> Diagnostic:
    """A complaint, in French where it is known, and what is `written` that it is about."""
    text = re.sub(r"(data:[^,]{,40})[^'\"\s]*", r"\1…", text)  # an image is no sentence
    for shape, french in _COMPLAINTS.items():
        if found := re.fullmatch(shape, text, re.DOTALL):
            said = french.format(*found.groups())
            return rules.LAYOUT_COMPLAINT.at(complaint=said, written=found[1])
    quoted = re.search(r"[`']([^`']+)[`']", text)
    return rules.LAYOUT_COMPLAINT.at(
        complaint=f"WeasyPrint dit : “{text}”", written=quoted[1] if quoted else ""
    )


@contextmanager
def _without_collector() -> Iterator[None]:
    """A layout makes many objects and drops few: looking for garbage takes a fifth of it."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def _refuse_missing_glyphs(document: Any) -> None:
    missing = {chr(code) for font in document.fonts.values() for code in font.missing}
    if missing:
        signs = " ".join(f"« {escape(sign)} » (U+{ord(sign):04X})" for sign in sorted(missing))
        raise InputRefused([rules.FONT_LACKS.at(signs=signs)])
