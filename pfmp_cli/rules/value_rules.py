"""What is said of the text of a cell: `{text}` is its beginning, between « »."""

from pfmp_cli.rules.declare import error, warning

# What is no content, or was spoilt on its way

_EMPTY = "la cellule est lue comme vide"
SPREADSHEET_ERROR = warning(
    "valeur/erreur-du-tableur",
    f"{{text}} est une erreur du tableur : {_EMPTY}",
    "corrigez la formule, ou tapez la valeur",
)
FORMULA_NOT_COMPUTED = warning(
    "valeur/formule",
    f"la formule {{text}} n'a pas été calculée : {_EMPTY}",
    "ouvrez le fichier dans un tableur et enregistrez-le, ou tapez la valeur",
)
ZERO_OF_A_FORMULA = warning(
    "valeur/zero",
    f"{{text}} est ce qu'une formule rend d'une case vide : {_EMPTY}",
    "videz la cellule, ou tapez la valeur",
)
ACCENTS_MENDED = warning(
    "valeur/accents-repares",
    "les accents de {text} sont abîmés : la cellule est lue {read}",
    "vérifiez-la ; un export en « CSV UTF-8 » évite cet accident",
)
ACCENTS_SPOILT = warning(
    "valeur/accents-abimes",
    "des accents semblent abîmés dans {text}",
    "retapez la cellule, ou reprenez l'export d'origine au format « CSV UTF-8 »",
)

# What cannot be read

CONTROL_CHARACTER = error(
    "valeur/caractere-de-controle",
    "le texte contient un caractère de contrôle ({code})",
    "retapez le texte de la cellule",
)
TEXT_TOO_LONG = error(
    "valeur/trop-longue",
    "le texte fait {length} caractères ; {limit} au plus sont lus",
    "raccourcissez-le",
)
_COLUMN = ", ou changez le format de la colonne"
NOT_A_DATE = error(
    "valeur/date",
    "{text} n'est pas une date de la forme JJ/MM/AAAA",
    f"écrivez par exemple 05/03/2008{_COLUMN}",
)
NOT_IN_THE_CALENDAR = error(
    "valeur/jour-inexistant",
    "« {text} » n'est pas au calendrier",
    f"corrigez le jour ou le mois{_COLUMN}",
)
NOT_WEEKDAYS = warning(
    "valeur/jours",
    "{text} ne dit pas des jours de la semaine : ceux de la période comptent",
    "écrivez par exemple lundi-vendredi, ou lundi, mardi, jeudi",
)
ON_SUNDAYS = warning(
    "valeur/dimanche",
    "{text} compte le dimanche parmi les jours de présence",
    "vérifiez ces jours : la présence et les totaux en sont faits",
)
UNLIKELY_YEAR = error(
    "valeur/annee-a-deux-chiffres",
    "dans {text}, les deux chiffres de l'année ne disent pas laquelle",
    f"écrivez l'année en quatre chiffres{_COLUMN}",
)
YEAR_COMPLETED = warning(
    "valeur/annee-completee",
    "{text} est lu {read} : l'année n'a que deux chiffres",
    "vérifiez l'année, et donnez à la colonne un format de date à quatre chiffres d'année",
)
NUMBER_READ_AS_DATE = warning(
    "valeur/date-en-nombre",
    "{text} est lu {read} : c'est ainsi qu'un tableur compte les jours",
    "vérifiez la date, et donnez à la colonne le format JJ/MM/AAAA",
)
BORN_LONG_AGO = error(
    "valeur/naissance-ancienne", "personne n'est né le « {text} »", "corrigez l'année"
)
NEITHER_YES_NOR_NO = error("valeur/oui-ou-non", "{text} ne dit ni oui ni non", "écrivez oui ou non")
UNKNOWN_SEX = warning(
    "valeur/sexe",
    "sexe {text} inconnu : les textes de l'élève ne s'accordent pas",
    "écrivez F ou M, ou laissez la cellule vide",
)

# What is read, and doubtful

UNLIKELY_AGE = warning(
    "valeur/age",
    "né(e) le {born}, l'élève n'a pas entre {youngest} et {oldest} ans au début de l'année "
    "scolaire {year}",
    "corrigez l'année de naissance, ou « annee_scolaire » dans pfmp.yaml",
)
ZEROS_LOST = warning(
    "valeur/zero-perdu",
    "il manque des chiffres au début de {text}",
    "si le tableur a ôté des zéros, écrivez {proposed}",
)
SIRET_ROUNDED = warning(
    "valeur/siret-arrondi",
    "le tableur a arrondi le SIRET {text}",
    "mettez la colonne au format texte, et retapez les 14 chiffres",
)
SIRET_WRONG = warning(
    "valeur/siret-faux",
    "le SIRET {text} est faux : sa clé de contrôle ne convient pas",
    "recopiez-le : un chiffre est faux, ou deux sont échangés",
)
SIREN = warning(
    "valeur/siren",
    "{text} est un SIREN : il y manque cinq chiffres",
    "écrivez le SIRET de l'établissement, 14 chiffres",
)
NOT_A_SIRET = warning(
    "valeur/siret",
    "{text} n'est pas un SIRET : il y faut 14 chiffres",
    "recopiez-le, ou laissez la cellule vide",
)
NOT_A_POSTCODE = warning(
    "valeur/code-postal", "{text} n'est pas un code postal", "vérifiez-le : cinq chiffres seuls"
)
NOT_A_TELEPHONE = warning(
    "valeur/telephone",
    "{text} n'est pas un numéro de téléphone",
    "écrivez ses dix chiffres, ou + et l'indicatif du pays",
)
NOT_AN_ADDRESS = warning("valeur/courriel", "{text} n'est pas une adresse électronique", "{advice}")
