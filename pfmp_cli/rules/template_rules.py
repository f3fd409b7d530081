"""What is said of templates, of their layout, and of texts that do not fit their places."""

from pfmp_cli.rules.declare import error, remark, warning

UNKNOWN_TEMPLATE = error("modele/inconnu", "le modèle « {name} » n'existe pas", "{advice}")
NOT_A_FIELD = error(
    "modele/accolade",
    "« {written} » n'est ni un champ ni un bloc",
    "écrivez par exemple {{eleve.nom}}, {{stage.entreprise 90 mm}} ou, seul, {{signatures}}",
)
NOT_A_TEMPLATE = error(
    "modele/pas-un-fichier",
    "le modèle « {name} » n'est pas un fichier du dossier des modèles",
    "mettez-y le fichier lui-même : un lien qui sort du dossier n'est pas suivi",
)
UNKNOWN_NAME = error("modele/nom-inconnu", "« {name} » n'existe pas", "{advice}")
VALUE_ASKED = error(
    "modele/valeur-interrogee",
    "le modèle interroge la valeur de « {field} », qui n'est pas connue à ce moment",
    "un modèle est mis en page une seule fois pour tous les élèves : placez le champ avec "
    "champ(…) ; ce qui change la mise en page est une variante du référentiel",
)
TEMPLATE_FAULT = error("modele/faute", "modèle : {complaint}", "corrigez cette ligne du modèle")

ARTICLE_UNKNOWN = remark(
    "perime/sans-reference",
    "{article} n'est pas dans les références : rien ne dira s'il est remplacé",
    "notez-le dans « modeles/_references.html », copié du modèle fourni",
)
ARTICLE_SUPERSEDED = warning(
    "perime/article", "{article} est remplacé par {new}", "corrigez le modèle, ou la référence"
)
MISSING_LIBRARY = error(
    "mise-en-page/bibliotheque",
    "une bibliothèque {library} manque pour mettre en page",
    "{advice} ; sans rien installer : ouvrez la page que « pfmp page » fait sur un ordinateur qui "
    "l'a ; ou prenez le lot de « pfmp bundle », puis ici « pfmp batch … --bundle pfmp.lot »",
)
LAYOUT_COMPLAINT = error(
    "mise-en-page/plainte",
    "mise en page : {complaint}",
    "corrigez le modèle ou la feuille de style",
)
TOO_LONG_A_WORK = error(
    "mise-en-page/sans-fin",
    "« {name} » n'est pas fait au bout de {limit} secondes",
    "une boucle, un texte, un tableau ou une image y sont démesurés : réduisez-les",
)
OUT_OF_MEMORY = error(
    "mise-en-page/memoire",
    "la mémoire de l'ordinateur n'a pas suffi pour « {name} »",
    "fermez d'autres programmes, puis relancez : ce qui est déjà mis en page est gardé ; si cela "
    "ne suffit pas, un texte ou une image y sont démesurés",
)
LAYOUT_ENDED = error(
    "mise-en-page/arret",
    "la mise en page de « {name} » s'est arrêtée d'elle-même (code {code})",
    "annulez la dernière modification, puis recommencez",
)
FONT_LACKS = error(
    "mise-en-page/police", "la police n'a pas ce caractère : {signs}", "écrivez-le autrement"
)
CHOSEN_TEXT_LACKS = error(
    "mise-en-page/selon-police",
    "selon({field}) : le texte « {text} » a un caractère que la police n'a pas : « {sign} »",
    "écrivez-le autrement dans le modèle",
)
CHOSEN_TEXT_TOO_LONG = error(
    "mise-en-page/selon-longueur",
    "selon({field}) : le texte « {text} » est trop long pour sa place",
    "abrégez-le, ou élargissez-la (largeur, lignes)",
)
INPUT_IN_RUNNING = error(
    "mise-en-page/saisie-repetee",
    "la saisie « {name} » est dans un en-tête ou un pied de page",
    "ce qui est répété à chaque page ne se remplit pas : placez-la dans le texte",
)
INPUT_STARTS_ANOTHER = error(
    "mise-en-page/saisie-prefixe",
    "la saisie « {name} » est aussi le début d'un autre nom",
    "corrigez son nom dans le modèle",
)
INPUT_OF_TWO_KINDS = error(
    "mise-en-page/saisie-genres",
    "la saisie « {name} » a deux genres",
    "corrigez son nom dans le modèle",
)
MISSING_SIGNS = warning(
    "debordement/signe-absent",
    "la police n'a pas {signs} : la place reste à remplir à la main",
    "écrivez ce texte en lettres latines",
)
TOO_LONG = error(
    "debordement/trop-long",
    "texte trop long pour sa place et pour la marge, où il continuerait : {document}, page {page}",
    "abrégez-le : la place reste à remplir à la main",
)
