"""What a school does not say leaves nothing on its paper, no empty line either."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from pfmp_cli.domain.projet import Personne
from pfmp_cli.domain.referentiel import Referentiel
from pfmp_cli.planning.editions import list_editions
from pfmp_cli.press.template.context import build_context
from pfmp_cli.press.template.render import Templates
from pfmp_cli.press.template.template_files import list_documents
from tests.documents.making import DIPLOMES
from tests.reading import read_projet

EMPTY = re.compile(r"<(p|li|h[1-6]|dd|dt|caption|strong)\b[^>]*>\s*</\1>")
UNSAID = (
    *({key: None} for key in ("code_postal", "telephone", "courriel", "uai")),
    {"ville": None, "code_postal": None},
    {"telephone": None, "courriel": None, "uai": None},
    {"adresse": ()},
    {"chef": Personne()},
)


@pytest.mark.parametrize("unsaid", UNSAID, ids=" ".join)
def test_what_a_school_does_not_say_leaves_no_empty_line(
    referentiel: Referentiel, unsaid: dict[str, object]
) -> None:
    projet, _ = read_projet(DIPLOMES["mcv"][0], referentiel)
    projet = replace(projet, etablissement=replace(projet.etablissement, **unsaid))
    templates = Templates()
    documents = list_documents(templates.folders).values()
    one_each = {edition.document: edition for edition in list_editions(referentiel, [*documents])}

    for name, edition in one_each.items():
        html = templates.render(name, build_context(edition, referentiel, projet))
        assert not EMPTY.search(html), name
