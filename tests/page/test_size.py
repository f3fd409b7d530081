"""How large a page is: of each diploma, where it has most masters, without a school."""

from pathlib import Path

import pytest

from pfmp_cli.loading.sources import Sources
from pfmp_cli.making.bundling import bundle_up
from pfmp_cli.page.assembly import find_pyodide, write_page
from pfmp_cli.press.workshop import load_workshop
from pfmp_cli.shipped import shipped
from tests.page.teacher import skip_without_what_it_runs_on
from tests.test_autre_diplome import AUTRE

MOST = 14_000_000  # bytes


@pytest.mark.lent
@pytest.mark.parametrize(
    "referentiel", [shipped("referentiel.yaml"), AUTRE / "referentiel.yaml"], ids=["ours", "other"]
)
def test_a_page_of_all_documents_is_no_larger_than_what_one_sends(
    referentiel: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    skip_without_what_it_runs_on()
    monkeypatch.chdir(tmp_path)
    workshop = load_workshop(Sources(referentiel=referentiel))
    bundle = bundle_up(workshop, workshop.documents)

    page = write_page(find_pyodide(), workshop.referentiel, workshop.projet, bundle)
    assert len(page) < MOST
