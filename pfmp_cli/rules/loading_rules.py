"""What is said of a file that is not there, or is not of those that are read."""

from pfmp_cli.rules.declare import error

NO_LOGO = error(
    "fichier/logo-absent",
    "le logo « {logo} » n'existe pas",
    "le chemin se lit à partir du dossier de pfmp.yaml",
)
LOGO_OUTSIDE = error(
    "fichier/logo-ailleurs",
    "le logo « {logo} » n'est pas un fichier du dossier de pfmp.yaml",
    "copiez l'image dans ce dossier : ni un chemin ni un lien n'en sort",
)
NOT_AN_IMAGE = error(
    "fichier/logo-inutilisable",
    "le logo « {logo} » n'est pas une image entière, SVG, PNG ou JPEG, de 5 Mo au plus",
    "ouvrez-le pour voir s'il est abîmé, et enregistrez-le dans l'un de ces formats",
)
NO_TEMPLATES = error(
    "fichier/dossier-de-modeles-absent",
    "le dossier de modèles « {path} » n'existe pas",
    "vérifiez --templates",
)
NO_LIST = error("fichier/liste-absente", "le fichier « {path} » n'existe pas", "{advice}")
LIST_DENIED = error(
    "fichier/acces-refuse",
    "le fichier « {path} » ne peut pas être lu (accès refusé)",
    "fermez-le s'il est ouvert dans un tableur ; vérifiez vos droits sur le fichier",
)
LIST_UNREADABLE = error(
    "fichier/liste-illisible",
    "le fichier « {path} » ne peut pas être lu ({reason})",
    "donnez {expected}",
)
NO_FILE = error("fichier/introuvable", "le fichier « {path} » n'existe pas", "{advice}")
ONE_AT_A_TIME = error(
    "fichier/second", "« {path} » est un second {name}", "relisez-les l'un après l'autre"
)
NOT_OURS = error(
    "fichier/autre-sorte",
    "« {path} » n'est pas un fichier que pfmp lit",
    "sont lus les fichiers {known}",
)
EMPTY_FOLDER = error(
    "fichier/dossier-sans-rien",
    "le dossier « {path} » n'a ni pfmp.yaml ni modèle",
    "donnez le dossier d'un établissement, ou un dossier de modèles",
)
STAGES_ALONE = error(
    "commande/stages-sans-liste",
    "--stages va avec une seule liste d'élèves",
    "donnez aussi la liste : eleves.csv --stages …",
)

# A bundle

_REMAKE = "refaites-le : pfmp bundle, avec la même version de pfmp"
NOT_A_SECRET = error(
    "cle/abimee",
    "ce n'est plus la clé que pfmp y garde",
    "remettez ce fichier d'une sauvegarde ; s'il n'y en a pas, supprimez-le : une autre clé sera "
    "faite, et tous les documents refaits, avec d'autres identifiants",
)
UNREADABLE_SECRET = error(
    "cle/illisible", "la clé de l'établissement ne se lit pas", "vérifiez vos droits sur ce fichier"
)
OTHER_SECRET = error(
    "cle/autre", "une autre fabrication vient d'y garder une clé", "relancez la commande"
)
NO_BUNDLE = error("lot/introuvable", "ce fichier ne se lit pas", "vérifiez son nom")
NOT_A_BUNDLE = error("lot/autre", "ce n'est pas un lot de pfmp", _REMAKE)
OTHER_BUNDLE = error("lot/version", "ce lot vient d'une autre version de pfmp", _REMAKE)
DAMAGED_BUNDLE = error("lot/abime", "ce lot est abîmé", _REMAKE)
NOT_IN_BUNDLE = error(
    "lot/mise-en-page",
    "le lot n'a pas « {document} » pour cet élève, qui n'a pas toutes les périodes, ou a un stage "
    "plus long que la sienne",
    "faites ce document là où Pango est installé ; ou vérifiez ses stages",
)
BUNDLE_SAYS_ALL = error(
    "lot/seul",
    "le lot a déjà son établissement, son référentiel et ses modèles",
    "donnez --bundle, ou bien --projet, --referentiel et --templates",
)
NO_PYODIDE = error(
    "lot/page",
    "il manque à pfmp de quoi faire la page : Pyodide, et ce que « make page » met à côté",
    "dans une copie du dépôt : make page ; sinon, installez pfmp par son archive (.whl)",
)
