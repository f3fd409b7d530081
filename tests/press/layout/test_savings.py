"""What is done once instead of again and again gives the same bytes."""

from __future__ import annotations

import subprocess
import sys
from typing import Literal

import pytest
import weasyprint

from pfmp_cli.domain.projet import Livret, Projet
from pfmp_cli.domain.referentiel import Referentiel
from pfmp_cli.planning.editions import Edition
from pfmp_cli.press.layout import savings
from pfmp_cli.press.template.context import build_context
from pfmp_cli.press.template.render import Templates

# Lays out what it reads; with an argument, as WeasyPrint does by itself.
LAY_OUT = """
import sys
from pfmp_cli.press.layout import make_master, savings
if sys.argv[1:]:
    savings.save_time = savings.spare_styles = lambda *_: None
sys.stdout.buffer.write(make_master.make_master(sys.stdin.read()).pdf)
"""
TEXT = "Un texte assez long pour être coupé, justifié et repris plusieurs fois de suite. " * 3
# Where what is remembered does not hold: in columns, what floats, runs or stands elsewhere; text
# that is stretched or cut short; borders that collapse; notes and marks of lists.
RARE = f"""<html lang="fr"><head><title>Essai</title><style>
@font-face {{ font-family: S; src: url(police:romain) }} body {{ font: 10pt S }}
@page {{ size: A5; @top-left {{ content: element(tete) }} }}
.tete {{ position: running(tete) }}
.colonnes {{ columns: 2; text-align: justify }}
.flotte {{ float: left; width: 30% }} .ailleurs {{ position: absolute; bottom: 0 }}
.court {{ line-clamp: 2 }} .une {{ overflow: hidden; text-overflow: ellipsis }}
.nu {{ white-space: nowrap }} .note {{ float: footnote }} .liste {{ display: list-item }}
table {{ border-collapse: collapse; width: 80% }} td {{ border: 1pt solid #000; padding: 5% }}
.epais {{ border: 4pt solid #000 }} .bas {{ break-before: page; height: 168mm }}
</style></head><body>
<div class="colonnes"><p>{TEXT}</p><p>{TEXT}</p></div>
<div class="colonnes"><h2>Titre</h2><p class="flotte">{TEXT}</p><p class="ailleurs">Là</p>
<p class="tete">Tête</p><div class="colonnes"><p>{TEXT}</p></div><p>{TEXT}</p></div>
<div class="court">{TEXT}</div><div>{TEXT}</div>
{"<div class='court'><p>Mot</p><p>Mot</p><p>Mot</p></div>" * 2}
<div class="une nu">{TEXT}</div><div class="nu">{TEXT[:60]}</div>
<p style="margin: 5%">Un<span class="note">Une note.</span></p><p style="margin: 5%">Deux</p>
<div class="liste">Un</div><ul><li>Deux<ol><li>Trois</li></ol></li></ul>
<table><tr><td>Où ?</td><td>Là</td><td class="epais">Ici</td></tr>
<tr><td>Où ?</td><td class="epais">Là</td><td>Ici</td></tr></table>
<div class="bas">Rien ne tient dessous.</div><div class="colonnes"><p>{TEXT}</p><p>{TEXT}</p></div>
<div class="colonnes"><p>{TEXT}</p><div class="colonnes"><p>{TEXT}</p></div><p>{TEXT}</p></div>
<div class="colonnes">{f"<p>{TEXT}</p>" * 12}</div></body></html>"""


def lay_out(html: str, *as_weasyprint: str) -> bytes:
    command = [sys.executable, "-c", LAY_OUT, *as_weasyprint]
    done = subprocess.run(command, input=html.encode(), capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout


def test_the_locked_version_is_the_one_that_they_were_tried_with() -> None:
    assert weasyprint.__version__ == savings.TRIED


@pytest.mark.parametrize(
    "html", [RARE, RARE.replace("float: footnote", "").replace("list-item", "block")]
)
def test_what_is_rare_in_a_document_is_laid_out_as_weasyprint_does(html: str) -> None:
    assert lay_out(html) == lay_out(html, "as WeasyPrint")


@pytest.mark.lent
@pytest.mark.parametrize("format", ["a4", "a5"])
def test_a_booklet_is_laid_out_as_weasyprint_does(
    referentiel: Referentiel, format: Literal["a4", "a5"]
) -> None:
    projet = Projet(livret=Livret(format=format))
    context = build_context(Edition("livret", "terminale", "B"), referentiel, projet)
    html = Templates().render("livret", context)

    assert lay_out(html) == lay_out(html, "as WeasyPrint")
