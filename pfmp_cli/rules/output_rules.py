"""What is said of documents that are made: what there is to make, and what is written."""

from pfmp_cli.rules.declare import error, warning

# What there is to make

NO_SCHOOL = error(
    "commande/sans-etablissement",
    "il n'y a pas de pfmp.yaml dans le dossier courant",
    "« pfmp build » fait ce qu'il déclare : allez dans son dossier, ou ajoutez --projet FICHIER",
)
SAME_YEAR = error(
    "commande/meme-annee",
    "pfmp.yaml est déjà celui de l'année {year}",
    "écrivez l'année qui vient",
)
YEAR_IS_THERE = error(
    "sortie/annee-deja-la",
    "le fichier de cette année est déjà là",
    "remplissez-le ; ou renommez-le, pour en avoir un neuf",
)
BLANKS_OF_NOBODY = error(
    "commande/vierges-d-un-eleve",
    "les documents vierges ne sont d'aucun élève",
    "enlevez --vierges, ou bien --eleve et --division",
)
NO_LIST = error(
    "commande/sans-liste",
    "il n'y a pas de liste d'élèves : pfmp.yaml n'en déclare aucune",
    "donnez-en une (« pfmp recap eleves.csv »), ou déclarez-les sous « fabrication »",
)
NOTHING_DECLARED = error(
    "sortie/rien-declare",
    "« fabrication » ne déclare rien à faire",
    "ajoutez-y une liste d'élèves, ou des documents vierges",
)
NO_DECLARED_FILE = error(
    "fichier/declare-absent",
    "le fichier « {name} » n'existe pas",
    "son chemin part du dossier de ce fichier ; --vierges se passe des listes",
)
SAME_FILE = error(
    "sortie/meme-fichier",
    "les listes n° {first} et {second} donnent le même fichier : {path}{more}",
    "mettez ces élèves dans une seule liste, ou d'autres « documents » à l'une des deux",
)
NONE_OF_OURS = error(
    "liste/autre-formation",
    "aucun élève de la liste n'est en {sigle} : {groups}",
    "vérifiez que c'est la bonne liste, et les « mef » et « mef_libelles » du référentiel",
)
NONE_CHOSEN = error(
    "liste/choix-vide",
    "aucun élève de la liste ne correspond à ce choix",
    "vérifiez --class et --option",
)
NOTHING_TO_MAKE = error("liste/rien-a-faire", "aucun document à faire", "{why}")

# What is written

_ELSEWHERE = "choisissez un autre dossier avec -o"
OUTPUT_AMONG_SOURCES = error(
    "sortie/parmi-les-sources",
    "ce dossier est celui des modèles, du référentiel ou de pfmp.yaml ; rien n'y est écrit",
    _ELSEWHERE,
)
FILE_IN_THE_WAY = error(
    "sortie/fichier-d-autrui",
    "un fichier que pfmp n'a pas fait est à cette place ; il n'a pas été touché",
    f"déplacez-le, ou {_ELSEWHERE}",
)
NOT_A_FILE = error(
    "sortie/pas-un-fichier",
    "un dossier, un lien ou un tube est à la place de ce fichier ; il n'a pas été touché",
    f"déplacez-le, ou {_ELSEWHERE}",
)
FOLDER_ELSEWHERE = error(
    "sortie/dossier-ailleurs",
    "le dossier de ce fichier est un lien qui mène hors du dossier de sortie ; rien n'y est écrit",
    f"remplacez ce lien par un vrai dossier, ou {_ELSEWHERE}",
)
FILE_CHANGED = error(
    "sortie/document-modifie",
    "ce document a été rempli ou modifié depuis que pfmp l'a fait ; il n'a pas été touché",
    "pour en avoir un neuf, renommez-le ou déplacez-le d'abord",
)
FOREIGN_MANIFEST = error(
    "sortie/manifeste",
    "ce fichier n'est pas un manifeste de pfmp, ou il est abîmé ; rien n'a été touché",
    f"{_ELSEWHERE} ; s'il est abîmé, supprimez-le, pfmp le refait",
)
FOLDER_BUSY = error(
    "sortie/dossier-occupe",
    "pfmp écrit déjà dans ce dossier ; rien n'a été touché",
    f"attendez la fin de l'autre commande, ou {_ELSEWHERE}",
)
WRITING_DENIED = error(
    "sortie/acces-refuse",
    "écriture refusée par le système",
    "fermez le fichier s'il est ouvert ; vérifiez vos droits sur le dossier",
)
WRITING_FAILED = error("sortie/echec", "écriture impossible : {reason}", _ELSEWHERE)
DISK_FULL = error(
    "sortie/disque-plein",
    "écriture impossible : {reason}",
    f"libérez de la place, ou {_ELSEWHERE}",
)
DISK_STOPS_ALL = error(
    "sortie/arret",
    "{reason} : {left} documents n'ont pas été écrits",
    f"faites de la place, ou {_ELSEWHERE}, puis relancez",
)
NOTHING_PRUNED = warning(
    "sortie/rien-enleve",
    "--prune n'a rien enlevé : des documents n'ont pas pu être faits",
    "corrigez les erreurs, puis relancez",
)
