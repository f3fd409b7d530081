"""`--anonyme`: a demonstration shows no one, and looks like the real thing."""

from __future__ import annotations

from datetime import date

import pytest

from pfmp_cli.domain.referentiel import Referentiel
from pfmp_cli.lists.anonymat import _hide_text, anonymise
from pfmp_cli.lists.columns import COLONNES_ELEVE, COLONNES_STAGE
from pfmp_cli.lists.personnages import ENTREPRISES, NOMS, PRENOMS
from pfmp_cli.lists.pupils import Eleve, Roster, read_eleves
from pfmp_cli.loading import make_schema
from pfmp_cli.planning.file_names import slug
from tests.commande import FAUTIF, LAN, MALO, ZOE, CommandLine
from tests.pdf import read_text
from tests.regles import check_value

KEPT = ("division", "classe", "option", "sexe")
ELEVE = [f"eleve.{nom}" for nom in COLONNES_ELEVE]
STAGES = [f"pfmp{numero}.{nom}" for numero in (1, 2) for nom in COLONNES_STAGE]


@pytest.fixture(scope="module")
def lecture(referentiel: Referentiel) -> Roster:
    """50 pupils with every column filled."""
    champs = [*ELEVE, *STAGES]
    titles = ";".join(champ.removeprefix("eleve.").replace(".", "_") for champ in champs)
    rows = (";".join(_real(champ, rang) for champ in champs) for rang in range(50))
    text = "\n".join([titles, *rows])
    return read_eleves("eleves.csv", text.encode(), make_schema(referentiel))


def _real(champ: str, rang: int) -> str:
    known = {
        "eleve.division": "T1", "eleve.classe": "terminale", "eleve.option": "B",
        "eleve.sexe": ("F", "M", "Féminin", "Masculin", "")[rang % 5],
        "eleve.date_naissance": "29/02/2008",
    }  # fmt: skip
    return known.get(champ, f"vrai {champ} {rang}")


def invent(lecture: Roster) -> tuple[Eleve, ...]:
    return anonymise(lecture, 2025, []).eleves


def test_every_value_but_division_class_option_and_sex_is_invented(lecture: Roster) -> None:
    for before, after in zip(lecture.eleves, invent(lecture), strict=True):
        assert after.values.keys() == before.values.keys()
        same = {c for c in after.values if after.values[c] == before.values[c]}
        assert {f"eleve.{nom}" for nom in KEPT[:3]} <= same
        assert same <= {f"eleve.{nom}" for nom in KEPT}
        assert (after.nom, after.prenom) == (
            after.values["eleve.nom"],
            after.values["eleve.prenom"],
        )
        assert f"{after.date_naissance:%d/%m/%Y}" == after.values["eleve.date_naissance"]


def test_the_invented_keep_the_rules_of_values(lecture: Roster) -> None:
    rentree = date(2025, 9, 1)
    wrong = [
        fault.message
        for eleve in invent(lecture)
        for champ, texte in eleve.values.items()
        if (fault := check_value(champ, texte, rentree))
    ]

    assert wrong == []


def test_first_names_agree_with_the_sex_where_it_is_known(lecture: Roster) -> None:
    for eleve in invent(lecture):
        sexe = eleve.values.get("eleve.sexe", "")
        assert eleve.prenom in PRENOMS[sexe]
    assert {eleve.values.get("eleve.sexe", "") for eleve in invent(lecture)} == {"F", "M", ""}


def test_the_same_list_gives_the_same_people_whoever_is_in_it(
    lecture: Roster, referentiel: Referentiel
) -> None:
    assert invent(lecture) == invent(lecture)
    lists = (
        read_eleves("e.csv", f"nom;prenom\n{name};Zoé\n".encode(), make_schema(referentiel))
        for name in ("MARTIN", "DURAND")
    )
    one, other = (invent(read) for read in lists)
    assert one == other


def test_a_blank_stays_blank(referentiel: Referentiel) -> None:
    text = "nom;prenom;telephone;primo_entrant;pfmp1_tuteur\nA;B;;oui;\n"
    (eleve,) = invent(read_eleves("e.csv", text.encode(), make_schema(referentiel)))

    assert eleve.values.keys() == {"eleve.nom", "eleve.prenom"}
    assert eleve.date_naissance is None
    assert eleve.variantes == {"primo_entrant"}


def test_no_two_pupils_of_a_school_are_called_the_same(referentiel: Referentiel) -> None:
    rows = "".join(f"A{number};B\n" for number in range(len(NOMS) * len(PRENOMS[""])))
    read = read_eleves("e.csv", f"nom;prenom\n{rows}".encode(), make_schema(referentiel))
    names = {(slug(eleve.nom), slug(eleve.prenom)) for eleve in invent(read)}

    assert len(names) == len(read.eleves) > 900


def test_names_are_of_every_origin_and_companies_are_names_to_escape() -> None:
    letters = set("".join([*NOMS, *(name for names in PRENOMS.values() for name in names)]))

    assert set("ŒÉ’ʻŁÖĐẦịğã-") <= letters
    assert {"&", "«", "’"} <= set("".join(nom for nom, _, _ in ENTREPRISES))


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("« 31/02/2009 » n'est pas au calendrier", "« *** » n'est pas au calendrier"),
        ("la colonne « nom » manque", "la colonne « nom » manque"),
        ("« nom » ou « Léa »", "« nom » ou « *** »"),
        ("on lit « chez « A » et « B » là » ici", "on lit « *** » ici"),
        ("un » Léa », « DUPONT » (ligne 3)", "un » Léa », « *** » (ligne 3)"),
        ("« jamais fermé", "« *** »"),
        ("né(e) le 01/02/1980, l'élève a 45 ans", "né(e) le ***, l'élève a 45 ans"),
        ("écrivez 06 12 34 56 78", "écrivez ***"),
        ("l'année scolaire 2025-2026, ligne 12", "l'année scolaire 2025-2026, ligne 12"),
    ],
)
def test_messages_cite_nothing_of_the_list(text: str, shown: str) -> None:
    assert _hide_text(text, {"nom"}) == shown


def test_a_demonstration_shows_no_one(commande: CommandLine) -> None:
    commande.write(ZOE, LAN, MALO, FAUTIF, "BLANC;Ève;F;01/03/1950;T1;terminale;B;;06123;\n")
    (commande.path / "pfmp.yaml").write_text("annee_scolaire: 2025-2026\n")
    outcome = commande.batch("--anonyme", "--documents", "lettre,presence", "--zip", "--print")
    folder = commande.path / "demonstration"
    shown = outcome.err + commande.read("demonstration/index.html")
    shown += commande.read("demonstration/manifest.json") + " ".join(commande.files("."))
    shown += "".join(
        read_text(path.read_bytes()) + path.read_bytes().decode("latin-1")
        for path in folder.rglob("*.pdf")
    )

    assert (outcome.code, outcome.out) == (3, "demonstration/index.html\n")
    assert outcome.err.startswith(
        "erreur : « *** » n'est pas au calendrier\n"
        "  --> eleves.csv:5:14 (date_naissance)\n"
        "aide : corrigez le jour ou le mois\n\n"
    )
    assert outcome.err.endswith(
        "\n--anonyme : élèves, tuteurs et entreprises inventés ; l'établissement est le vôtre\n"
    )
    real = {cell for row in (ZOE, LAN, MALO, FAUTIF) for cell in row.strip().split(";")}
    real -= {"", "F", "M", "T1", "P1", "terminale", "premiere", "A", "B", "Lan"}
    real |= {*map(slug, real), "BLANC", "01/03/1950", "06123", "MARTIN".encode("utf-16-be").hex()}
    assert [text for text in real if text in shown] == []
    assert "AUBRÉVILLE Anaë" in read_text((folder / "T1/AUBREVILLE_Anae_lettre.pdf").read_bytes())


def test_a_list_that_is_refused_shows_nothing_either(commande: CommandLine) -> None:
    commande.write("MARTIN;Zoé\nDUPONT;01/02/2003\n", titles="")
    outcome = commande.batch("--anonyme")

    assert (outcome.code, outcome.out, outcome.err) == (
        1, "",
        "erreur : le fichier n'a pas de ligne de titres : « nom » et « prenom » sont introuvables\n"
        "  --> eleves.csv:1\n"
        "aide : donnez un titre à chaque colonne, par exemple : nom;prenom;division\n\n",
    )  # fmt: skip


def test_a_demonstration_is_not_made_among_real_documents(commande: CommandLine) -> None:
    commande.write(ZOE)
    commande.batch("--documents", "lettre")
    before = commande.files()
    for arguments in (["--anonyme"], ["--anonyme", "--dry-run"]):
        outcome = commande.batch("--documents", "lettre", "-o", "documents", *arguments)
        assert (outcome.code, outcome.err) == (
            3,
            "erreur : ce dossier a des documents qui ne sont pas d'une démonstration\n"
            "  --> documents\n"
            "aide : choisissez un autre dossier avec -o : de vrais noms se verraient ici\n\n",
        )
    assert commande.files() == before


def test_two_demonstrations_share_a_folder(commande: CommandLine) -> None:
    commande.write(ZOE)
    commande.write(MALO, name="autre.csv")
    arguments = ("--documents", "lettre", "--anonyme", "--prune")
    codes = [commande.batch(*arguments, name=n).code for n in ("eleves.csv", "autre.csv")]

    assert codes == [0, 0]
    made = [name for name in commande.files("demonstration") if name.endswith(".pdf")]
    assert made == ["P1/AUBREVILLE_Noe_lettre.pdf", "T1/AUBREVILLE_Anae_lettre.pdf"]


def test_a_file_of_placements_is_not_shown_either(commande: CommandLine) -> None:
    commande.write(ZOE, LAN)
    text = (
        "nom;prenom;periode;entreprise;siret;tuteur\n"
        "MARTIN;Zoé;1;Chez Machin;12345678901234;Ida PETIT\nMARTEN;Zoé;2;Chez Truc;;\n"
    )
    (commande.path / "stages.csv").write_text(text, encoding="utf-8")
    arguments = ("--documents", "presence", "--stages", "stages.csv", "--anonyme")
    outcome = commande.batch(*arguments)
    page = commande.read("demonstration/index.html")

    assert outcome.code == 3
    assert (
        "erreur : « *** » n'est pas dans la liste des élèves\n"
        "  --> stages.csv:3:1 (nom)\n"
        "aide : vouliez-vous dire « *** » (ligne 2) ?\n"
    ) in outcome.err
    assert (
        "avertissement : le SIRET « *** » est faux : sa clé de contrôle ne convient pas\n"
        "  --> stages.csv:2:26 (siret)\n"
    ) in outcome.err
    shown = outcome.err + page
    assert [t for t in ("MART", "Machin", "Truc", "12345678901234", "PETIT") if t in shown] == []
