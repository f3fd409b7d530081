"""What is said of a class file: its titles, its rows, and the class and option of its pupils.

`{title}`, `{text}` and `{name}` are the beginning of what the file says, between « ».
"""

from pfmp_cli.rules.declare import error, remark, warning

# Titles, of a file of placements too

UNTITLED_COLUMN = warning(
    "liste/colonne-sans-titre",
    "la colonne {number} n'a pas de titre : elle est ignorée",
    "donnez-lui un titre si elle sert",
)
UNKNOWN_COLUMN = warning(
    "liste/colonne-inconnue", "la colonne {title} est inconnue : elle est ignorée", "{advice}"
)
COLUMN_TWICE = error(
    "liste/colonne-double",
    "les colonnes {first} ({first_number}) et {second} ({second_number}) "
    "sont toutes deux « {field} »",
    "supprimez ou renommez l'une des deux",
)
NO_TITLES = error(
    "liste/titres-introuvables",
    "le fichier n'a pas de ligne de titres : « nom » et « prenom » sont introuvables",
    "donnez un titre à chaque colonne, par exemple : nom;prenom;division",
)
MISSING_COLUMN = error(
    "liste/colonne-absente",
    "la colonne « {field} » manque",
    "ajoutez-la, ou renommez ainsi celle qui en tient lieu",
)
OTHER_TITLES = error(
    "liste/autres-titres",
    "une autre ligne de titres commence ici, avec d'autres colonnes : la suite n'est pas lue",
    "faites-en un fichier à part",
)
READ_AS_DIVISION = warning(
    "liste/classe-lue-division",
    "la colonne {title} est lue comme la division : aucune de ses valeurs n'est une classe",
    "renommez-la « division », ou écrivez-y {classes}",
)

# Rows, of a file of placements too

WRONG_QUOTES = error(
    "liste/guillemets",
    "les guillemets droits de cette cellule ne sont pas fermés, ou pas à sa fin",
    "supprimez-les, ou refaites l'export depuis le tableur",
)
TOO_MANY_CELLS = error(
    "liste/cellules-de-trop",
    "la ligne a {cells:cellule} pour {titles:colonne}",
    "entourez de guillemets droits le texte qui contient {separator}",
)
TOO_FEW_CELLS = warning(
    "liste/cellules-manquantes",
    "la ligne a {cells:cellule} pour {titles:colonne} : les dernières sont lues comme vides",
    "vérifiez qu'elle n'est pas coupée en deux",
)

# Pupils

NO_PUPIL = warning("liste/aucun-eleve", "le fichier ne contient aucun élève")
_COMPLETE = "complétez la cellule, ou supprimez la ligne"
NO_NOM = error("liste/nom-absent", "le nom manque", _COMPLETE)
NO_PRENOM = error("liste/prenom-absent", "le prénom manque", _COMPLETE)
UNSPLIT_NAME = error(
    "liste/nom-prenom",
    "on ne sait pas où finit le nom et où commence le prénom : {name}",
    "écrivez le nom tout en capitales, ou faites deux colonnes, « nom » et « prenom »",
)
USUAL_NAME = remark(
    "liste/nom-d-usage",
    "{name} est un nom ou un prénom d'usage : il est imprimé avec l'autre, {printed}",
    "rien à faire ; supprimez la colonne pour n'imprimer que l'état civil",
)
PUPIL_TWICE = error(
    "liste/eleve-double",
    "le même élève est déjà à la ligne {line}",
    "supprimez l'une des deux lignes ; si ce sont deux élèves, donnez leurs dates de naissance",
)
INE_REPEATED = warning(
    "liste/ine-repete",
    "l'INE {ine} est déjà celui de {name}, à la ligne {line}",
    "corrigez celui des deux qui est faux : les stages sont donnés par l'INE",
)
OTHER_YEAR = warning(
    "liste/autre-annee",
    "{rows} de l'année scolaire {year}, quand pfmp.yaml est de {ours}",
    "donnez l'export de cette année, ou corrigez « annee_scolaire »",
)
UNKNOWN_CLASS = error("liste/classe-inconnue", "classe {text} inconnue", "écrivez {codes}")
UNKNOWN_OPTION = error("liste/option-inconnue", "option {text} inconnue", "{advice}")

# Class and option

_ONE_OF_THEM = "corrigez l'un des deux"
CLASS_CONTRADICTED = error(
    "liste/classe-contredite", "classe « {code} » {source}, « {known} » {trusted}", _ONE_OF_THEM
)
OPTION_CONTRADICTED = error(
    "liste/option-contredite", "option « {code} » {source}, « {known} » {trusted}", _ONE_OF_THEM
)
NO_CLASS = error(
    "liste/classe-introuvable",
    "on ne sait pas dans quelle classe est cet élève",
    "ajoutez une colonne « classe » au fichier, la division à pfmp.yaml, "
    "ou --class {codes} à la commande",
)
NO_OPTION = error(
    "liste/option-introuvable",
    "on ne sait pas dans quelle option est cet élève",
    "ajoutez une colonne « option » au fichier, la division à pfmp.yaml, "
    "ou --option {codes} à la commande",
)
OPTION_OF_ANOTHER_CLASS = error(
    "liste/option-hors-classe",
    "la classe « {classe} » n'a pas d'option « {option} »",
    "écrivez {codes}",
)
_ADD_THE_MEF = (
    "s'ils sont de ce diplôme, ajoutez leur MEF à « mef » ou « mef_libelles » du référentiel"
)
MEF_OF_OUR_DIVISION = warning(
    "liste/mef-de-division",
    "le MEF « {mef} » n'est pas au référentiel, la division « {division} » est dans pfmp.yaml : "
    "{pupils} de côté ({names})",
    _ADD_THE_MEF,
)
MEF_ALMOST_OURS = warning(
    "liste/mef-proche",
    "le MEF « {mef} » n'est pas au référentiel, « {near} » y est : {pupils} de côté ({names})",
    _ADD_THE_MEF,
)
DIVISION_ALMOST_OURS = warning(
    "liste/division-proche",
    "la division « {division} » de {name} n'est pas dans pfmp.yaml, « {near} » y est",
    "corrigez-la si c'est une faute : un élève dont rien ne dit la classe n'a pas de document",
)
