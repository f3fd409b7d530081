"""What is said of a référentiel whose keys and values are right; of a school's scales too."""

from pfmp_cli.diagnostics import Rule
from pfmp_cli.rules.declare import error, warning

_TWICE = "« {word} » est déjà à la ligne {line}"
_ALIKE = "« {word} » se confond avec « {first} », ligne {line}"
_ONE_CODE = "un libellé n'a qu'un code : enlevez l'un des deux, ou précisez-le"
_OTHER_NAME = "donnez-lui un nom qui ne se confonde pas avec l'autre"


def _unknown(name: str, noun: str) -> Rule:
    return error(f"reference/{name}", f"{noun} « {{code}} »", "{advice}")


UNKNOWN_ACTIVITE = _unknown("activite", "activité inconnue")
UNKNOWN_CLASSE = _unknown("classe", "classe inconnue")
UNKNOWN_DOCUMENT = _unknown("document", "document inconnu")
UNKNOWN_LIST = _unknown("liste", "liste inconnue")
UNKNOWN_OPTION = _unknown("option", "option inconnue")
UNKNOWN_PERIODE = _unknown("periode", "période inconnue")
UNKNOWN_VARIANTE = _unknown("variante", "variante inconnue")

ODD_CODE = error(
    "code/signes",
    "le code « {code} » n'a pas que des lettres sans accent, des chiffres, « - », « _ » ou « . »",
    "écrivez par exemple « {example} »",
)
ITEM_CODE = error(
    "code/numero",
    "le code « {code} » n'est pas « {start} » suivi d'un numéro",
    "écrivez par exemple « {start}{number} »",
)
BAD_MEF = error(
    "code/mef",
    "« {mef} » n'est pas un code MEF",
    "écrivez les dix premiers chiffres, entre guillemets",
)

SAME_CODE = error("code-double/code", _TWICE, "donnez-lui un code qui n'a jamais servi")
REPEATED_CODE = error("code-double/repete", _TWICE, "une fois suffit : enlevez l'un des deux")
SAME_MEF = error(
    "code-double/mef",
    "le MEF « {word} » est déjà à la ligne {line}",
    "un MEF ne désigne qu'une classe et une option : enlevez l'un des deux",
)

AMBIGUOUS_CLASSE = error(
    "libelle-double/classe",
    "« {text} » désigne déjà la classe « {other} »",
    "écrivez autrement l'une des deux",
)
SAME_LABEL = warning("libelle-double/meme", _TWICE, _ONE_CODE)
LIKE_LABEL = warning("libelle-double/proche", _ALIKE, _ONE_CODE)

SAME_NIVEAU = error("echelle/meme", _TWICE, "donnez-lui un autre nom")
LIKE_NIVEAU = warning("echelle/proche", _ALIKE, _OTHER_NAME)
SAME_COLUMN = warning("echelle/colonne", _TWICE, _OTHER_NAME)

OPTION_NOT_OF_CLASSE = error(
    "option/activite",
    "l'activité « {activite} » est de l'option « {option} », que la classe n'a pas",
    "enlevez cette activité, ou donnez l'option à la classe",
)

EMPTY_LIST = error(
    "lacune/vide",
    "« {name} » est vide",
    "complétez la liste, ou dites pourquoi elle manque : lacunes: {{{name}: …}}",
)
FILLED_GAP = error(
    "lacune/remplie", "« {name} » est déclaré manquant et n'est pas vide", "enlevez cette lacune"
)
GAP = warning(
    "lacune/declaree",
    "l'activité « {activite} » n'a pas de {name}",
    "le livret laisse des lignes à la place ; « complements » de pfmp.yaml peut donner la liste "
    "de l'établissement",
)

EMPTY_BLOC = error(
    "bloc-vide/bloc", "ce bloc est vide", "donnez-lui un titre, un texte ou une liste"
)
UNKNOWN_BRACES = error("accolades/inconnues", "« {{{name}}} » ne sera pas rempli", "{advice}")
WEEKS_OF_DIPLOMA = error(
    "semaines/diplome",
    "les périodes des classes font {given:semaine}, le diplôme en demande {asked}",
    "corrigez les semaines d'une période, ou celles du diplôme",
)
UNCONFIRMED = warning(
    "a-confirmer/erratum",
    "« {source} » est à confirmer : peut-être « {corrige} » ({ou})",
    "vérifiez sur le texte officiel, puis corrigez le texte ou ôtez ce doute",
)
