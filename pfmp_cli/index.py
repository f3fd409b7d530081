"""`index.html`: who has which documents in an output folder, and what there is to say of them.

It lists the pupils of this run's list with all of their documents, those of earlier runs too,
then the other documents of the folder by their file name. Nothing in it says when or how a
document came there: the same folder gives the same page.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from html import escape
from typing import TYPE_CHECKING
from urllib.parse import quote

from markupsafe import Markup

from pfmp_cli.batch import Bilan, tell_obstacle
from pfmp_cli.console import count, tally
from pfmp_cli.diagnostics import Diagnostic, InputRefused
from pfmp_cli.lignes import share_out
from pfmp_cli.manifest import Entree, opaque
from pfmp_cli.output import Dossier, Etat
from pfmp_cli.press.sceau import seal_html

if TYPE_CHECKING:
    from pfmp_cli.plan import Document
    from pfmp_cli.travaux import Lot, Travail

NAME = "index.html"
MODELE = "_index"


@dataclass(frozen=True, slots=True)
class Lien:
    """A link to a file of the folder; `note`: what has to be known of it."""

    texte: str
    adresse: Markup
    note: str = ""


@dataclass(frozen=True, slots=True)
class Message:
    """A diagnostic without its excerpt, which is in the list itself."""

    severite: str
    message: str
    lieu: str
    aide: str


@dataclass(slots=True)
class Ligne:
    """A pupil's line."""

    nom: Markup
    documents: list[Lien] = field(default_factory=list)
    messages: list[Message] = field(default_factory=list)


@dataclass(slots=True)
class Groupe:
    """A division's table; `fichiers` are those of the whole division."""

    nom: str
    eleves: list[Ligne] = field(default_factory=list)
    fichiers: list[Lien] = field(default_factory=list)

    @property
    def documents(self) -> int:
        return sum(len(eleve.documents) for eleve in self.eleves)

    @property
    def compte(self) -> str:
        return f"{count(len(self.eleves), 'élève')}, {count(self.documents, 'document')}"

    @property
    def a_savoir(self) -> bool:
        return any(eleve.messages for eleve in self.eleves)


def write_index(travaux: Sequence[Travail], lot: Lot, dossier: Dossier, bilan: Bilan) -> None:
    """Write the page of the folder, or leave it alone; what keeps from it goes into `bilan`."""
    if bilan.arrete:
        return
    try:
        page = render_index(travaux, lot, dossier, bilan)
        entree = Entree("index", "", opaque(page), liste=lot.liste, tirage="index")
        if dossier.examine(NAME, entree) is Etat.A_FAIRE:
            dossier.write(NAME, [seal_html(page.encode("utf-8"))], entree)
        else:
            dossier.keep(NAME, entree)
        bilan.index = dossier.racine / NAME
    except InputRefused as refusal:  # of a school's own `_index.html`: the documents are made
        bilan.diagnostics += refusal.diagnostics
    except OSError as exception:
        tell_obstacle(exception, dossier.racine / NAME, 1, bilan)


def render_index(travaux: Sequence[Travail], lot: Lot, dossier: Dossier, bilan: Bilan) -> str:
    """The page. Raises InputRefused where its template is at fault."""
    page = _Page(travaux, lot.workshop.templates.documents())
    page.add_files(dossier, lot.liste, frozenset(bilan.orphelins))
    page.add_messages(bilan.diagnostics, lot)
    projet = lot.workshop.projet
    context = {
        "titre": "Documents de PFMP",
        "etablissement": projet.etablissement,
        "annee_scolaire": projet.annee_scolaire,
        "comptes": list(page.count(bilan.diagnostics)),
        "divisions": list(page.groupes.values()),
        "messages": page.messages,
        "autres": page.autres,
    }
    return lot.workshop.templates.render(MODELE, context)


class _Page:
    """What the page shows: divisions with their pupils, and what is of none of them."""

    def __init__(self, travaux: Sequence[Travail], kinds: Mapping[str, Document]) -> None:
        self.kinds = kinds
        self.groupes: dict[str, Groupe] = {}
        self.lignes: dict[int, Ligne] = {}  # by the row of the list
        self.autres: dict[str, list[Lien]] = {}  # by folder
        self.messages: list[Message] = []
        self.pupils: dict[str, Ligne] = {}  # by the path of a document, and by opaque id
        for travail in travaux:
            ligne = self._find_line(travail)
            self.pupils.setdefault(travail.entree.eleve, ligne)
            self.pupils[travail.commande.chemin] = ligne

    def _find_line(self, travail: Travail) -> Ligne:
        eleve, nom = travail.commande.eleve, travail.commande.dossier
        if eleve.ligne not in self.lignes:
            ligne = Ligne(Markup(escape(f"{eleve.nom} {eleve.prenom}")))
            self.lignes[eleve.ligne] = ligne
            self.groupes.setdefault(nom.lower(), Groupe(nom)).eleves.append(ligne)
        return self.lignes[eleve.ligne]

    def add_files(self, dossier: Dossier, liste: str, orphans: frozenset[str]) -> None:
        """The files of the folder, each at its pupil's, its division's, or with the others."""
        for chemin, entree in dossier.files():
            folder, _, name = chemin.rpartition("/")
            groupe = self.groupes.get(folder.lower()) if entree.liste == liste else None
            if chemin == NAME:
                continue
            if chemin in orphans:
                self._add_other(folder, _link(name, chemin, "n'est plus à personne"))
            elif pupil := self.pupils.get(chemin) or self.pupils.get(entree.eleve):
                pupil.documents.append(_link(self._call(entree), chemin))
            elif entree.tirage and groupe:
                groupe.fichiers.append(_link(name, chemin))
            else:
                self._add_other(folder, _link(name, chemin))

    def _add_other(self, folder: str, lien: Lien) -> None:
        self.autres.setdefault(folder, []).append(lien)

    def _call(self, entree: Entree) -> str:
        """« livret », « grille, période 2 »."""
        kind = self.kinds.get(entree.document)
        name = kind.noms[0] if kind else entree.document
        return f"{name}, période {entree.periode}" if entree.periode else name

    def add_messages(self, diagnostics: Sequence[Diagnostic], lot: Lot) -> None:
        shares, rest = share_out(diagnostics, lot.lecture, self.lignes)
        for ligne, share in shares.items():
            self.lignes[ligne].messages += map(_write, share)
        self.messages += map(_write, rest)

    def count(self, diagnostics: Sequence[Diagnostic]) -> Iterator[str]:
        yield count(len(self.lignes), "élève")
        yield count(sum(groupe.documents for groupe in self.groupes.values()), "document")
        yield from filter(None, [tally(diagnostics)])


def _link(text: str, chemin: str, note: str = "") -> Lien:
    return Lien(text, Markup(quote(chemin)), note)


def _write(diagnostic: Diagnostic) -> Message:
    position = diagnostic.position
    where = f"{position.fichier}" if position else ""
    if position and position.ligne:
        where += f", ligne {position.ligne}"
    if position and position.repere:
        where += f", {position.repere}"
    word = diagnostic.severite.value.capitalize()
    return Message(word, diagnostic.message, where, diagnostic.aide or "")
