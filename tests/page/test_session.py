"""What runs in the page, run here: the same bytes as the command's."""

import json
from pathlib import Path
from typing import Any

import pytest

from pfmp_cli.cli import run
from pfmp_cli.domain.projet import Projet
from pfmp_cli.domain.referentiel import Referentiel
from pfmp_cli.making.bundling import bundle_up
from pfmp_cli.page.session import Session
from pfmp_cli.press.workshop import Workshop
from tests.pdf import read_text
from tests.press.test_bundle import PROJET, make

LIST = "nom;prenom;classe;division\nNGUYỄN;Lan;seconde;2A\nÖZGÜR;Zoé;seconde;2A\n;Léo;seconde;2A\n"
STAGES = "nom;prenom;période;entreprise;du;au\nÖZGÜR;Zoé;1;Les Halles;20/01/2026;30/01/2026\n"
ASKED: dict[str, Any] = {
    "classe": None,
    "option": None,
    "periode": None,
    "documents": ["presence"],
    "school": None,
}


@pytest.fixture(scope="module")
def lot(referentiel: Referentiel, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make(referentiel, PROJET, tmp_path_factory.mktemp("lot") / "lycee.lot")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "eleves.csv").write_text(LIST, encoding="utf-8")
    (tmp_path / "stages.csv").write_text(STAGES, encoding="utf-8")
    return tmp_path


def read(session: Session, **more: Any) -> dict[str, Any]:
    told: dict[str, Any] = json.loads(
        session.read("eleves.csv", "stages.csv", json.dumps(ASKED | more))
    )
    return told


def test_zips_and_print_files_are_the_command_s(lot: Path, folder: Path) -> None:
    options = ("--stages", "stages.csv", "--documents", "presence", "--zip", "--bundle", str(lot))
    run(["batch", "eleves.csv", *options, "--print"])
    session = Session(str(lot))
    read(session)
    told: list[tuple[int, int]] = []
    made = {
        form: dict(session.make(form, lambda *done: told.append(done))) for form in ("zip", "print")
    }

    assert made["zip"] == {"2A.zip": (folder / "documents/2A/2A.zip").read_bytes()}
    name = "2A_presence_a-imprimer.pdf"
    assert made["print"] == {name: (folder / "documents/2A" / name).read_bytes()}
    assert told[:4] == [(1, 4), (2, 4), (3, 4), (4, 4)]
    name, content = session.make_one("2A/OZGUR_Zoe_presence-1.pdf")
    assert content == (folder / "documents/2A" / name).read_bytes()


def test_what_was_read_and_who_is_left_out_is_told(lot: Path, folder: Path) -> None:
    told = read(Session(str(lot)))

    (fault, *_) = told["said"]
    assert (fault["severity"], fault["line"], fault["label"]) == ("erreur", 4, "nom")
    assert told["left"] == [
        "3 élèves lus",
        "1 élève sans document : voyez les erreurs",
        "1 stage lu dans stages.csv",
    ]
    ((division, pupils),) = told["groups"]
    assert division == "2A"
    assert [name for name, _ in pupils] == ["NGUYỄN Lan", "ÖZGÜR Zoé"]
    assert pupils[0][1][0] == ["presence-1", "2A/NGUYEN_Lan_presence-1.pdf"]


def test_who_has_an_error_is_counted_whether_in_a_cell_or_in_the_class(
    lot: Path, folder: Path
) -> None:
    unclear = "UN;Ana;;3X\nDEUX;Ana;;3X\n"  # a division that the school does not describe
    (folder / "eleves.csv").write_text(LIST + unclear, encoding="utf-8")

    assert "3 élèves sans document : voyez les erreurs" in read(Session(str(lot)))["left"]


def test_a_list_that_cannot_be_read_is_told_and_makes_nothing(lot: Path, folder: Path) -> None:
    session = Session(str(lot))
    read(session)
    (folder / "eleves.csv").write_bytes(b"\0\1\2\3" * 99)
    told = read(session)

    assert [one["severity"] for one in told["said"]] == ["erreur"]
    assert (told["groups"], list(session.make("zip", lambda *_: None))) == ([], [])


@pytest.fixture(scope="module")
def ready(referentiel: Referentiel, tmp_path_factory: pytest.TempPathFactory) -> Session:
    path = make(referentiel, Projet(), tmp_path_factory.mktemp("pret") / "pret.lot")
    return Session(str(path))


def ask_school(year: str = "2025-2026", end: str = "2026-02-07") -> dict[str, Any]:
    texts = {"nom": "Lycée Ici", "adresse": "1 rue Là", "commune": "12000 Rodez", "annee": year}
    return {"texts": texts, "dates": {"seconde": [["2026-01-19", end], None]}}


def test_dates_told_to_the_page_are_those_of_the_school(ready: Session, folder: Path) -> None:
    told = read(ready, school=ask_school())
    values = [ready.compose_for(one) for one in ready._plan.documents]

    assert [one["message"] for one in told["said"] if one["place"] == "dates"] == []
    assert values[0]["pfmp1.dates"] == "du lundi 19 janvier au samedi 7 février 2026"
    assert values[2]["pfmp1.dates"] == "du mardi 20 janvier au vendredi 30 janvier 2026"
    assert values[0]["ecole.complet"] == "Lycée Ici, 1 rue Là, 12000 Rodez"
    assert len(dict(ready.make("zip", lambda *_: None))) == 1


def test_a_school_told_to_the_page_without_an_address_is_printed_without(
    ready: Session, folder: Path
) -> None:
    school = ask_school()
    school["texts"]["adresse"] = ""
    read(ready, school=school)
    values = ready.compose_for(ready._plan.documents[0])

    assert values["ecole.complet"] == "Lycée Ici, 12000 Rodez"


def test_a_document_without_a_school_prints_the_one_that_the_page_was_told(
    referentiel: Referentiel, folder: Path
) -> None:
    workshop = Workshop(referentiel, Projet())
    attestation = {"attestation": workshop.documents["attestation"]}
    Path("pret.lot").write_bytes(bundle_up(workshop, attestation))
    session = Session("pret.lot")
    asked = ASKED | {"documents": ["attestation"], "school": ask_school()}
    session.read("eleves.csv", "", json.dumps(asked))
    _, content = session.make_one("2A/NGUYEN_Lan_attestation-1.pdf")

    text = read_text(content)
    assert "Lycée Ici, 1 rue Là, 12000 Rodez" in text
    assert "du lundi 19 janvier au samedi 7 février 2026" in text


def test_what_is_wrong_with_the_dates_told_to_the_page_is_told(
    ready: Session, folder: Path
) -> None:
    for school, message in (
        (ask_school(end="2026-01-12"), "la période finit le 2026-01-12 avant d'avoir commencé"),
        (ask_school(year="2025-2027"), "2025-2027"),
        (ask_school(end="9999-12-31"), "plus d'un an"),
    ):
        (fault,) = read(ready, school=school)["said"]
        assert message in fault["message"]
    weeks = read(ready, school=ask_school(end="2026-02-28"))["said"]
    assert any("semaines" in one["message"] for one in weeks if one["place"] == "dates")
