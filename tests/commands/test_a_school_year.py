"""The life of a year, from September to the next: at each step the folder holds what it should."""

from __future__ import annotations

from pathlib import Path
from zipfile import ZipFile

import pytest

from tests.commands.test_cli import Folder

PROJET = """\
annee_scolaire: 2025-2026
etablissement: {nom: Lycée de l'Essai, ville: Essaiville}
calendrier:
  periodes:
    terminale:
      - {du: 2025-11-24, au: 2025-12-13}
      - {du: 2026-01-12, au: 2026-01-31}
divisions:
  TMCV1: {classe: terminale, option: B}
"""
TITLES = "nom;prenom;date_naissance;division;date_entree;date_sortie\n"
HEAD = "nom;prenom;période;du;au;entreprise\n"
DURAND, ROY = "DURAND;Zoé;03/04/2008;TMCV1;;\n", "ROY;Ana;05/06/2008;TMCV1;;\n"
ASKED = ("--documents", "attestation,presence", "--print")


class Year(Folder):
    """A folder in the course of a year: a list, its placements, and what is made of them."""

    def __init__(self, path: Path, cache: Path) -> None:
        super().__init__(path, cache)
        self.env["SOURCE_DATE_EPOCH"] = "1768435200"  # 15 January 2026
        self.write("pfmp.yaml", PROJET)
        self.write("stages.csv", f"{HEAD}DURAND;Zoé;1;;;Primeurs du Lac\n")

    def make(self, pupils: str, *options: str) -> str:
        """What is said of a run that goes well."""
        self.write("eleves.csv", TITLES + pupils)
        made = self.run("batch", "eleves.csv", "--stages", "stages.csv", *ASKED, *options)
        assert made.code == 0, made.err
        return made.err

    def documents(self, folder: str = "documents") -> list[str]:
        """The pupils' documents, without the words that all have in common."""
        pages = (self.path / folder / "TMCV1").glob("*.pdf")
        return sorted(page.stem for page in pages if "imprimer" not in page.stem)

    def printed(self, name: str) -> str:
        return self.text(f"documents/TMCV1/TMCV1_{name}_a-imprimer.pdf")


def of(*names: str, periods: str = "12") -> list[str]:
    kinds = ("attestation", "presence")
    return [f"{name}_{kind}-{one}" for name in names for kind in kinds for one in periods]


@pytest.fixture
def year(tmp_path: Path, cache_dir: Path) -> Year:
    return Year(tmp_path, cache_dir)


def test_a_year_from_the_first_list_to_the_next_year(year: Year) -> None:
    # September.
    year.make(DURAND + ROY)
    assert year.documents() == of("DURAND_Zoe", "ROY_Ana")

    # A name is corrected: the old files are told as what they are, and go when asked to.
    roy = ROY.replace("ROY;Ana", "ROY;Anaïs")
    said = year.make(DURAND + roy)
    assert year.documents() == of("DURAND_Zoe", "ROY_Ana", "ROY_Anais")
    assert "ROY_Ana_attestation-1.pdf" in said
    assert "renommé" in said
    year.make(DURAND + roy, "--prune")
    assert year.documents() == of("DURAND_Zoe", "ROY_Anais")

    # A pupil arrives in January, when the first period is over.
    new = "KEITA;Awa;07/08/2008;TMCV1;05/01/2026;\n"
    said = year.make(DURAND + new + roy)
    assert year.documents() == sorted(
        [*of("DURAND_Zoe", "ROY_Anais"), *of("KEITA_Awa", periods="2")]
    )
    assert "KEITA Awa" in year.printed("presence")

    # The second placement is broken off, and goes on elsewhere.
    year.write(
        "stages.csv",
        f"{HEAD}DURAND;Zoé;1;;;Primeurs du Lac\n"
        "DURAND;Zoé;2;12/01/2026;17/01/2026;Primeurs du Lac\n"
        "DURAND;Zoé;2;19/01/2026;31/01/2026;Quincaillerie Verte\n",
    )
    year.make(DURAND + new + roy)
    two = of("DURAND_Zoe", periods="2") + [f"{name}b" for name in of("DURAND_Zoe", periods="2")]
    assert set(two) <= set(year.documents())
    assert "Quincaillerie" not in year.text("documents/TMCV1/DURAND_Zoe_attestation-2.pdf")
    assert "Quincaillerie" in year.text("documents/TMCV1/DURAND_Zoe_attestation-2b.pdf")
    assert "Quincaillerie" in year.printed("attestation")

    # A pupil leaves: what was made for the first period is theirs, the second is no more.
    left = roy.replace(";;\n", ";;19/12/2025\n")
    said = year.make(DURAND + new + left, "--prune")
    assert set(of("ROY_Anais", periods="1")) <= set(year.documents())
    assert not set(of("ROY_Anais", periods="2")) & set(year.documents())
    assert "ANAIS" not in year.printed("presence").upper().partition("PÉRIODE 2")[2]

    # The next year begins: nothing of this one is touched, or offered for removal.
    before = {path: path.read_bytes() for path in (year.path / "documents").rglob("*.pdf")}
    assert year.run("new-year", "2026-2027").code == 0
    year.write("eleves.csv", f"{TITLES}PETIT;Léo;01/02/2009;TMCV1;;\n")
    made = year.run("batch", "eleves.csv", "--projet", "pfmp-2026-2027.yaml", "--prune", *ASKED)
    assert (made.code, "plus à personne" in made.err) == (0, False), made.err
    assert year.documents("documents-2026-2027") == of("PETIT_Leo")
    after = {path: path.read_bytes() for path in (year.path / "documents").rglob("*.pdf")}
    assert after == before


def test_a_letter_goes_to_each_company_before_the_pupil_does(year: Year) -> None:
    year.write("eleves.csv", TITLES + DURAND + ROY)
    year.write(
        "stages.csv",
        "nom;prenom;période;du;au;entreprise;responsable;tuteur;adresse;code postal;ville\n"
        "DURAND;Zoé;2;12/01/2026;17/01/2026;Primeurs du Lac;Aude VIDAL;Théo ROUX;1 quai Bas;"
        "19001;Rive\n"
        "DURAND;Zoé;2;19/01/2026;01/02/2026;Quincaillerie Verte;;Léa BOYER;;;\n",
    )
    asked = ("--stages", "stages.csv", "--period", "2", "--documents", "lettre", "--print", "--zip")
    made = year.run("batch", "eleves.csv", *asked)
    folder = "documents/TMCV1/"
    texts = {name: year.text(f"{folder}{name}.pdf") for name in year.documents()}

    assert made.code == 0, made.err
    assert list(texts) == ["DURAND_Zoe_lettre-2", "DURAND_Zoe_lettre-2b", "ROY_Ana_lettre-2"]
    first, second, unknown = texts.values()
    assert all(text in first for text in ("Primeurs du Lac", "Aude VIDAL", "19001 Rive Objet"))
    assert "Théo" not in first
    assert "du lundi 12 janvier au samedi 17 janvier 2026" in first
    assert "Lieu 1 quai Bas, 19001 Rive" in first
    assert all(text in second for text in ("Quincaillerie Verte", "Léa BOYER"))
    # Raised on paper, and read as « 1er ».
    assert "du lundi 19 janvier au dimanche 1er février 2026" in second
    assert "Primeurs" not in second
    assert "du lundi 12 janvier au samedi 31 janvier 2026" in unknown
    assert "Madame, Monsieur," in unknown
    assert year.printed("lettre").count("Veuillez agréer, Madame, Monsieur,") == 3
    with ZipFile(year.path / f"{folder}TMCV1.zip") as archive:
        assert {f"TMCV1/{name}.pdf" for name in texts} <= set(archive.namelist())
