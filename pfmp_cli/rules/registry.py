"""All the rules, and the families that they come in."""

import importlib
import pkgutil

from pfmp_cli import rules
from pfmp_cli.diagnostics import Rule

# Every family, and what its rules find. A machine's report names the family of each of its lines.
FAMILIES = {
    "fichier": "un fichier, un logo ou un dossier manque, ou n'est pas de ceux que pfmp lit",
    "syntaxe": "du YAML illisible ou ambigu",
    "forme": "une clé inconnue ou absente, une valeur qui n'a pas la forme attendue",
    "code": "un code qui n'a pas la forme attendue",
    "code-double": "un code qui désigne deux choses",
    "libelle-double": "un libellé qui a deux codes",
    "reference": "un renvoi à ce qui n'existe pas",
    "option": "une option absente, ou que la classe n'a pas",
    "echelle": "deux niveaux d'une échelle qui ont le même nom, ou presque",
    "lacune": "une liste vide, déclarée (avertissement) ou non (erreur)",
    "bloc-vide": "un bloc du contexte sans titre, ni texte, ni liste",
    "accolades": "dans la lettre, une accolade que rien ne remplit",
    "semaines": "des périodes qui ne font pas les semaines du diplôme",
    "dates": "des dates de période impossibles",
    "calendrier": "des dates possibles et douteuses : semaines, jours fériés, année scolaire",
    "exemple": "un établissement qui est encore celui de l'exemple",
    "complement": "un complément là où le référentiel n'a pas de lacune",
    "diplomes": "deux diplômes du lycée qui ont la même division ou le même sigle",
    "perime": "un texte officiel qui n'est plus en vigueur",
    "a-confirmer": "un mot du document source à confirmer",
    "euro": "« € » collé à un mot",
    "espaces": "des espaces doubles ou de trop",
    "accord": "un « (e) » à moitié écrit, ou écrit deux fois",
    "parentheses": "une parenthèse ou un guillemet sans son pendant",
    "puces": "une puce dans un texte",
    "ponctuation": "la ponctuation d'un élément de liste",
    "guillemets": "un guillemet ou une apostrophe qui n'est pas français",
    "caracteres": "un caractère invisible, perdu, mal lu ou copié d'un PDF",
    "modele": "un modèle qui ne peut pas être rempli",
    "mise-en-page": "un modèle que la mise en page refuse",
    "liste": "une liste d'élèves",
    "debordement": "une valeur trop longue pour sa place, ou que la police n'a pas",
}
# Of what `check` does not look at, or files under the family of the whole file.
OTHER_FAMILIES = {
    "commande": "une commande mal écrite, ou qui ne peut pas se faire",
    "sortie": "un document qui ne peut pas être écrit, ou dont on ne sait que faire",
    "cle": "la clé des identifiants de l'établissement, abîmée ou en double",
    "lot": "un lot illisible, d'une autre version, ou qui n'a pas ce document",
    "stage": "un stage, son élève ou sa période",
    "valeur": "une valeur d'élève ou de stage qui n'a pas la forme attendue",
}


def list_rules() -> list[Rule]:
    """Every rule of the files of this folder, in the order of their codes."""
    found = {
        value
        for file in pkgutil.iter_modules(rules.__path__)
        for value in vars(importlib.import_module(f"{rules.__name__}.{file.name}")).values()
        if isinstance(value, Rule)
    }
    return sorted(found, key=lambda rule: rule.code)
