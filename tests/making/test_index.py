"""`index.html`: who has which documents, for a screen, for paper, and for those who do not see."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from importlib import resources
from itertools import pairwise
from urllib.parse import unquote

from pfmp_cli import output
from pfmp_cli.cli import run
from pfmp_cli.press.merging.checksum import is_sealed
from tests.commande import FAUTIF, LAN, MALO, ZOE, CommandLine

VIDES = {"meta", "br", "link", "img"}


class Page(HTMLParser):
    """The elements of a page: each with its attributes and the text in it."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None], list[str]]] = []
        self._open: list[tuple[str, dict[str, str | None], list[str]]] = []
        self.feed(text)
        assert self._open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element: tuple[str, dict[str, str | None], list[str]] = (tag, dict(attrs), [])
        self.elements.append(element)
        if tag not in VIDES:
            self._open.append(element)

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop()[0] == tag

    def handle_data(self, data: str) -> None:
        for _, _, texts in self._open:
            texts.append(data)

    def texts(self, tag: str) -> list[str]:
        """The texts of the elements of that name."""
        found = ("".join(texts) for name, _, texts in self.elements if name == tag)
        return [" ".join(re.sub(r"\s", " ", text).split()) for text in found]

    def attributes(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes, _ in self.elements if name == tag]

    def columns(self) -> list[tuple[str, str | None]]:
        """The titles of the columns, and what tells their width."""
        heads = zip(self.texts("th"), self.attributes("th"), strict=True)
        return [(text, head.get("class")) for text, head in heads if head["scope"] == "col"]

    def links(self) -> list[str]:
        return [str(attributes["href"]) for attributes in self.attributes("a")]


def read_page(commande: CommandLine, folder: str = "documents") -> Page:
    return Page(commande.read(f"{folder}/index.html"))


def test_a_line_a_pupil_leads_to_the_documents(commande: CommandLine) -> None:
    commande.write(ZOE, LAN, MALO)
    outcome = commande.batch("--documents", "resultats,presence", "--zip", "--print")
    page = read_page(commande)

    assert (outcome.code, outcome.out) == (0, "documents/index.html\n")
    assert page.texts("strong") == ["3 élèves, 9 documents"]
    assert page.texts("h2") == ["T1", "P1"]
    assert page.texts("nav") == ["T1 (2)P1 (1)"]
    assert page.texts("caption") == ["2 élèves, 6 documents", "1 élève, 3 documents"]
    assert page.columns() == [("Élève", "nom"), ("Documents", None)] * 2
    assert [row for row in page.texts("tr") if row.startswith("M")] == [
        "MARTIN Zoéfeuille de présence, période 1feuille de présence, période 2"
        "tableau des résultats"
    ]
    folder = commande.path / "documents"
    files = [unquote(link) for link in page.links() if not link.startswith("#")]
    assert all((folder / file).is_file() for file in files)
    made = [name for name in commande.files("documents") if name.endswith((".pdf", ".zip"))]
    assert sorted(files) == made
    assert (folder / "index.html").stat().st_mode & 0o777 == 0o600


def test_the_page_can_be_read_by_everyone_and_anywhere(commande: CommandLine) -> None:
    commande.write(ZOE, FAUTIF)
    commande.batch("--documents", "resultats")
    text = commande.read("documents/index.html")
    page = Page(text)

    assert page.attributes("html") == [{"lang": "fr"}]
    assert page.texts("title") == ["Documents de PFMP"]
    assert page.texts("nav") == []  # of one division
    assert [a["scope"] for a in page.attributes("th")] == ["col", "col", "row"]
    assert len(page.texts("main")) == len(page.texts("h1")) == 1
    headings = [int(name[1]) for name, _, _ in page.elements if re.fullmatch("h[1-6]", name)]
    assert headings[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(headings))
    ids = {a["id"] for _, a, _ in page.elements if "id" in a}
    named = {a["aria-labelledby"] for a in page.attributes("section")}
    assert named <= ids
    assert all(page.texts("a"))
    assert not page.attributes("script")
    assert not page.attributes("link")
    assert not page.attributes("img")
    assert not re.search(r"https?:|//[a-z]|url\(|@import", text)
    assert "@media print" in text


def contrast(one: str, other: str) -> float:
    """WCAG 2.2's contrast of two colours."""

    def luminance(colour: str) -> float:
        digits = colour if len(colour) == 6 else "".join(digit * 2 for digit in colour)
        parts = (int(digits[i : i + 2], 16) / 255 for i in (0, 2, 4))
        linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def test_texts_stand_out_from_the_page() -> None:
    text = (resources.files(output) / "index.html").read_text(encoding="utf-8")
    colours = set(re.findall(r"(?<![-\w])color: #([0-9a-f]+)", text))

    assert len(colours) > 3
    assert [colour for colour in colours if contrast(colour, "ffffff") < 7] == []


def test_what_there_is_to_say_is_at_its_pupil_s_or_below(commande: CommandLine) -> None:
    titles = "nom;prenom;division;classe;option;pfmp1_entreprise;bidon\n"
    commande.write(
        "MARTIN;Zoé;T1;terminale;B;李;\n",
        '"DUPONT\nBIS";Ali;T1;terminale;B;,\n',
        "O'NEIL <b>;Jo & Co;T1;terminale;B;;\n",
        "PETIT;;T1;terminale;B;;\n",
        titles=titles,
    )
    outcome = commande.batch("--documents", "presence", "--period", "1")
    page = read_page(commande)
    rows = [row for row in page.texts("tr") if not row.startswith("Élève")]

    assert outcome.code == 3
    assert page.texts("strong")[0] == "3 élèves, 3 documents, 1 erreur, 3 avertissements"
    assert rows[0].endswith(
        "Avertissement : la police n’a pas « 李 » (U+674E) : la place reste à remplir à la main "
        "(eleves.csv, ligne 2, pfmp1_entreprise) Aide : écrivez ce texte en lettres latines"
    )
    assert "la ligne a 6 cellules pour 7 colonnes" in rows[1]
    assert rows[2].startswith("O'NEIL <b> Jo & Co")
    assert page.columns() == [("Élève", "nom"), ("Documents", "quoi"), ("À savoir", None)]
    assert page.texts("h2") == ["T1", "À corriger ou à savoir"]
    assert page.texts("section")[1].startswith(
        "À corriger ou à savoir Erreur : le prénom manque (eleves.csv, ligne 6, prenom) "
        "Aide : complétez la cellule, ou supprimez la ligne"
    )
    assert "la colonne « bidon » est inconnue : elle est ignorée" in page.texts("section")[1]


def test_what_earlier_runs_made_is_listed_too(commande: CommandLine) -> None:
    commande.write(ZOE, LAN)
    commande.batch("--documents", "resultats")
    commande.write(ZOE)
    commande.write(MALO, name="autre.csv")
    commande.write(ZOE, name="voisins.csv")
    for name in ("autre.csv", "voisins.csv"):
        commande.batch("--documents", "presence", "--period", "1", "--zip", name=name)
    commande.batch("--documents", "presence", "--period", "1")
    page = read_page(commande)

    assert page.texts("h2") == ["T1", "Autres documents du dossier"]
    assert [row for row in page.texts("tr") if row.startswith("M")] == [
        "MARTIN Zoéfeuille de présence, période 1tableau des résultats"
    ]
    assert page.texts("h3") == ["P1", "T1"]
    others = page.texts("section")[1]
    assert "HOUDOIS_Malo_presence-1.pdf" in others
    assert "T1.zip" in others
    assert "NGUYEN_Lan_resultats.pdf" in others
    commande.batch("--documents", "resultats")
    note = "NGUYEN_Lan_resultats.pdf (n’est plus à personne : parti)"
    assert note in read_page(commande).texts("li")


def test_the_page_is_the_same_for_the_same_folder_and_left_alone(commande: CommandLine) -> None:
    commande.write(ZOE, LAN)
    commande.batch("--documents", "resultats")
    path = commande.path / "documents/index.html"
    first, written = path.read_bytes(), path.stat()
    commande.batch("--documents", "resultats")
    commande.batch("--documents", "resultats", "-o", "ailleurs")

    assert is_sealed(first)
    assert path.stat() == written
    assert (commande.path / "ailleurs/index.html").read_bytes() == first


def test_a_page_of_someone_else_is_not_overwritten(commande: CommandLine) -> None:
    commande.write(ZOE)
    (commande.path / "documents").mkdir()
    (commande.path / "documents/index.html").write_text("<p>le site du lycée")
    outcome = commande.batch("--documents", "resultats")

    assert (outcome.code, outcome.out, outcome.err) == (
        3, "",
        "erreur : un fichier que pfmp n'a pas fait est à cette place ; il n'a pas été touché\n"
        "  --> documents/index.html\n"
        "aide : déplacez-le, ou choisissez un autre dossier avec -o\n\n"
        "  T1 : 1\n1 document écrit dans documents/ :\n  T1/MARTIN_Zoe_resultats.pdf\n1 erreur\n",
    )  # fmt: skip
    assert commande.read("documents/index.html") == "<p>le site du lycée"


def test_what_the_placements_have_wrong_is_at_the_pupil_s(commande: CommandLine) -> None:
    commande.write(LAN, ZOE)
    text = "nom;prenom;periode;siret\nMARTIN;Zoé;1;12345678901234\nMARTEN;Zoé;2;12345678901234\n"
    (commande.path / "stages.csv").write_text(text, encoding="utf-8")
    commande.batch("--documents", "presence", "--stages", "stages.csv")
    page = read_page(commande)
    lan, zoe = (row for row in page.texts("tr") if not row.startswith("Élève"))

    assert "stages.csv" not in lan
    assert "(stages.csv, ligne 2, siret)" in zoe
    assert "Erreur : « MARTEN Zoé » n’est pas dans la liste" in page.texts("section")[1]


def test_a_build_of_several_lists_has_one_page(commande: CommandLine) -> None:
    commande.write(ZOE, LAN.replace("NGUYỄN", "李"))
    commande.write(MALO, FAUTIF, name="autre.csv")
    (commande.path / "pfmp.yaml").write_text(
        "fabrication:\n"
        "  listes:\n"
        "    - {fichier: eleves.csv, documents: [resultats]}\n"
        "    - {fichier: autre.csv, documents: [resultats]}\n"
        "  vierges: {documents: [resultats], classes: [seconde]}\n",
        encoding="utf-8",
    )
    assert run(["build"]) == 3
    page = read_page(commande)
    rows = [row for row in page.texts("tr") if not row.startswith("Élève")]

    assert page.texts("h2") == ["T1", "P1", "À corriger ou à savoir", "Autres documents du dossier"]
    assert [row.split("tableau")[0] for row in rows] == ["MARTIN Zoé", "李 Lan", "HOUDOIS Malo"]
    assert "eleves.csv, ligne 3" in rows[1]
    assert "autre.csv, ligne 3, date_naissance" in page.texts("section")[2]
