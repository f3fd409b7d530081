"""Which periods a pupil does: those of a variant, and those that « non concerné » takes away."""

from __future__ import annotations

from pathlib import Path

import pytest

from pfmp_cli.domain.referentiel import Referentiel
from pfmp_cli.domain.selection import Selection
from pfmp_cli.lists.pupils import Roster
from pfmp_cli.making.placement_tables import list_placed
from pfmp_cli.planning.editions import Document
from pfmp_cli.planning.left_out import list_left_out
from pfmp_cli.planning.plan import plan_documents
from tests.lists.placements.test_matching import PROJET, Bureau, told

KINDS = [
    Document("livret"),
    Document("attestation", by_periode=True, by_stage=True),
    Document("grille", by_periode=True, certificative=True),
]
TITLES = "nom;prenom;division"
OF_INSERTION = (
    "avertissement {} cet élève est compté « parcours insertion » : il a un stage dans la"
)


@pytest.fixture
def bureau(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, referentiel: Referentiel) -> Bureau:
    monkeypatch.chdir(tmp_path)
    return Bureau(tmp_path, referentiel)


def documents(roster: Roster, bureau: Bureau) -> list[str]:
    """What the first pupil gets, and the periods that the booklet is without."""
    plan = plan_documents(roster, bureau.workshop.referentiel, KINDS)
    first = plan.documents[0].eleve.line if plan.documents else 0
    made = [one.edition for one in plan.documents if one.eleve.line == first]
    return [
        f"{one.label}{''.join(f' sans {code}' for code in sorted(one.without))}" for one in made
    ]


def test_the_third_placement_of_terminale_is_for_those_who_do_it(bureau: Bureau) -> None:
    rows = "nom;prenom;période;du;au;entreprise\nUN;Zoé;3;18/05/2026;26/06/2026;X\n"
    usual = ["livret", "attestation-1", "attestation-2", "grille-1", "grille-2"]
    third = [*usual[:3], "attestation-3", *usual[3:]]
    does = bureau.read(rows, f"{TITLES};insertion\nUN;Zoé;TMCV1;oui\n")
    does_not = bureau.read(rows, f"{TITLES};insertion\nUN;Zoé;TMCV1;\n")

    assert (documents(does, bureau), told(does.diagnostics)) == (third, [])
    assert documents(does_not, bureau) == usual
    assert told(does_not.diagnostics) == [
        "erreur stages.csv:2:8 la période 3 est celle des élèves « parcours insertion », dont la "
        "liste dit qu'il n'est pas | écrivez « oui » dans la colonne « insertion » de la liste, ou "
        "corrigez la période"
    ]


@pytest.mark.parametrize(
    ("eleves", "stages", "place"),
    [
        (
            f"{TITLES}\nUN;Zoé;TMCV1\n",
            "nom;prenom;période;du;au;entreprise\nUN;Zoé;3;18/05/2026;29/05/2026;X\n"
            "UN;Zoé;3;01/06/2026;26/06/2026;Y\n",
            "stages.csv:2:8",
        ),
        (
            f"{TITLES};pfmp3_entreprise\nUN;Zoé;TMCV1;X\nDEUX;Ana;TMCV1;\n",
            "nom;prenom;entreprise;période\nUN;Zoé;Z;1\n",
            "eleves.csv:2:14",
        ),
    ],
    ids=["the placements", "the list"],
)
def test_a_list_without_the_column_of_a_variant_has_it_from_the_placements(
    bureau: Bureau, eleves: str, stages: str, place: str
) -> None:
    roster = bureau.read(stages, eleves)

    assert "attestation-3" in documents(roster, bureau)
    (said,) = told(roster.diagnostics)
    assert said.startswith(OF_INSERTION.format(place))


@pytest.mark.parametrize(
    "typed",
    [
        *("Non concerné", "NON CONCERNÉE", "non concerné(e)", "Non concernés (…)"),
        *("dispensé", "DISPENSÉE", "Dispensée de PFMP", "dispensé(e)", "exempté", "Sans objet"),
    ],
)
@pytest.mark.parametrize("where", ["the list", "the placements"])
def test_a_pupil_gets_nothing_for_a_period_that_does_not_concern_them(
    bureau: Bureau, where: str, typed: str
) -> None:
    listed = typed if where == "the list" else ""
    eleves = f"{TITLES};pfmp2_entreprise\nUN;Zoé;TMCV1;{listed}\n"
    row = "" if listed else f"UN;Zoé;2;{typed}\n"
    roster = bureau.read(f"nom;prenom;période;entreprise\n{row}UN;Zoé;1;X\n", eleves)
    placed = list_placed(roster, bureau.workshop.referentiel, PROJET)

    assert documents(roster, bureau) == ["livret sans 2", "attestation-1", "grille-1"]
    assert told(roster.diagnostics) == []
    assert roster.eleves[0].values.keys().isdisjoint({"pfmp2.entreprise"})
    assert [one.periode.code for one in placed] == ["1"]


@pytest.mark.parametrize("typed", ["NC", "n.c."])
def test_nc_is_read_as_not_concerned_and_told_because_it_may_mean_not_known(
    bureau: Bureau, typed: str
) -> None:
    eleves = f"{TITLES};pfmp2_entreprise\nUN;Zoé;TMCV1;{typed}\n"
    listed = bureau.read("nom;prenom;période;entreprise\nUN;Zoé;1;X\n", eleves)
    rows = f"nom;prenom;période;entreprise\nUN;Zoé;1;X\nUN;Zoé;2;{typed}\n"
    placed = bureau.read(rows, f"{TITLES}\nUN;Zoé;TMCV1\n")

    for roster, cell in ((listed, "eleves.csv:2:14"), (placed, "stages.csv:3:10")):
        assert documents(roster, bureau) == ["livret sans 2", "attestation-1", "grille-1"]
        (said,) = told(roster.diagnostics)
        assert said.startswith(f"avertissement {cell} « {typed} » est lu « non concerné »")


@pytest.mark.parametrize("where", ["the list", "the placements"])
def test_what_stands_beside_not_concerned_is_not_dropped_in_silence(
    bureau: Bureau, where: str
) -> None:
    listed = "non concerné;Mme Tutrice" if where == "the list" else ";"
    row = "" if where == "the list" else "UN;Zoé;2;non concerné;Mme Tutrice\n"
    roster = bureau.read(
        f"nom;prenom;période;entreprise;tuteur\n{row}UN;Zoé;1;X;Y\n",
        f"{TITLES};pfmp2_entreprise;pfmp2_tuteur\nUN;Zoé;TMCV1;{listed}\n",
    )

    assert documents(roster, bureau) == ["livret sans 2", "attestation-1", "grille-1"]
    (said,) = told(roster.diagnostics)
    assert "« non concerné » est lu « non concerné » : cet élève n'a rien pour la période 2" in said


@pytest.mark.parametrize("company", ["NC Bâtiment", "Dispensaire du Lac", "Concerne"])
def test_a_company_whose_name_begins_like_it_is_one(bureau: Bureau, company: str) -> None:
    rows = f"nom;prenom;période;entreprise\nUN;Zoé;2;{company}\n"
    roster = bureau.read(rows, f"{TITLES}\nUN;Zoé;TMCV1\n")

    assert roster.eleves[0].values["pfmp2.entreprise"] == company


def test_whom_no_period_concerns_is_named(bureau: Bureau) -> None:
    rows = "".join(f"UN;Zoé;{number};non concerné\n" for number in (1, 2))
    roster = bureau.read(f"nom;prenom;période;entreprise\n{rows}", f"{TITLES}\nUN;Zoé;TMCV1\n")

    assert documents(roster, bureau) == []
    assert list(list_left_out(roster)) == ["1 élève non concerné : UN Zoé (TMCV1)"]


def test_a_stage_counts_more_than_not_to_be_concerned(bureau: Bureau) -> None:
    rows = "nom;prenom;période;entreprise\nUN;Zoé;2;non concerné\nUN;Zoé;2;X\n"
    roster = bureau.read(rows, f"{TITLES}\nUN;Zoé;TMCV1\n")

    assert "attestation-2" in documents(roster, bureau)
    assert told(roster.diagnostics) == [
        "avertissement stages.csv:2:10 « non concerné » pour la période 2, où cet élève a un stage "
        ": le stage est gardé | corrigez l'un des deux"
    ]


def test_the_booklet_of_one_who_came_later_does_not_depend_on_the_period_asked_for(
    bureau: Bureau,
) -> None:
    eleves = f"{TITLES};date d'entrée\nUN;Zoé;TMCV1;05/01/2026\n"
    rows = "nom;prenom;période;entreprise\nUN;Zoé;2;X\n"

    for chosen in (None, "2"):
        roster = bureau.read(rows, eleves, Selection(periode=chosen))
        assert documents(roster, bureau)[0] == "livret sans 1"
